"""Corpora of records that are written by hand: no bytes are read and no model runs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from onrecord import Corpus, Options
from onrecord.records import (
    Attribution,
    AttributionKind,
    Comment,
    CueClass,
    Page,
    SourceType,
    Span,
    Speaker,
    SpeakerKind,
)
from onrecord.store.database import transaction, writing
from onrecord.store.readings import reading_of, write_reading
from onrecord.store.writing import write_page


class Said(NamedTuple):
    """One thing that somebody says. A name in small letters is none."""

    content: str
    by: str | None = None
    kind: AttributionKind = "indirect"
    source_type: SourceType | None = "named_person"
    cue_class: CueClass | None = "neutral"
    comment: bool = False


def made_page(
    *said: Said,
    site: str | None = None,
    published: str | None = None,
    url: str | None = None,
    headline: str | None = None,
    language: str | None = "en",
    roles: Mapping[str, tuple[str, ...]] = {},
    aliases: Mapping[str, tuple[str, ...]] = {},
    kinds: Mapping[str, SpeakerKind] = {},
    listed: Mapping[str, dict[str, str]] = {},
    mentioned: Iterable[str] = (),
) -> Page:
    """A page, each thing that is said a line of it; those in comments are comments of their own.

    ``mentioned`` are names whose every place is a mention; else speakers have none.
    """
    text, spans = "", []
    for one in said:
        text += f"{one.by or 'it'} said "
        spans.append((len(text), len(text) + len(one.content)))
        text += f"{one.content}.\n\n"
    mentioned = set(mentioned)
    names = list(dict.fromkeys([*(one.by for one in said if one.by), *sorted(mentioned)]))
    speakers = [
        Speaker(
            id=number,
            name=name,
            named=not name[0].islower(),
            kind=kinds.get(name, "person"),
            roles=roles.get(name, ()),
            aliases=aliases.get(name, ()),
            mentions=_places(text, name) if name in mentioned else (),
            listed=listed.get(name, {}),
        )
        for number, name in enumerate(names, 1)
    ]
    numbers = {one.name: one.id for one in speakers}
    in_comments = [number for number, one in enumerate(said) if one.comment]
    return Page(
        id=hashlib.sha256(repr((text, site, published, url, headline)).encode()).hexdigest(),
        url=url,
        site=site,
        published=published,
        headline=headline,
        language=language,
        text=text,
        comments=tuple(
            Comment(
                id=place,
                parent=None,
                author=f"reader-{place}",
                posted=None,
                posted_text=None,
                start=spans[number][0],
                end=spans[number][1],
            )
            for place, number in enumerate(in_comments)
        ),
        attributions=tuple(
            Attribution(
                id=number,
                source=(),
                cue=(),
                content=(span,),
                kind=one.kind,
                within=None,
                speaker=None if one.by is None else numbers[one.by],
                source_type=one.source_type,
                cue_class=one.cue_class,
                negated=False,
                confidence=0.9,
                comment=in_comments.index(number) if one.comment else None,
            )
            for number, (one, span) in enumerate(zip(said, spans, strict=True))
        ),
        speakers=tuple(speakers),
    )


def _places(text: str, name: str) -> tuple[Span, ...]:
    found, at = [], text.find(name)
    while at >= 0:
        found.append((at, at + len(name)))
        at = text.find(name, at + 1)
    return tuple(found)


def write(path: Path, pages: Iterable[Page]) -> Corpus:
    """Write pages to a corpus, which is made where there is none."""
    with writing(path, create=True) as connection, transaction(connection):
        row = write_reading(connection, reading_of(Options(), None))
        for number, page in enumerate(pages):
            write_page(connection, page, name=f"{number}.html", reading=row)
    return Corpus(path)

"""The stage: a page as it was read goes in, its attributions come out."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from onrecord.attributing.joining import Found, find_attributions, find_nested
from onrecord.attributing.kinds import Marks, closed, kind_of
from onrecord.attributing.quotations import Paragraph, block_quotations, run_on, set_apart
from onrecord.encoder.base import Encoder, Encoding
from onrecord.encoder.pieces import Pieces
from onrecord.encoder.quotation import quoted_paragraphs
from onrecord.options import AttributingOptions
from onrecord.records import Attribution, Page, Span

SECTION = 200_000
"""Characters that are read at a time, which bounds the memory that a long page takes.

A cut falls between two paragraphs, or between two words of a paragraph that is longer; what
comes after it has no context before it."""

_LINES = re.compile(r"\S(?:.*\S)?(?:\n[^\S\n]*\S.*)*")
"""A paragraph of a comment: lines up to a blank one."""

_VISIBLE = re.compile(r"\S")

_TAGS = frozenset(map(chr, range(0xE0020, 0xE0080)))
"""What spells a flag's region after the flag."""


def attribute(
    page: Page,
    encoder: Encoder,
    options: AttributingOptions = AttributingOptions(),  # noqa: B008 - frozen
) -> tuple[Attribution, ...]:
    """Find the attributions of a page's article and of each of its comments.

    Speakers, source types and cue classes are left to later stages.
    """
    attributions: list[Attribution] = []
    for section in _sections(page):
        attributions += _attribute(page.text, section, encoder, first_id=len(attributions))
    return _sure_ones(attributions, options.min_confidence)


def _sure_ones(attributions: Sequence[Attribution], least: float) -> tuple[Attribution, ...]:
    """Those of a confidence, numbered anew; what is nested in one that is not goes with it."""
    ids: dict[int, int] = {}
    kept = []
    for one in attributions:  # What holds others comes before them.
        if one.confidence >= least and (one.within is None or one.within in ids):
            ids[one.id] = len(ids)
            within = None if one.within is None else ids[one.within]
            kept.append(msgspec.structs.replace(one, id=ids[one.id], within=within))
    return tuple(kept)


class _Group(NamedTuple):
    """Paragraphs that are read together: the article's, or those of one comment."""

    comment: int | None
    paragraphs: list[Span]


def _sections(page: Page) -> Iterator[list[_Group]]:
    """The page in parts of about `SECTION` characters, cut between paragraphs."""
    article = [(paragraph.start, paragraph.end) for paragraph in page.paragraphs]
    groups = [_Group(None, article)]
    groups += [_Group(c.id, _paragraphs(page.text, (c.start, c.end))) for c in page.comments]
    section: list[_Group] = []
    size = 0
    for comment, paragraphs in groups:
        section.append(_Group(comment, []))
        for start, end in (part for one in paragraphs for part in _cut(page.text, one)):
            if size >= SECTION:
                yield section
                section, size = [_Group(comment, [])], 0
            section[-1].paragraphs.append((start, end))
            size += end - start
    yield section


def _cut(text: str, paragraph: Span) -> Iterator[Span]:
    """A paragraph in parts of no more than `SECTION` characters, at white space if there is."""
    start, end = paragraph
    while end - start > SECTION:
        words = text[start : start + SECTION].rsplit(None, 1)
        cut = start + (len(words[0]) if len(words) > 1 else SECTION)
        yield start, cut
        found = _VISIBLE.search(text, cut, end)
        start = found.start() if found else end
    if start < end:
        yield start, end


def _attribute(
    text: str, section: Sequence[_Group], encoder: Encoder, *, first_id: int
) -> list[Attribution]:
    groups = [group.paragraphs for group in section]
    encoding = encoder.encode(text, groups)
    paragraphs = [
        Paragraph(*span, number, quoted)
        for number, spans in enumerate(groups)
        for span, quoted in zip(
            spans, quoted_paragraphs([text[a:b] for a, b in spans]), strict=True
        )
    ]
    found = _find(text, encoding, paragraphs)
    ids = {id(one): number for number, one in enumerate(found, first_id)}
    marks = Marks(
        text, [(p.start + a, p.start + b) for p in paragraphs for a, b in p.quoted.stretches]
    )
    attributions = []
    contents: dict[int, tuple[Span, ...]] = {}
    outer = (span for one in found if one.within is None for span in one.content)
    starts = sorted(int(encoding.pieces.starts[first]) for first, _ in outer)
    for one in found:
        spans = {
            role: _spans(text, encoding.pieces, getattr(one, role))
            for role in ("source", "cue", "content")
        }
        own = marks.own(_extent(spans)) if one.cue else marks.quoted
        around = contents[id(one.within)] if one.within else [(0, len(text))]
        spans["content"] = contents[id(one)] = _closed(text, own, spans["content"], around, starts)
        home = int(np.searchsorted(encoding.pieces.bounds, one.content[0][0], side="right")) - 1
        attributions.append(
            Attribution(
                id=ids[id(one)],
                **spans,
                kind=kind_of(text, own, spans["content"]),
                within=None if one.within is None else ids[id(one.within)],
                speaker=None,
                source_type=None,
                cue_class=None,
                negated=None,
                confidence=encoding.calibration.confidence(one.scores),
                comment=section[paragraphs[home].group].comment,
            )
        )
    return attributions


def _closed(
    text: str,
    own: Sequence[Span],
    content: Sequence[Span],
    around: Sequence[Span],
    starts: Sequence[int],
) -> tuple[Span, ...]:
    """A content's spans with their closing marks, not beyond what is around or comes next.

    ``starts`` are the starts of all outer contents, rising.
    """
    out = []
    nexts = [start for start, _ in content[1:]] + [len(text)]
    for span, following in zip(content, nexts, strict=True):
        at = bisect_right(starts, span[0])
        ends = [end for start, end in around if start <= span[0] < end]
        limit = min(following, *ends, *starts[at : at + 1])
        whole = closed(text, own, span)
        out.append(whole if whole[1] <= limit else span)
    return tuple(out)


def _extent(spans: Mapping[str, Sequence[Span]]) -> Span:
    whole = [span for role in spans.values() for span in role]
    return min(start for start, _ in whole), max(end for _, end in whole)


def _find(text: str, encoding: Encoding, paragraphs: Sequence[Paragraph]) -> list[Found]:
    """All attributions, in order of their first piece; what holds others comes before them."""
    pieces = encoding.pieces
    found, lost = find_attributions(encoding)
    found += block_quotations(lost, paragraphs, pieces, text)
    found = run_on(set_apart(found, paragraphs, pieces), paragraphs, pieces, text)
    outer = [one for one in found if one.within is None]
    taken = {piece for one in found if one.within for cue in one.cue for piece in range(*cue)}
    found += [one for one in find_nested(encoding, outer) if taken.isdisjoint(range(*one.cue[0]))]
    return sorted(found, key=lambda one: (one.extent[0], one.within is not None))


def _paragraphs(text: str, span: Span) -> list[Span]:
    return [found.span() for found in _LINES.finditer(text, *span)]


def _spans(text: str, pieces: Pieces, stretches: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    spans = []
    for first, end in sorted(stretches):
        start, stop = int(pieces.starts[first]), int(pieces.ends[end - 1])
        while stop < len(text) and _goes_on(text[stop]):
            stop += 1
        spans.append((start, stop))
    return tuple(spans)


def _goes_on(character: str) -> bool:
    """Whether it belongs to the character before: an accent, or a tag of an emoji.

    The vocabulary has neither, so that a piece can end before one.
    """
    return unicodedata.category(character).startswith("M") or character in _TAGS

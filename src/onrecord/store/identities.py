"""Who is the same speaker in several pages. Names are merged only where that is safe."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import NamedTuple

import msgspec

from onrecord.records import Page, Speaker, SpeakerKind
from onrecord.resolving import read_nouns

_MARKS = re.compile(r"[^\w\s]+")


class Identity(NamedTuple):
    """A speaker over pages: equal keys are the same one."""

    key: str
    name: str
    kind: SpeakerKind | None


def identity(page: Page, speaker: Speaker) -> Identity | None:
    """Who a page's speaker is in the corpus; ``None`` for one without a name.

    ======================================  ================================================
    speaker                                 the same in
    ======================================  ================================================
    with a row of the people file           all pages with that row
    a person of two or more names           all pages
    a group                                 all pages; of one site where the name holds a
                                            body that each place has ("council", "court"),
                                            and without a site the page
    a byline's author, a commenter          all pages of a site
    a document, a poll                      all pages of a site
    a person of one name, all others        the page
    ======================================  ================================================

    A person of two names is not safe beyond doubt, since two people can share them; a people
    file tells such people apart.
    """
    if not speaker.named:
        return None
    name, kind = speaker.name, speaker.kind
    if speaker.listed:
        columns = msgspec.json.encode(speaker.listed, order="sorted")
        row = hashlib.sha256(columns).hexdigest()
        return Identity(f"listed {row}", speaker.listed.get("name", name), kind)
    words = folded(name).split()
    if kind == "person" and len(words) > 1 and len(words[0]) > 1:
        return Identity(f"person {' '.join(words)}", name, kind)
    if kind == "group" and _is_one_everywhere(words):
        return Identity(f"group {' '.join(words)}", name, kind)
    if kind == "group" and page.site and _is_body(words):
        return Identity(f"group of {page.site} {' '.join(words)}", name, kind)
    if kind in ("author", "document", "poll") and words and page.site:
        return Identity(f"{kind} {page.site} {' '.join(words)}", name, kind)
    return Identity(f"page {page.id} {speaker.id}", name, kind)


def folded(name: str) -> str:
    """A name without case, accents and signs, its words a space apart, and without "the"."""
    text = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = _MARKS.sub(" ", text.replace("'", "").replace("’", ""))
    return " ".join(text.split()).removeprefix("the ")


def _is_body(words: list[str]) -> bool:
    """Whether each place has a body of its own that is called so."""
    return any(read_nouns().body(word) for word in words) and not _is_noun(words)


def _is_one_everywhere(words: list[str]) -> bool:
    return bool(words) and not _is_body(words) and not _is_noun(words)


def _is_noun(words: list[str]) -> bool:
    """Whether a name is a mere noun: "police"."""
    return len(words) == 1 and read_nouns().kind(words[0]) is not None

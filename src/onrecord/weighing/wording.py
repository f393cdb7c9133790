"""What is read of an attribution to weigh it: the words of its cue, and those that follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from onrecord.records import Attribution, Span
from onrecord.weighing.words import Word, words

MAX_CUE_WORDS = 64
"""Words of a cue that are read. PolNeAR's longest has 19; only a made-up page has more."""
MAX_GAP_WORDS = 12
"""Words behind the cue, and before the content, that a phrase can reach into."""
MAX_CONTENT_WORDS = 4
_REACH = 200
"""Characters behind the cue that are looked at."""
_STOP = re.compile(r"[.,;:!?\n—–]")
_BREAK = re.compile(r"[;!?\n]")
_CLOSING = "\"'”’»)] \t\n"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a cue, then those behind it up to the end of the clause.

    A cue in several pieces is read as one, and the words of a source behind the cue are left
    out: "asked Lund about" is "asked about".
    """

    forms: tuple[str, ...]
    """In small letters."""
    cue: int
    """How many of them are the cue's."""
    content: int
    """Where the words of the content begin."""
    question: bool
    """Whether the content ends in a question mark."""


def wording(text: str, attribution: Attribution) -> Wording:
    """The wording of an attribution in ``text``. It takes the same time however long they are."""
    cue = list(islice(_cue_words(text, attribution), MAX_CUE_WORDS))
    gap: list[Word] = []
    content: list[Word] = []
    if cue:
        end = attribution.cue[-1][1]
        begins = min((start for start, _ in attribution.content if start >= end), default=None)
        reach = min(len(text), end + _REACH)
        limit = reach if begins is None else min(begins, reach)
        # Up to the content the clause goes on, over commas and the stops of "D.C." too.
        stop = (_STOP if begins is None else _BREAK).search(text, end, limit)
        behind = words(text, end, limit if stop is None else stop.start())
        gap = list(islice((one for one in behind if not _inside(one, attribution)), MAX_GAP_WORDS))
        if stop is None and begins is not None and begins < reach and len(gap) < MAX_GAP_WORDS:
            stop = _STOP.search(text, begins, reach)
            limit = reach if stop is None else stop.start()
            content = list(islice(words(text, begins, limit), MAX_CONTENT_WORDS))
    return Wording(
        forms=tuple(one.form for one in (*cue, *gap, *content)),
        cue=len(cue),
        content=len(cue) + len(gap),
        question=_is_question(text, attribution.content),
    )


def _cue_words(text: str, attribution: Attribution) -> Iterator[Word]:
    for start, end in attribution.cue:
        yield from words(text, start, end)


def _inside(word: Word, attribution: Attribution) -> bool:
    return any(start <= word.start < end for start, end in attribution.source)


def _is_question(text: str, content: tuple[Span, ...]) -> bool:
    start, end = content[-1]
    # A mark behind the last word can stand inside of the content or next to it.
    inside, outside = text[max(start, end - 8) : end], text[end : end + 2]
    return inside.rstrip(_CLOSING).endswith("?") or outside.lstrip(_CLOSING).startswith("?")

"""The words around a cue, which tell how something was said: to whom, where, in what."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from onrecord.records import Attribution, Span

REACH = 48
"""Characters on each side of a cue that are looked at."""

_TITLE = "".join(
    rf"(?<!\b{title})"
    for title in "Mr Mrs Ms Dr Sen Rep Gov Gen Prof St Lt Col Sgt Capt Rev No vs".split()
)
_SENTENCE = rf"[!?…“”\"«»]|{_TITLE}(?<!\b[A-Z])\.(?=\s|$)|\n\s*\n"
_STOP = re.compile(_SENTENCE)
"""What ends a sentence, and any double mark of quotation."""
_PAUSE = re.compile(rf"[,;:()\[\]—–]|\s-+\s|{_SENTENCE}")
_EDGES = " \t\n\r,;:()[]—–-"


class Cue(NamedTuple):
    """A cue and the words of the page beside it, as spans. All are verbatim."""

    before: Span | None
    """From the source, or the content, up to the cue, with what stops stand there."""
    words: tuple[Span, ...]
    """The cue's own spans, joined where only a few words stand between two."""
    after: Span | None
    """Behind the cue, up to the next pause or the attribution's next part."""
    cut: bool
    """Whether the clause goes on behind ``after``."""


def cue_in_context(text: str, attribution: Attribution) -> Cue | None:
    """A cue in its context, or ``None`` where the attribution has none.

    The source and the content are never part of it: they are shown elsewhere.
    """
    if not attribution.cue:
        return None
    others = sorted((*attribution.source, *attribution.content))
    words = [attribution.cue[0]]
    for span in attribution.cue[1:]:
        start, end = words[-1]
        if _joined(text, (end, span[0]), others):
            words[-1] = (start, span[1])
        else:
            words.append(span)
    after, cut = _after(text, words[-1][1], others)
    return Cue(_before(text, words[0][0], others), tuple(words), after, cut)


def _joined(text: str, gap: Span, others: list[Span]) -> bool:
    start, end = gap
    at = bisect_left(others, (end, end)) - 1
    free = at < 0 or others[at][1] <= start
    return free and end - start <= REACH and not _STOP.search(text, start, end)


def _before(text: str, at: int, others: list[Span]) -> Span | None:
    """What stands between the cue and the part before it, if it is little."""
    start = max((end for _, end in others if end <= at), default=None)
    if start is None or at - start > REACH or _STOP.search(text, start, at):
        return None
    found = _stripped(text, start, at)
    return None if found is None else (found[0], at)


def _after(text: str, at: int, others: list[Span]) -> tuple[Span | None, bool]:
    """What the clause goes on with, and whether that was cut."""
    bound = min((start for start, _ in others if start >= at), default=len(text))
    if any(start < at < end for start, end in others):
        return None, False
    end = min(bound, at + REACH)
    pause = _PAUSE.search(text, at, end)
    if pause:
        return _stripped(text, at, pause.start()), False
    cut = end < bound and bool(text[end : end + 1].strip())
    while cut and end > at and not text[end].isspace():  # to the end of a word
        end -= 1
    return _stripped(text, at, end), cut and end > at


def _stripped(text: str, start: int, end: int) -> Span | None:
    stretch = text[start:end]
    start += len(stretch) - len(stretch.lstrip(_EDGES))
    end -= len(stretch) - len(stretch.rstrip(_EDGES))
    return (start, end) if any(map(str.isalnum, text[start:end])) else None

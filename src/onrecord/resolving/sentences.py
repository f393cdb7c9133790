"""Where sentences begin: how near two mentions are is counted in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from onrecord.records import Span

_END = re.compile(r"(?<![.!?])[.!?]+[\"”'’)\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Rev|Prof|St|Jr|Sr|vs|No|Inc|Co|Sens|Reps|Del))\.\s+$"
)


APART = 1_000
"""Sentences that a comment counts as away from what stands before it."""


class Sentences:
    """The sentences of a page, numbered through; a paragraph's end counts as one more."""

    def __init__(self, text: str, paragraphs: Sequence[Span], comments: Sequence[Span]) -> None:
        starts: list[int] = []
        numbers: list[int] = []
        number = 0
        for at, (start, end) in enumerate((*paragraphs, *comments)):
            number += APART * (at >= len(paragraphs))
            starts.append(start)
            numbers.append(number)
            for found in _END.finditer(text, start, end):
                if not _ABBREVIATION.search(text, max(start, found.end() - 8), found.end()):
                    number += 1
                    starts.append(found.end())
                    numbers.append(number)
            number += 2
        self._starts = starts
        self._numbers = numbers

    def number(self, at: int) -> int:
        """The number of the sentence that holds a place."""
        found = bisect_right(self._starts, at) - 1
        return self._numbers[max(found, 0)] if self._numbers else 0

    def start(self, at: int) -> int:
        """Where the sentence that holds a place begins."""
        found = bisect_right(self._starts, at) - 1
        return self._starts[max(found, 0)] if self._starts else 0

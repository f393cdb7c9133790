"""Which quotation marks are an attribution's own, and whether they quote it to the letter."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from onrecord.encoder.quotation import OPENERS, quoted_stretches
from onrecord.records import AttributionKind, Span

DEEP = 8
"""Quotation marks around quotation marks that are looked into; more are noise."""

SINGLE = frozenset("'‘’")

OPENING = frozenset(opener[0] for opener in (*OPENERS, "'", "‘"))

CLOSING = frozenset("\"'”’“»«›＂″")


def kind_of(text: str, quoted: Sequence[Span], content: Sequence[Span]) -> AttributionKind:
    """Direct if all words of the content stand in quotation marks, indirect if none does.

    ``quoted`` are the stretches of ``text`` in marks, at least those that the content
    touches, in order.
    """
    letters = inside = 0
    for first, last in content:
        letters += _letters(text[first:last])
        at = bisect_right(quoted, first, key=itemgetter(1))
        while at < len(quoted) and quoted[at][0] < last:
            start, end = quoted[at]
            inside += _letters(text[max(start, first) : min(end, last)])
            at += 1
    if inside == 0:
        return "indirect"
    return "direct" if inside == letters else "mixed"


class Marks:
    """The stretches of a text in quotation marks, and those within them."""

    def __init__(self, text: str, quoted: Sequence[Span]) -> None:
        """``quoted`` are the stretches, in order."""
        self.quoted = quoted
        self._text = text
        self._within: dict[Span, list[Span]] = {}

    def own(self, extent: Span) -> Sequence[Span]:
        """The stretches that are an attribution's own, by its extent.

        Marks around the whole of it are those of somebody who says it all: in “The
        doctors told me it was nothing,” what the doctors told is not to the letter. What
        stands in further marks within them is.
        """
        first, last = extent
        quoted = self.quoted
        for _ in range(DEEP):
            at = bisect_left(quoted, last, key=itemgetter(1))
            if at == len(quoted) or quoted[at][0] > first:
                return quoted
            quoted = self._inner(quoted[at])
        return []

    def _inner(self, stretch: Span) -> list[Span]:
        if stretch not in self._within:  # Many attributions can stand in one.
            start, end = stretch  # One that runs over paragraphs may lack a mark at its edge.
            opening, closing = self._text[start], self._text[end - 1]
            if opening in OPENING and (opening in SINGLE) <= (closing in SINGLE):
                start += 1
            if closing in CLOSING:
                end -= 1
            found = quoted_stretches(self._text[start:end])
            self._within[stretch] = [(start + a, start + b) for a, b in found]
        return self._within[stretch]


def closed(text: str, quoted: Sequence[Span], span: Span) -> Span:
    """A span with the mark that closes a quotation in it, where that stands right after it."""
    start, end = span
    at = bisect_right(quoted, end, key=itemgetter(1))
    if at == len(quoted):
        return span
    first, last = quoted[at]
    inside = start <= first < end
    mark = end < last and text[last - 1] in CLOSING
    return (start, last) if inside and mark and not _letters(text[end:last]) else span


def _letters(stretch: str) -> int:
    return sum(map(str.isalnum, stretch))

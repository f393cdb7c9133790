"""Whether a content is quoted to the letter."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from onrecord.records import AttributionKind, Span


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


def _letters(stretch: str) -> int:
    return sum(map(str.isalnum, stretch))

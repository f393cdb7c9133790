"""Whether a content is quoted to the letter."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.encoder.quotation import quoted_stretches
from onrecord.records import AttributionKind, Span


def kind_of(text: str, paragraphs: Sequence[Span], content: Sequence[Span]) -> AttributionKind:
    """Direct if all words of the content stand in quotation marks, indirect if none does.

    ``paragraphs`` are those that the content stands in: marks are matched inside of each.
    """
    quoted = [
        (start + a, start + b)
        for start, end in paragraphs
        for a, b in quoted_stretches(text[start:end])
    ]
    letters = inside = 0
    for first, last in content:
        letters += _letters(text[first:last])
        for a, b in quoted:
            if a < last and first < b:
                inside += _letters(text[max(a, first) : min(b, last)])
    if inside == 0:
        return "indirect"
    return "direct" if inside == letters else "mixed"


def _letters(stretch: str) -> int:
    return sum(character.isalnum() for character in stretch)

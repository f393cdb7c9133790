"""The stage: a page as it was read goes in, its attributions come out."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence

import numpy as np

from onrecord.attributing.joining import Found, find_attributions
from onrecord.attributing.kinds import kind_of
from onrecord.encoder.base import Encoder
from onrecord.encoder.pieces import Pieces
from onrecord.encoder.quotation import quoted_stretches
from onrecord.records import Attribution, Page, Span

_LINES = re.compile(r"\S(?:.*\S)?(?:\n[^\S\n]*\S.*)*")
"""A paragraph of a comment: lines up to a blank one."""


def attribute(page: Page, encoder: Encoder) -> tuple[Attribution, ...]:
    """Find the attributions of a page's article and of each of its comments.

    Speakers, source types and cue classes are left to later stages.
    """
    article = [(paragraph.start, paragraph.end) for paragraph in page.paragraphs]
    groups = [article, *(_paragraphs(page.text, (c.start, c.end)) for c in page.comments)]
    comments = [None, *(comment.id for comment in page.comments)]
    encoding = encoder.encode(page.text, groups)
    paragraphs = [paragraph for group in groups for paragraph in group]
    owners = [owner for owner, group in zip(comments, groups, strict=True) for _ in group]
    found = find_attributions(encoding)
    quoted = _Quoted(page.text, paragraphs)
    attributions = []
    for number, one in enumerate(found):
        firsts = [first for first, _ in one.content]
        numbers = (np.searchsorted(encoding.pieces.bounds, firsts, side="right") - 1).tolist()
        spans = {
            role: _spans(page.text, encoding.pieces, getattr(one, role))
            for role in ("source", "cue", "content")
        }
        attributions.append(
            Attribution(
                id=number,
                **spans,
                kind=kind_of(page.text, quoted.within(numbers), spans["content"]),
                within=None,
                speaker=None,
                source_type=None,
                cue_class=None,
                negated=None,
                confidence=_confidence(one),
                comment=owners[numbers[0]],
            )
        )
    return tuple(attributions)


class _Quoted:
    """The stretches of each paragraph in quotation marks, looked for once."""

    def __init__(self, text: str, paragraphs: Sequence[Span]) -> None:
        self._text = text
        self._paragraphs = paragraphs
        self._known: dict[int, list[Span]] = {}

    def within(self, numbers: Iterable[int]) -> list[Span]:
        """The stretches of the paragraphs with these numbers, in order."""
        distinct = sorted(set(numbers))
        for number in distinct:
            if number not in self._known:
                start, end = self._paragraphs[number]
                stretches = quoted_stretches(self._text[start:end])
                self._known[number] = [(start + a, start + b) for a, b in stretches]
        if len(distinct) == 1:
            return self._known[distinct[0]]
        return [stretch for number in distinct for stretch in self._known[number]]


def _paragraphs(text: str, span: Span) -> list[Span]:
    return [found.span() for found in _LINES.finditer(text, *span)]


def _spans(text: str, pieces: Pieces, stretches: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    spans = []
    for first, end in sorted(stretches):
        start, stop = int(pieces.starts[first]), int(pieces.ends[end - 1])
        while stop < len(text) and unicodedata.category(text[stop]).startswith("M"):
            stop += 1  # The vocabulary has no marks (accents), so a piece can end before one.
        spans.append((start, stop))
    return tuple(spans)


def _confidence(found: Found) -> float:
    """The product of the parts' probabilities, to three places."""
    return round(min(1.0, math.prod(found.scores)), 3)

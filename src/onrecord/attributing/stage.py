"""The stage: a page as it was read goes in, its attributions come out."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence

import numpy as np

from onrecord.attributing.joining import Found, find_attributions
from onrecord.attributing.kinds import kind_of
from onrecord.encoder.base import Encoder
from onrecord.encoder.pieces import Pieces
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
    attributions = []
    for number, one in enumerate(found):
        firsts = [first for first, _ in one.content]
        numbers = np.searchsorted(encoding.pieces.bounds, firsts, side="right") - 1
        spans = {
            role: _spans(page.text, encoding.pieces, getattr(one, role))
            for role in ("source", "cue", "content")
        }
        attributions.append(
            Attribution(
                id=number,
                **spans,
                kind=kind_of(page.text, [paragraphs[i] for i in set(numbers)], spans["content"]),
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

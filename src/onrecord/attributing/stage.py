"""The stage: a page as it was read goes in, its attributions come out."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from onrecord.attributing.joining import Found, find_attributions
from onrecord.attributing.kinds import kind_of
from onrecord.encoder.base import Encoder
from onrecord.encoder.pieces import Pieces
from onrecord.encoder.quotation import quoted_stretches
from onrecord.records import Attribution, Page, Span

SECTION = 200_000
"""Characters that are read at a time, which bounds the memory that a long page takes. A cut falls
between two paragraphs; the first one after it has no context before it."""

_LINES = re.compile(r"\S(?:.*\S)?(?:\n[^\S\n]*\S.*)*")
"""A paragraph of a comment: lines up to a blank one."""


def attribute(page: Page, encoder: Encoder) -> tuple[Attribution, ...]:
    """Find the attributions of a page's article and of each of its comments.

    Speakers, source types and cue classes are left to later stages.
    """
    attributions: list[Attribution] = []
    for section in _sections(page):
        attributions += _attribute(page.text, section, encoder, first_id=len(attributions))
    return tuple(attributions)


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
        for start, end in paragraphs:
            if size >= SECTION:
                yield section
                section, size = [_Group(comment, [])], 0
            section[-1].paragraphs.append((start, end))
            size += end - start
    yield section


def _attribute(
    text: str, section: Sequence[_Group], encoder: Encoder, *, first_id: int
) -> list[Attribution]:
    encoding = encoder.encode(text, [group.paragraphs for group in section])
    paragraphs = [paragraph for group in section for paragraph in group.paragraphs]
    owners = [group.comment for group in section for _ in group.paragraphs]
    quoted = _Quoted(text, paragraphs)
    attributions = []
    for number, one in enumerate(find_attributions(encoding), first_id):
        firsts = [first for first, _ in one.content]
        numbers = (np.searchsorted(encoding.pieces.bounds, firsts, side="right") - 1).tolist()
        spans = {
            role: _spans(text, encoding.pieces, getattr(one, role))
            for role in ("source", "cue", "content")
        }
        attributions.append(
            Attribution(
                id=number,
                **spans,
                kind=kind_of(text, quoted.within(numbers), spans["content"]),
                within=None,
                speaker=None,
                source_type=None,
                cue_class=None,
                negated=None,
                confidence=_confidence(one),
                comment=owners[numbers[0]],
            )
        )
    return attributions


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

"""Where the page names or describes somebody, from the encoder's tags."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from onrecord.encoder.base import Encoding
from onrecord.encoder.decoding import Run, best_runs, word_scores
from onrecord.encoder.mentions import MENTION_TAGS
from onrecord.encoder.pieces import Pieces
from onrecord.records import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters ``start`` to ``end`` refer to somebody or something."""

    start: int
    end: int
    pieces: tuple[int, int]
    """Its first piece and end."""
    form: str
    """``name``, ``description`` or ``pronoun``."""
    kind: str
    """``person``, ``group``, ``place`` or ``other``."""
    score: float
    """Mean probability of its words' tags."""

    @property
    def span(self) -> Span:
        return self.start, self.end


def find_mentions(encoding: Encoding) -> list[Mention]:
    """The names and descriptions of a text, in order, of whole words.

    A name has no title and no article; a description goes from its first word to its head.
    The best path of tags that makes sense gives them, paragraph by paragraph.
    """
    pieces = encoding.pieces
    if not len(encoding.mentions) or not len(pieces.ids):
        return []
    firsts = np.flatnonzero(np.diff(pieces.words, prepend=-1))
    scores = word_scores(encoding.mentions, firsts)
    ends = np.append(firsts[1:], len(pieces.ids)).tolist()
    bounds = firsts.searchsorted(pieces.bounds).tolist()
    # A paragraph's last word is the break that closes it.
    paragraphs = [(a, b - 1) for a, b in pairwise(bounds) if b - 1 > a]
    runs = best_runs([scores[a:b] for a, b in paragraphs])
    return [
        _mention(pieces, (int(firsts[a + run.first]), ends[a + run.end - 1]), run)
        for (a, _), some in zip(paragraphs, runs, strict=True)
        for run in some
    ]


def _mention(pieces: Pieces, span: tuple[int, int], run: Run) -> Mention:
    form, kind = MENTION_TAGS[run.role]
    start, end = int(pieces.starts[span[0]]), int(pieces.ends[span[1] - 1])
    return Mention(start, end, span, form, kind, round(run.score, 4))

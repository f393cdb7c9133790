"""What an encoder gives to the stages that ask it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from onrecord.encoder.calibration import Calibration
from onrecord.encoder.mentions import MentionSpan, no_links, outside
from onrecord.encoder.pieces import Pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from onrecord.records import Span

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

TAG_ROLES = ("source", "cue", "content")
"""Roles that a piece can have: tag 0 is outside, 2k + 1 begins role k, 2k + 2 goes on."""

CUE_ROLES = ("source", "content")
"""Roles that a piece can have for one cue, numbered in the same way."""

DISTANCE_STEPS = 8
"""Distances between a piece and a cue are told apart in powers of two, 128 and more alike."""


def cue_distances(first: Ints, last: Ints, length: int) -> Ints:
    """How far each of ``length`` pieces is from each cue, as a number (cues, pieces).

    ``DISTANCE_STEPS`` is inside the cue, lower numbers are before it, higher ones after.
    """
    at = np.arange(length)[None]
    before = np.maximum(first[:, None] - at, 0)
    after = np.maximum(at - last[:, None], 0)
    steps = np.frexp((before + after).astype(np.float64))[1]
    steps = np.minimum(steps, DISTANCE_STEPS)
    out: Ints = (DISTANCE_STEPS + np.where(before > 0, -steps, steps)).astype(np.int64)
    return out


LinkScores = Callable[[Sequence[MentionSpan], Sequence[Sequence[MentionSpan]]], "list[Floats]"]


class CueReading(NamedTuple):
    """The pieces from ``start`` on, read for one cue: log-probabilities (pieces, 5)."""

    start: int
    scores: Floats


@dataclass(frozen=True, slots=True)
class Encoding:
    """A text as the encoder has read it."""

    pieces: Pieces
    tags: Floats
    """Log-probabilities (pieces, 7)."""
    inner: Floats
    """The same for attributions nested in another's content."""
    read_cues: Callable[[Sequence[tuple[int, int]]], list[CueReading]]
    """Read the text again for each cue, given as first piece and end of its pieces."""
    calibration: Calibration = field(default_factory=Calibration)
    """What the scores are worth."""
    mentions: Floats = field(default_factory=partial(outside, 0))
    """Log-probabilities (pieces, 13) of `onrecord.encoder.mentions.MENTION_TAGS`; no rows
    where nothing looks for mentions."""
    link_scores: LinkScores = no_links
    """How likely each anaphor, given as first piece and end, stands for each of its possible
    antecedents: log-odds against a score of 0, which is none of them."""


class Encoder(Protocol):
    """Anything that reads text for attributions: the shipped model, or a fake in a test."""

    def encode(self, text: str, groups: Sequence[Sequence[Span]]) -> Encoding:
        """Read groups of paragraphs; nothing in one group bears on another.

        The paragraphs of all groups, one after the other, are the paragraphs of the
        encoding's pieces.
        """
        ...

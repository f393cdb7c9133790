"""What the encoder says about mentions: their tags, and how far apart two of them are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from onrecord.encoder.pieces import Pieces

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

MENTION_TAGS = (
    ("name", "person"),
    ("name", "group"),
    ("name", "place"),
    ("name", "other"),
    ("description", "person"),
    ("description", "group"),
)
"""Forms and kinds of mentions: tag 0 is outside, 2k + 1 begins number k, 2k + 2 goes on."""

STEPS = 11
"""Distances in pieces are told apart in powers of two, 1024 and more alike."""

PARAGRAPHS = (1, 2, 3, 6)
"""Paragraphs between two mentions from which on they are told apart."""

DISTANCES = (2 * STEPS + 1) * (len(PARAGRAPHS) + 1)

MentionSpan = tuple[int, int]
"""First piece and end."""


def link_distances(pieces: Pieces, anaphors: Ints, antecedents: Ints) -> Ints:
    """How far each antecedent is from its anaphor, as a number; both by their first piece."""
    between = anaphors - antecedents
    steps = np.minimum(np.frexp(np.abs(between).astype(np.float64))[1], STEPS)
    near = STEPS + np.where(between < 0, -steps, steps)
    first, second = (
        pieces.bounds.searchsorted(places, "right") for places in (anaphors, antecedents)
    )
    far = np.searchsorted(PARAGRAPHS, np.abs(first - second), "right")
    out: Ints = (near * (len(PARAGRAPHS) + 1) + far).astype(np.int64)
    return out


NEVER = np.float32(-100)
"""The logarithm of what is not, but for its rounding."""


def outside(length: int) -> Floats:
    """Tags of pieces that are all outside mentions."""
    tags = np.full((length, 1 + 2 * len(MENTION_TAGS)), NEVER, dtype=np.float32)
    tags[:, 0] = 0
    return tags


def no_links(
    anaphors: Sequence[MentionSpan], antecedents: Sequence[Sequence[MentionSpan]]
) -> list[Floats]:
    """Scores that say nothing."""
    pairs = zip(anaphors, antecedents, strict=True)
    return [np.zeros(len(some), dtype=np.float32) for _, some in pairs]

"""Counts that add up over documents, and the figures they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was predicted and how much was there to be found.

    ``right`` of ``predicted`` are right, ``found`` of ``gold`` are found. In a one-to-one
    matching the two are the same number.
    """

    right: int = 0
    predicted: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right,
            self.predicted + other.predicted,
            self.found + other.found,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def matched(hits: int, predicted: int, gold: int) -> Counts:
    """The counts of a one-to-one matching."""
    return Counts(hits, predicted, hits, gold)


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts by the name of their figure. Scores of documents add up to a corpus'."""

    counts: Mapping[str, Counts] = field(default_factory=dict)

    def __add__(self, other: Scores) -> Scores:
        names = dict.fromkeys([*self.counts, *other.counts])
        return Scores({name: self[name] + other[name] for name in names})

    def __getitem__(self, name: str) -> Counts:
        return self.counts.get(name, Counts())

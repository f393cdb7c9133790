"""The counts behind the figures of speakers, which add up over articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import fsum

from onrecord.evaluation.scores import Counts, Scores, matched


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often each class of the gold was answered by which class."""

    pairs: Mapping[tuple[str, str | None], int] = field(default_factory=dict)
    """By the gold's class and the predicted one; ``None`` is no answer."""

    def __add__(self, other: Confusion) -> Confusion:
        return Confusion(Counter(self.pairs) + Counter(other.pairs))

    @property
    def accuracy(self) -> float:
        right = sum(number for (gold, said), number in self.pairs.items() if gold == said)
        return _share(right, sum(self.pairs.values()))

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the gold's classes."""
        rates = [counts.f1 for counts in self.by_class().counts.values() if counts.gold]
        return _share(fsum(rates), len(rates))

    def by_class(self) -> Scores:
        """The counts of each class, the gold's most frequent first."""
        gold: Counter[str] = Counter()
        said: Counter[str] = Counter()
        for (there, answer), number in self.pairs.items():
            gold[there] += number
            if answer is not None:
                said[answer] += number
        order = sorted(gold | said, key=lambda one: (-gold[one], one))
        return Scores(
            {one: matched(self.pairs.get((one, one), 0), said[one], gold[one]) for one in order}
        )


@dataclass(frozen=True, slots=True)
class Grouping:
    """B-cubed: how pure and how whole the groups are that members find themselves in.

    The sums over members are exact, so that they add up in any order.
    """

    pure: Fraction = Fraction()
    """The sum of shares of a member's predicted group that are of its gold one."""
    whole: Fraction = Fraction()
    """The sum of shares of a member's gold group that are in its predicted one."""
    members: int = 0

    def __add__(self, other: Grouping) -> Grouping:
        return Grouping(
            self.pure + other.pure, self.whole + other.whole, self.members + other.members
        )

    @property
    def f1(self) -> float:
        # The means' harmonic mean: the number of members falls out of it.
        both = (self.pure + self.whole) * self.members
        return float(2 * self.pure * self.whole / both) if both else 0.0


@dataclass(frozen=True, slots=True)
class SpeakerScores:
    """The counts of an article, which add up to a corpus'."""

    said: Counts = field(default_factory=Counts)
    """Matched and the speaker right, over all attributions."""
    resolved: Counts = field(default_factory=Counts)
    source_types: Confusion = field(default_factory=Confusion)
    cue_classes: Confusion = field(default_factory=Confusion)
    negations: Confusion = field(default_factory=Confusion)
    grouping: Grouping = field(default_factory=Grouping)

    def __add__(self, other: SpeakerScores) -> SpeakerScores:
        return SpeakerScores(
            self.said + other.said,
            self.resolved + other.resolved,
            self.source_types + other.source_types,
            self.cue_classes + other.cue_classes,
            self.negations + other.negations,
            self.grouping + other.grouping,
        )

    @property
    def matched(self) -> int:
        """How many attributions were found."""
        return sum(self.source_types.pairs.values())

    def figures(self) -> dict[str, float]:
        """Every figure by name: ``matched``, ``gold``, ``pred`` and ``*_n`` are numbers."""
        return {
            "matched": self.matched,
            "gold": self.said.gold,
            "pred": self.said.predicted,
            "speaker": _share(self.said.right, self.matched),
            "resolved": self.resolved.recall,
            "resolved_n": self.resolved.gold,
            "source_type": self.source_types.accuracy,
            "source_type_macro_f1": self.source_types.macro_f1,
            "cue_class": self.cue_classes.accuracy,
            "cue_class_macro_f1": self.cue_classes.macro_f1,
            "negated": self.negations.accuracy,
            "b3": self.grouping.f1,
            "who_said_what_P": self.said.precision,
            "who_said_what_R": self.said.recall,
            "who_said_what_F1": self.said.f1,
        }


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 0.0

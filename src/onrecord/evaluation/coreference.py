"""Whether mentions stand together that refer to the same: MUC, B³, CEAF and their mean.

MUC counts links (Vilain et al. 1995), B³ mentions (Bagga and Baldwin 1998), CEAF-e aligns
clusters one to one (Luo 2005). Their mean F1 is the figure of the CoNLL-2011 and 2012
shared tasks. Clusters of one mention are left out, as there.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

METRICS = ("muc", "b3", "ceafe")

Cluster = frozenset[Hashable]
Measure = Callable[[Sequence[Cluster], Sequence[Cluster]], tuple[Fraction, int]]


@dataclass(frozen=True, slots=True)
class Share:
    """Parts that add up over documents: right of what was predicted, found of what is gold."""

    right: Fraction = Fraction(0)
    predicted: int = 0
    found: Fraction = Fraction(0)
    gold: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(
            self.right + other.right,
            self.predicted + other.predicted,
            self.found + other.found,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        return float(self.right / self.predicted) if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return float(self.found / self.gold) if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class CoreferenceScores:
    """The metrics' shares by name. Scores of documents add up to a corpus'."""

    shares: Mapping[str, Share] = field(default_factory=dict)

    def __add__(self, other: CoreferenceScores) -> CoreferenceScores:
        return CoreferenceScores({name: self[name] + other[name] for name in METRICS})

    def __getitem__(self, name: str) -> Share:
        return self.shares.get(name, Share())

    @property
    def conll(self) -> float:
        """The mean of the three F1."""
        return sum(self[name].f1 for name in METRICS) / len(METRICS)


def score_clusters(
    gold: Iterable[Iterable[Hashable]], predicted: Iterable[Iterable[Hashable]]
) -> CoreferenceScores:
    """Score one document's clusters; a mention is anything that can be compared."""
    key, response = _several(gold), _several(predicted)
    return CoreferenceScores(
        {
            "muc": _both(_links, key, response),
            "b3": _both(_mentions, key, response),
            "ceafe": _aligned(key, response),
        }
    )


def _several(clusters: Iterable[Iterable[Hashable]]) -> list[Cluster]:
    return [one for one in map(frozenset, clusters) if len(one) > 1]


def _both(measure: Measure, key: Sequence[Cluster], response: Sequence[Cluster]) -> Share:
    found, gold = measure(key, response)
    right, predicted = measure(response, key)
    return Share(right, predicted, found, gold)


def _places(clusters: Sequence[Cluster]) -> dict[Hashable, int]:
    return {mention: at for at, cluster in enumerate(clusters) for mention in cluster}


def _links(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> tuple[Fraction, int]:
    """The links of ``clusters`` that ``others`` hold, of how many."""
    places = _places(others)
    found = 0
    for cluster in clusters:
        held = cluster & places.keys()
        found += len(held) - len({places[mention] for mention in held})
    return Fraction(found), sum(len(cluster) - 1 for cluster in clusters)


def _mentions(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> tuple[Fraction, int]:
    """For each mention of ``clusters`` the share of its cluster that it finds in ``others``."""
    places = _places(others)
    found = Fraction(0)
    for cluster in clusters:
        for mention in cluster & places.keys():
            found += Fraction(len(cluster & others[places[mention]]), len(cluster))
    return found, sum(map(len, clusters))


def _aligned(key: Sequence[Cluster], response: Sequence[Cluster]) -> Share:
    likeness = [
        [Fraction(2 * len(one & other), len(one) + len(other)) for other in response] for one in key
    ]
    best = sum((likeness[row][column] for row, column in best_matching(likeness)), Fraction(0))
    return Share(best, len(response), best, len(key))


def best_matching(likeness: Sequence[Sequence[Fraction]]) -> list[tuple[int, int]]:
    """The one-to-one matching of rows and columns with the largest sum.

    The Hungarian method with potentials (Kuhn 1955, Munkres 1957), in cubic time.
    """
    rows, columns = len(likeness), len(likeness[0]) if likeness else 0
    if rows > columns:
        turned = [[likeness[row][column] for row in range(rows)] for column in range(columns)]
        return sorted((row, column) for column, row in best_matching(turned))
    # Rows and columns count from 1; column 0 is where a row begins its search.
    of_row, of_column = [Fraction(0)] * (rows + 1), [Fraction(0)] * (columns + 1)
    match = [0] * (columns + 1)
    for row in range(1, rows + 1):
        match[0], column = row, 0
        least: list[Fraction | None] = [None] * (columns + 1)
        came = [0] * (columns + 1)
        used = [False] * (columns + 1)
        while match[column]:
            used[column] = True
            here, step, following = match[column], None, 0
            for at in range(1, columns + 1):
                if used[at]:
                    continue
                cost = -likeness[here - 1][at - 1] - of_row[here] - of_column[at]
                before = least[at]
                if before is None or cost < before:
                    least[at], came[at] = cost, column
                now = least[at]
                if now is not None and (step is None or now < step):
                    step, following = now, at
            step = step or Fraction(0)
            for at in range(columns + 1):
                now = least[at]
                if used[at]:
                    of_row[match[at]] += step
                    of_column[at] -= step
                elif now is not None:
                    least[at] = now - step
            column = following
        while column:
            match[column] = match[came[column]]
            column = came[column]
    return sorted((match[at] - 1, at - 1) for at in range(1, columns + 1) if match[at])

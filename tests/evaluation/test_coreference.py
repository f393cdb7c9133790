"""The metrics of clusters, against figures of the reference implementation's own examples."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

from onrecord.evaluation.coreference import (
    METRICS,
    CoreferenceScores,
    best_matching,
    score_clusters,
)


def _rates(scores: CoreferenceScores, metric: str) -> tuple[float, float, float]:
    share = scores[metric]
    return share.recall, share.precision, share.f1


def test_the_example_of_the_reference_scorers_paper() -> None:
    """Pradhan et al. (2014), "Scoring Coreference Partitions of Predicted Mentions", figure 1."""
    scores = score_clusters(["abc", "defg"], ["ab", "cd", "fghi"])
    assert _rates(scores, "muc") == pytest.approx((0.4, 0.4, 0.4))
    assert _rates(scores, "b3") == pytest.approx((5 / 12, 0.5, 5 / 11))
    assert _rates(scores, "ceafe") == pytest.approx((0.65, 13 / 30, 0.52))
    assert scores.conll == pytest.approx((0.4 + 5 / 11 + 0.52) / 3)


def test_what_is_the_same_is_right() -> None:
    scores = score_clusters(["ab", "cde"], ["edc", "ba"])
    assert all(_rates(scores, metric) == (1, 1, 1) for metric in METRICS)
    assert scores.conll == 1


def test_nothing_scores_nothing() -> None:
    assert score_clusters([], []).conll == 0
    assert _rates(score_clusters(["ab"], []), "b3") == (0, 0, 0)
    assert _rates(score_clusters([], ["ab"]), "ceafe") == (0, 0, 0)


def test_single_mentions_do_not_count() -> None:
    assert score_clusters(["ab", "c", "d"], ["ab", "e"]).conll == 1


def test_documents_add_up() -> None:
    total = score_clusters(["ab"], ["ab"]) + score_clusters(["ab"], ["cd"])
    assert _rates(total, "muc") == (0.5, 0.5, 0.5)
    assert _rates(total, "ceafe") == (0.5, 0.5, 0.5)
    assert (CoreferenceScores() + total).conll == total.conll == 0.5


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (2, 3), (3, 2), (4, 4), (5, 3)])
def test_the_best_matching_is_the_best_of_all(rows: int, columns: int) -> None:
    likeness = [
        [Fraction((7 * r * r + 5 * c + r * c) % 11) for c in range(columns)] for r in range(rows)
    ]
    found = best_matching(likeness)
    assert len(found) == min(rows, columns)
    assert len({row for row, _ in found}) == len({column for _, column in found}) == len(found)
    if rows <= columns:
        best = max(
            sum(likeness[row][column] for row, column in enumerate(some))
            for some in itertools.permutations(range(columns), rows)
        )
    else:
        best = max(
            sum(likeness[row][column] for column, row in enumerate(some))
            for some in itertools.permutations(range(rows), columns)
        )
    assert sum(likeness[row][column] for row, column in found) == best


def test_no_rows_and_no_columns() -> None:
    assert best_matching([]) == []
    assert best_matching([[]]) == []

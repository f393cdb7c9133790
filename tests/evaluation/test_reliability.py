"""Whether confidence means what it says."""

from __future__ import annotations

import random

import pytest

from onrecord.encoder.calibration import Calibration
from onrecord.evaluation.attributions import Example
from onrecord.evaluation.corpus import Roles
from onrecord.evaluation.reliability import (
    Judged,
    bins,
    by_halves,
    calibration_error,
    fit_calibration,
    judge_confidences,
)

TRUE = Calibration(rise=1.4, fall=0.8, shift=-0.7)


def drawn(number: int, seed: int) -> list[Judged]:
    """Scores that are right as often as `TRUE` says."""
    dice = random.Random(seed)  # noqa: S311
    scores = [dice.uniform(0.2, 0.99) for _ in range(number)]
    return [Judged(score, dice.random() < TRUE.confidence([score])) for score in scores]


def test_bins_add_up() -> None:
    judged = drawn(500, 1)
    found = bins(judged)
    assert sum(one.number for one in found) == 500
    right = sum(one.number * one.right for one in found)
    assert right == pytest.approx(sum(one.right for one in judged))
    assert bins([Judged(1.0, True), Judged(0.95, False)]) == [(2, 0.975, 0.5)]
    assert bins([]) == []


def test_a_gap_is_measured() -> None:
    assert calibration_error([Judged(0.8, True)] * 8 + [Judged(0.8, False)] * 2) < 1e-9
    assert calibration_error([Judged(0.9, False)] * 4) == pytest.approx(0.9)
    assert calibration_error([]) == 0


def test_a_fit_finds_the_calibration() -> None:
    fitted = fit_calibration(drawn(20_000, 2))
    for score in (0.3, 0.5, 0.7, 0.9, 0.97):
        assert fitted.confidence([score]) == pytest.approx(TRUE.confidence([score]), abs=0.03)


@pytest.mark.parametrize("right", [True, False])
def test_nothing_is_fitted_to_what_is_all_right_or_all_wrong(right: bool) -> None:
    assert fit_calibration([Judged(0.5, right)] * 9) == Calibration()
    assert fit_calibration([]) == Calibration()


def test_a_half_is_calibrated_by_the_other() -> None:
    honest, lying = drawn(3000, 3), [Judged(score, not right) for score, right in drawn(3000, 4)]
    judged = by_halves([honest, lying])
    assert len(judged) == 6000
    own = fit_calibration(lying)
    first = [Judged(own.confidence([one.confidence]), one.right) for one in honest]
    assert judged[:3000] == first
    assert calibration_error(judged) > 0.3
    assert calibration_error(by_halves([honest, drawn(3000, 5)])) < 0.05


def test_an_attribution_is_right_with_its_source_alone() -> None:
    text = "Anna said it rained. Ben said it froze."
    gold = (
        Roles(((0, 4),), ((5, 9),), ((10, 19),)),
        Roles(((21, 24),), ((25, 29),), ((30, 38),)),
    )
    predicted = (gold[0], Roles(((0, 4),), ((25, 29),), ((30, 38),)))
    example = Example(text, predicted, gold, confidences=(0.9, 0.8))
    assert judge_confidences(example) == [(0.9, True), (0.8, False)]

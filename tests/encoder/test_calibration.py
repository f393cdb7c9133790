"""From scores to a confidence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.encoder.calibration import EDGE, Calibration

SCORES = st.lists(st.floats(0, 1), min_size=1, max_size=6)
NUMBERS = st.floats(0, 5)


@pytest.mark.parametrize(("scores", "mean"), [([0.5], 0.5), ([0.9, 0.4], 0.6), ([0.8] * 3, 0.8)])
def test_without_numbers_it_is_the_geometric_mean(scores: list[float], mean: float) -> None:
    assert Calibration().confidence(scores) == pytest.approx(mean, abs=0.0006)


@given(SCORES, NUMBERS, NUMBERS, st.floats(-5, 5))
@settings(derandomize=True, max_examples=200)
def test_nothing_is_sure(scores: list[float], rise: float, fall: float, shift: float) -> None:
    confidence = Calibration(rise=rise, fall=fall, shift=shift).confidence(scores)
    assert EDGE <= confidence <= 1 - EDGE
    assert confidence == round(confidence, 3)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=8), NUMBERS, NUMBERS)
@settings(derandomize=True, max_examples=200)
def test_the_likelier_is_never_less_sure(scores: list[float], rise: float, fall: float) -> None:
    calibration = Calibration(rise=rise, fall=fall)
    sure = [calibration.confidence([score]) for score in sorted(scores)]
    assert all(one <= other for one, other in pairwise(sure))

"""Whether a confidence of 0.9 is right 9 times in 10, and the calibration that makes it so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from onrecord.encoder.calibration import Calibration, inner
from onrecord.evaluation.attributions import (
    Example,
    match,
    parted,
    role_tokens,
    same_source,
    token_index,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

BINS = 10

STEPS = 50
"""Newton steps; a fit needs about ten."""

FAR = 30.0
"""A logit that is as good as certain."""

RIDGE = 1e-3
"""Keeps the fit finite where the scores part right from wrong without a mistake."""


class Judged(NamedTuple):
    """An attribution's confidence, and whether it is fully right."""

    confidence: float
    right: bool


class Bin(NamedTuple):
    """The attributions with about one confidence."""

    number: int
    confidence: float
    """Their mean confidence."""
    right: float
    """The share of them that is right."""


def judge_confidences(example: Example) -> list[Judged]:
    """The outer attributions predicted for an article, each with its confidence."""
    index = token_index(example.text)
    gold, _ = parted(example.gold)
    there = [role_tokens(index, roles) for roles in gold]
    said = [role_tokens(index, roles) for roles in example.predicted]
    pairs = match(there, said, by_cue=True)
    right = {p for g, p in pairs if same_source(there[g], said[p])}
    return [Judged(one, number in right) for number, one in enumerate(example.confidences)]


def bins(judged: Sequence[Judged]) -> list[Bin]:
    """The attributions by confidence, in tenths; empty ones are left out."""
    out = []
    for tenth in range(BINS):
        here = [one for one in judged if min(int(one.confidence * BINS), BINS - 1) == tenth]
        if here:
            mean = sum(one.confidence for one in here) / len(here)
            out.append(Bin(len(here), mean, sum(one.right for one in here) / len(here)))
    return out


def calibration_error(judged: Sequence[Judged]) -> float:
    """The expected calibration error: the mean gap of confidence and share right, by bins."""
    total = max(1, len(judged))
    return sum(one.number * abs(one.confidence - one.right) for one in bins(judged)) / total


def fit_calibration(judged: Sequence[Judged]) -> Calibration:
    """The calibration for scores (confidences that no calibration has changed)."""
    if not any(one.right for one in judged) or all(one.right for one in judged):
        return Calibration()
    given = _inputs(judged)
    right = np.asarray([one.right for one in judged], dtype=np.float64)
    weights = np.zeros(3)
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-np.clip(given @ weights, -FAR, FAR)))
        slope = given.T @ (likely - right) + RIDGE * weights
        curve = (given * (likely * (1 - likely))[:, None]).T @ given + RIDGE * np.eye(3)
        weights = weights - np.linalg.solve(curve, slope)
    rise, fall, shift = weights.tolist()
    return Calibration(rise=round(rise, 4), fall=round(fall, 4), shift=round(shift, 4))


def by_halves(texts: Sequence[Sequence[Judged]]) -> list[Judged]:
    """All attributions, each with the confidence that the other half of the texts gives it.

    ``texts`` holds the attributions of each text with scores as confidences. So no text has
    a part in its own calibration.
    """
    out = []
    for half in (0, 1):
        others = [one for text in texts[1 - half :: 2] for one in text]
        calibration = fit_calibration(others)
        out += [
            Judged(calibration.confidence([one.confidence]), one.right)
            for text in texts[half::2]
            for one in text
        ]
    return out


def _inputs(judged: Sequence[Judged]) -> Floats:
    scores = np.asarray([inner(one.confidence) for one in judged])
    return np.column_stack([np.log(scores), -np.log1p(-scores), np.ones_like(scores)])

"""From a model's scores to a confidence that means what it says."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

EDGE = 0.001
"""A confidence is never surer than this."""


class Calibration(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A beta calibration: logit(confidence) = rise · ln s - fall · ln(1 - s) + shift.

    s is the geometric mean of an attribution's scores. The numbers as they are by default
    leave s as it is. Kull, Silva Filho and Flach (2017), "Beyond sigmoids: how to obtain
    well-calibrated probabilities from binary classifiers with beta calibration", Electronic
    Journal of Statistics 11(2), p. 5057.
    """

    rise: float = 1.0
    fall: float = 1.0
    shift: float = 0.0

    def confidence(self, scores: Sequence[float]) -> float:
        """The confidence, to three places, of what has these scores (probabilities)."""
        logs = [math.log(max(score, EDGE)) for score in scores]
        mean = inner(math.exp(sum(logs) / len(logs)))
        logit = self.rise * math.log(mean) - self.fall * math.log1p(-mean) + self.shift
        return round(inner(1 / (1 + math.exp(-logit))), 3)


def inner(score: float) -> float:
    """A probability kept away from 0 and 1."""
    return min(max(score, EDGE), 1 - EDGE)

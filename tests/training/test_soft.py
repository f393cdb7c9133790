"""Soft labels in their file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the extra train")

from onrecord.errors import TrainingError
from onrecord.training.soft import STEPS, SoftLabels, load_soft_labels, save_soft_labels

pytestmark = pytest.mark.train


def labels(pieces: int, kinds: int) -> np.typing.NDArray[np.float32]:
    random = np.random.default_rng(pieces)
    return random.dirichlet(np.ones(kinds), pieces).astype(np.float32)


def test_labels_come_back_to_a_step_of_a_byte(tmp_path: Path) -> None:
    path = tmp_path / "soft_labels.npz"
    saved = {
        "a": SoftLabels(labels(9, 7), {(2, 3): (0, labels(9, 5)), (6, 6): (4, labels(5, 5))}),
        "none": SoftLabels(labels(0, 7)),
        "é": SoftLabels(labels(3, 7), {(0, 0): (0, labels(3, 5))}),
    }
    save_soft_labels(path, saved)
    loaded = load_soft_labels(path)
    assert list(loaded) == list(saved)
    for name, one in loaded.items():
        # Rounded by half a step, then made to sum to 1 again.
        np.testing.assert_allclose(one.tags, saved[name].tags, atol=7 / 2 / STEPS)
        np.testing.assert_allclose(one.tags.sum(1), 1, rtol=1e-5)
        assert list(one.cues) == list(saved[name].cues)
        for place, (start, roles) in one.cues.items():
            assert start == saved[name].cues[place][0]
            np.testing.assert_allclose(roles, saved[name].cues[place][1], atol=5 / 2 / STEPS)


def test_no_labels(tmp_path: Path) -> None:
    save_soft_labels(tmp_path / "soft_labels.npz", {})
    assert load_soft_labels(tmp_path / "soft_labels.npz") == {}


def test_a_file_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "soft_labels.npz"
    with pytest.raises(TrainingError, match="onrecord train teacher"):
        load_soft_labels(path)
    path.write_bytes(b"no zip")
    with pytest.raises(TrainingError, match=r"soft_labels\.npz"):
        load_soft_labels(path)
    np.savez(path, names=np.asarray(["a"]))
    with pytest.raises(TrainingError, match="lengths"):
        load_soft_labels(path)
    save_soft_labels(path, {"a": SoftLabels(labels(9, 7))})
    parts = dict(np.load(path))
    np.savez(path, **{**parts, "lengths": np.asarray([8])})
    with pytest.raises(TrainingError, match="do not fit"):
        load_soft_labels(path)

"""What a teacher thinks of a corpus: the probability of each label, kept in one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from onrecord.errors import TrainingError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

FILE = "soft_labels.npz"
"""Its name in a corpus' folder, beside text/ and attributions/."""

KEYS = ("names", "lengths", "tags", "cues", "readings")

STEPS = 255
"""Probabilities are kept in bytes."""


@dataclass(frozen=True, slots=True)
class SoftLabels:
    """The labels of one article."""

    tags: Floats
    """Probabilities (pieces, 7)."""
    cues: Mapping[tuple[int, int], tuple[int, Floats]] = field(default_factory=dict)
    """By a cue's first and last piece: the first piece read for it, and probabilities (pieces, 5)
    from there on."""


def save_soft_labels(path: Path, labels: Mapping[str, SoftLabels]) -> None:
    """Write the labels of articles, by the articles' names."""
    cues = [
        (number, *place, start, len(roles))
        for number, one in enumerate(labels.values())
        for place, (start, roles) in one.cues.items()
    ]
    readings = [roles for one in labels.values() for _, roles in one.cues.values()]
    np.savez_compressed(
        path,
        names=np.asarray(list(labels)),
        lengths=np.asarray([len(one.tags) for one in labels.values()]),
        tags=_to_bytes([one.tags for one in labels.values()]),
        cues=np.asarray(cues, dtype=np.int64).reshape(-1, 5),
        readings=_to_bytes(readings),
    )


def load_soft_labels(path: Path) -> dict[str, SoftLabels]:
    """The labels of a corpus' articles by name. Raises `TrainingError` for another file."""
    try:
        # A file of labels is data: numpy must not run code from it.
        with np.load(path, allow_pickle=False) as file:
            return _labels(*(file[key] for key in KEYS))
    except Exception as error:  # numpy and zipfile raise many kinds for another file
        raise TrainingError(
            f"{path} holds no soft labels: {error}. Write them with: onrecord train teacher"
        ) from error


def _labels(
    names: NDArray[np.str_], lengths: Ints, tags: Bytes, cues: Ints, readings: Bytes
) -> dict[str, SoftLabels]:
    if lengths.sum() != len(tags) or cues[:, 4].sum() != len(readings):
        raise ValueError("its parts do not fit each other")
    by_article: list[dict[tuple[int, int], tuple[int, Floats]]] = [{} for _ in names]
    at = 0
    for number, first, last, start, length in cues.tolist():
        by_article[number][first, last] = (start, _from_bytes(readings[at : at + length]))
        at += length
    return {
        name: SoftLabels(_from_bytes(tags[end - length : end]), read)
        for name, length, end, read in zip(
            names.tolist(), lengths, np.cumsum(lengths), by_article, strict=True
        )
    }


def _to_bytes(arrays: list[Floats]) -> Bytes:
    whole = np.concatenate(arrays) if arrays else np.zeros((0, 1), dtype=np.float32)
    return np.round(whole * STEPS).astype(np.uint8)


def _from_bytes(array: Bytes) -> Floats:
    out = array.astype(np.float32)
    total: Floats = out / np.maximum(out.sum(1, keepdims=True), 1)
    return total

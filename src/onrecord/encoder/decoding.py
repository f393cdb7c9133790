"""From scores of pieces to spans of whole words, by the best path that makes sense.

A path is a tag for each word. It makes sense if a role goes on only where it has begun or
goes on. Greedy tags piece by piece break this, and words too: they cost 6 points of exact
F1 on PolNeAR's dev part (baselines.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]

ROWS = 64
"""Sequences that are decoded side by side."""

NEVER = np.float32(-1e9)


class Run(NamedTuple):
    """Words ``first`` up to ``end`` have ``role``; ``score`` is their tags' mean probability."""

    role: int
    first: int
    end: int
    score: float


def word_scores(pieces: Floats, firsts: Ints) -> Floats:
    """Log-probabilities of whole words (words, tags) from those of pieces.

    ``firsts`` is the first piece of each word. A word's tag is its first piece's; its
    other pieces then go on with the same role.
    """
    goes_on = np.arange(2, pieces.shape[1], 2)
    rest = pieces.copy()
    rest[:, goes_on - 1] = pieces[:, goes_on]
    out: Floats = np.add.reduceat(rest, firsts, axis=0) if len(firsts) else rest[:0]
    out[:, goes_on - 1] += pieces[firsts][:, goes_on - 1] - pieces[firsts][:, goes_on]
    return out


def best_runs(sequences: Sequence[Floats]) -> list[list[Run]]:
    """For each sequence of word scores, the runs of its best path, in order."""
    runs: list[list[Run]] = [[] for _ in sequences]
    for rows in _rows([len(sequence) for sequence in sequences]):
        paths = _best_paths([sequences[i] for i in rows])
        for i, path in zip(rows, paths, strict=True):
            runs[i] = list(_runs(path[: len(sequences[i])], sequences[i]))
    return runs


def _rows(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Sequences of like length, so that a long one does not pad many short ones."""
    rows: list[int] = []
    for i in sorted(range(len(lengths)), key=lengths.__getitem__):
        if rows and (len(rows) == ROWS or lengths[i] > 2 * lengths[rows[0]] + ROWS):
            yield rows
            rows = []
        rows.append(i)
    if rows:
        yield rows


def _best_paths(sequences: Sequence[Floats]) -> Ints:
    """The best path of each sequence (Viterbi), as rows padded with outside tags."""
    length = max(map(len, sequences))
    tags = sequences[0].shape[1]
    scores = np.full((length, len(sequences), tags), NEVER, dtype=np.float32)
    scores[:, :, 0] = 0
    for row, sequence in enumerate(sequences):
        scores[: len(sequence), row] = sequence
    goes_on = np.arange(2, tags, 2)
    back = np.zeros((length, len(sequences), tags), dtype=np.int64)
    if length:
        scores[0][:, goes_on] = NEVER
    for at in range(1, length):
        before = scores[at - 1]
        from_begin = before[:, goes_on - 1] >= before[:, goes_on]
        best = before.argmax(1)
        back[at] = best[:, None]
        back[at][:, goes_on] = np.where(from_begin, goes_on - 1, goes_on)
        scores[at] += np.take_along_axis(before, back[at], 1)
    paths = np.zeros((len(sequences), length), dtype=np.int64)
    rows = np.arange(len(sequences))
    if length:
        paths[:, -1] = scores[-1].argmax(1)
    for at in range(length - 1, 0, -1):
        paths[:, at - 1] = back[at][rows, paths[:, at]]
    return paths


def _runs(path: Ints, scores: Floats) -> Iterator[Run]:
    begins = np.flatnonzero(path % 2 == 1)
    chosen = np.exp(scores[np.arange(len(path)), path])
    for first in begins:
        end = first + 1
        while end < len(path) and path[end] == path[first] + 1:
            end += 1
        yield Run(int(path[first]) // 2, int(first), int(end), float(chosen[first:end].mean()))

"""The best path that makes sense, and the runs in it."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.encoder.decoding import ROWS, Run, best_runs, word_scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

SEEDS = st.integers(0, 2**32 - 1)
TAGS = st.sampled_from([5, 7])


def log_probabilities(rng: np.random.Generator, length: int, tags: int) -> Floats:
    raw = rng.normal(scale=2.5, size=(length, tags))
    scores: Floats = (raw - np.log(np.exp(raw).sum(1, keepdims=True))).astype(np.float32)
    return scores


def makes_sense(path: tuple[int, ...]) -> bool:
    before = 0
    for tag in path:
        if tag and tag % 2 == 0 and before not in (tag, tag - 1):
            return False
        before = tag
    return True


def total(path: tuple[int, ...], scores: Floats) -> float:
    return float(sum(scores[at, tag] for at, tag in enumerate(path)))


def path_of(runs: list[Run], length: int) -> tuple[int, ...]:
    path = [0] * length
    for role, first, end, _ in runs:
        path[first:end] = [2 * role + 1, *[2 * role + 2] * (end - first - 1)]
    return tuple(path)


@given(SEEDS, st.integers(0, 5), TAGS)
@settings(derandomize=True, max_examples=40, deadline=None)
def test_the_path_is_the_best_of_all_that_make_sense(seed: int, length: int, tags: int) -> None:
    scores = log_probabilities(np.random.default_rng(seed), length, tags)
    (runs,) = best_runs([scores])
    valid = (path for path in product(range(tags), repeat=length) if makes_sense(path))
    best = max(valid, key=lambda path: total(path, scores))
    assert path_of(runs, length) == best


@given(SEEDS, TAGS, st.lists(st.integers(0, 30), max_size=12))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_sequences_side_by_side_are_decoded_as_if_alone(
    seed: int, tags: int, lengths: list[int]
) -> None:
    rng = np.random.default_rng(seed)
    sequences = [log_probabilities(rng, length, tags) for length in lengths]
    assert best_runs(sequences) == [best_runs([one])[0] for one in sequences]


def test_more_sequences_than_are_decoded_side_by_side() -> None:
    rng = np.random.default_rng(11)
    lengths = rng.integers(0, 40, 2 * ROWS + 5).tolist()
    sequences = [log_probabilities(rng, length, 7) for length in lengths]
    together = best_runs(sequences)
    assert together == [best_runs([one])[0] for one in sequences]
    assert [] in together
    assert sum(map(len, together)) > len(sequences)


@given(SEEDS, TAGS, st.integers(0, 60))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_runs_are_in_order_and_apart(seed: int, tags: int, length: int) -> None:
    scores = log_probabilities(np.random.default_rng(seed), length, tags)
    (runs,) = best_runs([scores])
    for role, first, end, score in runs:
        assert 0 <= role < tags // 2
        assert 0 <= first < end <= length
        steps = [float(np.exp(scores[at, 2 * role + 1 + (at > first)])) for at in range(first, end)]
        assert score == pytest.approx(sum(steps) / len(steps), abs=1e-5)
    assert all(one.end <= other.first for one, other in pairwise(runs))


def test_no_sequences_and_empty_ones() -> None:
    assert best_runs([]) == []
    empty: Floats = np.zeros((0, 7), dtype=np.float32)
    assert best_runs([empty, empty]) == [[], []]


def _sure(tags: list[int]) -> Floats:
    scores = np.full((len(tags), 7), np.log(0.02), dtype=np.float32)
    scores[np.arange(len(tags)), tags] = np.log(0.88)
    return scores


def test_a_role_that_begins_twice_is_two_runs() -> None:
    (runs,) = best_runs([_sure([1, 2, 1, 0, 5, 6, 6])])
    assert [run[:3] for run in runs] == [(0, 0, 2), (0, 2, 3), (2, 4, 7)]


def test_a_role_does_not_go_on_from_another() -> None:
    scores = _sure([3, 6, 6])
    scores[1, 5] = np.log(0.05)
    (runs,) = best_runs([scores])
    assert [run[:3] for run in runs] == [(1, 0, 1), (2, 1, 3)]


@given(SEEDS, TAGS, st.lists(st.integers(1, 4), max_size=15))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_word_scores_are_those_of_a_plain_loop(seed: int, tags: int, sizes: list[int]) -> None:
    pieces = log_probabilities(np.random.default_rng(seed), sum(sizes), tags)
    before = pieces.copy()
    firsts = np.cumsum([0, *sizes])[:-1].astype(np.int64)
    words = word_scores(pieces, firsts)
    assert words.shape == (len(sizes), tags)
    assert np.array_equal(pieces, before)
    for word, (first, size) in enumerate(zip(firsts, sizes, strict=True)):
        for tag in range(tags):
            rest = tag + 1 if tag % 2 else tag
            steps = [tag, *[rest] * (size - 1)]
            expected = sum(float(pieces[first + at, step]) for at, step in enumerate(steps))
            assert words[word, tag] == pytest.approx(expected, abs=1e-4)

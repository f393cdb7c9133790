"""Counts add up, and figures follow from them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.evaluation.attributions import Example, score, score_example
from onrecord.evaluation.corpus import Roles
from onrecord.evaluation.scores import Counts, Scores, matched

COUNTS = st.builds(Counts, *[st.integers(0, 50)] * 4)


def test_figures_of_counts() -> None:
    counts = Counts(right=3, predicted=4, found=2, gold=8)
    assert counts.precision == 0.75
    assert counts.recall == 0.25
    assert counts.f1 == pytest.approx(0.375)


def test_nothing_predicted_or_nothing_there_is_zero() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (0, 0, 0)
    assert Counts(0, 5, 0, 0).f1 == Counts(0, 0, 0, 5).f1 == 0


def test_a_matching_finds_as_much_as_it_has_right() -> None:
    assert matched(2, 3, 4) == Counts(right=2, predicted=3, found=2, gold=4)


@given(COUNTS, COUNTS, COUNTS)
@settings(derandomize=True)
def test_counts_add_up(a: Counts, b: Counts, c: Counts) -> None:
    assert (a + b) + c == a + (b + c)
    assert a + b == b + a
    assert a + Counts() == a
    assert (a + b).right == a.right + b.right
    assert (a + b).predicted == a.predicted + b.predicted
    assert (a + b).found == a.found + b.found
    assert (a + b).gold == a.gold + b.gold


def test_scores_add_up_by_name() -> None:
    one = Scores({"x": matched(1, 2, 3), "y": matched(1, 1, 1)})
    other = Scores({"x": matched(2, 2, 2), "z": matched(0, 1, 0)})
    both = one + other
    assert list(both.counts) == ["x", "y", "z"]
    assert both["x"] == matched(3, 4, 5)
    assert both["y"] == one["y"]
    assert both["z"] == other["z"]
    assert one["x"] == matched(1, 2, 3)


def test_a_figure_that_was_not_counted_is_empty() -> None:
    assert Scores()["attr"] == Counts()
    assert (Scores() + Scores()).counts == {}


TEXT = "Fog: “It is thick,” said Tom Reed, and Ida Vale denied that it was thin."
SPANS = st.lists(
    st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20)).map(
        lambda pair: (pair[0], min(len(TEXT), sum(pair)))
    ),
    max_size=2,
).map(tuple)
ROLES = st.lists(st.builds(Roles, SPANS, SPANS, SPANS), max_size=4).map(tuple)
EXAMPLES = st.lists(st.builds(Example, st.just(TEXT), ROLES, ROLES), max_size=4)


@given(EXAMPLES)
@settings(derandomize=True, max_examples=60)
def test_the_score_of_a_corpus_is_the_sum_of_its_texts(examples: list[Example]) -> None:
    whole = score(examples)
    parts = [score_example(example) for example in examples]
    for name in {name for part in parts for name in part.counts}:
        assert whole[name].right == sum(part[name].right for part in parts)
        assert whole[name].predicted == sum(part[name].predicted for part in parts)
        assert whole[name].found == sum(part[name].found for part in parts)
        assert whole[name].gold == sum(part[name].gold for part in parts)
    assert bool(whole.counts) == bool(examples)
    for counts in whole.counts.values():
        assert 0 <= counts.right <= counts.predicted
        assert 0 <= counts.found <= counts.gold


@given(EXAMPLES, EXAMPLES)
@settings(derandomize=True, max_examples=30)
def test_corpora_add_up(one: list[Example], other: list[Example]) -> None:
    assert (score(one) + score(other)).counts == score([*one, *other]).counts

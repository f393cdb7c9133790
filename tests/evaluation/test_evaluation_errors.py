"""Every attribution falls in one class of errors, and the classes add up."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example as case
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.evaluation.attributions import Example, parted, score_example
from onrecord.evaluation.corpus import Roles
from onrecord.evaluation.errors import (
    COLUMNS,
    VERDICTS,
    Judgement,
    count_errors,
    judge,
    pick_errors,
)
from onrecord.records import Span

TEXT = (
    "Survey: fog. “The fog is thick,” said Tom Reed, who warned that it would stay. "
    "According to Ida Vale the bridge was shut and the ferry was full, but trains ran."
)


def spot(words: str) -> Span:
    return TEXT.index(words), TEXT.index(words) + len(words)


def roles(source: str = "", cue: str = "", content: str = "") -> Roles:
    return Roles(*((spot(words),) if words else () for words in (source, cue, content)))


SAID = roles("Tom Reed", "said", "“The fog is thick,”")
WARNED = roles("who", "warned", "that it would stay")
SHUT = roles("Ida Vale", "According to", "the bridge was shut and the ferry was full")
BRIDGE = roles("Ida Vale", "According to", "the bridge was shut")
FERRY = roles("Ida Vale", "but", "the ferry was full")


def judged(gold: tuple[Roles, ...], predicted: tuple[Roles, ...]) -> Judgement:
    return judge(Example(TEXT, predicted, gold))


def verdicts(gold: tuple[Roles, ...], predicted: tuple[Roles, ...]) -> tuple[list[str], list[str]]:
    found = judged(gold, predicted)
    return [one.verdict for one in found.gold], [one.verdict for one in found.predicted]


def test_what_is_right_is_no_error() -> None:
    found = judged((SAID, WARNED), (WARNED, SAID))
    assert {one.verdict for one in (*found.gold, *found.predicted)} == {"right"}
    assert not found.errors


def test_missed_and_invented() -> None:
    assert verdicts((SAID,), ()) == (["missed"], [])
    assert verdicts((), (SAID,)) == ([], ["invented"])
    assert verdicts((SAID,), (WARNED,)) == (["missed"], ["invented"])
    assert verdicts((roles("who", "", ""),), (roles("who", "", ""),)) == (["missed"], ["invented"])


@pytest.mark.parametrize("source", ["", "who"])
def test_wrong_source(source: str) -> None:
    other = roles(source, "said", "“The fog is thick,”")
    assert verdicts((SAID,), (other,)) == (["wrong source"], ["wrong source"])


@pytest.mark.parametrize("source", ["Tom Reed", "who"])
def test_wrong_cue_whatever_the_source(source: str) -> None:
    other = roles(source, "warned", "“The fog is thick,”")
    assert verdicts((SAID,), (other,)) == (["wrong cue"], ["wrong cue"])


def test_a_missing_cue_is_not_a_wrong_one() -> None:
    other = roles("Tom Reed", "", "“The fog is thick,”")
    assert verdicts((SAID,), (other,)) == (["right"], ["right"])


def test_split_where_no_part_is_enough() -> None:
    thirds = (
        roles("Ida Vale", "According to", "the bridge"),
        roles("Ida Vale", "but", "the ferry"),
    )
    assert verdicts((SHUT,), thirds) == (["split"], ["split", "split"])


def test_split_where_one_part_is_enough() -> None:
    longer = roles("Ida Vale", "According to", "the bridge was shut and")
    found = judged((SHUT,), (longer, FERRY))
    assert [one.verdict for one in found.gold] == ["right"]
    assert [one.verdict for one in found.predicted] == ["right", "split"]
    (error,) = found.errors
    assert (error.kind, error.gold, error.predicted) == ("split", found.gold, found.predicted)


def test_joined() -> None:
    longer = roles(
        "Ida Vale", "According to", "the bridge was shut and the ferry was full, but trains ran"
    )
    assert verdicts((BRIDGE, FERRY), (longer,)) == (["joined", "joined"], ["joined"])
    longer = roles("Ida Vale", "According to", "the bridge was shut and the")
    assert verdicts((BRIDGE, FERRY), (longer,)) == (["right", "missed"], ["right"])
    longer = roles("Ida Vale", "According to", "the bridge was shut and the ferry")
    assert verdicts((BRIDGE, FERRY), (longer,)) == (["right", "joined"], ["right"])


def test_wrong_edge_of_a_content() -> None:
    for cue in ("According to", "but"):
        short = roles("Ida Vale", cue, "the bridge")
        assert verdicts((SHUT,), (short,)) == (["wrong edge"], ["wrong edge"])


def test_wrong_edge_of_what_shares_the_cue_alone() -> None:
    other = roles("Ida Vale", "According to", "trains ran")
    assert verdicts((SHUT,), (other,)) == (["wrong edge"], ["wrong edge"])
    assert verdicts((SHUT,), (other, SHUT)) == (["right"], ["invented", "right"])
    # One to one, the cue that is more alike first.
    half = roles("Ida Vale", "According", "fog")
    assert verdicts((SHUT,), (half, other)) == (["wrong edge"], ["invented", "wrong edge"])


def test_a_content_that_hardly_touches_is_not_the_same() -> None:
    half = roles("Ida Vale", "but", "was full, but")
    assert verdicts((SHUT,), (half,)) == (["wrong edge"], ["wrong edge"])
    less = roles("Ida Vale", "but", "full, but trains ran")
    assert verdicts((SHUT,), (less,)) == (["missed"], ["invented"])


def test_nested_attributions_are_left_out() -> None:
    outer = roles("Ida Vale", "According to", "the bridge was shut and the ferry was full")
    inner = roles("the bridge", "was shut", "the ferry")
    found = judge(Example(TEXT, (outer,), (outer, inner), nested=(inner,)))
    assert [one.roles for one in found.gold] == [one.roles for one in found.predicted] == [outer]


def test_kind_and_words_of_the_cue() -> None:
    mixed = roles("who", "warned", "fog. “The fog is thick,”")
    found = judged((SAID, WARNED, roles("", "", "Survey"), SHUT, mixed), ())
    assert [(one.kind, one.cue_words) for one in found.gold] == [
        ("direct", 1),
        ("indirect", 1),
        ("indirect", 0),
        ("indirect", 2),
        ("mixed", 1),
    ]


def test_kind_looks_at_one_paragraph_at_a_time() -> None:
    # The mark is never closed, and quotes no more than its paragraph.
    text = "“So be it, he said.\nIt rained, she said."
    gold = (Roles(content=((20, 29),)), Roles(content=((30, 35),)))
    whole = judge(Example(text, (), gold))
    apart = judge(Example(text, (), gold, paragraphs=((0, 19), (20, len(text)))))
    assert [one.kind for one in whole.gold] == ["direct", "direct"]
    assert [one.kind for one in apart.gold] == ["indirect", "indirect"]


def test_counts_by_kind_and_cue() -> None:
    long = roles("Ida Vale", "According to Ida Vale the", "trains ran")
    counts = count_errors(judged((SAID, WARNED, SHUT, long), (SAID,)).gold)
    assert list(counts) == list(VERDICTS)
    assert dict(counts["right"]) == dict.fromkeys(COLUMNS, 0) | {
        **{"all": 1, "direct": 1, "1 word": 1},
    }
    assert dict(counts["missed"]) == dict.fromkeys(COLUMNS, 0) | {
        **{"all": 3, "indirect": 3, "1 word": 1, "2 words": 1, "3+ words": 1},
    }


def test_picked_errors_come_from_many_texts_and_never_change() -> None:
    def errors(name: str, gold: tuple[Roles, ...]) -> Judgement:
        return judge(Example(TEXT, (), gold, name=name))

    texts = [errors("one", (SAID, WARNED, SHUT)), errors("two", (SAID,)), errors("three", (SAID,))]
    every = [error for text in texts for error in text.errors]
    for order in (every, every[::-1]):
        picked = pick_errors(order, 4)["missed"]
        assert {error.example.name for error in picked[:3]} == {"one", "two", "three"}
        assert picked[3].example.name == "one"
        assert [(e.example.name, e.extent) for e in picked] == [
            (e.example.name, e.extent) for e in pick_errors(every, 9)["missed"][:4]
        ]
    assert len(pick_errors(every, 9)["missed"]) == 5
    assert not any(pick_errors(every, 0).values())


SPANS = st.lists(
    st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 40)).map(
        lambda pair: (pair[0], min(len(TEXT), sum(pair)))
    ),
    max_size=2,
).map(tuple)
ROLES = st.lists(st.builds(Roles, SPANS, SPANS, SPANS), max_size=6).map(tuple)


@given(ROLES, ROLES)
@settings(derandomize=True, max_examples=300)
@case((BRIDGE, FERRY, SAID), (SHUT, SAID, SAID))
def test_each_attribution_is_in_one_class(
    gold: tuple[Roles, ...], predicted: tuple[Roles, ...]
) -> None:
    found = judged(gold, predicted)
    outer, _ = parted(gold)
    assert tuple(one.roles for one in found.gold) == outer
    assert tuple(one.roles for one in found.predicted) == predicted
    scores = score_example(Example(TEXT, predicted, gold))
    for side, number in ((found.gold, len(outer)), (found.predicted, len(predicted))):
        counts = count_errors(side)
        assert sum(row["all"] for row in counts.values()) == number
        assert counts["right"]["all"] == scores["full"].right
        for row in counts.values():
            assert sum(row[name] for name in COLUMNS[1:4]) == row["all"]
            assert sum(row[name] for name in COLUMNS[4:]) == row["all"]
    there, said = (Counter(one.verdict for one in side) for side in (found.gold, found.predicted))
    # What is one to one has as many on both sides.
    for verdict in ("right", "wrong source", "wrong cue", "wrong edge"):
        assert there[verdict] == said[verdict]
    assert there["right"] + there["wrong source"] == scores["attr"].right
    assert not there["invented"]
    assert not said["missed"]
    # Each error is shown: it is among the errors with its own class.
    for side, name in ((found.gold, "gold"), (found.predicted, "predicted")):
        for one in side:
            shown = [error for error in found.errors if one in getattr(error, name)]
            assert one.verdict == "right" or one.verdict in {error.kind for error in shown}

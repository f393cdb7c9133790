"""Scores as a table and as plain numbers."""

from __future__ import annotations

from fractions import Fraction

from rich.console import Console, RenderableType

from onrecord.evaluation.scores import Counts, Scores, matched
from onrecord.evaluation.speaker_scores import Confusion, Grouping, SpeakerScores
from onrecord.report.scores import (
    class_tables,
    score_json,
    score_table,
    speaker_json,
    speaker_table,
)

SCORES = Scores(
    {
        "attr": matched(1, 2, 3),
        "direct_x/attr": Counts(right=3, predicted=4, found=2, gold=5),
        "empty": Counts(),
    }
)


SPEAKERS = SpeakerScores(
    said=matched(2, 4, 5),
    resolved=matched(1, 2, 2),
    source_types=Confusion(
        {("poll", "poll"): 1, ("poll", "document"): 1, ("unattributed", None): 1}
    ),
    cue_classes=Confusion({("mental", "mental"): 2, ("neutral", "mental"): 1}),
    negations=Confusion({("negated", "negated"): 1, ("not negated", "not negated"): 2}),
    grouping=Grouping(Fraction(2), Fraction(1), 2),
)


def shown(what: RenderableType) -> list[list[str]]:
    console = Console(width=80, color_system=None)
    with console.capture() as capture:
        console.print(what)
    return [line.split() for line in capture.get().splitlines()]


def test_table() -> None:
    assert shown(score_table(SCORES)) == [
        ["figure", "P", "R", "F1", "right", "predicted", "gold"],
        ["attr", "50.0", "33.3", "40.0", "1", "2", "3"],
        ["direct_x/attr", "75.0", "40.0", "52.2", "3", "4", "5"],
        ["empty", "0.0", "0.0", "0.0", "0", "0", "0"],
    ]


def test_json() -> None:
    numbers = score_json(SCORES)
    assert list(numbers) == ["attr", "direct_x/attr", "empty"]
    assert numbers["direct_x/attr"] == {
        "precision": 0.75,
        "recall": 0.4,
        "f1": 2 * 0.75 * 0.4 / 1.15,
        "right": 3,
        "predicted": 4,
        "found": 2,
        "gold": 5,
    }
    assert set(numbers["empty"].values()) == {0}


def test_no_scores() -> None:
    assert score_table(Scores()).row_count == 0
    assert score_json(Scores()) == {}


def test_table_of_speakers() -> None:
    rows = shown(speaker_table(SPEAKERS, SpeakerScores()))
    assert rows == [
        ["figure", "%", "n"],
        ["matched", "3"],
        ["gold", "5"],
        ["pred", "4"],
        ["speaker", "66.7", "3"],
        ["resolved", "50.0", "2"],
        ["source_type", "33.3", "3"],
        ["source_type_macro_f1", "33.3", "3"],
        ["cue_class", "66.7", "3"],
        ["cue_class_macro_f1", "40.0", "3"],
        ["negated", "100.0", "3"],
        ["b3", "66.7", "2"],
        ["who_said_what_P", "50.0", "4"],
        ["who_said_what_R", "40.0", "5"],
        ["who_said_what_F1", "44.4"],
    ]


def test_nested_ones_stand_beside_the_outer() -> None:
    many = sum([SPEAKERS] * 100_000, SpeakerScores())
    rows = shown(speaker_table(many, SPEAKERS))
    assert rows[0] == ["figure", "%", "n", "nested", "%", "n"]
    assert rows[1] == ["matched", "300000", "3"]
    assert rows[5] == ["resolved", "50.0", "200000", "50.0", "2"]
    assert rows[-1] == ["who_said_what_F1", "44.4", "44.4"]
    assert len(rows) == 15


def test_tables_of_classes() -> None:
    assert shown(class_tables(SPEAKERS)) == [
        [],
        ["source", "type", "P", "R", "F1", "right", "predicted", "gold"],
        ["poll", "100.0", "50.0", "66.7", "1", "1", "2"],
        ["unattributed", "0.0", "0.0", "0.0", "0", "0", "1"],
        ["document", "0.0", "0.0", "0.0", "0", "1", "0"],
        [],
        ["cue", "class", "P", "R", "F1", "right", "predicted", "gold"],
        ["mental", "66.7", "100.0", "80.0", "2", "3", "2"],
        ["neutral", "0.0", "0.0", "0.0", "0", "0", "1"],
        [],
        ["cue", "P", "R", "F1", "right", "predicted", "gold"],
        ["negated", "100.0", "100.0", "100.0", "1", "1", "1"],
    ]


def test_json_of_speakers() -> None:
    numbers = speaker_json(SPEAKERS, SpeakerScores())
    figures = SPEAKERS.figures()
    assert {name: numbers[name] for name in figures} == figures
    assert set(numbers) - set(figures) == {"source_types", "cue_classes", "negations"}
    types = numbers["source_types"]
    assert isinstance(types, dict)
    assert types["poll"] == {
        "precision": 1.0,
        "recall": 0.5,
        "f1": 2 / 3,
        "right": 1,
        "predicted": 1,
        "found": 1,
        "gold": 2,
        "given_as": {"document": 1, "poll": 1},
    }
    assert types["unattributed"]["given_as"] == {"null": 1}
    assert types["document"]["given_as"] == {}
    assert speaker_json(SPEAKERS, SPEAKERS)["nested"] == numbers

"""Scores as a table and as plain numbers."""

from __future__ import annotations

from rich.console import Console

from onrecord.evaluation.scores import Counts, Scores, matched
from onrecord.report.scores import score_json, score_table

SCORES = Scores(
    {
        "attr": matched(1, 2, 3),
        "direct_x/attr": Counts(right=3, predicted=4, found=2, gold=5),
        "empty": Counts(),
    }
)


def test_table() -> None:
    console = Console(width=100, color_system=None)
    with console.capture() as capture:
        console.print(score_table(SCORES))
    rows = [line.split() for line in capture.get().splitlines()]
    assert rows == [
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

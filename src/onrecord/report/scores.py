"""Scores as tables of percentages, and as plain numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table

from onrecord.evaluation.pages import COMMENT_FIGURES
from onrecord.evaluation.reliability import Judged, bins, calibration_error
from onrecord.evaluation.scores import Counts, Scores
from onrecord.evaluation.speaker_scores import Confusion, SpeakerScores

HEADLINE = "who_said_what_F1"
"""The figure of speakers that counts most."""


def score_table(scores: Scores, *, of: str = "figure") -> Table:
    """Precision, recall, F1 and counts, a row a figure; ``of`` is the first column's head."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(of)
    for column in ("P", "R", "F1", "right", "predicted", "gold"):
        table.add_column(column, justify="right")
    for name, counts in scores.counts.items():
        rates = (counts.precision, counts.recall, counts.f1)
        numbers = (counts.right, counts.predicted, counts.gold)
        table.add_row(name, *(f"{100 * r:.1f}" for r in rates), *map(str, numbers))
    return table


def reliability_table(judged: Sequence[Judged]) -> Table:
    """A row for each tenth of confidence: how many, their mean confidence, the share right."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("attributions", justify="right")
    table.add_column("mean confidence", justify="right")
    table.add_column("share right", justify="right")
    for one in bins(judged):
        table.add_row(str(one.number), f"{one.confidence:.2f}", f"{one.right:.2f}")
    table.add_row("mean gap", f"{calibration_error(judged):.3f}", "", style="dim")
    return table


def page_table(scores: Mapping[str, Scores]) -> Table:
    """A row a page: F1 of what is counted a comment, "yes" or "no" of the rest."""
    columns = list(dict.fromkeys(name for one in scores.values() for name in one.counts))
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("page")
    for column in columns:
        table.add_column(column, justify="right")
    for page, one in scores.items():
        table.add_row(page, *(_cell(column, one) for column in columns))
    return table


def _cell(column: str, scores: Scores) -> str:
    counts = scores[column]
    if column in COMMENT_FIGURES:
        return f"{100 * counts.f1:.1f}" if counts.gold or counts.predicted else ""
    return ("yes" if counts.right else "no") if counts.gold else ""


def speaker_table(outer: SpeakerScores, nested: SpeakerScores) -> Table:
    """A row a figure: its percentage, and the number of attributions that it is over.

    Those of nested attributions stand beside them where the gold has any.
    """
    sides = [outer, nested] if nested.said.gold else [outer]
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("figure")
    for column in ("%", "n", "nested %", "n")[: 2 * len(sides)]:
        table.add_column(column, justify="right")
    for name in outer.figures():
        if not name.endswith("_n"):
            cells = (cell for one in sides for cell in _speaker_cells(one, name))
            table.add_row(name, *cells, style="bold" if name == HEADLINE else None)
    return table


def _speaker_cells(scores: SpeakerScores, name: str) -> tuple[str, str]:
    figure = scores.figures()[name]
    if name in ("matched", "gold", "pred"):
        return "", str(figure)
    numbers = {
        "resolved": scores.resolved.gold,
        "b3": scores.grouping.members,
        "who_said_what_P": scores.said.predicted,
        "who_said_what_R": scores.said.gold,
    }
    number = "" if name == HEADLINE else str(numbers.get(name, scores.matched))
    return f"{100 * figure:.1f}", number


def class_tables(scores: SpeakerScores) -> Group:
    """Precision, recall and F1 of each class, over the attributions that were found."""
    negated = Scores({"negated": scores.negations.by_class()["negated"]})
    parts: list[RenderableType] = [
        score_table(scores.source_types.by_class(), of="source type"),
        score_table(scores.cue_classes.by_class(), of="cue class"),
        score_table(negated, of="cue"),
    ]
    return Group(*(one for part in parts for one in ("", part)))


def speaker_json(outer: SpeakerScores, nested: SpeakerScores) -> dict[str, object]:
    """Every figure, those of classes too, as plain numbers.

    The figures of nested attributions are under ``nested`` where the gold has any.
    """
    figures = _speaker_json(outer)
    if nested.said.gold:
        figures["nested"] = _speaker_json(nested)
    return figures


def _speaker_json(scores: SpeakerScores) -> dict[str, object]:
    return {
        **scores.figures(),
        "source_types": _class_json(scores.source_types),
        "cue_classes": _class_json(scores.cue_classes),
        "negations": _class_json(scores.negations),
    }


def _class_json(confusion: Confusion) -> dict[str, dict[str, object]]:
    """The counts of each class of gold or prediction, and how often it was given as which."""
    return {
        name: {
            **_count_json(counts),
            "given_as": {
                said or "null": number
                for (gold, said), number in sorted(confusion.pairs.items(), key=str)
                if gold == name
            },
        }
        for name, counts in confusion.by_class().counts.items()
    }


def score_json(scores: Scores) -> dict[str, dict[str, float]]:
    """Every figure with its counts, as plain numbers."""
    return {name: _count_json(counts) for name, counts in scores.counts.items()}


def _count_json(counts: Counts) -> dict[str, float]:
    return {
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
        "right": counts.right,
        "predicted": counts.predicted,
        "found": counts.found,
        "gold": counts.gold,
    }

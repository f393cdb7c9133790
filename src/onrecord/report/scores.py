"""Scores as a table of percentages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.table import Table

from onrecord.evaluation.pages import COMMENT_FIGURES
from onrecord.evaluation.reliability import Judged, bins, calibration_error
from onrecord.evaluation.scores import Scores


def score_table(scores: Scores) -> Table:
    """Precision, recall, F1 and counts, a row a figure."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("figure")
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


def score_json(scores: Scores) -> dict[str, dict[str, float]]:
    """Every figure with its counts, as plain numbers."""
    return {
        name: {
            "precision": counts.precision,
            "recall": counts.recall,
            "f1": counts.f1,
            "right": counts.right,
            "predicted": counts.predicted,
            "found": counts.found,
            "gold": counts.gold,
        }
        for name, counts in scores.counts.items()
    }

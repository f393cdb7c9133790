"""Scores as a table of percentages."""

from __future__ import annotations

from rich.table import Table

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

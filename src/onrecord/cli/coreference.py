"""What ``onrecord evaluate coreference`` and ``onrecord evaluate pronouns`` do."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from onrecord.encoder.onnx import OnnxEncoder
from onrecord.encoder.weights import PACKAGED
from onrecord.evaluation.coreference import METRICS, CoreferenceScores
from onrecord.evaluation.gap import read_gap
from onrecord.evaluation.gap_scores import choose_name, judge_gap, score_gap
from onrecord.evaluation.gum import read_gum
from onrecord.evaluation.gum_scores import GumScores, score_gum
from onrecord.evaluation.heads import clusters
from onrecord.evaluation.resolved import resolved_clusters, resolved_names
from onrecord.evaluation.scores import Scores
from onrecord.report.scores import score_table

WIDTH = 80


def coreference(folder: Path, *, weights: Path | None = None, heads: bool = False) -> GumScores:
    """Score and print mentions and their clusters, by the resolver or by the ``heads`` alone.

    Raises `CorpusError` or `WeightsError`.
    """
    documents = read_gum(folder)
    cluster = clusters if heads else resolved_clusters
    scores = score_gum(documents, OnnxEncoder(weights or PACKAGED), cluster)
    console = Console(width=WIDTH, highlight=False)
    console.print(score_table(scores.mentions))
    console.print("", coreference_table(scores), sep="\n")
    return scores


def pronouns(path: Path, *, weights: Path | None = None, heads: bool = False) -> Scores:
    """Score and print pronouns' names, by the resolver or by the ``heads`` alone.

    Raises `CorpusError` or `WeightsError`.
    """
    examples = read_gap(path)
    choose = choose_name if heads else resolved_names
    scores = score_gap(judge_gap(examples, OnnxEncoder(weights or PACKAGED), choose))
    Console(width=WIDTH, highlight=False).print(score_table(scores))
    return scores


def coreference_table(scores: GumScores) -> Table:
    """Precision, recall and F1 of each metric, with gold's mentions and with those found."""
    table = Table(title="Persons and groups that are the same")
    for column in ("mentions", "metric", "P", "R", "F1"):
        table.add_column(column, justify="left" if column in {"mentions", "metric"} else "right")
    for name, one in (("gold", scores.given), ("found", scores.found)):
        for row in _rows(one):
            table.add_row(name, *row)
    return table


def _rows(scores: CoreferenceScores) -> list[tuple[str, ...]]:
    rows = []
    for metric in METRICS:
        share = scores[metric]
        figures = (share.precision, share.recall, share.f1)
        rows.append((metric, *(f"{100 * figure:.1f}" for figure in figures)))
    return [*rows, ("CoNLL", "", "", f"{100 * scores.conll:.1f}")]

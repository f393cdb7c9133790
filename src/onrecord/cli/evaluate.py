"""``onrecord evaluate``: how good the answers are."""

from __future__ import annotations

from pathlib import Path

import msgspec
import typer
from rich.console import Console

from onrecord.errors import CorpusError
from onrecord.evaluation.attributions import evaluate, evaluate_records
from onrecord.evaluation.corpus import read_corpus
from onrecord.evaluation.pages import read_examples, score_page
from onrecord.evaluation.scores import Scores
from onrecord.pipeline import Reader
from onrecord.records import from_json
from onrecord.report.scores import page_table, score_json, score_table

app = typer.Typer(help="Measure the reader on a corpus.", no_args_is_help=True)

WIDTH = 80

WIDE = 120
"""Columns of the table with a row a page."""


@app.command("attributions")
def attributions(
    split: Path = typer.Argument(
        ..., metavar="SPLIT_DIR", help="A corpus in PolNeAR's layout: text/ and attributions/."
    ),
    records: Path | None = typer.Option(
        None, metavar="FILE", help="Score these records (jsonl) instead of reading the texts."
    ),
    weights: Path | None = typer.Option(
        None, metavar="DIR", help="Read with this model instead of the shipped one."
    ),
    json: Path | None = typer.Option(
        None, metavar="FILE", help="Write every figure to this file too."
    ),
) -> None:
    """Score attributions against gold: tokens, exact spans, matched, and with their source."""
    scores = evaluate_split(split, records=records, weights=weights)
    Console(width=WIDTH, highlight=False).print(score_table(scores))
    if json:
        json.write_bytes(msgspec.json.format(msgspec.json.encode(score_json(scores)), indent=1))


@app.command("pages")
def pages(
    folder: Path = typer.Argument(
        ..., metavar="DIR", help="Saved pages: html/NAME.html, with gold/NAME.json."
    ),
    gold: Path | None = typer.Option(
        None, metavar="DIR", help="Take the gold from this folder instead."
    ),
    form: str | None = typer.Option(
        None, metavar="FORM", help="Read the plain texts text/NAME.FORM.txt instead of the HTML."
    ),
    json: Path | None = typer.Option(
        None, metavar="FILE", help="Write every figure to this file too."
    ),
) -> None:
    """Score how pages are read: comments, headline, day, byline, the article's edges."""
    scores = {one.name: score_page(one) for one in read_examples(folder, gold=gold, form=form)}
    total = sum(scores.values(), Scores())
    console = Console(width=WIDE, highlight=False)
    console.print(page_table(scores))
    console.print()
    console.print(score_table(total))
    if json:
        json.write_bytes(msgspec.json.format(msgspec.json.encode(score_json(total)), indent=1))


def evaluate_split(
    split: Path, *, records: Path | None = None, weights: Path | None = None
) -> Scores:
    """The scores of a corpus' folder: of records, or of what the reader reads now.

    Raises `CorpusError`, `RecordError`, `WeightsError`, or `InputError` for an empty text.
    """
    articles = read_corpus(split)
    if records is None:
        return evaluate(articles, Reader(weights=weights))
    if not records.is_file():
        raise CorpusError(f"{records} is no file of records. Write one with: onrecord read -o")
    with records.open("rb") as lines:
        return evaluate_records(articles, (from_json(line) for line in lines if line.strip()))

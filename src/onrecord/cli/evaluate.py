"""``onrecord evaluate``: how good the answers are."""

from __future__ import annotations

from pathlib import Path

import msgspec
import typer
from rich.console import Console

from onrecord.errors import CorpusError
from onrecord.evaluation.attributions import Example, read_examples, recorded_examples, score
from onrecord.evaluation.corpus import read_corpus
from onrecord.evaluation.errors import judge, pick_errors
from onrecord.evaluation.pages import read_examples as read_pages
from onrecord.evaluation.pages import score_page
from onrecord.evaluation.reliability import bins, judge_confidences
from onrecord.evaluation.scores import Scores
from onrecord.pipeline import Reader
from onrecord.records import from_json
from onrecord.report.errors import error_examples, error_json, error_tables
from onrecord.report.scores import page_table, reliability_table, score_json, score_table

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
    errors: int | None = typer.Option(
        None, metavar="N", min=0, help="Count the errors by class, and show N of each."
    ),
    reliability: bool = typer.Option(
        False, "--reliability", help="Show what share is right for each confidence."
    ),
    json: Path | None = typer.Option(
        None, metavar="FILE", help="Write every figure to this file too."
    ),
) -> None:
    """Score attributions against gold: tokens, exact spans, matched, and with their source."""
    examples = split_examples(split, records=records, weights=weights)
    scores = score(examples)
    figures: dict[str, object] = {**score_json(scores)}
    console = Console(width=WIDTH, highlight=False)
    console.print(score_table(scores))
    if errors is not None:
        judgements = [judge(example) for example in examples]
        figures["errors"] = error_json(judgements)
        picked = pick_errors((e for one in judgements for e in one.errors), errors)
        console.print("", error_tables(judgements), sep="\n")
        if any(picked.values()):
            console.print("", error_examples(picked), sep="\n")
    if reliability:
        rated = [one for example in examples for one in judge_confidences(example)]
        figures["reliability"] = bins(rated)
        console.print("", reliability_table(rated), sep="\n")
    if json:
        json.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=1))


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
    scores = {one.name: score_page(one) for one in read_pages(folder, gold=gold, form=form)}
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
    """The scores of a corpus' folder. Raises as `split_examples` does."""
    return score(split_examples(split, records=records, weights=weights))


def split_examples(
    split: Path, *, records: Path | None = None, weights: Path | None = None
) -> list[Example]:
    """A corpus' texts with what records say of them, or what the reader finds now.

    Raises `CorpusError`, `RecordError`, `WeightsError`, or `InputError` for an empty text.
    """
    articles = read_corpus(split)
    if records is None:
        return list(read_examples(articles, Reader(weights=weights)))
    if not records.is_file():
        raise CorpusError(f"{records} is no file of records. Write one with: onrecord read -o")
    with records.open("rb") as lines:
        pages = [from_json(line) for line in lines if line.strip()]
    return list(recorded_examples(articles, pages))

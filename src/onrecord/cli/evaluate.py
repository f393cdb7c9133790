"""``onrecord evaluate``: how good the answers are."""

from __future__ import annotations

from pathlib import Path

import msgspec
import typer
from rich.console import Console

from onrecord.cli.coreference import coreference as score_coreference
from onrecord.cli.coreference import pronouns as score_pronouns
from onrecord.errors import CorpusError
from onrecord.evaluation.attributions import Example, read_examples, recorded_examples, score
from onrecord.evaluation.corpus import read_corpus
from onrecord.evaluation.errors import judge, pick_errors
from onrecord.evaluation.gold_speakers import read_gold
from onrecord.evaluation.pages import read_examples as read_pages
from onrecord.evaluation.pages import score_page
from onrecord.evaluation.reliability import bins, judge_confidences
from onrecord.evaluation.scores import Scores
from onrecord.evaluation.speakers import SpeakerExample, pick_answers, resolved_examples
from onrecord.evaluation.speakers import judge as judge_speakers
from onrecord.evaluation.speakers import read_examples as read_speakers
from onrecord.evaluation.speakers import recorded_examples as recorded_speakers
from onrecord.evaluation.speakers import score as score_speakers
from onrecord.pipeline import Reader
from onrecord.records import Page, from_json
from onrecord.report.errors import error_examples, error_json, error_tables, speaker_examples
from onrecord.report.scores import (
    class_tables,
    page_table,
    reliability_table,
    score_json,
    score_table,
    speaker_json,
    speaker_table,
)

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
    _keep(figures, json)


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
    _keep(score_json(total), json)


@app.command("speakers")
def speakers(
    split: Path = typer.Argument(
        ..., metavar="SPLIT_DIR", help="A corpus in PolNeAR's layout: text/ and attributions/."
    ),
    gold: Path = typer.Argument(
        ..., metavar="GOLD_DIR", help="Whom attributions belong to: NAME.json. Only these count."
    ),
    records: Path | None = typer.Option(
        None, metavar="FILE", help="Score these records (jsonl) instead of reading the texts."
    ),
    gold_attributions: bool = typer.Option(
        False,
        "--gold-attributions",
        help="Give the reader the gold's attributions, and let it find all else.",
    ),
    weights: Path | None = typer.Option(
        None, metavar="DIR", help="Read with this model instead of the shipped one."
    ),
    errors: int | None = typer.Option(
        None, metavar="N", min=0, help="Show the figures of each class, and N errors of each kind."
    ),
    json: Path | None = typer.Option(
        None, metavar="FILE", help="Write every figure to this file too."
    ),
) -> None:
    """Score who each attribution belongs to: speaker, source type, cue class, negation."""
    if records and gold_attributions:
        raise typer.BadParameter("--records hold attributions; --gold-attributions gives others.")
    examples = gold_examples(
        split, gold, records=records, weights=weights, gold_attributions=gold_attributions
    )
    outer, nested = score_speakers(examples), score_speakers(examples, nested=True)
    console = Console(width=WIDTH, highlight=False)
    console.print(speaker_table(outer, nested))
    if errors is not None:
        answers = [
            answer
            for example in examples
            for inner in (False, True)
            for answer in judge_speakers(example, nested=inner)
        ]
        picked = pick_answers(answers, errors)
        console.print(class_tables(outer + nested))
        if any(picked.values()):
            console.print("", speaker_examples(picked), sep="\n")
    _keep(speaker_json(outer, nested), json)


def _keep(figures: object, path: Path | None) -> None:
    """Write figures where a file is asked for."""
    if path:
        path.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=1))


@app.command("coreference")
def coreference(
    folder: Path = typer.Argument(
        ..., metavar="GUM_DIR", help="Documents of GUM: NAME.conllu with entities."
    ),
    heads: bool = typer.Option(
        False, "--heads", help="Score the model's heads alone, not the resolver."
    ),
    weights: Path | None = typer.Option(
        None, metavar="DIR", help="Read with this model instead of the shipped one."
    ),
) -> None:
    """Score names and descriptions, and which of them are the same person or group."""
    score_coreference(folder, weights=weights, heads=heads)


@app.command("pronouns")
def pronouns(
    file: Path = typer.Argument(..., metavar="GAP_TSV", help="A file of the GAP corpus."),
    heads: bool = typer.Option(
        False, "--heads", help="Score the model's heads alone, not the resolver."
    ),
    weights: Path | None = typer.Option(
        None, metavar="DIR", help="Read with this model instead of the shipped one."
    ),
) -> None:
    """Score which of two names a pronoun stands for."""
    score_pronouns(file, weights=weights, heads=heads)


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
    return list(recorded_examples(articles, _pages(records)))


def gold_examples(
    split: Path,
    gold: Path,
    *,
    records: Path | None = None,
    weights: Path | None = None,
    gold_attributions: bool = False,
) -> list[SpeakerExample]:
    """The articles that have gold speakers, with what records say or what is found now.

    With ``gold_attributions`` only who they belong to is found. Raises as `split_examples`.
    """
    articles = read_gold(gold, read_corpus(split))
    if records:
        return list(recorded_speakers(articles, _pages(records)))
    read = resolved_examples if gold_attributions else read_speakers
    return list(read(articles, Reader(weights=weights)))


def _pages(records: Path) -> list[Page]:
    """The records of a file. Raises `CorpusError` where there is none, or `RecordError`."""
    if not records.is_file():
        raise CorpusError(f"{records} is no file of records. Write one with: onrecord read -o")
    with records.open("rb") as lines:
        return [from_json(line) for line in lines if line.strip()]

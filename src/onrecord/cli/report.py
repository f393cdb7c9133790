"""``onrecord report``: a page as one HTML file."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.asking import until_closed
from onrecord.cli.read import sink
from onrecord.cli.reading import Confidence, CueFile, KindOfInput, Language, PeopleFile, Weights
from onrecord.errors import SeveralPagesError
from onrecord.options import (
    AttributingOptions,
    Options,
    ReadingOptions,
    ResolvingOptions,
    WeighingOptions,
)
from onrecord.pipeline import Reader
from onrecord.reading import Input
from onrecord.report.html import report_html


def command(
    page: Annotated[
        str, typer.Argument(metavar="PAGE", help="A file with one page; - is standard input.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to a file instead of the terminal."
        ),
    ] = None,
    kind: KindOfInput = None,
    language: Language = None,
    min_confidence: Confidence = 0.0,
    people: PeopleFile = None,
    cues: CueFile = None,
    weights: Weights = None,
) -> None:
    """Write a page as one HTML file: what is said marked in its text, the ledger beside it."""
    options = Options(
        reading=ReadingOptions(kind=kind.value if kind else None, language=language),
        attributing=AttributingOptions(min_confidence=min_confidence),
        resolving=ResolvingOptions(people=people),
        weighing=WeighingOptions(cues=cues),
    )
    reader = Reader(options, weights=weights)
    try:
        record = reader.read(sys.stdin.buffer.read() if page == "-" else page)
    except SeveralPagesError as error:
        raise SeveralPagesError(
            page,
            "this is an archive or JSONL, which can hold any number of pages, and a report is of "
            f"one. Add it to a corpus: onrecord add CORPUS.db {shlex.quote(page)}",
        ) from error
    with until_closed(), sink(output, [Input(page, None if page == "-" else Path(page))]) as file:
        file.write(report_html(record).encode())

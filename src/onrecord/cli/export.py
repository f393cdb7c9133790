"""``onrecord export``: a corpus, or what is asked for of it, to other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from onrecord.cli.asking import (
    CorpusPath,
    CueClassIs,
    In,
    KindIs,
    Since,
    Site,
    SourceTypeIs,
    Speaker,
    Until,
    filter_of,
    until_closed,
)
from onrecord.cli.read import sink
from onrecord.errors import OptionsError
from onrecord.exporting.brat import write_brat
from onrecord.exporting.csv import csv_lines
from onrecord.exporting.datasette import datasette_metadata
from onrecord.exporting.json import json_lines
from onrecord.exporting.parquet import write_parquet
from onrecord.exporting.tables import Table
from onrecord.exporting.webannotation import annotations as web_annotations
from onrecord.reading import Input
from onrecord.records import Page
from onrecord.report.layout import counted
from onrecord.store import Corpus, Filter


class To(StrEnum):
    """What is written."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    brat = "brat"
    webannotation = "webannotation"
    spacy = "spacy"
    datasette = "datasette"


FILES = {To.parquet: "a file", To.brat: "a folder", To.spacy: "a folder"}
"""What cannot go to standard output, and what it goes to."""


class Tables(StrEnum):
    """The tables of CSV and Parquet."""

    attributions = "attributions"
    pages = "pages"
    speakers = "speakers"
    comments = "comments"


def command(
    corpus: CorpusPath,
    to: Annotated[To, typer.Option("--to", help="What to write.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="PATH", help="The file, or folder, to write; or the terminal."
        ),
    ] = None,
    table: Annotated[
        Tables | None,
        typer.Option("--table", help="Which table, of csv and parquet; attributions by default."),
    ] = None,
    words: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Only what is said with these words.")
    ] = None,
    speaker: Speaker = None,
    source_type: SourceTypeIs = None,
    cue_class: CueClassIs = None,
    kind: KindIs = None,
    site: Site = None,
    since: Since = None,
    until: Until = None,
    place: In = None,
    corrected: Annotated[
        bool, typer.Option("--corrected", help="Only pages that people corrected, whole.")
    ] = False,
) -> None:
    """Hand a corpus on: all current pages, or what is asked for of them."""
    asked = filter_of(words, speaker, source_type, cue_class, kind, site, since, until, place)
    if table is not None and to not in (To.csv, To.parquet):
        raise OptionsError(f"{to.value} has no tables; leave --table out, or write csv or parquet")
    if to is To.datasette and asked != Filter():
        raise OptionsError("datasette's metadata is about the whole corpus; leave the filters out")
    chosen: Table = "attributions" if table is None else table.value
    if corrected and asked != Filter():
        raise OptionsError("--corrected takes pages whole; leave the filters out")
    if corrected and to is To.datasette:
        raise OptionsError("datasette's metadata is about the whole corpus; leave --corrected out")
    store = Corpus(corpus)
    pages = store.corrected() if corrected else store.pages(asked)
    if to in FILES:
        if output is None:
            raise OptionsError(f"{to.value} is written to {FILES[to]}; name it with --output")
        written = _WRITERS[to](pages, output, chosen)
        unit = _UNITS.get(to, chosen.removesuffix("s"))
        typer.echo(f"{counted(written, unit)} written to {output}")
        return
    with until_closed(), sink(output, [Input(str(corpus), corpus)]) as file:
        for chunk in _streamed(to, store, pages, chosen):
            file.write(chunk)


def _streamed(to: To, store: Corpus, pages: Iterable[Page], table: Table) -> Iterable[bytes]:
    if to is To.datasette:
        metadata = msgspec.json.encode(datasette_metadata(store.path.stem))
        return [msgspec.json.format(metadata, indent=2) + b"\n"]
    if to is To.csv:
        return csv_lines(pages, table)
    return web_annotations(pages) if to is To.webannotation else json_lines(pages)


def _brat(pages: Iterable[Page], folder: Path, _: Table) -> int:
    return write_brat(pages, folder)


def _spacy(pages: Iterable[Page], folder: Path, _: Table) -> int:
    from onrecord.exporting.spacy import write_docbins

    return write_docbins(pages, folder)


def _parquet(pages: Iterable[Page], file: Path, table: Table) -> int:
    return write_parquet(pages, file, table)


_WRITERS: dict[To, Callable[[Iterable[Page], Path, Table], int]] = {
    To.parquet: _parquet,
    To.brat: _brat,
    To.spacy: _spacy,
}
_UNITS = {To.brat: "page", To.spacy: "page"}

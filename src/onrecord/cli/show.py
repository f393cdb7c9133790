"""``onrecord show``: what a corpus holds, or one of its pages."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from onrecord.cli.asking import CorpusPath, print_wide, until_closed
from onrecord.cli.read import ledger_bytes
from onrecord.exporting.json import json_document, json_lines
from onrecord.report.tables import failures_table, overview_text
from onrecord.store import Corpus


class PageFormat(StrEnum):
    """How a page is written."""

    ledger = "ledger"
    json = "json"
    jsonl = "jsonl"


def command(
    corpus: CorpusPath,
    page: Annotated[
        str | None,
        typer.Argument(metavar="PAGE", help="Its number, the beginning of its id, or its address."),
    ] = None,
    format: Annotated[
        PageFormat, typer.Option("--format", help="How to write the page.")
    ] = PageFormat.ledger,
    full: bool = typer.Option(False, "--full", help="Show each quotation whole in the ledger."),
    failed: bool = typer.Option(False, "--failed", help="Show the inputs that failed, and why."),
) -> None:
    """Show a page of a corpus; without one, what the corpus holds."""
    store = Corpus(corpus)
    with until_closed():
        if page is None:
            if failed:
                print_wide(failures_table(store.failures()))
            else:
                print_wide(overview_text(str(corpus), store.overview()))
            return
        record = store.page(page)
        if format is PageFormat.ledger:
            sys.stdout.buffer.write(ledger_bytes(record, terminal=sys.stdout.isatty(), full=full))
        elif format is PageFormat.json:
            sys.stdout.buffer.writelines(json_document([record], array=False))
        else:
            sys.stdout.buffer.writelines(json_lines([record]))

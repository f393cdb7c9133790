"""``onrecord show``: what a corpus holds, or one of its pages."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import msgspec
import typer
from rich.console import RenderableType

from onrecord.cli.asking import CorpusPath, print_wide, until_closed
from onrecord.cli.read import ledger_bytes
from onrecord.errors import OptionsError
from onrecord.exporting.json import escaped, json_document, json_lines
from onrecord.records import Page
from onrecord.report.tables import failures_table, overview_text
from onrecord.store import Corpus, Failure, Overview


class PageFormat(StrEnum):
    """How a page, or what a corpus holds, is written."""

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
        PageFormat, typer.Option("--format", help="How to write the answer.")
    ] = PageFormat.ledger,
    full: bool = typer.Option(False, "--full", help="Show each quotation whole in the ledger."),
    failed: bool = typer.Option(False, "--failed", help="Show the inputs that failed, and why."),
) -> None:
    """Show a page of a corpus; without one, what the corpus holds."""
    if page is not None and failed:
        raise OptionsError(f"--failed is about the whole corpus; leave {page!r} out")
    store = Corpus(corpus)
    with until_closed():
        if page is not None:
            _show_page(store.page(page), format, full)
        elif failed:
            failures = store.failures()
            _show(failures_table(failures), failures, format)
        else:
            held = store.overview()
            _show(overview_text(str(corpus), held), held, format)


def _show_page(record: Page, format: PageFormat, full: bool) -> None:
    if format is PageFormat.ledger:
        sys.stdout.buffer.write(ledger_bytes(record, terminal=sys.stdout.isatty(), full=full))
    elif format is PageFormat.json:
        sys.stdout.buffer.writelines(json_document([record], array=False))
    else:
        sys.stdout.buffer.writelines(json_lines([record]))


def _show(text: RenderableType, answer: Overview | list[Failure], format: PageFormat) -> None:
    if format is PageFormat.ledger:
        print_wide(text)
    elif format is PageFormat.json:
        line = msgspec.json.format(msgspec.json.encode(answer), indent=2)
        sys.stdout.buffer.write(escaped(line) + b"\n")
    else:
        for row in answer if isinstance(answer, list) else [answer]:
            sys.stdout.buffer.write(escaped(msgspec.json.encode(row)) + b"\n")

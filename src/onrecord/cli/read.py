"""``onrecord read``: pages in, their ledger or their records out."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from onrecord.errors import InputError, OptionsError
from onrecord.exporting.json import json_document, json_lines
from onrecord.options import Options, ReadingOptions
from onrecord.pipeline import Outcome, Reader
from onrecord.reading import Input, find_inputs
from onrecord.records import InputKind, Page
from onrecord.report.ledger import print_ledger
from onrecord.report.printable import printable

PIPED = 100
"""Columns of a ledger that does not go to a terminal."""


class Format(StrEnum):
    """How pages are written."""

    ledger = "ledger"
    json = "json"
    jsonl = "jsonl"


class Kind(StrEnum):
    """What an input is."""

    html = "html"
    text = "text"


def command(
    inputs: list[str] = typer.Argument(
        ..., metavar="INPUT…", help="Files, folders, globs; - is standard input."
    ),
    format: Format = typer.Option(Format.ledger, help="How to write the pages."),
    output: Path | None = typer.Option(
        None, "--output", "-o", metavar="FILE", help="Write to a file instead of the terminal."
    ),
    kind: Kind | None = typer.Option(None, help="Read as this, whatever the bytes look like."),
    language: str | None = typer.Option(
        None, metavar="CODE", help="Take the pages to be in this language, for instance en."
    ),
    weights: Path | None = typer.Option(
        None, metavar="DIR", help="Read with this model instead of the shipped one."
    ),
    full: bool = typer.Option(False, "--full", help="Show each quotation whole in the ledger."),
    threads: int | None = typer.Option(
        None, min=1, help="Threads of the model; all cores by default."
    ),
) -> None:
    """Read news pages and print who says what in them."""
    chosen: InputKind | None = kind.value if kind else None
    options = Options(reading=ReadingOptions(kind=chosen, language=language))
    reader = Reader(options, weights=weights, threads=threads)
    try:
        failed = read_inputs(reader, inputs, format=format, output=output, full=full)
    except BrokenPipeError:
        # Whoever reads our output has enough (`| head`). Python would complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    if failed:
        raise typer.Exit(1)


def read_inputs(
    reader: Reader,
    names: list[str],
    *,
    format: Format = Format.ledger,
    output: Path | None = None,
    full: bool = False,
) -> int:
    """Read inputs and write their pages; the number of inputs that failed.

    Each failure is one line on standard error. Raises `WeightsError` where the model cannot
    be used, and `OptionsError` where ``output`` cannot be written or is an input.
    """
    found = list(find_inputs(names))
    failures = Failures()
    terminal = output is None and sys.stdout.isatty()
    with _sink(output, found) as sink, _progress(len(found)) as progress:
        pages = failures.passed(_counted(reader.read_each(found), progress))
        chunks: Iterable[bytes]
        if format is Format.ledger:
            chunks = (_ledger(page, terminal=terminal, full=full) for page in pages)
        elif format is Format.jsonl:
            chunks = json_lines(pages)
        else:
            chunks = json_document(pages, array=len(found) > 1)
        for chunk in chunks:
            with _aside(progress if terminal else None):
                sink.write(chunk)
                sink.flush()
    return failures.count


class Failures:
    """Lets pages through and reports the inputs that became none."""

    def __init__(self) -> None:
        self.count = 0

    def passed(self, outcomes: Iterable[Outcome]) -> Iterator[Page]:
        """The pages among outcomes; each error is printed and counted."""
        for outcome in outcomes:
            if outcome.page is not None:
                yield outcome.page
            else:
                self.count += 1
                typer.echo(f"error: {printable(str(outcome.error))}", err=True)


def _ledger(page: Page, *, terminal: bool, full: bool) -> bytes:
    """A page's ledger, in colour and as wide as the terminal if it goes to one."""
    if terminal:
        console = Console(highlight=False)
    else:
        width = shutil.get_terminal_size((PIPED, 24)).columns
        console = Console(width=width, highlight=False, color_system=None)
    with console.capture() as capture:
        print_ledger(console, page, full=full)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()).encode()


@contextmanager
def _sink(output: Path | None, inputs: Iterable[Input | InputError]) -> Iterator[BinaryIO]:
    """Where pages are written. A file gets its name when all are in it, not before."""
    if output is None:
        yield sys.stdout.buffer
        return
    if output.exists() and not output.is_file():  # a pipe, /dev/null
        with output.open("wb") as special:
            yield special
        return
    if output.exists() and any(_is_file(one, output) for one in inputs):
        raise OptionsError(f"{output} is an input too; give --output another name")
    scratch = output.with_name(f"{output.name}.part")
    try:
        file = scratch.open("wb")
    except OSError as error:
        raise OptionsError(f"{output} cannot be written: {error.strerror}") from error
    try:
        with file:
            yield file
    except BaseException:  # Ctrl-C too: hours of reading may be in it.
        if scratch.stat().st_size:
            typer.echo(f"stopped early: what was read is in {scratch}", err=True)
        else:
            scratch.unlink()
        raise
    scratch.replace(output)


def _is_file(one: Input | InputError, output: Path) -> bool:
    if isinstance(one, InputError) or one.path is None or not one.path.exists():
        return False
    return one.path.samefile(output)


@contextmanager
def _progress(total: int) -> Iterator[Progress | None]:
    """A bar on standard error, where that is a terminal and there is more than one input."""
    if total < 2 or not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        progress.add_task("reading", total=total)
        yield progress


@contextmanager
def _aside(progress: Progress | None) -> Iterator[None]:
    """Take the bar off the terminal while something else is written there."""
    if progress:
        progress.stop()
    yield
    if progress:
        progress.start()


def _counted(outcomes: Iterable[Outcome], progress: Progress | None) -> Iterator[Outcome]:
    for outcome in outcomes:
        yield outcome
        if progress:
            progress.advance(progress.task_ids[0])

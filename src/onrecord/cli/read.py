"""``onrecord read``: pages in, their ledger or their records out."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from onrecord.cli.reading import (
    LARGEST,
    Confidence,
    CueFile,
    KindOfInput,
    Language,
    MaxSize,
    PeopleFile,
    Weights,
)
from onrecord.errors import InputError, OptionsError
from onrecord.exporting.json import json_document, json_lines
from onrecord.options import (
    MEGABYTE,
    AttributingOptions,
    Options,
    ReadingOptions,
    ResolvingOptions,
    WeighingOptions,
)
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


def command(
    inputs: list[str] = typer.Argument(
        ..., metavar="INPUT…", help="Files, folders, globs; - is standard input."
    ),
    format: Format = typer.Option(Format.ledger, help="How to write the pages."),
    output: Path | None = typer.Option(
        None, "--output", "-o", metavar="FILE", help="Write to a file instead of the terminal."
    ),
    kind: KindOfInput = None,
    max_size: MaxSize = LARGEST,
    language: Language = None,
    min_confidence: Confidence = 0.0,
    people: PeopleFile = None,
    cues: CueFile = None,
    speakers: bool = typer.Option(
        True, "--speakers/--no-speakers", help="Work out who speaks, and how they are identified."
    ),
    weights: Weights = None,
    full: bool = typer.Option(False, "--full", help="Show each quotation whole in the ledger."),
    threads: int | None = typer.Option(
        None, min=1, help="Threads of the model; all cores by default."
    ),
) -> None:
    """Read news pages and print who says what in them."""
    chosen: InputKind | None = kind.value if kind else None
    reading = ReadingOptions(kind=chosen, language=language, max_bytes=max_size * MEGABYTE)
    attributing = AttributingOptions(min_confidence=min_confidence)
    options = Options(
        reading=reading,
        attributing=attributing,
        resolving=ResolvingOptions(speakers=speakers, people=people),
        weighing=WeighingOptions(cues=cues),
    )
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
    reports = Reports()
    terminal = output is None and sys.stdout.isatty()
    with sink(output, found) as file, Bar(len(found)) as bar:
        outcomes = bar.outcomes(reader.read_each(bar.inputs(found)))
        first = next(outcomes, None)
        several = len(found) > 1 or (first is not None and first.one_of_several)
        pages = reports.passed(outcomes if first is None else chain([first], outcomes))
        chunks: Iterable[bytes]
        if format is Format.ledger:
            chunks = (ledger_bytes(page, terminal=terminal, full=full) for page in pages)
        elif format is Format.jsonl:
            chunks = json_lines(pages)
        else:
            chunks = json_document(pages, array=several)
        for chunk in chunks:
            with bar.aside() if terminal else nullcontext():
                file.write(chunk)
                file.flush()
    return reports.failures


class Reports:
    """Lets pages through, and reports what is none on standard error, a line each."""

    def __init__(self) -> None:
        self.failures = 0

    def passed(self, outcomes: Iterable[Outcome]) -> Iterator[Page]:
        """The pages among outcomes; each error is printed and counted, each warning printed."""
        for outcome in outcomes:
            if outcome.page is not None:
                yield outcome.page
            elif outcome.warning is not None:
                code, message = outcome.warning.code, outcome.warning.message
                line = printable(f"[{code}] {outcome.name}: {message}")
                typer.echo(f"warning: {line}", err=True)
            else:
                self.failures += 1
                typer.echo(f"error: {printable(str(outcome.error))}", err=True)


def ledger_bytes(page: Page, *, terminal: bool, full: bool) -> bytes:
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
def sink(output: Path | None, inputs: Iterable[Input | InputError]) -> Iterator[BinaryIO]:
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


class Bar:
    """A bar on standard error, where that is a terminal and there is more than one page.

    It counts inputs, whose number is known, and pages, whose number nobody knows before an
    archive is read.
    """

    def __init__(self, total: int) -> None:
        columns = (
            *(TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()),
            TextColumn("{task.fields[pages]} read"),
        )
        console = Console(stderr=True)
        self._progress = Progress(
            *columns, console=console, transient=True, disable=not console.is_terminal
        )
        self._task = self._progress.add_task("reading", total=total, pages=0)
        self._shown = total > 1
        self._pages = 0

    def __enter__(self) -> Bar:
        if self._shown:
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def inputs(self, inputs: Iterable[Input | InputError]) -> Iterator[Input | InputError]:
        """The inputs; each counts as done when the next is asked for."""
        for one in inputs:
            yield one
            self._progress.advance(self._task)

    def outcomes(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """The outcomes, counted; the first of several shows the bar."""
        for outcome in outcomes:
            if outcome.one_of_several and not self._shown:
                self._shown = True
                self._progress.start()
            self._pages += outcome.page is not None
            self._progress.update(self._task, pages=self._pages)
            yield outcome

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bar off the terminal while something else is written there."""
        if self._shown:
            self._progress.stop()
        yield
        if self._shown:
            self._progress.start()

"""What the commands that ask a corpus share: its file, the filters, and how answers are written."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console, RenderableType

from onrecord.cli.read import PIPED
from onrecord.exporting.csv import csv_rows
from onrecord.exporting.json import escaped
from onrecord.store import Filter


class SourceTypes(StrEnum):
    """How a source is identified."""

    named_person = "named_person"
    unnamed_person = "unnamed_person"
    named_group = "named_group"
    unnamed_group = "unnamed_group"
    document = "document"
    poll = "poll"
    author = "author"
    unattributed = "unattributed"


class CueClasses(StrEnum):
    """How a cue presents what is said."""

    neutral = "neutral"
    assertive = "assertive"
    distancing = "distancing"
    factive = "factive"
    negative = "negative"
    critical = "critical"
    supportive = "supportive"
    directive = "directive"
    commissive = "commissive"
    interrogative = "interrogative"
    mental = "mental"
    other = "other"


class Kinds(StrEnum):
    """To the letter or not."""

    direct = "direct"
    indirect = "indirect"
    mixed = "mixed"


class Place(StrEnum):
    """Which part of a page."""

    article = "article"
    comments = "comments"


class Format(StrEnum):
    """How answers are written."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


CorpusPath = Annotated[Path, typer.Argument(metavar="CORPUS.db", help="The corpus: one file.")]
Speaker = Annotated[
    str | None, typer.Option(metavar="NAME", help="Only what speakers of that name say.")
]
SourceTypeIs = Annotated[
    SourceTypes | None, typer.Option("--source-type", help="Only sources of this type.")
]
CueClassIs = Annotated[
    CueClasses | None, typer.Option("--cue-class", help="Only cues of this class.")
]
KindIs = Annotated[Kinds | None, typer.Option("--kind", help="Only quotations, or paraphrases.")]
Site = Annotated[str | None, typer.Option(metavar="NAME", help="Only pages of this site.")]
Since = Annotated[
    str | None, typer.Option(metavar="DAY", help="Only pages published then or later: 2026-03-14.")
]
Until = Annotated[
    str | None, typer.Option(metavar="DAY", help="Only pages published then or earlier: 2026-03.")
]
In = Annotated[Place | None, typer.Option("--in", help="Only articles, or only comments.")]
FormatIs = Annotated[Format, typer.Option("--format", help="How to write the answer.")]
People = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Take speakers for one by the rows of this CSV."),
]


def filter_of(
    words: str | None,
    speaker: str | None,
    source_type: SourceTypes | None,
    cue_class: CueClasses | None,
    kind: Kinds | None,
    site: str | None,
    since: str | None,
    until: str | None,
    place: Place | None,
) -> Filter:
    """The filter that the options make. Raises `OptionsError`."""
    return Filter(
        words=words,
        speaker=speaker,
        source_type=None if source_type is None else source_type.value,
        cue_class=None if cue_class is None else cue_class.value,
        kind=None if kind is None else kind.value,
        site=site,
        since=since,
        until=until,
        place=None if place is None else place.value,
    )


def write_answer(
    format: Format,
    table: RenderableType,
    columns: Sequence[str],
    rows: Iterable[msgspec.Struct | dict[str, Any]],
) -> None:
    """Write an answer to standard output: the table for people, or the rows for programs.

    ``columns`` are the fields of a row, for the header of CSV, which stands without rows too.
    """
    plain = (row if isinstance(row, dict) else msgspec.structs.asdict(row) for row in rows)
    with until_closed():
        if format is Format.table:
            print_wide(table)
        elif format is Format.jsonl:
            for row in plain:
                sys.stdout.buffer.write(escaped(msgspec.json.encode(row)) + b"\n")
        else:
            sys.stdout.buffer.writelines(csv_rows(columns, plain))


def fields(kind: type[msgspec.Struct]) -> list[str]:
    """The columns of rows of this type."""
    return [field.name for field in msgspec.structs.fields(kind)]


def print_wide(text: RenderableType) -> None:
    """Print to standard output, as wide as the terminal, or `PIPED` where there is none."""
    if sys.stdout.isatty():
        Console(highlight=False, markup=False, emoji=False).print(text)
        return
    console = Console(
        width=columns(), highlight=False, markup=False, emoji=False, color_system=None
    )
    with console.capture() as capture:
        console.print(text)
    for line in capture.get().splitlines():
        sys.stdout.buffer.write(f"{line.rstrip()}\n".encode())


def columns() -> int:
    """The columns that standard output has."""
    return shutil.get_terminal_size((PIPED, 24)).columns


@contextmanager
def until_closed() -> Iterator[None]:
    """Whoever reads our output may have enough (`| head`)."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

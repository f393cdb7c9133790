"""The program ``onrecord``: its commands, and what its exit codes mean.

====  ======================================================================================
code  meaning
====  ======================================================================================
0     everything was done
1     an input could not be read; all others were
2     the command line is wrong, or --output cannot be written
3     the model cannot be used
4     a corpus, a training run, an optional part or the place to write to is at fault
5     words to search for cannot be understood, or the corpus holds no such page or speaker
130   stopped with Ctrl-C (by Typer)
====  ======================================================================================
"""

from __future__ import annotations

import sys

import typer

from onrecord import __version__
from onrecord.cli import (
    add,
    comments,
    corrections,
    evaluate,
    export,
    read,
    report,
    schema,
    search,
    serve,
    show,
    speakers,
    stats,
    train,
)
from onrecord.errors import (
    InputError,
    NotInStoreError,
    OnrecordError,
    OptionsError,
    QueryError,
    WeightsError,
)
from onrecord.report.printable import printable

INPUT_FAILED, USAGE, NO_MODEL, FAULT, NOT_FOUND = 1, 2, 3, 4, 5

app = typer.Typer(
    name="onrecord",
    help="Who says what, on whose authority, in a news page and its reader comments.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    pass


app.command("read")(read.command)
app.command("report")(report.command)
app.command("add")(add.command)
app.command("update")(add.update)
app.command("search")(search.command)
app.command("show")(show.command)
app.command("speakers")(speakers.command)
app.command("stats")(stats.command)
app.command("comments")(comments.command)
app.command("corrections")(corrections.command)
app.command("serve")(serve.command)
app.command("export")(export.command)
app.command("schema")(schema.command)
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(train.app, name="train")


def main() -> None:
    """Run the program and end the process with its exit code."""
    try:
        app()
    except OnrecordError as error:
        typer.echo(f"error: {printable(str(error))}", err=True)
        sys.exit(_code(error))
    except OSError as error:  # A place to write to: what is read has errors of its own.
        where = printable(str(error.filename or "output"))
        typer.echo(f"error: {where}: {error.strerror}", err=True)
        sys.exit(FAULT)


def _code(error: OnrecordError) -> int:
    if isinstance(error, InputError):
        return INPUT_FAILED
    if isinstance(error, OptionsError):
        return USAGE
    if isinstance(error, QueryError | NotInStoreError):
        return NOT_FOUND
    return NO_MODEL if isinstance(error, WeightsError) else FAULT

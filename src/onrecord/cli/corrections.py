"""``onrecord corrections``: what people corrected in a corpus, and undoing it."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from onrecord.cli.asking import CorpusPath, Format, FormatIs, fields, write_answer
from onrecord.correcting import Correction
from onrecord.errors import OptionsError
from onrecord.report.corrections import corrections_text, told
from onrecord.store import Corpus


def command(
    corpus: CorpusPath,
    page: Annotated[
        str | None,
        typer.Argument(metavar="PAGE", help="Its number, the beginning of its id, or its address."),
    ] = None,
    undo: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="Undo this correction first.")
    ] = None,
    redo: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="Let this one hold again first.")
    ] = None,
    who: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who undoes it; you by default.")
    ] = None,
    limit: int = typer.Option(50, min=1, help="Show at most so many corrections."),
    format: FormatIs = Format.table,
) -> None:
    """List what people corrected, the newest first; undo a correction, or let it hold again."""
    if undo is not None and redo is not None:
        raise OptionsError("--undo and --redo exclude one another; give one of them")
    store = Corpus(corpus)
    if undo is not None:
        store.undo(undo, who=who or getpass.getuser())
    if redo is not None:
        store.redo(redo)
    found = store.corrections(page, limit=limit)
    pages = {number: store.page(number) for number in {one.page for one in found}}
    shown = corrections_text([told(one, pages[one.page]) for one in found])
    write_answer(format, shown, fields(Correction), found)

"""``onrecord comments``: the discussions in a corpus."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.cli.asking import CorpusPath, Format, FormatIs, Site, fields, write_answer
from onrecord.report.tables import replies_table, threads_table
from onrecord.store import Corpus, PageThreads, Replies


def command(
    corpus: CorpusPath,
    page: Annotated[
        str | None,
        typer.Argument(metavar="PAGE", help="Its number, the beginning of its id, or its address."),
    ] = None,
    replies: bool = typer.Option(
        False, "--replies", help="Show who replies to whom instead of the threads."
    ),
    site: Site = None,
    limit: int = typer.Option(50, min=1, help="Show at most so many rows."),
    format: FormatIs = Format.table,
) -> None:
    """Count the threads of pages, how deep they are, and who replies to whom."""
    store = Corpus(corpus)
    if replies:
        pairs = store.replies(page=page, site=site, limit=limit)
        write_answer(format, replies_table(pairs), fields(Replies), pairs)
    else:
        pages = store.threads(page=page, site=site, limit=limit)
        write_answer(format, threads_table(pages), fields(PageThreads), pages)

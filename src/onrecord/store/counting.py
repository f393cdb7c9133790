"""What a question counts: all attributions of current pages, or what a filter lets through."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.store.database import Connection
from onrecord.store.filters import SELECTED, Filter, select


class Counted(NamedTuple):
    """Parts of a statement: attributions ``a`` with their pages ``p``."""

    source: str
    where: str
    bound: tuple[str | int, ...]


def counted(connection: Connection, asked: Filter) -> Counted:
    """Where attributions come from. Raises as `filters.select` does."""
    pages = "JOIN pages p ON p.id = a.page"
    if asked == Filter():
        return Counted(f"attributions a {pages}", "p.current", ())
    source = f"search JOIN attributions a ON a.id = search.rowid {pages}"
    return Counted(source, SELECTED, select(connection, asked))

"""Pages in a list: the newest first, without their texts."""

from __future__ import annotations

import msgspec

from onrecord.store.database import Connection
from onrecord.store.filters import SELECTED, Filter, select
from onrecord.store.places import NUMBER_BITS, PAGES


class PageCount(msgspec.Struct, frozen=True, kw_only=True):
    """A page in a list."""

    number: int
    """The page's number in the corpus."""
    sha256: str
    url: str | None
    site: str | None
    headline: str | None
    published: str | None
    language: str | None
    words: int
    attributions: int
    comments: int


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """So many pages, and some of them."""

    total: int
    pages: tuple[PageCount, ...]


def list_pages(connection: Connection, asked: Filter, *, limit: int, offset: int = 0) -> Listed:
    """The current pages, by day; with a filter those with an attribution that is asked for.

    Raises `QueryError` or `OptionsError` for what cannot be asked.
    """
    if asked == Filter():
        total = connection.execute("SELECT count(*) FROM pages WHERE current").fetchone()[0]
        rows = connection.execute(
            "SELECT id FROM pages WHERE current ORDER BY day DESC NULLS LAST, id DESC "
            "LIMIT ? OFFSET ?",
            [limit, offset],
        )
        numbers = [row[0] for row in rows]
    else:
        found = select(connection, asked)
        total = connection.execute(
            f"SELECT count(DISTINCT rowid >> {NUMBER_BITS}) FROM search WHERE {SELECTED}", found
        ).fetchone()[0]
        rows = connection.execute(
            f"""SELECT DISTINCT rowid >> {NUMBER_BITS} FROM search WHERE {SELECTED}
                ORDER BY rowid DESC LIMIT ? OFFSET ?""",
            [*found, limit, offset],
        )
        numbers = [row[0] % PAGES for row in rows]
    return Listed(total=total, pages=tuple(_page(connection, one) for one in numbers))


def _page(connection: Connection, number: int) -> PageCount:
    row = connection.execute(
        """SELECT p.id AS number, p.sha256, p.url, p.site, p.headline, p.published, p.language,
                  p.words, (SELECT count(*) FROM attributions WHERE page = p.id) AS attributions,
                  (SELECT count(*) FROM comments WHERE page = p.id) AS comments
           FROM pages p WHERE p.id = ?""",
        [number],
    ).fetchone()
    return msgspec.convert(dict(row), PageCount)

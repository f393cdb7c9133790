"""The discussion below articles: threads, their depth, and who replies to whom."""

from __future__ import annotations

import msgspec

from onrecord.store.database import Connection
from onrecord.store.filters import Filter, select


class PageThreads(msgspec.Struct, frozen=True, kw_only=True):
    """A page's comments, counted."""

    page: int
    site: str | None
    headline: str | None
    url: str | None
    published: str | None
    comments: int
    threads: int
    """Comments that reply to none."""
    depth: int
    """Levels of the deepest thread; a comment without replies is one."""
    commenters: int
    """Authors that are known."""
    words: int
    attributions: int
    """Those in comments."""


class Replies(msgspec.Struct, frozen=True, kw_only=True):
    """How often one commenter replied to another on a site."""

    site: str | None
    author: str | None
    """``None`` where the page does not say who wrote."""
    to: str | None
    replies: int
    pages: int


def page_threads(
    connection: Connection, *, page: int | None, site: str | None, limit: int
) -> list[PageThreads]:
    """Pages with comments, those with the most first; a page that is asked for may be an older
    version. Raises `OptionsError` for a site that the corpus does not hold."""
    where, bound = _asked(connection, page, site)
    rows = connection.execute(
        f"""SELECT p.id AS page, p.site, p.headline, p.url, p.published, count(*) AS comments,
                  count(*) - count(c.parent) AS threads, max(c.depth) + 1 AS depth,
                  count(DISTINCT c.author) AS commenters, total(c.words) AS words,
                  (SELECT count(*) FROM attributions a
                   WHERE a.page = p.id AND a.comment IS NOT NULL) AS attributions
           FROM comments c JOIN pages p ON p.id = c.page
           WHERE {where} GROUP BY p.id ORDER BY comments DESC, p.id LIMIT ?""",
        [*bound, limit],
    )
    return [msgspec.convert({**row, "words": int(row["words"])}, PageThreads) for row in rows]


def replies(
    connection: Connection, *, page: int | None, site: str | None, limit: int
) -> list[Replies]:
    """Who replies to whom, the most frequent first; one who replies to himself too.

    Raises as `page_threads` does.
    """
    where, bound = _asked(connection, page, site)
    rows = connection.execute(
        f"""SELECT p.site, c.author, o.author AS "to", count(*) AS replies,
                  count(DISTINCT p.id) AS pages
           FROM comments c JOIN comments o ON o.id = c.parent JOIN pages p ON p.id = c.page
           WHERE {where} GROUP BY p.site, c.author, o.author
           ORDER BY replies DESC, p.site, c.author, o.author LIMIT ?""",
        [*bound, limit],
    )
    return [msgspec.convert(dict(row), Replies) for row in rows]


def _asked(
    connection: Connection, page: int | None, site: str | None
) -> tuple[str, list[int | str]]:
    where = "p.current" if page is None else "p.id = ?"
    bound: list[int | str] = [] if page is None else [page]
    if site is None:
        return where, bound
    select(connection, Filter(site=site))  # It tells what sites there are.
    return f"{where} AND p.site = ?", [*bound, site]

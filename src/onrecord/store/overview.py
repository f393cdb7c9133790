"""What a corpus holds, in numbers."""

from __future__ import annotations

import msgspec

from onrecord.store.database import Connection

SITES = 10


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """An input, or a page of one, that became no page."""

    name: str
    input: str
    error: str
    """The error's type."""
    message: str
    tries: int
    last_tried: str


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers of a corpus. All but ``versions`` are of current pages."""

    pages: int
    versions: int
    """Older pages of an address that is there with a newer one."""
    words: int
    attributions: int
    speakers: int
    """Speakers with a name, over all pages."""
    comments: int
    first: str | None
    """The earliest day of publication."""
    last: str | None
    undated: int
    sites: tuple[tuple[str | None, int], ...]
    """The largest ones, with their pages."""
    site_count: int
    readings: tuple[tuple[str, int], ...]
    """What wrote the attributions, with its pages, older versions included."""
    failures: int
    names: bool
    """Whether commenters' names are kept."""


def overview(connection: Connection, names: str) -> Overview:
    """Count what is there; ``names`` is the setting that says that names are kept."""
    row = connection.execute(
        """SELECT count(*) FILTER (WHERE current) AS pages,
                  count(*) FILTER (WHERE NOT current) AS versions,
                  total(words) FILTER (WHERE current) AS words,
                  min(day) FILTER (WHERE current) AS first,
                  max(day) FILTER (WHERE current) AS last,
                  count(*) FILTER (WHERE current AND day IS NULL) AS undated,
                  count(DISTINCT site) FILTER (WHERE current) AS site_count
           FROM pages"""
    ).fetchone()
    commenters = connection.execute("SELECT value FROM settings WHERE key = 'commenters'")
    found = commenters.fetchone()
    return Overview(
        **{**row, "words": int(row["words"])},
        attributions=_current(connection, "attributions"),
        comments=_current(connection, "comments"),
        speakers=_one(
            connection,
            """SELECT count(DISTINCT s.identity) FROM speakers s JOIN pages p ON p.id = s.page
               WHERE p.current""",
        ),
        sites=_pairs(
            connection,
            f"""SELECT site, count(*) FROM pages WHERE current GROUP BY site
                ORDER BY count(*) DESC, site LIMIT {SITES}""",
        ),
        readings=_pairs(
            connection,
            """SELECT r.label, count(*) FROM pages p JOIN readings r ON r.id = p.reading
               GROUP BY r.id ORDER BY r.id""",
        ),
        failures=_one(connection, "SELECT count(*) FROM failures"),
        names=found is not None and found[0] == names,
    )


def failures(connection: Connection) -> list[Failure]:
    """What became no page, in the order in which it first failed."""
    rows = connection.execute(
        "SELECT name, input, error, message, tries, last_tried FROM failures ORDER BY id"
    )
    return [msgspec.convert(dict(row), Failure) for row in rows]


def _current(connection: Connection, table: str) -> int:
    return _one(
        connection,
        f"SELECT count(*) FROM {table} t JOIN pages p ON p.id = t.page WHERE p.current",
    )


def _one(connection: Connection, statement: str) -> int:
    return int(connection.execute(statement).fetchone()[0])


def _pairs(connection: Connection, statement: str) -> tuple[tuple[str, int], ...]:
    return tuple((row[0], row[1]) for row in connection.execute(statement))

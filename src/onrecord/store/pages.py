"""Records out of the tables, as they were written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from onrecord.errors import NotInStoreError
from onrecord.records import Page
from onrecord.store.database import Connection, Row
from onrecord.store.filters import SELECTED, Filter, select


def find_page(connection: Connection, name: str | int) -> int:
    """The number of a page that is named by it, by the beginning of its hash, or its address.

    Of an address it is the current page. Raises `NotInStoreError` where there is none, or
    several begin so.
    """
    if isinstance(name, int):
        # As text, since SQLite takes no larger integer than 64 bits; it compares them as numbers.
        found = connection.execute("SELECT 1 FROM pages WHERE id = ?", [str(name)]).fetchone()
        if found is None:
            raise NotInStoreError(f"no page {name} in the corpus")
        return name
    if name.isascii() and name.isdigit():
        rows = connection.execute("SELECT id FROM pages WHERE id = ?", [name]).fetchall()
        if rows:
            return int(rows[0][0])
    rows = connection.execute(
        "SELECT id FROM pages WHERE url = ? ORDER BY current DESC, id DESC LIMIT 1", [name]
    ).fetchall()
    if not rows and len(name) >= 4 and set(name) <= set("0123456789abcdef"):
        rows = connection.execute(
            "SELECT id FROM pages WHERE sha256 >= ? AND sha256 < ? LIMIT 2", [name, name + "g"]
        ).fetchall()
    if not rows:
        raise NotInStoreError(
            f"no page {name!r} in the corpus; give its number, its address, or at least four "
            "signs of its id, as the search shows them"
        )
    if len(rows) > 1:
        raise NotInStoreError(f"several pages' ids begin with {name!r}; give more of it")
    return int(rows[0][0])


def load_page(connection: Connection, number: int) -> Page:
    """A page's record."""
    page = connection.execute("SELECT * FROM pages WHERE id = ?", [number]).fetchone()
    rows = connection.execute(
        "SELECT * FROM attributions WHERE page = ? ORDER BY number", [number]
    ).fetchall()
    return _page(connection, page, rows)


def load_pages(connection: Connection, asked: Filter | None = None) -> Iterator[Page]:
    """The records of all current pages by day, one in memory at a time.

    With a filter, those that hold an attribution that is asked for, with these attributions
    alone; `Attribution.within` can name one that is left out.
    """
    if asked is None or asked == Filter():
        for row in connection.execute("SELECT id FROM pages WHERE current ORDER BY day, id"):
            yield load_page(connection, row[0])
        return
    found = connection.execute(
        f"""SELECT a.* FROM search JOIN attributions a ON a.id = search.rowid
            WHERE {SELECTED} ORDER BY search.rowid""",
        select(connection, asked),
    )
    rows: list[Row] = []
    for row in found:
        if rows and rows[0]["page"] != row["page"]:
            yield _page(connection, _row(connection, rows[0]["page"]), rows)
            rows = []
        rows.append(row)
    if rows:
        yield _page(connection, _row(connection, rows[0]["page"]), rows)


def _row(connection: Connection, number: int) -> Row:
    row: Row = connection.execute("SELECT * FROM pages WHERE id = ?", [number]).fetchone()
    return row


def _page(connection: Connection, page: Row, attributions: list[Row]) -> Page:
    number = page["id"]
    comments = connection.execute(
        "SELECT * FROM comments WHERE page = ? ORDER BY number", [number]
    ).fetchall()
    speakers = connection.execute(
        "SELECT * FROM speakers WHERE page = ? ORDER BY number", [number]
    ).fetchall()
    comment_numbers = {row["id"]: row["number"] for row in comments}
    speaker_numbers = {row["id"]: row["number"] for row in speakers}
    record = {
        "id": page["sha256"],
        **{name: page[name] for name in _SAME},
        **{name: msgspec.json.decode(page[name]) for name in ("byline", "warnings")},
        "paragraphs": [
            {"start": start, "end": end, "kind": kind}
            for start, end, kind in msgspec.json.decode(page["paragraphs"])
        ],
        "comments": [_comment(row, comment_numbers) for row in comments],
        "speakers": [_speaker(row) for row in speakers],
        "attributions": [
            _attribution(row, speaker_numbers, comment_numbers) for row in attributions
        ],
    }
    return msgspec.convert(record, Page)


_SAME = ("url", "site", "headline", "published", "fetched", "language", "text")


def _comment(row: Row, numbers: dict[int, int]) -> dict[str, Any]:
    same = ("author", "posted", "posted_text", "start", "end")
    return {
        "id": row["number"],
        "parent": numbers.get(row["parent"]),
        **{name: row[name] for name in same},
    }


def _speaker(row: Row) -> dict[str, Any]:
    return {
        "id": row["number"],
        "name": row["name"],
        "named": bool(row["named"]),
        "kind": row["kind"],
        **{
            name: msgspec.json.decode(row[name])
            for name in ("roles", "aliases", "mentions", "members", "listed")
        },
    }


def _attribution(row: Row, speakers: dict[int, int], comments: dict[int, int]) -> dict[str, Any]:
    source, cue, content = msgspec.json.decode(row["spans"])
    return {
        "id": row["number"],
        "source": source,
        "cue": cue,
        "content": content,
        "kind": row["kind"],
        "within": row["within"],
        "speaker": speakers.get(row["speaker"]),
        "source_type": row["source_type"],
        "cue_class": row["cue_class"],
        "negated": None if row["negated"] is None else bool(row["negated"]),
        "confidence": row["confidence"],
        "comment": comments.get(row["comment"]),
    }

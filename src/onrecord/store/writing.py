"""A record into the tables. The caller holds the transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from onrecord.exporting.tables import count_words
from onrecord.records import Attribution, Page, Speaker
from onrecord.store.database import Connection
from onrecord.store.facets import facets
from onrecord.store.identities import identity
from onrecord.store.places import check_room, day_of, first_id

NEXT_NAME = " \ue000 "
"""Between a speaker's names in the index: a letter of no script, so that no phrase goes over it."""

REPRINTS_FOUND = "reprints"
"""The setting that says that reprints were looked for, in all that is there."""


def has_page(connection: Connection, sha256: str) -> bool:
    """Whether the corpus holds a page of these bytes."""
    found = connection.execute("SELECT 1 FROM pages WHERE sha256 = ?", [sha256]).fetchone()
    return found is not None


def write_page(connection: Connection, page: Page, *, name: str, reading: int) -> int:
    """Write a page that is not there yet, and what became of other pages of its address.

    The newest of an address is current: that which was fetched last, or added last where no
    crawler says when. Only the current one can be searched and counts. Returns the page's id.
    """
    added = datetime.now(UTC)
    seen = _moment(page.fetched) or added
    row = connection.execute(
        """INSERT INTO pages (sha256, input, added, current, seen, reading, url, site, headline,
               byline, published, day, fetched, language, words, warnings, paragraphs, text)
           VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
        [
            page.id,
            name,
            added.isoformat(timespec="seconds"),
            seen.isoformat(timespec="microseconds"),
            reading,
            page.url,
            page.site,
            page.headline,
            _json(page.byline),
            page.published,
            day_of(page.published),
            page.fetched,
            page.language,
            count_words(page.text),
            _json(page.warnings),
            _json([(one.start, one.end, one.kind) for one in page.paragraphs]),
            page.text,
        ],
    ).fetchone()
    number = int(row[0])
    comments = _write_comments(connection, number, page)
    _write_found(connection, number, page, comments)
    _make_newest_current(connection, number, page.url)
    return number


def rewrite_page(connection: Connection, number: int, page: Page, *, reading: int) -> None:
    """Put a page's attributions and speakers in place of those that it had."""
    current = connection.execute("SELECT current FROM pages WHERE id = ?", [number]).fetchone()[0]
    if current:
        unindex(connection, number)
    connection.execute("DELETE FROM attributions WHERE page = ?", [number])
    connection.execute("DELETE FROM speakers WHERE page = ?", [number])
    connection.execute(
        "UPDATE pages SET reading = ?, warnings = ? WHERE id = ?",
        [reading, _json(page.warnings), number],
    )
    rows = connection.execute("SELECT number, id FROM comments WHERE page = ?", [number])
    _write_found(connection, number, page, dict(map(tuple, rows)))
    if current:
        index(connection, number)


def index(connection: Connection, page: int) -> None:
    """Let a page be searched."""
    _index(
        connection,
        page,
        "INSERT INTO search (rowid, content, speaker, facets) VALUES (?, ?, ?, ?)",
    )


def unindex(connection: Connection, page: int) -> None:
    """Let a page no longer be searched."""
    _index(
        connection,
        page,
        "INSERT INTO search (search, rowid, content, speaker, facets) "
        "VALUES ('delete', ?, ?, ?, ?)",
    )


def _moment(iso: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(iso or "")
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _write_comments(connection: Connection, page: int, record: Page) -> dict[int, int]:
    """The comments' rows by their ids in the record. A parent stands before its replies."""
    rows: dict[int, int] = {}
    depths: dict[int, int] = {}
    for one in record.comments:
        depths[one.id] = 0 if one.parent is None else depths[one.parent] + 1
        cursor = connection.execute(
            """INSERT INTO comments (page, number, parent, depth, author, posted, posted_text,
                   start, "end", words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                page,
                one.id,
                None if one.parent is None else rows[one.parent],
                depths[one.id],
                one.author,
                one.posted,
                one.posted_text,
                one.start,
                one.end,
                count_words(record.text[one.start : one.end]),
            ],
        )
        rows[one.id] = cursor.lastrowid or 0
    return rows


def _write_found(connection: Connection, page: int, record: Page, comments: dict[int, int]) -> None:
    connection.execute("DELETE FROM settings WHERE key = ?", [REPRINTS_FOUND])
    check_room(record.id, page, max((one.id for one in record.attributions), default=0))
    speakers = {one.id: _write_speaker(connection, page, record, one) for one in record.speakers}
    connection.executemany(
        """INSERT INTO attributions (id, page, number, comment, speaker, identity, kind,
               source_type, cue_class, negated, confidence, within, words, source, cue, content,
               spans)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [_attribution(page, record, one, speakers, comments) for one in record.attributions],
    )


def _write_speaker(
    connection: Connection, page: int, record: Page, one: Speaker
) -> tuple[int, int | None]:
    """The rows of a page's speaker, and of the same one over all pages."""
    known = identity(record, one)
    who = None
    if known is not None:
        connection.execute(
            "INSERT INTO identities (key, name, kind) VALUES (?, ?, ?) "
            "ON CONFLICT (key) DO NOTHING",
            known,
        )
        found = connection.execute("SELECT id FROM identities WHERE key = ?", [known.key])
        who = found.fetchone()[0]
    cursor = connection.execute(
        """INSERT INTO speakers (page, number, identity, name, named, kind, roles, aliases,
               mentions, members, listed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            page,
            one.id,
            who,
            one.name,
            one.named,
            one.kind,
            _json(one.roles),
            _json(one.aliases),
            _json(one.mentions),
            _json(one.members),
            _json(one.listed),
        ],
    )
    return cursor.lastrowid or 0, who


def _attribution(
    page: int,
    record: Page,
    one: Attribution,
    speakers: dict[int, tuple[int, int | None]],
    comments: dict[int, int],
) -> Sequence[object]:
    speaker, who = (None, None) if one.speaker is None else speakers[one.speaker]
    return [
        first_id(day_of(record.published), page) + one.id,
        page,
        one.id,
        None if one.comment is None else comments[one.comment],
        speaker,
        who,
        one.kind,
        one.source_type,
        one.cue_class,
        one.negated,
        one.confidence,
        one.within,
        sum(count_words(record.text[start:end]) for start, end in one.content),
        record.quote(one.source),
        record.quote(one.cue),
        record.quote(one.content),
        _json([one.source, one.cue, one.content]),
    ]


def _make_newest_current(connection: Connection, page: int, url: str | None) -> None:
    newest = page
    if url is not None:
        newest = connection.execute(
            "SELECT id FROM pages WHERE url = ? ORDER BY seen DESC, id DESC", [url]
        ).fetchone()[0]
        for old in connection.execute(
            "SELECT id FROM pages WHERE url = ? AND current AND id <> ?", [url, newest]
        ).fetchall():
            unindex(connection, old[0])
            connection.execute("UPDATE pages SET current = 0 WHERE id = ?", [old[0]])
    if newest == page:
        connection.execute("UPDATE pages SET current = 1 WHERE id = ?", [page])
        index(connection, page)


_INDEXED = """
SELECT a.id, a.content, a.kind, a.source_type, a.cue_class, a.comment IS NOT NULL AS in_comment,
       p.site, s.name, s.aliases, a.identity
FROM attributions a JOIN pages p ON p.id = a.page LEFT JOIN speakers s ON s.id = a.speaker
WHERE a.page = ? ORDER BY a.id
"""


def _index(connection: Connection, page: int, command: str) -> None:
    """Put a page's attributions into the index, or out of it.

    The index keeps no text, so what is taken out has to be told to it as it was put in.
    """
    rows = []
    for one in connection.execute(_INDEXED, [page]):
        names = [] if one["name"] is None else [one["name"], *msgspec.json.decode(one["aliases"])]
        rows.append((one["id"], one["content"], NEXT_NAME.join(names), facets(one)))
    connection.executemany(command, rows)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()

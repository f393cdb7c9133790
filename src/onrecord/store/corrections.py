"""Corrections by people: kept with what was there before, and laid over what the model wrote.

The tables of attributions and speakers hold pages as corrected, so that corrections win in every
question. The model's own answer is kept as it was for pages that have any.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from onrecord.correcting import Correction, Statement, check, correct, statement
from onrecord.errors import ConflictError, CorrectionError, NotInStoreError
from onrecord.records import Attribution, Page, Speaker, Warning
from onrecord.store.database import Connection, Row
from onrecord.store.pages import load_page
from onrecord.store.writing import rewrite_page

LONGEST_WHO = 100
"""Characters of the name of who corrects."""

LOST = "correction-lost"


class Answer(msgspec.Struct, frozen=True):
    """What the model wrote of a page."""

    attributions: tuple[Attribution, ...]
    speakers: tuple[Speaker, ...]


def add_correction(
    connection: Connection,
    number: int,
    *,
    before: Statement | None,
    after: Statement | None,
    who: str,
) -> Correction:
    """Keep a correction and lay it over its page. The caller holds the transaction.

    Raises `CorrectionError`, and `ConflictError` where no attribution is as ``before`` says.
    """
    page = load_page(connection, number)
    if before is not None and before not in (statement(page, one) for one in page.attributions):
        raise ConflictError(
            "the attribution is not what it was when the correction was begun; look at it again"
        )
    after = None if after is None else check(page, after)
    if before is None and after is not None:
        _check_missing(page, after)
    if before == after:
        raise CorrectionError("nothing is corrected: what it is and what it was are the same")
    connection.execute(
        "INSERT INTO answers (page, record) VALUES (?, ?) ON CONFLICT (page) DO NOTHING",
        [number, _json(Answer(page.attributions, page.speakers))],
    )
    row = connection.execute(
        """INSERT INTO corrections (page, made, who, before, after)
           VALUES (?, ?, ?, ?, ?) RETURNING *""",
        [number, _now(), _who(who), _json(before), _json(after)],
    ).fetchone()
    _lay(connection, number)
    return _correction(row)


def set_undone(connection: Connection, correction: int, *, who: str | None) -> Correction:
    """Undo a correction, or let it hold again where nobody is named. One that is so already stays.

    The caller holds the transaction. Raises `NotInStoreError` where there is none.
    """
    # As text, since SQLite takes no larger integer than 64 bits; it compares them as numbers.
    row = connection.execute("SELECT * FROM corrections WHERE id = ?", [str(correction)]).fetchone()
    if row is None:
        raise NotInStoreError(
            f"no correction {correction} in the corpus; `onrecord corrections` lists them"
        )
    if (who is None) == (row["undone"] is None):
        return _correction(row)
    undone = [None, None] if who is None else [_now(), _who(who)]
    row = connection.execute(
        "UPDATE corrections SET undone = ?, undone_by = ? WHERE id = ? RETURNING *",
        [*undone, correction],
    ).fetchone()
    _lay(connection, row["page"])
    return _correction(row)


def list_corrections(
    connection: Connection, *, page: int | None, limit: int, offset: int
) -> list[Correction]:
    """Corrections, the newest first, those that were undone among them."""
    where, bound = ("1", []) if page is None else ("page = ?", [page])
    rows = connection.execute(
        f"SELECT * FROM corrections WHERE {where} ORDER BY id DESC LIMIT ? OFFSET ?",
        [*bound, limit, offset],
    )
    return [_correction(row) for row in rows]


def corrected_pages(connection: Connection) -> Iterator[int]:
    """The numbers of current pages with a correction that holds, by day."""
    rows = connection.execute(
        """SELECT id FROM pages WHERE current AND id IN
               (SELECT page FROM corrections WHERE undone IS NULL) ORDER BY day, id"""
    )
    return (row[0] for row in rows)


def load_answer(connection: Connection, number: int) -> Page:
    """A page as the model wrote it."""
    page = load_page(connection, number)
    row = connection.execute("SELECT record FROM answers WHERE page = ?", [number]).fetchone()
    if row is None:
        return page
    answer = msgspec.json.decode(row[0], type=Answer)
    return msgspec.structs.replace(
        page,
        attributions=answer.attributions,
        speakers=answer.speakers,
        warnings=_without_lost(page),
    )


def with_corrections(connection: Connection, number: int, page: Page) -> Page:
    """A page that was read anew, with its corrections; its own answer is kept.

    Corrections that found nothing to be laid over are told in the record's warnings. The caller
    holds the transaction.
    """
    kept = connection.execute(
        "UPDATE answers SET record = ? WHERE page = ?",
        [_json(Answer(page.attributions, page.speakers)), number],
    )
    return _corrected(connection, number, page) if kept.rowcount else page


def _check_missing(page: Page, after: Statement) -> None:
    if after.content in (one.content for one in page.attributions):
        raise ConflictError("these words are attributed already; correct that attribution instead")


def _lay(connection: Connection, number: int) -> None:
    """Write a page anew from the model's answer and the corrections that hold."""
    reading = connection.execute("SELECT reading FROM pages WHERE id = ?", [number]).fetchone()[0]
    page = _corrected(connection, number, load_answer(connection, number))
    rewrite_page(connection, number, page, reading=reading)


def _corrected(connection: Connection, number: int, page: Page) -> Page:
    rows = connection.execute("SELECT * FROM corrections WHERE page = ? ORDER BY id", [number])
    laid = correct(page, map(_correction, rows))
    told = tuple(
        Warning(
            code="correction-lost",
            message=f"correction {one.id} by {one.who} found nothing to correct any more",
        )
        for one in laid.lost
    )
    return msgspec.structs.replace(laid.page, warnings=(*_without_lost(page), *told))


def _without_lost(page: Page) -> tuple[Warning, ...]:
    return tuple(one for one in page.warnings if one.code != LOST)


def _correction(row: Row) -> Correction:
    return Correction(
        id=row["id"],
        page=row["page"],
        made=row["made"],
        who=row["who"],
        before=_statement(row["before"]),
        after=_statement(row["after"]),
        undone=row["undone"],
        undone_by=row["undone_by"],
    )


def _statement(kept: str | None) -> Statement | None:
    return None if kept is None else msgspec.json.decode(kept, type=Statement)


def _json(value: Answer | Statement | None) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _who(given: str) -> str:
    who = " ".join(given.split())
    if not 0 < len(who) <= LONGEST_WHO:
        raise CorrectionError(
            f"who corrects has {len(who)} characters; give a name of 1 to {LONGEST_WHO}"
        )
    return who


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

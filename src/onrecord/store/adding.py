"""Pages into a corpus: read by several processes, written by one, a transaction each.

::

    inputs → documents ─ known? ─→ workers → pages ─→ written in the inputs' order
                          skipped             errors ─→ failures
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Literal

import msgspec

from onrecord.errors import InputError
from onrecord.options import ReadingOptions
from onrecord.reading import Document, Input, Notice, open_documents
from onrecord.records import Page, Warning
from onrecord.store.database import Connection, transaction
from onrecord.store.writing import has_page, write_page
from onrecord.workers import Done, Task, Workers

Result = Literal["added", "known", "failed", "failed_before", "notice", "input_done"]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that `Corpus.add` did.

    ``added``: a page was written. ``known``: its bytes are in the corpus, it was skipped.
    ``failed``: it became no page. ``failed_before``: nor did it an earlier time, and it was
    not tried again. ``notice``: something to know of an archive. ``input_done``: all of an
    input was gone through.
    """

    result: Result
    name: str
    attributions: int = 0
    error: InputError | None = None
    warning: Warning | None = None


class _Sent(msgspec.Struct, frozen=True):
    """What is known of a document while it is read elsewhere."""

    input: str
    name: str
    sha256: str | None = None
    step: Step | None = None
    whole: bool = False
    """Of the end of an input: whether all of it could be gone through."""


def add_pages(
    connection: Connection,
    inputs: Iterable[Input | InputError],
    workers: Workers,
    *,
    reading: int,
    options: ReadingOptions,
    retry_failed: bool,
    stop: Callable[[], bool],
) -> Iterator[Step]:
    """Add what is not there yet, and say of each page what became of it."""
    under_way: set[str] = set()
    failed: set[str] = set()
    tasks = _tasks(connection, inputs, options, under_way, retry_failed)
    for done in workers.read_in_order(tasks, stop):
        sent, result = done.tag, done.result
        under_way.discard(sent.sha256 or "")
        if isinstance(result, Page):
            step = _write(connection, sent, result, reading)
        elif sent.step and sent.step.result == "known" and not _holds(connection, sent):
            # The same bytes were under way before, and failed.
            step = msgspec.structs.replace(sent.step, result="failed_before")
        else:
            step = sent.step or Step(result="failed", name=sent.name, error=result)
        if step.error is not None:
            _note_failure(connection, sent, step.error)
        if step.result in ("failed", "failed_before"):
            failed.add(sent.name)
        elif sent.whole:
            _forget_gone(connection, sent.input, failed)
        yield step


def _holds(connection: Connection, sent: _Sent) -> bool:
    return sent.sha256 is not None and has_page(connection, sent.sha256)


def _write(connection: Connection, sent: _Sent, page: Page, reading: int) -> Step:
    try:
        with transaction(connection):
            # Another program may have added the same page meanwhile.
            known = has_page(connection, page.id)
            if not known:
                write_page(connection, page, name=sent.name, reading=reading)
            _forget_failure(connection, sent)
    except InputError as error:  # It has no place in the corpus; the others may.
        return Step(result="failed", name=sent.name, error=error)
    count = len(page.attributions)
    return Step(result="known" if known else "added", name=sent.name, attributions=count)


def _tasks(
    connection: Connection,
    inputs: Iterable[Input | InputError],
    options: ReadingOptions,
    under_way: set[str],
    retry_failed: bool,
) -> Iterator[Task[_Sent] | Done[_Sent]]:
    """What is to be read, and between it what needs no reading."""
    for one in inputs:
        whole = False
        if isinstance(one, InputError):
            yield _failed(one.input, one)
        else:
            try:
                with open_documents(one, options) as opened:
                    for found in opened.found:
                        yield _task(connection, one, found, under_way, retry_failed)
                whole = True
            except InputError as error:
                yield _failed(one.name, error)
        name = storable(one.input if isinstance(one, InputError) else one.name)
        yield Done(_Sent(name, name, step=Step(result="input_done", name=name), whole=whole))


def _task(
    connection: Connection,
    one: Input,
    found: Document | InputError | Notice,
    under_way: set[str],
    retry_failed: bool,
) -> Task[_Sent] | Done[_Sent]:
    if isinstance(found, InputError):
        return _failed(one.name, found)
    if isinstance(found, Notice):
        step = Step(result="notice", name=storable(found.name), warning=found.warning)
        return Done(_Sent(storable(one.name), storable(found.name), step=step))
    sha256 = hashlib.sha256(found.data).hexdigest()
    sent = _Sent(storable(one.name), storable(found.name), sha256)
    result: Result | None = None
    if sha256 in under_way or has_page(connection, sha256):
        result = "known"
    elif not retry_failed and _has_failed(connection, sha256):
        result = "failed_before"
    if result:
        return Done(msgspec.structs.replace(sent, step=Step(result=result, name=sent.name)))
    under_way.add(sha256)
    return Task(sent, found.name, found)


def _failed(name: str, error: InputError) -> Done[_Sent]:
    place = storable(error.input)
    step = Step(result="failed", name=place, error=error)
    return Done(_Sent(storable(name), place, step=step))


def storable(name: str) -> str:
    """A name as text: bytes of a file's name that are no UTF-8 are written out."""
    return name.encode("utf-8", "backslashreplace").decode()


def failed_inputs(connection: Connection) -> list[str]:
    """The inputs that hold pages which failed, each once."""
    rows = connection.execute("SELECT DISTINCT input FROM failures ORDER BY id")
    return [row[0] for row in rows]


def _has_failed(connection: Connection, sha256: str) -> bool:
    found = connection.execute("SELECT 1 FROM failures WHERE sha256 = ?", [sha256]).fetchone()
    return found is not None


def _note_failure(connection: Connection, sent: _Sent, error: InputError) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    kind = type(error).__name__
    with transaction(connection):
        connection.execute(
            """INSERT INTO failures (name, input, sha256, error, message, tries, last_tried)
               VALUES (?, ?, ?, ?, ?, 1, ?)
               ON CONFLICT (name) DO UPDATE SET input = excluded.input, sha256 = excluded.sha256,
                   error = excluded.error, message = excluded.message, tries = tries + 1,
                   last_tried = excluded.last_tried""",
            [sent.name, sent.input, sent.sha256, kind, storable(error.message), now],
        )


def _forget_failure(connection: Connection, sent: _Sent) -> None:
    connection.execute(
        "DELETE FROM failures WHERE name = ? OR sha256 = ?", [sent.name, sent.sha256]
    )


def _forget_gone(connection: Connection, name: str, failed: set[str]) -> None:
    """Forget what failed of an input before, and not now that all of it was gone through."""
    rows = connection.execute("SELECT name FROM failures WHERE input = ?", [name]).fetchall()
    gone = [[row[0]] for row in rows if row[0] not in failed]
    if gone:
        with transaction(connection):
            connection.executemany("DELETE FROM failures WHERE name = ?", gone)

"""The file: opening it, what it must be, and SQLite's errors as the project's own."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from onrecord.errors import (
    BusyStoreError,
    DamagedStoreError,
    NewerStoreError,
    NotAStoreError,
    OlderStoreError,
    OptionsError,
    StoreError,
    StoreFullError,
    StoreMissingError,
    StoreReadOnlyError,
)
from onrecord.store.schema import APPLICATION_ID, SCRIPTS, SET, migrations

WAIT = 30.0
"""Seconds that a writer waits for another one. A page is written in some milliseconds."""

PAUSE = 0.02
"""Seconds between two tries of what SQLite does not wait for itself."""

CACHE_KIB = 65_536
"""KiB of the file that a connection keeps. The index of 1,000,000 attributions has 100 MB."""

MAPPED = 2**32
"""Bytes of the file that may be mapped instead of copied, if the machine can."""

Connection = sqlite3.Connection
Row = sqlite3.Row


@contextmanager
def reading(path: Path) -> Iterator[Connection]:
    """A connection for questions.

    Raises a subclass of `StoreError`, here and for what goes wrong while it is used.
    """
    if not path.exists():
        raise StoreMissingError(f"{path}: no such corpus. Make it with: onrecord add {path} INPUT…")
    with mapped(path), closing(_connect_to_read(path)) as connection:
        connection.execute(f"PRAGMA mmap_size = {MAPPED}")
        _check_newest(path, connection)
        # All that is asked of one connection is of one state, whoever writes meanwhile.
        connection.execute("BEGIN")
        yield connection


def open_to_read(path: Path) -> Connection:
    """A connection that stays open, for one thread at a time, whichever it is.

    Raises a subclass of `StoreError`.
    """
    if not path.exists():
        raise StoreMissingError(f"{path}: no such corpus. Make it with: onrecord add {path} INPUT…")
    with mapped(path):
        connection = _connect_to_read(path, any_thread=True)
        try:
            _check_newest(path, connection)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def writing(path: Path, *, create: bool = False) -> Iterator[Connection]:
    """A connection that writes, to a file of the newest form.

    Raises a subclass of `StoreError`, here and for what goes wrong while it is used.
    """
    if not create and not path.exists():
        raise StoreMissingError(f"{path}: no such corpus. Make it with: onrecord add {path} INPUT…")
    if not path.parent.is_dir():
        raise StoreMissingError(f"{path}: there is no folder {path.parent}. Make it first.")
    with mapped(path), closing(_connect(path, "mode=rwc")) as connection:
        # Nothing is written to a file before it is known to be a corpus, or empty.
        if _pending(path, connection):
            from sqlite_utils import Database

            with transaction(connection):
                if _lacking(path, connection):  # Another program may have been quicker.
                    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    migrations().apply(Database(connection, execute_plugins=False))
        _keep_log(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All or nothing. The file is locked from the beginning, so that nobody writes between."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _connect_to_read(path: Path, *, any_thread: bool = False) -> Connection:
    """A connection for questions, which write to temporary tables alone.

    It may write where the file can be written: the last connection to close takes away the files
    that WAL has beside it, and one that may only read leaves them there.
    """
    # It must not be opened to find out: closing it again would take away the locks of all other
    # connections of this process (sqlite.org/howtocorrupt.html, section 2.2).
    if os.access(path, os.W_OK):
        return _connect(path, "mode=rw", any_thread=any_thread)
    waiting = path.with_name(f"{path.name}-wal").exists()
    # WAL wants a file beside it, which cannot be made on a disk that cannot be written.
    how = "mode=ro" if waiting else "mode=ro&immutable=1"
    return _connect(path, how, any_thread=any_thread)


def _connect(path: Path, how: str, *, any_thread: bool = False) -> Connection:
    address = f"file:{quote(str(path.absolute()))}?{how}"
    connection = sqlite3.connect(
        address,
        uri=True,
        timeout=WAIT,
        isolation_level=None,
        check_same_thread=not any_thread,
    )
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    return connection


def _keep_log(connection: Connection) -> None:
    """Let the file have a write-ahead log, once for all.

    SQLite does not wait for others here, so this does.
    """
    until = time.monotonic() + WAIT
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(PAUSE)


def _check_newest(path: Path, connection: Connection) -> None:
    if pending := _pending(path, connection):
        raise OlderStoreError(
            f"{path}: an older version wrote this corpus, and it lacks {', '.join(pending)}. "
            f"Bring it up to date with: onrecord update {path}"
        )


def _pending(path: Path, connection: Connection) -> list[str]:
    """The migrations that a corpus lacks, as one state of the file has it."""
    connection.execute("BEGIN")
    try:
        return _lacking(path, connection)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _lacking(path: Path, connection: Connection) -> list[str]:
    """The migrations that a corpus lacks: all of them, where it is new and empty."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    if application != APPLICATION_ID and (tables or application):
        raise NotAStoreError(
            f"{path}: a SQLite file, but no corpus of Onrecord. Give another name."
        )
    applied = []
    if "_sqlite_migrations" in tables:
        rows = connection.execute(
            "SELECT name FROM _sqlite_migrations WHERE migration_set = ?", [SET]
        )
        applied = [row[0] for row in rows]
    if unknown := [name for name in applied if name not in SCRIPTS]:
        raise NewerStoreError(
            f"{path}: a newer version of onrecord wrote this corpus (it has {', '.join(unknown)}). "
            "Install the newest one: pip install --upgrade onrecord"
        )
    return [name for name in SCRIPTS if name not in applied]


@contextmanager
def mapped(path: Path) -> Iterator[None]:
    """SQLite's errors as the project's, each with the next step."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        kind, advice = _ERRORS.get(code, (StoreError, "The file is as sound as it was."))
        raise kind(f"{path}: {error}. {advice}") from error
    except UnicodeEncodeError as error:
        shown = ascii(error.object)
        raise OptionsError(f"{shown} holds bytes that are no UTF-8; give it as text") from error


_ERRORS: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (
        BusyStoreError,
        "Another program has been writing to it for long. Wait for it, or stop it.",
    ),
    sqlite3.SQLITE_LOCKED: (BusyStoreError, "Another program writes to it. Try again."),
    sqlite3.SQLITE_FULL: (
        StoreFullError,
        "Nothing of the page in hand was kept, all before it was. Make room and run it again.",
    ),
    sqlite3.SQLITE_READONLY: (StoreReadOnlyError, "The file or its folder cannot be written."),
    sqlite3.SQLITE_CANTOPEN: (StoreReadOnlyError, "Check the path and its permissions."),
    sqlite3.SQLITE_PERM: (StoreReadOnlyError, "Check the path and its permissions."),
    sqlite3.SQLITE_CORRUPT: (
        DamagedStoreError,
        "The file is damaged. Restore a copy, or save what can be read with: sqlite3 FILE .recover",
    ),
    sqlite3.SQLITE_NOTADB: (NotAStoreError, "This is no SQLite file. Give another name."),
    sqlite3.SQLITE_IOERR: (StoreError, "The disk failed to read or write; is it full or gone?"),
}
"""By SQLite's primary result codes (sqlite.org/rescode.html)."""

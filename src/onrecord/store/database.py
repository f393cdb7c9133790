"""The file: opening it, what it must be, and SQLite's errors as the project's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database

from onrecord.errors import (
    BusyStoreError,
    DamagedStoreError,
    NewerStoreError,
    NotAStoreError,
    StoreError,
    StoreFullError,
    StoreMissingError,
    StoreReadOnlyError,
)
from onrecord.store.schema import APPLICATION_ID, MIGRATIONS

WAIT = 30.0
"""Seconds that a writer waits for another one. A page is written in some milliseconds."""

CACHE_KIB = 65_536
"""KiB of the file that a connection keeps. The index of 1,000,000 attributions has 100 MB."""

MAPPED = 2**32
"""Bytes of the file that may be mapped instead of copied, if the machine can."""

Connection = sqlite3.Connection
Row = sqlite3.Row


@contextmanager
def reading(path: Path) -> Iterator[Connection]:
    """A connection that cannot write.

    Raises a subclass of `StoreError`, here and for what goes wrong while it is used.
    """
    if not path.exists():
        raise StoreMissingError(f"{path}: no such corpus. Make it with: onrecord add {path} INPUT…")
    with _mapped(path), closing(_connect(path, "ro")) as connection:
        connection.execute(f"PRAGMA mmap_size = {MAPPED}")
        _check(path, connection)
        if pending := MIGRATIONS.pending(Database(connection, execute_plugins=False)):
            raise StoreError(
                f"{path}: an earlier version wrote this corpus, and it lacks "
                f"{', '.join(one.name for one in pending)}. "
                f"Bring it up to date with: onrecord update {path}"
            )
        yield connection


@contextmanager
def writing(path: Path, *, create: bool = False, wait: float = WAIT) -> Iterator[Connection]:
    """A connection that writes, to a file of the newest form.

    Raises a subclass of `StoreError`, here and for what goes wrong while it is used.
    """
    if not create and not path.exists():
        raise StoreMissingError(f"{path}: no such corpus. Make it with: onrecord add {path} INPUT…")
    if not path.parent.is_dir():
        raise StoreMissingError(f"{path}: there is no folder {path.parent}. Make it first.")
    with _mapped(path), closing(_connect(path, "rwc", wait)) as connection:
        if _check(path, connection):
            # Nothing is written to a file of this program before it is known to be one.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            _migrate(connection)
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


def _connect(path: Path, mode: str, wait: float = WAIT) -> Connection:
    address = f"file:{quote(str(path.absolute()))}?mode={mode}"
    if mode == "ro" and not _wal(path).exists() and not _writable(path):
        # A corpus on a disk that cannot be written: WAL would want a file beside it.
        address += "&immutable=1"
    connection = sqlite3.connect(address, uri=True, timeout=wait, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    return connection


def _wal(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _writable(path: Path) -> bool:
    try:
        with path.open("r+b"):
            return True
    except OSError:
        return False


def _check(path: Path, connection: Connection) -> bool:
    """That the file is a corpus this version knows, or new and empty."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION_ID and (tables or application):
        raise NotAStoreError(
            f"{path}: a SQLite file, but no corpus of Onrecord. Give another name."
        )
    known = {one.name for one in MIGRATIONS._migrations}
    applied = MIGRATIONS.applied(Database(connection, execute_plugins=False)) if tables else []
    if unknown := [one.name for one in applied if one.name not in known]:
        raise NewerStoreError(
            f"{path}: a newer version of onrecord wrote this corpus (it has {', '.join(unknown)}). "
            "Install the newest one: pip install --upgrade onrecord"
        )
    return True


def _migrate(connection: Connection) -> None:
    database = Database(connection, execute_plugins=False)
    if MIGRATIONS.pending(database):
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        MIGRATIONS.apply(database)


@contextmanager
def _mapped(path: Path) -> Iterator[None]:
    """SQLite's errors as the project's, each with the next step."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        kind, advice = _ERRORS.get(code, (StoreError, "The file is as sound as it was."))
        raise kind(f"{path}: {error}. {advice}") from error


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

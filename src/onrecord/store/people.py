"""A people file laid over the speakers of a corpus, for one question.

The rows are matched by the names of the speakers, as in reading (`resolving.people`), and two
speakers with the same row are one.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from onrecord.errors import OptionsError
from onrecord.resolving import read_people
from onrecord.store.database import Connection

_TABLES = """
DROP TABLE IF EXISTS temp.people;
DROP TABLE IF EXISTS temp.merged;
DROP TABLE IF EXISTS temp.listed;
CREATE TEMP TABLE people ("column" TEXT PRIMARY KEY);
CREATE TEMP TABLE merged (identity INTEGER PRIMARY KEY, same_as INTEGER, name TEXT);
CREATE INDEX temp.merged_by_same_as ON merged (same_as);
CREATE TEMP TABLE listed (
    identity INTEGER, "column" TEXT, value TEXT, PRIMARY KEY ("column", identity)
) WITHOUT ROWID
"""


def lay_people(connection: Connection, file: Path | None) -> int:
    """Fill the temporary tables that questions join; how many speakers fit several rows.

    ``people`` has the columns of the file. ``merged`` has a row for each speaker over pages who
    is in it: whom they are counted as, and their name there. ``listed`` has their cells. Without
    a file all are empty, and what pages were read with is looked up when it is asked for. A
    speaker that fits several rows gets none. Raises `PeopleError` where the file cannot be used.
    """
    people = None if file is None else read_people(file)
    for statement in _TABLES.split(";\n"):
        connection.execute(statement)
    if people is None:
        return 0
    columns = sorted({column for row in people.rows for column in row.columns})
    connection.executemany("INSERT INTO temp.people VALUES (?)", [(one,) for one in columns])
    first: dict[int, int] = {}
    ambiguous = 0
    for row in connection.execute("SELECT id, name, kind FROM identities ORDER BY id").fetchall():
        rows = people.rows_for([row["name"]], row["kind"])
        ambiguous += len(rows) > 1
        if len(rows) != 1:
            continue
        same_as = first.setdefault(rows[0].line, row["id"])
        connection.execute(
            "INSERT INTO temp.merged VALUES (?, ?, ?)", [row["id"], same_as, rows[0].name]
        )
        connection.executemany(
            "INSERT INTO temp.listed VALUES (?, ?, ?)",
            [(row["id"], column, value) for column, value in rows[0].columns.items()],
        )
    return ambiguous


def check_column(connection: Connection, column: str, others: Iterable[str]) -> None:
    """That speakers can be counted by a column of the people file, in ``listed``.

    Raises `OptionsError` where they cannot; ``others`` is what else can be counted by.
    """
    own = [row[0] for row in connection.execute('SELECT "column" FROM temp.people')]
    if own and not connection.execute("SELECT 1 FROM temp.merged LIMIT 1").fetchone():
        raise OptionsError(
            f"cannot count by {column!r}: no speaker of the corpus fits a row of the people file. "
            "Give names as the pages have them, or add aliases to the file"
        )
    if not own:
        own = _as_read(connection)
    if column not in own:
        told = f"give one of {', '.join(others)}"
        if own:
            told += f", or a column of the people file: {', '.join(own)}"
        else:
            told += ", or name a people file that has such a column (--people FILE)"
        raise OptionsError(f"cannot count by {column!r}; {told}")


def _as_read(connection: Connection) -> list[str]:
    """Lay the rows of the people file that pages were read with; its columns."""
    connection.execute(
        """INSERT OR IGNORE INTO temp.listed SELECT s.identity, j.key, j.value
           FROM pages p JOIN speakers s ON s.page = p.id, json_each(s.listed) j
           WHERE p.current AND s.listed <> '{}' AND s.identity IS NOT NULL"""
    )
    found = connection.execute('SELECT DISTINCT "column" FROM temp.listed ORDER BY 1')
    return [row[0] for row in found]


def decoded(json: str) -> list[str]:
    """A column that holds a list."""
    return msgspec.json.decode(json, type=list[str])

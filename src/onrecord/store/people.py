"""A people file laid over the speakers of a corpus, for one question.

The rows are matched by the names of the speakers, as in reading (`resolving.people`), and two
speakers with the same row are one.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from onrecord.errors import OptionsError
from onrecord.resolving import read_people
from onrecord.store.database import Connection


def lay_people(connection: Connection, file: Path | None) -> int:
    """Fill the two temporary tables that questions join; how many speakers fit several rows.

    ``merged`` has a row for each speaker over pages: whom they are counted as. ``listed`` has
    their columns of the file, or, without a file, those that they were read with. A speaker
    that fits several rows gets none. Raises `PeopleError` where the file cannot be used.
    """
    connection.execute(
        "CREATE TEMP TABLE merged (identity INTEGER PRIMARY KEY, same_as INTEGER, name TEXT)"
    )
    connection.execute(
        'CREATE TEMP TABLE listed (identity INTEGER, "column" TEXT, value TEXT, '
        'PRIMARY KEY ("column", identity)) WITHOUT ROWID'
    )
    if file is not None:
        return _match(connection, file)
    connection.execute(
        """INSERT OR IGNORE INTO temp.listed SELECT s.identity, j.key, j.value
           FROM speakers s, json_each(s.listed) j
           WHERE s.listed <> '{}' AND s.identity IS NOT NULL"""
    )
    return 0


def columns(connection: Connection) -> list[str]:
    """The columns that speakers can be counted by."""
    found = connection.execute('SELECT DISTINCT "column" FROM temp.listed ORDER BY 1')
    return [row[0] for row in found]


def check_column(connection: Connection, column: str, others: str) -> None:
    """Raises `OptionsError` where no speaker has such a column."""
    known = columns(connection)
    if column not in known:
        listed = f", or a column of the people file: {', '.join(known)}" if known else ""
        raise OptionsError(f"cannot count by {column!r}; give one of {others}{listed}")


def _match(connection: Connection, file: Path) -> int:
    people = read_people(file)
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


def decoded(json: str) -> list[str]:
    """A column that holds a list."""
    return msgspec.json.decode(json, type=list[str])

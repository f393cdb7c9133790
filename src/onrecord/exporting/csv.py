"""Records as CSV that opens right in a spreadsheet and runs nothing there.

UTF-8 with a byte-order mark, which Excel needs; RFC 4180; a value that is not known is an empty
cell. Flags are ``true`` and ``false``. Lists, spans and the people file's row are JSON: a
spreadsheet would make a date of ``3-9``. Paragraphs and the page's text are left out
(`Column.in_csv`).

A text cell that a spreadsheet could run begins with an apostrophe that is not the page's. So
does the rest of a cell behind a semicolon or a line break, since Excel splits there wherever
the semicolon separates its lists. `as_written` takes the apostrophes away; elsewhere that is
one regular expression, `GUARD`, replaced by nothing. Control characters, and those that turn
the direction of writing, are U+FFFD. Parquet has every value as it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from onrecord.exporting.tables import TABLES, Column, Row, Table, rows
from onrecord.records import Page

BYTE_ORDER_MARK = "\ufeff"

# What begins a formula, https://owasp.org/www-community/attacks/CSV_Injection, with the
# full-width and small forms of the same; and what may stand before it: white space, signs
# without width, what stands for control characters, quotation marks, which CSV doubles and
# which are an empty cell's where Excel splits before them; and apostrophes, so that a cell
# that has one of its own gets another and nothing is lost when one is taken away.
_RUNS = "[=+\\-@＝＋－＠﹦﹢﹣﹫]"
_BLANK = "\u00ad\u200b-\u200d\u2060\ufeff\ufffd\"'"
_BEGINS = rf"(?:'*[\t\r\n]|[\s{_BLANK}]*{_RUNS})"
_GOES_ON = rf"(?:(?![\r\n])[\s{_BLANK}])*{_RUNS}"

GUARD = rf"\A'(?={_BEGINS})|(?<=[;\r\n])'(?={_GOES_ON})"
"""The apostrophes that are not the page's."""

_GUARD = re.compile(GUARD)
_UNGUARDED = re.compile(rf"\A(?={_BEGINS})|(?<=[;\r\n])(?={_GOES_ON})")
_STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def csv_lines(
    pages: Iterable[Page], table: Table, *, listed: Sequence[str] = ()
) -> Iterator[bytes]:
    """A table of the pages as CSV: its header, then the rows of each page as it comes.

    ``listed`` names columns of the people file that get a column each, ``listed_NAME``, where
    the table has speakers.
    """
    columns = [column for column in TABLES[table] if column.in_csv]
    spread = listed if any(column.name == "listed" for column in columns) else ()
    header = [column.name for column in columns] + [f"listed_{name}" for name in spread]
    yield _lines([[_guarded(name) for name in header]], mark=True)
    for page in pages:
        cells = [_cells(row, columns, spread) for row in rows(page, table)]
        if cells:
            yield _lines(cells)


def csv_rows(columns: Sequence[str], answers: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    """Rows of other tables as CSV by the same rules: a header, then each row."""
    yield _lines([[_guarded(name) for name in columns]], mark=True)
    for row in answers:
        yield _lines([[_cell(row[name]) for name in columns]])


def as_written(cell: str) -> str:
    """A text cell without the apostrophes that `csv_lines` put there."""
    return _GUARD.sub("", cell)


def _cells(row: Row, columns: Sequence[Column], spread: Sequence[str]) -> list[object]:
    cells = [_cell(row[column.name]) for column in columns]
    people = row.get("listed")
    if isinstance(people, dict):
        cells += [_guarded(people.get(name, "")) for name in spread]
    return cells


def _cell(value: object) -> object:
    """What stands for a value: numbers as they are, lists and mappings as JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, int | float):
        return value
    return _guarded(value if isinstance(value, str) else msgspec.json.encode(value).decode())


def _guarded(text: str) -> str:
    """A text as a cell that no spreadsheet runs."""
    return _UNGUARDED.sub("'", _STEERING.sub("\ufffd", text))


def _lines(cells: Iterable[Sequence[object]], *, mark: bool = False) -> bytes:
    lines = io.StringIO(newline="")
    lines.write(BYTE_ORDER_MARK if mark else "")
    csv.writer(lines).writerows(cells)
    return lines.getvalue().encode()

"""Records as CSV, for spreadsheets and for programs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, get_args

import duckdb
import msgspec
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arbitrary import pages
from onrecord.exporting.csv import GUARD, as_written, csv_lines, csv_rows
from onrecord.exporting.tables import TABLES, Table, rows
from onrecord.records import Page
from writer import Writer, story


def _cells(page: Page, table: Table, listed: Sequence[str] = ()) -> list[dict[str, str]]:
    """The cells as they stand in the file, by the header's."""
    data = b"".join(csv_lines([page], table, listed=listed))
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def _cell(text: str) -> str:
    """The cell of a text."""
    [row] = _cells(Page(id="x", headline=text, text=""), "pages")
    return row["headline"]


@settings(deadline=None)
@given(pages())
def test_cells_read_back_as_the_rows(page: Page) -> None:
    for table, columns in TABLES.items():
        read = _cells(page, table)
        told = list(rows(page, table))
        assert len(read) == len(told)
        for cells, row in zip(read, told, strict=True):
            assert list(cells) == [column.name for column in columns if column.in_csv]
            for column in columns:
                if column.in_csv:
                    assert _value(cells[column.name], column.type, row[column.name])


def _value(cell: str, kind: str, value: Any) -> bool:
    """Whether a cell holds a value."""
    if value is None:
        return cell == ""
    if kind == "text":
        return as_written(cell) == str(value)
    if kind == "flag":
        return cell == str(value).lower()
    if kind in ("integer", "number"):
        return float(cell) == float(value)
    return bool(json.loads(as_written(cell)) == msgspec.to_builtins(_listed(value)))


def _listed(value: Any) -> Any:
    return [_listed(one) for one in value] if isinstance(value, tuple) else value


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\tx",
    "\rx",
    "\nx",
    " =1",
    "\u00a0\u3000=1",
    "\u200b=1",
    "\ufeff=1",
    "\x00=1",
    "\x1b=1",
    " \n=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "﹦1",
    '"=1',
    "'=1",
    "''=1",
    "' =1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_begins_a_formula_is_made_text(text: str) -> None:
    cell = _cell(text)
    assert cell.startswith("'")
    assert as_written(cell) == re.sub("[\x00\x1b]", "\ufffd", text)


@pytest.mark.parametrize(
    "text", ["", "’tis", "'tis", "a=b", "1-2", "a;b", "“-”", "— so", "{=}", "ferry\n\nbridge", "5"]
)
def test_what_begins_none_is_left_alone(text: str) -> None:
    assert _cell(text) == text


@pytest.mark.parametrize("text", ["x;=1", "x; -1", 'x;"=1"', "x\n=1", "x\r\n- one\r\n- two"])
def test_a_formula_behind_a_semicolon_or_a_line_break_is_made_text(text: str) -> None:
    cell = _cell(text)
    assert not _runs(cell)
    assert as_written(cell) == text
    assert _runs(text)


def _runs(cell: str) -> bool:
    """Whether a part runs where a spreadsheet splits at semicolons and lines, and trims."""
    parts = re.split("[;\r\n]", cell.replace('"', '""'))
    return any(part.strip(' \t\u00a0\u200b\ufeff\ufffd"')[:1] in set("=+-@＝") for part in parts)


@given(st.text(st.sampled_from("a '\"=-@＝;\r\n\t\u200b\ufeff\ufffd\u2028"), max_size=12))
def test_no_cell_runs_and_each_can_be_had_as_it_was(text: str) -> None:
    cell = _cell(text)
    assert not _runs(cell)
    assert as_written(cell) == text
    assert re.sub(GUARD, "", cell) == text


def test_every_text_of_a_stranger_is_guarded() -> None:
    bad = "=cmd|' /C calc'!A0"
    page = (
        Writer()
        .speaker(bad, bad, listed={"name": bad, bad: bad})
        .paragraph(f"{bad} said {bad}")
        .comment(bad, author=bad, posted=bad, posted_text=bad)
        .page(url=bad, site=bad, headline=bad, published=bad, language=bad, byline=(bad,))
    )
    page = msgspec.structs.replace(
        Writer(page.text).attribution(bad, "said", bad, comment=0, speaker=1).page(),
        **{name: getattr(page, name) for name in ("speakers", "comments", "url", "site", "byline")},
        headline=bad,
        fetched=bad,
    )
    for table in get_args(Table):
        data = b"".join(csv_lines([page], table, listed=[bad])).decode("utf-8-sig")
        for line in csv.reader(io.StringIO(data, newline="")):
            assert all(not _runs(cell) for cell in line), line


def test_columns_of_the_people_file_can_have_one_each() -> None:
    told = _cells(story(), "attributions", ["party", "=age"])
    assert (told[0]["listed_party"], told[0]["listed_=age"]) == ("Quay", "")
    assert told[3]["listed_party"] == ""
    assert json.loads(told[0]["listed"])["party"] == "Quay"
    assert _cells(story(), "speakers", ["party"])[0]["listed_party"] == "Quay"
    assert "listed_party" not in _cells(story(), "pages", ["party"])[0]


def test_what_steers_or_ends_a_reader_is_replaced() -> None:
    assert _cell("a\x00b\x1b[31m\x9bc\u202ed\x7f") == "a\ufffdb\ufffd[31m\ufffdc\ufffdd\ufffd"


def test_a_spreadsheet_knows_the_encoding_and_the_lines() -> None:
    data = b"".join(csv_lines([story()], "comments"))
    assert data.startswith(b"\xef\xbb\xbfpage,")
    assert data.count(b"\xef\xbb\xbf") == 1
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == 5


def test_numbers_stay_numbers() -> None:
    told = _cells(story(), "attributions")
    assert told[0]["confidence"] == "0.9"
    assert told[4]["negated"] == "true"
    assert told[0]["negated"] == ""
    assert told[0]["source_spans"] == "[[19,44]]"


def test_other_rows_go_by_the_same_rules() -> None:
    answers = [{"=site": "=1", "share": 0.5, "unique": True, "roles": ["a"], "day": None}]
    lines = list(csv_rows(["=site", "share", "unique", "roles", "day"], answers))
    assert b"".join(lines).decode("utf-8-sig") == (
        '\'=site,share,unique,roles,day\r\n\'=1,0.5,true,"[""a""]",\r\n'
    )
    assert len(lines) == 2


def test_no_page_is_a_header() -> None:
    [header] = csv_lines([], "pages")
    assert header.decode("utf-8-sig").startswith("page,url,site,published,headline,byline")


def test_rows_are_written_as_pages_come() -> None:
    taken: list[int] = []

    def one_by_one() -> Iterator[Page]:
        for number in range(3):
            taken.append(number)
            yield story()

    lines = csv_lines(one_by_one(), "attributions")
    next(lines)
    assert taken == []
    assert next(lines).count(b"\r\n") == 6
    assert taken == [0]


@pytest.mark.parametrize("table", get_args(Table))
def test_pandas_and_duckdb_read_the_same(table: Table, tmp_path: Any) -> None:
    odd = msgspec.structs.replace(story(), site='=a;"b"\r\n- c\n', headline="'x, y\n")
    path = tmp_path / "table.csv"
    path.write_bytes(b"".join(csv_lines([odd, story()], table)))
    frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
    assert frame.to_dict("records") == _cells(odd, table) + _cells(story(), table)
    relation = duckdb.read_csv(str(path), all_varchar=True, header=True, delimiter=",")
    read = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
    assert [{name: cell or "" for name, cell in row.items()} for row in read] == frame.to_dict(
        "records"
    )

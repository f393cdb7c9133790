"""Records as flat tables."""

from __future__ import annotations

from typing import Any, cast, get_args

import msgspec
import pytest
from hypothesis import given, settings

from arbitrary import pages
from onrecord.exporting.tables import TABLES, ColumnType, Table, rows
from onrecord.records import Page
from writer import story

_HELD: dict[ColumnType, type | tuple[type, ...]] = {
    "text": str,
    "integer": int,
    "number": float,
    "flag": bool,
    "texts": tuple,
    "integers": tuple,
    "spans": tuple,
    "mapping": dict,
    "paragraphs": list,
    "warnings": list,
}


def _read(page: Page, table: Table) -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], list(rows(page, table)))


def rebuilt(tables: dict[Table, list[dict[str, Any]]]) -> Page:
    """The record of one page from its rows alone."""
    [page] = tables["pages"]
    attributions = [
        dict(
            row,
            id=row["attribution"],
            **{role: row[f"{role}_spans"] for role in ("source", "cue", "content")},
        )
        for row in tables["attributions"]
    ]
    fields = dict(
        page,
        id=page["page"],
        attributions=attributions,
        speakers=[dict(row, id=row["speaker"]) for row in tables["speakers"]],
        comments=[dict(row, id=row["comment"]) for row in tables["comments"]],
    )
    return msgspec.convert(fields, Page)


@settings(deadline=None)
@given(pages())
def test_the_four_tables_hold_the_whole_record(page: Page) -> None:
    assert rebuilt({table: _read(page, table) for table in TABLES}) == page


@settings(deadline=None)
@given(pages())
def test_rows_are_as_the_columns_say(page: Page) -> None:
    for table, columns in TABLES.items():
        for row in rows(page, table):
            assert list(row) == [column.name for column in columns]
            for column in columns:
                value = row[column.name]
                assert value is None or isinstance(value, _HELD[column.type]), column
                assert column.type != "integer" or not isinstance(value, bool)


def test_each_table_and_column_is_described_once() -> None:
    assert set(TABLES) == set(get_args(Table))
    for columns in TABLES.values():
        names = [column.name for column in columns]
        assert len(set(names)) == len(names)
        assert all(column.meaning.endswith(".") for column in columns)


def test_an_attribution_is_told_with_its_page_and_speaker() -> None:
    first, second, *_, last = _read(story(), "attributions")
    assert first["source"] == "Bridge Minister Anna Bell"
    assert (first["speaker"], first["speaker_name"], first["speaker_named"]) == (1, "Anna Bell", 1)
    assert first["listed"] == {"name": "Anna Bell", "party": "Quay"}
    assert first["speaker_roles"] == ("Bridge Minister",)
    assert first["site"] == "Ravenholm Post"
    assert second["content"] == "“Two engineers claimed it sways,” … “It does not.”"
    assert second["words"] == 8
    assert (last["comment"], last["comment_author"]) == (0, "rower")


def test_what_is_not_there_is_null() -> None:
    unattributed = _read(story(), "attributions")[3]
    for column in ("source", "cue", "speaker", "speaker_name", "comment", "negated", "within"):
        assert unattributed[column] is None
    assert unattributed["source_spans"] == ()
    assert unattributed["listed"] == {}


def test_a_page_counts_what_it_holds() -> None:
    [row] = _read(story(), "pages")
    assert (row["attributions"], row["speakers"], row["comments"]) == (6, 4, 4)
    assert row["byline"] == ("Gil Hart", "Ida Jung")
    assert _read(Page(id="x", text="It’s a ferry. 12 of them"), "pages")[0]["words"] == 7


def test_a_speaker_counts_what_is_theirs() -> None:
    assert [row["attributions"] for row in _read(story(), "speakers")] == [2, 1, 1, 1]


def test_a_comment_has_its_words_and_its_depth() -> None:
    told = _read(story(), "comments")
    assert [row["depth"] for row in told] == [0, 1, 2, 0]
    assert [row["attributions"] for row in told] == [1, 0, 0, 0]
    assert told[2]["text"] == "It does not."
    assert (told[2]["words"], told[2]["author"], told[2]["parent"]) == (3, "Emil", 1)


@pytest.mark.parametrize("table", get_args(Table))
def test_a_speaker_or_comment_that_is_not_there_breaks_nothing(table: Table) -> None:
    page = story()
    lost = msgspec.structs.replace(page, speakers=(), comments=page.comments[2:])
    told = _read(lost, table)
    if table == "attributions":
        assert told[0]["speaker"] == 1
        assert told[0]["speaker_name"] is None
        assert told[-1]["comment_author"] is None
    if table == "comments":
        assert [row["depth"] for row in told] == [0, 0]

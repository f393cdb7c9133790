"""Records as Parquet, read by the programs that people use."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import duckdb
import msgspec
import polars
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings

from arbitrary import pages
from onrecord.errors import ExtraMissingError, RecordError
from onrecord.exporting import parquet
from onrecord.exporting.parquet import arrow_table, schema, write_parquet
from onrecord.exporting.tables import TABLES, Table, rows
from onrecord.records import Page
from writer import story

SOURCES = Path(parquet.__file__).parents[1]
TABLE_NAMES = get_args(Table)


def _told(held: list[Page], table: Table) -> list[dict[str, Any]]:
    """The rows with lists in place of tuples, as readers give them."""
    return [_listed(row) for page in held for row in rows(page, table)]


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _listed(one) for name, one in value.items()}
    return [_listed(one) for one in value] if isinstance(value, list | tuple) else value


def _read_both(path: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of a file through DuckDB and through Polars."""
    relation = duckdb.read_parquet(str(path))
    names = relation.columns
    ducks = [dict(zip(names, row, strict=True)) for row in relation.fetchall()]
    return ducks, polars.read_parquet(path).to_dicts()


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_duckdb_and_polars_read_the_rows(table: Table, tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    held = [story(), Page(id="bare", text=""), story()]
    count = write_parquet(held, path, table)
    told = _told(held, table)
    assert count == len(told)
    ducks, polar = _read_both(path)
    assert ducks == told
    assert polar == told


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(page=pages())
def test_any_record_reads_back(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    for table in TABLE_NAMES:
        write_parquet([page], path, table)
        ducks, polar = _read_both(path)
        assert ducks == polar == _told([page], table)


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_the_schema_is_public_and_is_the_files(table: Table, tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    write_parquet([story()], path, table)
    read = pyarrow.parquet.read_schema(path)
    assert read == schema(table)
    assert read.metadata == schema(table).metadata
    assert read.metadata[b"onrecord.schema"] == b"onrecord/tables/1"
    assert read.metadata[b"onrecord.table"] == table.encode()
    assert [(field.name, field.metadata[b"meaning"].decode()) for field in read] == [
        (column.name, column.meaning) for column in TABLES[table]
    ]
    assert arrow_table([story()], table).schema == read
    empty = arrow_table([], table)
    assert (empty.num_rows, empty.schema) == (0, read)


def test_a_data_frame_by_one_call() -> None:
    frame = arrow_table([story()], "attributions").to_pandas()
    assert frame.groupby("source_type").size()["named_person"] == 3
    assert frame["content"][0] == "that the bridge was safe"


def test_rows_go_to_the_file_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP_ROWS", 10)
    path = tmp_path / "table.parquet"
    assert write_parquet([story()] * 5, path, "attributions") == 30
    written = pyarrow.parquet.ParquetFile(path).metadata
    assert [written.row_group(n).num_rows for n in range(written.num_row_groups)] == [12, 12, 6]
    assert written.row_group(0).column(0).compression == "ZSTD"
    monkeypatch.setattr(parquet, "GROUP_CHARACTERS", 1)
    write_parquet([story()] * 5, path, "attributions")
    assert pyarrow.parquet.ParquetFile(path).num_row_groups == 5


def test_no_page_is_a_file_without_rows(tmp_path: Path) -> None:
    assert write_parquet([], tmp_path / "none.parquet", "comments") == 0
    assert polars.read_parquet(tmp_path / "none.parquet").is_empty()


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_parquet([story()] * 3, tmp_path / name, "attributions")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_file_is_whole_or_what_it_was(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    path.write_bytes(b"before")

    def broken() -> Iterator[Page]:
        yield story()
        assert [one.name for one in sorted(tmp_path.iterdir())] == [path.name, f"{path.name}.part"]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_parquet(broken(), path, "pages")
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]
    write_parquet([story()], path, "pages")
    assert list(tmp_path.iterdir()) == [path]
    assert polars.read_parquet(path).height == 1


def test_a_place_that_cannot_be_written_is_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_parquet([story()], tmp_path / "none" / "table.parquet", "pages")
    with pytest.raises(IsADirectoryError):
        write_parquet([story()], tmp_path, "pages")
    assert not (tmp_path.parent / f"{tmp_path.name}.part").exists()


def test_a_record_beyond_the_schema_is_an_error_of_its_own(tmp_path: Path) -> None:
    page = story()
    far = msgspec.structs.replace(page.comments[0], start=0, end=2**31)
    with pytest.raises(RecordError, match="onrecord/tables/1"):
        write_parquet(
            [msgspec.structs.replace(page, comments=(far,))], tmp_path / "far.parquet", "comments"
        )
    with pytest.raises(RecordError):
        arrow_table([msgspec.structs.replace(page, site="\ud800")], "pages")
    assert list(tmp_path.iterdir()) == []


def test_errors_of_the_pages_are_not_the_tables() -> None:
    def broken() -> Iterator[Page]:
        yield story()
        raise OverflowError

    with pytest.raises(OverflowError):
        arrow_table(broken(), "pages")


def test_without_pyarrow_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExtraMissingError, match=r"onrecord\[parquet\]"):
        schema("pages")
    with pytest.raises(ExtraMissingError, match="pyarrow"):
        arrow_table([story()], "pages")
    with pytest.raises(ExtraMissingError, match="pyarrow"):
        write_parquet([story()], tmp_path / "table.parquet", "pages")
    assert list(tmp_path.iterdir()) == []


def test_it_alone_imports_pyarrow() -> None:
    importers = [path for path in SOURCES.rglob("*.py") if "import pyarrow" in path.read_text()]
    assert importers == [Path(parquet.__file__)]

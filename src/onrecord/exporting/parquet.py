"""Records as Parquet, and as Arrow tables: the extra ``parquet``.

The schema is `schema`; whatever writes tables of records in Parquet takes it from there.
A null is what is not known. Spans are lists of [start, end]; the people file's row is a map.
The same pages give the same bytes with the same version of pyarrow.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import records
from onrecord.errors import ExtraMissingError, RecordError
from onrecord.exporting.tables import SCHEMA, TABLES, ColumnType, Row, Table, rows
from onrecord.records import Page

if TYPE_CHECKING:
    import pyarrow as pa

GROUP_ROWS = 50_000
"""How many rows a row group has at most: one that DuckDB and Polars read in parallel."""
GROUP_CHARACTERS = 16_000_000
"""How many characters of page text its rows come from, about: what bounds the memory."""


def schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table; each field's metadata has its ``meaning``.

    Raises `ExtraMissingError` without pyarrow.
    """
    arrow = _pyarrow()
    types = _types()
    return arrow.schema(
        [
            arrow.field(column.name, types[column.type], metadata={"meaning": column.meaning})
            for column in TABLES[table]
        ],
        metadata={
            "onrecord.schema": SCHEMA,
            "onrecord.table": table,
            "onrecord.record": records.SCHEMA,
        },
    )


def arrow_table(pages: Iterable[Page], table: Table) -> pa.Table:
    """A table of the pages in memory; ``.to_pandas()`` makes it a data frame.

    Raises `ExtraMissingError` without pyarrow, and `RecordError` for a record that no table can
    hold.
    """
    held = schema(table)
    return _pyarrow().Table.from_batches(_batches(pages, table, held), schema=held)


def write_parquet(pages: Iterable[Page], path: Path, table: Table) -> int:
    """Write a table of the pages to a file, a row group at a time; how many rows it has.

    The file appears, or replaces what stood there, when it is complete; until then it is
    ``NAME.part`` beside it. Raises `ExtraMissingError` without pyarrow, `RecordError` for a
    record that no table can hold, and `OSError` where the place cannot be written.
    """
    held = schema(table)
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            written = _write(pages, file, table, held)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return written


def _write(pages: Iterable[Page], file: object, table: Table, held: pa.Schema) -> int:
    from pyarrow.parquet import ParquetWriter

    written = 0
    with ParquetWriter(file, held, compression="zstd") as writer:
        for batch in _batches(pages, table, held):
            with _mapped():
                writer.write_batch(batch)
            written += batch.num_rows
    return written


def _batches(pages: Iterable[Page], table: Table, held: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The rows of the pages, so many at a time that memory stays flat."""
    group: list[Row] = []
    characters = 0
    for page in pages:
        group += rows(page, table)
        characters += len(page.text)
        if len(group) >= GROUP_ROWS or characters >= GROUP_CHARACTERS:
            yield _batch(group, held)
            group, characters = [], 0
    if group:
        yield _batch(group, held)


def _batch(group: list[Row], held: pa.Schema) -> pa.RecordBatch:
    arrow = _pyarrow()
    with _mapped():
        arrays = [
            arrow.array([_value(row[field.name]) for row in group], type=field.type)
            for field in held
        ]
        return arrow.RecordBatch.from_arrays(arrays, schema=held)


def _value(value: object) -> object:
    return list(value.items()) if isinstance(value, dict) else value


def _types() -> dict[ColumnType, pa.DataType]:
    arrow = _pyarrow()
    text, integer = arrow.string(), arrow.int32()
    return {
        "text": text,
        "integer": integer,
        "number": arrow.float64(),
        "flag": arrow.bool_(),
        "texts": arrow.list_(text),
        "integers": arrow.list_(integer),
        "spans": arrow.list_(arrow.list_(integer)),
        "mapping": arrow.map_(text, text),
        "paragraphs": arrow.list_(
            arrow.struct([("start", integer), ("end", integer), ("kind", text)])
        ),
        "warnings": arrow.list_(arrow.struct([("code", text), ("message", text)])),
    }


@contextmanager
def _mapped() -> Iterator[None]:
    """pyarrow's errors as the package's own; those of a file are `OSError` and stay."""
    arrow = _pyarrow()
    try:
        yield
    except (arrow.ArrowException, UnicodeEncodeError, OverflowError) as error:
        raise RecordError(f"a record that no table of schema {SCHEMA} can hold: {error}") from error


def _pyarrow() -> pa:
    try:
        import pyarrow
    except ImportError as error:
        raise ExtraMissingError("parquet", "pyarrow") from error
    return pyarrow

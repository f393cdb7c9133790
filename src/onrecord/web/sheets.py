"""Rows as CSV to download: exactly what a view shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from litestar import Response

from onrecord.exporting.csv import csv_rows


def sheet(name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Response[bytes]:
    """A file of that name, safe to open in a spreadsheet (`exporting.csv`)."""
    return Response(
        b"".join(csv_rows(columns, rows)),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}.csv"'},
    )

"""Counts as charts, each with the table of exactly the numbers that it draws.

A chart is rectangles alone, with a pattern for each series beside its colour; all words are HTML
below or beside it. Drawn by pygal, words were part of the picture and five pixels high on a
telephone, and its own styles and scripts had to be cut out for the Content-Security-Policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.web.times import along

WHOLE = 100
"""Width and height of a drawing, in percent. Drawn in units of its own, and stretched, it would
have its patterns stretched too, until they are told apart by colour alone."""
GAP = 0.15
"""Share of a column's room that is left empty, where columns are wide enough."""


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of a chart, in percent of the drawing."""

    fill: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Row:
    """A group: a row of the table, and its bar or column."""

    label: str
    numbers: tuple[int | float | str | None, ...]
    """Under the table's heads."""
    values: tuple[int, ...]
    """Of each series."""
    href: str | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows to draw and to list."""

    id: str
    caption: str
    head: str
    """What the rows are."""
    heads: tuple[str, ...]
    """Of the numbers."""
    series: tuple[str, ...]
    rows: tuple[Row, ...]
    most: int
    """The largest sum of a row, which is as wide, or as high, as the chart."""
    note: str = ""
    sheet: str | None = None
    """Where the same is as CSV."""
    ticks: tuple[str, ...] = ()
    """What stands under the begin, the middle and the end of columns."""

    def columns(self) -> list[str]:
        """The heads of its sheet."""
        return [self.head, *self.heads]

    def records(self) -> Iterator[dict[str, object]]:
        """The rows of its sheet."""
        for row in self.rows:
            yield dict(zip(self.columns(), (row.label, *row.numbers), strict=True))


def bars(chart: Chart) -> Chart:
    """Let each row be a bar from left to right."""
    return _drawn(chart, [_bar(row.values, chart.most) for row in chart.rows])


def columns(chart: Chart) -> Chart:
    """Let each row be a column at its time, by its label; one without is in the table alone."""
    places, ticks = along([row.label for row in chart.rows])
    room = WHOLE / (max((place for place in places if place is not None), default=0) + 1)
    drawn = [
        [] if place is None else _column(row.values, chart.most, place * room, room)
        for place, row in zip(places, chart.rows, strict=True)
    ]
    return replace(_drawn(chart, drawn), ticks=ticks)


def pairs(chart: Chart) -> Chart:
    """Let each row be a bar for each series, one above the other."""
    return _drawn(chart, [_pair(row.values, chart.most) for row in chart.rows])


def largest(rows: Iterable[Row]) -> int:
    """The largest sum of a row's values."""
    return max((sum(row.values) for row in rows), default=0)


def _drawn(chart: Chart, parts: Sequence[Iterable[Part]]) -> Chart:
    rows = zip(chart.rows, parts, strict=True)
    return replace(chart, rows=tuple(replace(row, parts=tuple(drawn)) for row, drawn in rows))


def _bar(values: Sequence[int], most: int) -> Iterator[Part]:
    x = 0.0
    for fill, value in enumerate(values):
        width = WHOLE * value / most if most else 0.0
        yield Part(fill, round(x, 3), 0, round(width, 3), WHOLE)
        x += width


def _pair(values: Sequence[int], most: int) -> Iterator[Part]:
    height = WHOLE / max(len(values), 1)
    for fill, value in enumerate(values):
        width = WHOLE * value / most if most else 0.0
        yield Part(fill, 0, round(fill * height, 3), round(width, 3), round(height * (1 - GAP), 3))


def _column(values: Sequence[int], most: int, x: float, room: float) -> Iterator[Part]:
    gap = room * GAP
    y = float(WHOLE)
    for fill, value in enumerate(values):
        height = WHOLE * value / most if most else 0.0
        y -= height
        yield Part(fill, round(x + gap / 2, 3), round(y, 3), round(room - gap, 3), round(height, 3))

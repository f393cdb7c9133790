"""Counts as rectangles and as the numbers that these draw."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.charts import WHOLE, Chart, Row, bars, columns, largest, pairs

NUMBERS = st.integers(0, 10**12)


def chart(values: list[tuple[int, ...]], most: int | None = None) -> Chart:
    rows = tuple(Row(label=str(n), numbers=one, values=one) for n, one in enumerate(values))
    return Chart(
        id="c",
        caption="Counts",
        head="What",
        heads=("a", "b", "c"),
        series=("a", "b", "c"),
        rows=rows,
        most=largest(rows) if most is None else most,
    )


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=30))
def test_bars_are_as_wide_as_their_numbers(values: list[tuple[int, ...]]) -> None:
    drawn = bars(chart(values))
    most = max((sum(one) for one in values), default=0)
    for row, numbers in zip(drawn.rows, values, strict=True):
        assert sum(part.width for part in row.parts) <= WHOLE + 0.1
        for part, number in zip(row.parts, numbers, strict=True):
            assert abs(part.width - (WHOLE * number / most if most else 0)) < 0.1
        for one, after in zip(row.parts, row.parts[1:], strict=False):
            assert abs(one.x + one.width - after.x) < 0.1


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=200))
def test_columns_stand_side_by_side_on_the_ground(values: list[tuple[int, ...]]) -> None:
    drawn = columns(chart(values))
    edge = 0.0
    for row in drawn.rows:
        first = row.parts[0]
        assert first.x >= edge - 0.05
        assert abs(first.y + first.height - WHOLE) < 0.1
        assert row.parts[-1].y >= -0.1
        edge = first.x + first.width
    assert edge <= WHOLE + 0.1


def test_pairs_stand_one_above_the_other() -> None:
    ((one, other),) = (row.parts for row in pairs(chart([(50, 100)], most=100)).rows)
    assert (one.width, other.width) == (WHOLE / 2, WHOLE)
    assert one.y + one.height <= other.y


def test_a_sheet_has_the_columns_and_rows_of_the_table() -> None:
    drawn = bars(chart([(1, 2, 3), (4, 5, 6)]))
    assert drawn.columns() == ["What", "a", "b", "c"]
    assert list(drawn.records()) == [
        {"What": "0", "a": 1, "b": 2, "c": 3},
        {"What": "1", "a": 4, "b": 5, "c": 6},
    ]


def test_nothing_at_all() -> None:
    for draw in (bars, columns, pairs):
        assert draw(chart([])).rows == ()
        assert all(part.width >= 0 for row in draw(chart([(0, 0, 0)])).rows for part in row.parts)

"""Days, months and years at their places on a line of time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.times import LONGEST, along


@pytest.mark.parametrize(
    ("labels", "places", "ticks"),
    [
        (["2026-01", "2026-02", "2026-05"], [0, 1, 4], ("2026-01", "2026-03", "2026-05")),
        (["2025-12", "2026-01"], [0, 1], ("2025-12", "2026-01")),
        (["2026-02-27", "2026-03-02"], [0, 3], ("2026-02-27", "2026-02-28", "2026-03-02")),
        (["1999", "2003", "no date"], [0, 4, None], ("1999", "2001", "2003")),
        (["2026"], [0], ("2026",)),
        (["no date"], [0], ("no date",)),
        (["a", "b", "c", "d"], [0, 1, 2, 3], ("a", "b", "d")),
        (["2026-13", "2026-02"], [None, 0], ("2026-02",)),
        ([], [], ()),
    ],
)
def test_a_gap_is_as_long_as_it_was(
    labels: list[str], places: list[int | None], ticks: tuple[str, ...]
) -> None:
    assert along(labels) == (places, ticks)


def test_one_wrong_date_does_not_make_all_columns_thin() -> None:
    places, ticks = along(["0001-01", "2026-01", "2026-02", "no date"])
    assert places == [0, 1, 2, None]
    assert ticks == ("0001-01", "2026-01", "2026-02")


@given(st.lists(st.dates(), unique=True, min_size=1, max_size=60).map(sorted))
def test_places_rise_with_time_and_stay_on_the_line(days: list[object]) -> None:
    for length in (10, 7, 4):
        labels = list(dict.fromkeys(str(day)[:length] for day in days))
        places, ticks = along(labels)
        known = [place for place in places if place is not None]
        assert len(known) == len(labels)
        assert known == sorted(set(known))
        assert known[0] == 0
        assert known[-1] < max(LONGEST, 3 * len(labels))
        assert (ticks[0], ticks[-1]) == (labels[0], labels[-1])

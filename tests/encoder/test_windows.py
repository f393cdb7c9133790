"""Windows over a long text."""

from __future__ import annotations

from itertools import accumulate, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.encoder.windows import (
    CONTEXT,
    SIZE,
    Window,
    owners,
    plan_groups,
    plan_windows,
    reading_windows,
)

LENGTHS = st.lists(
    st.one_of(
        st.integers(1, 90),
        st.integers(1, 3 * SIZE),
        st.sampled_from([SIZE - CONTEXT, SIZE - CONTEXT + 1, SIZE - 1, SIZE, SIZE + 1, 2 * SIZE]),
    ),
    max_size=25,
)


def bounds_of(lengths: list[int], offset: int) -> list[int]:
    return list(accumulate(lengths, initial=offset))


def test_no_pieces_need_no_window() -> None:
    assert plan_windows([0]) == []
    assert plan_windows([7, 7]) == []


def test_a_short_text_is_one_window() -> None:
    assert plan_windows([0, 100, SIZE]) == [Window(0, 0, SIZE)]


def test_a_window_ends_with_a_paragraph_and_the_next_has_context() -> None:
    assert plan_windows([10, 110, 210, 310]) == [
        Window(10, 10, 210),
        Window(210 - CONTEXT, 210, 310),
    ]


def test_context_gives_way_to_a_whole_paragraph() -> None:
    assert plan_windows([0, 100, 100 + SIZE - 10]) == [
        Window(0, 0, 100),
        Window(90, 100, 100 + SIZE - 10),
    ]


def test_a_paragraph_longer_than_a_window_is_cut() -> None:
    length = SIZE + 1
    assert plan_windows([0, length]) == [
        Window(0, 0, SIZE),
        Window(SIZE - CONTEXT, SIZE, length),
    ]


@given(LENGTHS, st.integers(0, 500), st.integers(1, SIZE + 50))
@settings(derandomize=True, max_examples=200)
def test_every_piece_is_owned_once_and_in_order(
    lengths: list[int], offset: int, first: int
) -> None:
    bounds = bounds_of(lengths, offset)
    windows = plan_windows(bounds, first=first)
    owned = [piece for window in windows for piece in range(window.own, window.end)]
    assert owned == list(range(bounds[0], bounds[-1]))
    for start, own, end in windows:
        assert bounds[0] <= start <= own < end
        assert end - start <= SIZE
        assert own - start <= CONTEXT
        full = own - start == min(CONTEXT, own - bounds[0])
        assert full or end - start == SIZE


@given(LENGTHS, st.integers(0, 500))
@settings(derandomize=True, max_examples=200)
def test_a_paragraph_that_fits_is_owned_whole_by_one_window(
    lengths: list[int], offset: int
) -> None:
    bounds = bounds_of(lengths, offset)
    windows = plan_windows(bounds)
    for start, end in pairwise(bounds):
        owners = [window for window in windows if window.own < end and start < window.end]
        if end - start <= SIZE:
            assert len(owners) == 1


@given(LENGTHS.filter(bool), st.integers(1, SIZE))
@settings(derandomize=True)
def test_first_caps_the_first_window_alone(lengths: list[int], first: int) -> None:
    bounds = bounds_of(lengths, 0)
    windows = plan_windows(bounds, first=first)
    assert windows[0].end <= first
    if lengths[0] <= first:
        assert windows[0].end in bounds
    assert windows[0].end == bounds[-1] or windows[0].end > first - max(lengths)
    if len(windows) > 1:
        rest = windows[1]
        assert rest.end - rest.start == SIZE or rest.end in bounds


@given(st.lists(LENGTHS, max_size=4))
@settings(derandomize=True, max_examples=100)
def test_groups_are_planned_one_by_one(groups: list[list[int]]) -> None:
    lengths = [length for group in groups for length in group]
    bounds = bounds_of(lengths, 0)
    windows = plan_groups(bounds, [len(group) for group in groups])
    edges = bounds_of([sum(group) for group in groups], 0)
    for start, end in pairwise(edges):
        inside = [window for window in windows if start <= window.own < end]
        assert all(start <= window.start and window.end <= end for window in inside)
    assert sum(window.end - window.own for window in windows) == sum(lengths)


@given(st.lists(LENGTHS, min_size=1, max_size=3), st.data())
@settings(derandomize=True, max_examples=100, deadline=None)
def test_each_piece_is_read_by_its_owner_and_by_the_next_that_sees_it(
    groups: list[list[int]], data: st.DataObject
) -> None:
    bounds = bounds_of([length for group in groups for length in group], 0)
    windows = plan_groups(bounds, [len(group) for group in groups])
    some = st.lists(st.integers(0, max(bounds[-1] - 1, 0)), max_size=12)
    pieces = data.draw(some) if bounds[-1] else []
    reading = reading_windows(windows, pieces)
    assert list(reading) == sorted(reading)
    for number, (piece, owner) in enumerate(zip(pieces, owners(windows, pieces), strict=True)):
        assert windows[owner].own <= piece < windows[owner].end
        read = [at for at, here in reading.items() if number in here]
        sees = [at for at, one in enumerate(windows) if one.start <= piece < one.end]
        assert read == [at for at in sees if at in (owner, owner + 1)]
        for one, other in pairwise(read):  # What the next one reads goes on where this ends.
            assert windows[one].end == windows[other].own


def test_a_piece_is_read_where_it_is_owned_and_where_it_is_context() -> None:
    windows = [Window(0, 0, 200), Window(152, 200, 300), Window(300, 300, 350)]
    pieces = [10, 160, 199, 200, 299, 320]
    assert owners(windows, pieces) == [0, 0, 0, 1, 1, 2]
    assert reading_windows(windows, pieces) == {0: [0, 1, 2], 1: [1, 2, 3, 4], 2: [5]}

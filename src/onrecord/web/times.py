"""Days, months and years on a line of time, so that a gap in a chart is as long as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

LONGEST = 1500
"""Places of a line. One page with a wrong date would make all columns too thin to be seen."""


def along(labels: Sequence[str]) -> tuple[list[int | None], tuple[str, ...]]:
    """The place of each label, from 0, and what stands under begin, middle and end.

    Labels that are no time have no place, unless none is. Where the line would be too long the
    labels are placed side by side.
    """
    for places, written in _SCALES:
        found = [_place(label, places) for label in labels]
        known = [place for place in found if place is not None]
        if not known:
            continue
        first, last = min(known), max(known)
        if last - first >= max(LONGEST, 3 * len(known)):
            break
        ticks = [written(first), written((first + last) // 2), written(last)]
        return [None if one is None else one - first for one in found], _apart(ticks)
    else:
        found = [None for _ in labels]
    timeless = all(one is None for one in found)
    taken = [at for at, one in enumerate(found) if timeless or one is not None]
    side_by_side = {at: place for place, at in enumerate(taken)}
    names = [labels[taken[at]] for at in (0, (len(taken) - 1) // 2, -1)] if taken else []
    return [side_by_side.get(at) for at in range(len(labels))], _apart(names)


def _place(label: str, places: Callable[[str], int]) -> int | None:
    try:
        return places(label)
    except ValueError:
        return None


def _apart(ticks: Sequence[str]) -> tuple[str, ...]:
    """Each only once."""
    return tuple(dict.fromkeys(ticks))


def _day(label: str) -> int:
    return date.fromisoformat(_of_length(label, 10)).toordinal()


def _month(label: str) -> int:
    day = date.fromisoformat(f"{_of_length(label, 7)}-01")
    return day.year * 12 + day.month - 1


def _year(label: str) -> int:
    return date.fromisoformat(f"{_of_length(label, 4)}-01-01").year


def _of_length(label: str, length: int) -> str:
    if len(label) != length:
        raise ValueError
    return label


_SCALES: list[tuple[Callable[[str], int], Callable[[int], str]]] = [
    (_day, lambda place: date.fromordinal(place).isoformat()),
    (_month, lambda place: f"{place // 12:04}-{place % 12 + 1:02}"),
    (_year, lambda place: f"{place:04}"),
]

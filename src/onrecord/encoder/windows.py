"""A text longer than the encoder reads, cut into windows that each own a part of it.

Every piece is owned by one window; a window begins with some pieces of the one before as
context. A window ends with a paragraph where it can, because an attribution hardly ever
crosses one (1 of 23,300 contents in PolNeAR's train part).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

SIZE = 254
"""Pieces in a window; 256 with [CLS] and [SEP], the length that the encoder was made for."""

CONTEXT = 48
"""Pieces before the owned part: about one paragraph of news."""


class Window(NamedTuple):
    """Pieces ``start`` to ``end`` are read, ``own`` to ``end`` are answered for."""

    start: int
    own: int
    end: int


def plan_windows(bounds: Sequence[int], *, first: int = SIZE) -> list[Window]:
    """Plan the windows over the paragraphs of one text.

    ``bounds`` holds the first piece of each paragraph, then the end of the last one.
    ``first`` caps the first window's size, so that training can cut one text in many ways.
    """
    windows: list[Window] = []
    own, last = bounds[0], bounds[-1]
    paragraph = 1
    while own < last:
        start = max(bounds[0], own - CONTEXT)
        whole = bounds[paragraph]
        if whole - own <= SIZE < whole - start:  # Less context keeps the paragraph whole.
            start = whole - SIZE
        reach = start + SIZE if windows else own + min(first, SIZE)
        end = own
        while paragraph < len(bounds) and bounds[paragraph] <= reach:
            end = bounds[paragraph]
            paragraph += 1
        if end == own:  # A paragraph longer than a window is cut where the window ends.
            end = reach
        windows.append(Window(start, own, end))
        own = end
    return windows


def plan_groups(bounds: Sequence[int], sizes: Sequence[int]) -> list[Window]:
    """Plan the windows over texts that follow one another and do not bear on one another.

    ``bounds`` are those of all their paragraphs, ``sizes`` the number of each text's.
    """
    windows: list[Window] = []
    first = 0
    for size in sizes:
        windows += plan_windows(bounds[first : first + size + 1])
        first += size
    return windows


def owners(windows: Sequence[Window], pieces: Sequence[int]) -> list[int]:
    """The number of the window that owns each piece."""
    starts = [window.own for window in windows]
    return [bisect_right(starts, piece) - 1 for piece in pieces]


def reading_windows(windows: Sequence[Window], pieces: Sequence[int]) -> dict[int, list[int]]:
    """The windows in which each piece, by its place in ``pieces``, is read: rising.

    They are its own and, where it stands in the context of the next one, that one too: a
    cue that ends a window ("she said:") may have its content in the next.
    """
    reading: dict[int, list[int]] = {}
    for number, (piece, owner) in enumerate(zip(pieces, owners(windows, pieces), strict=True)):
        reading.setdefault(owner, []).append(number)
        following = owner + 1
        if following < len(windows) and windows[following].start <= piece:
            reading.setdefault(following, []).append(number)
    return dict(sorted(reading.items()))

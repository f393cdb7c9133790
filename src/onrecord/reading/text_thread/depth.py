"""Whose answer a comment is, by how far its head is indented."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.text_thread.heads import Head
from onrecord.reading.text_thread.sheet import Sheet

STEP = 2
"""Columns from a bullet with a name to the text of its comment."""

DEEPEST = 12
"""Levels of answers at the most, where the first comment alone answers none: resiliparse
does not close the lists of some pages, and each comment stands deeper than the one before."""


def parents_of(sheet: Sheet, heads: Sequence[Head]) -> list[int | None]:
    """Whose answer each comment is, by the columns of the heads."""
    columns = _columns(sheet, heads)
    if drifts(sheet, heads):
        return [None] * len(heads)
    parents: list[int | None] = []
    above: list[int] = []
    for number, column in enumerate(columns):
        while above and columns[above[-1]] >= column:
            above.pop()
        parents.append(above[-1] if above else None)
        above.append(number)
    return parents


def drifts(sheet: Sheet, heads: Sequence[Head]) -> bool:
    """Whether a tool has let the indentation grow from comment to comment."""
    columns = _columns(sheet, heads)
    return min(columns[1:], default=0) > columns[0] and len(set(columns)) > DEEPEST


def _columns(sheet: Sheet, heads: Sequence[Head]) -> list[int]:
    """The column of each head.

    Numbers of one level are set flush left or flush right ("9." and "10."): their own
    columns are the same, or those of the text behind them.
    """
    lines = [sheet.lines[head.first] for head in heads]
    columns = [line.column for line in lines]
    inner = [line.inner for line in lines]
    if heads[0].last < heads[0].first and not lines[0].mark:
        columns[0] -= STEP  # It has lost its name: this is the column of its text.
    return inner if len(set(inner)) < len(set(columns)) else columns

"""A table that fits its terminal: words stay whole, and what has no room is left out and told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from onrecord.report.printable import printable

GAP = 2
EASY = 16
"""Columns in which a text reads well."""
LONGEST = 24
"""Columns of the longest word that is not broken: a pseudonym has 23."""
LEAST = 6
"""Columns of a text where the terminal is too narrow for anything better."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and what becomes of it where there is little room."""

    head: str
    text: bool = False
    """Whether it is words, which begin on the left and go on below, and not a number."""
    rank: int = 0
    """Columns of the highest rank are left out first, those of rank 0 never."""
    whole: bool = False
    """Whether its text stands in one line or not at all."""
    from_width: int = 0
    """Columns of the terminal from which on it is shown."""


class Tabular:
    """Rows of texts, any of which may be a stranger's; the last one is in bold if it is a total."""

    def __init__(
        self, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, total: bool = False
    ) -> None:
        self._columns = columns
        self._rows = [[printable(cell) for cell in row] for row in rows]
        self._total = total

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table, and a line that names what was left out."""
        width = options.max_width
        cells = list(zip(*self._rows, strict=True)) or [()] * len(self._columns)
        wanted = [
            max(cell_len(one) for one in (column.head, *own))
            for column, own in zip(self._columns, cells, strict=True)
        ]
        easy = [
            _easy(column, own, most)
            for column, own, most in zip(self._columns, cells, wanted, strict=True)
        ]
        shown = [n for n, column in enumerate(self._columns) if column.from_width <= width]
        kept = _kept(self._columns, shown, easy, width)
        room = _shared_out(self._columns, kept, easy, wanted, width)
        yield self._table(kept, room)
        left_out = [self._columns[n].head for n in shown if n not in kept]
        if told := ", ".join(filter(None, left_out)):
            yield Text(f"no room for: {told}", style="dim")

    def _table(self, kept: Sequence[int], room: dict[int, int]) -> Table:
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, GAP, 0, 0))
        for n in kept:
            column = self._columns[n]
            table.add_column(
                Text(column.head),
                justify="left" if column.text else "right",
                overflow="fold",
                width=room[n],
            )
        for number, row in enumerate(self._rows, 1):
            total = self._total and number == len(self._rows)
            table.add_row(*(Text(row[n]) for n in kept), style="bold" if total else None)
        return table


def _easy(column: Column, cells: Iterable[str], wanted: int) -> int:
    """The columns in which it reads well."""
    if not column.text or column.whole:
        return wanted
    word = max(map(cell_len, " ".join([column.head, *cells]).split()), default=0)
    return min(wanted, max(EASY, min(word, LONGEST)))


def _kept(
    columns: Sequence[Column], shown: Sequence[int], easy: Sequence[int], width: int
) -> list[int]:
    """The columns for which there is room."""
    kept = list(shown)
    while sum(easy[n] + GAP for n in kept) - GAP > width:
        last = max(kept, key=lambda n: columns[n].rank)
        if not columns[last].rank:
            break
        kept = [n for n in kept if columns[n].rank < columns[last].rank]
    return kept


def _shared_out(
    columns: Sequence[Column],
    kept: Sequence[int],
    easy: Sequence[int],
    wanted: Sequence[int],
    width: int,
) -> dict[int, int]:
    """The width of each column. Texts get what is left over, or bear what is missing."""
    room = {n: easy[n] for n in kept}
    texts = [n for n in kept if columns[n].text and not columns[n].whole]
    left = width - sum(room.values()) - GAP * (len(kept) - 1)
    while left > 0 and (able := [n for n in texts if room[n] < wanted[n]]):
        room[min(able, key=lambda n: room[n])] += 1
        left -= 1
    while left < 0 and (able := [n for n in texts if room[n] > LEAST]):
        room[max(able, key=lambda n: room[n])] -= 1
        left += 1
    return room

"""Ways to lay out text that the reports share."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.text import Text

NARROW = 76
"""Columns below which things stand below one another instead of side by side."""

_ROOM = 8
"""Columns that are left to what hangs behind a mark; a mark without that room has its own line."""


@dataclass(frozen=True, slots=True)
class Hung:
    """Something behind a mark: its later lines begin below its first, not below the mark."""

    mark: Text
    body: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Lines of the mark, or of blanks, and of the body."""
        blank = self.mark.cell_len
        if options.max_width - blank < _ROOM:
            yield self.mark
            yield self.body
            return
        inner = options.update(width=options.max_width - blank, height=None)
        first = list(self.mark.render(console))
        for number, line in enumerate(console.render_lines(self.body, inner)):
            yield from (Segment(" " * blank),) if number else first
            yield from line
            yield Segment.line()


def joined(*parts: str) -> str:
    """Parts that are not empty, with a point between them."""
    return " · ".join(part for part in parts if part)


def counted(number: int, noun: str) -> str:
    """A number and what it counts."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def percent(part: int, whole: int) -> str:
    """A share in whole percents; what is there is never told as nothing, nor most as all."""
    if not whole or not part:
        return "0%"
    share = 100 * part / whole
    if share < 1:
        return "<1%"
    return ">99%" if 99 < share < 100 else f"{share:.0f}%"

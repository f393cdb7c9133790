"""The lines of a plain text that are not blank, with their columns and bullets."""

from __future__ import annotations

import re
from typing import NamedTuple

BULLETS = "•◦▪▫‣⁃●○*·–+-"

TAB = 4
"""Columns to which a tab goes on."""

NUMBER = "1"
"""What `Line.mark` is where the item of a list is numbered."""

_LINE = re.compile(
    r"(?P<indent>[^\S\r\n]*)"
    # inscriptis writes "o" before the items of a third level: only an indented one is a bullet.
    rf"(?:(?:(?P<bullet>[{re.escape(BULLETS)}]|(?<=\s)o)|(?P<number>\d{{1,7}})[.)])"
    r"(?:[^\S\r\n]+|(?=[\r\n])))?"
    r"(?P<rest>[^\r\n]*)(?:\r\n|\r|\n)?"
)


class Line(NamedTuple):
    """A line that is not blank. A million of them are read, so it is no dataclass."""

    begin: int
    """Where the line begins, indentation and all."""
    start: int
    """… without its indentation."""
    body: int
    """… and without its bullet or number."""
    end: int
    column: int
    """Of ``start``."""
    inner: int
    """The column of ``body``."""
    mark: str
    """The bullet, `NUMBER`, or nothing."""
    after_blank: bool


def read_lines(text: str) -> list[Line]:
    """The lines that are not blank, in order. They end with LF, CRLF or CR."""
    lines = []
    after_blank = True
    for found in _LINE.finditer(text):
        body = found.start("rest")
        end = body + len(found["rest"].rstrip())
        mark = found["bullet"] or (NUMBER if found["number"] else "")
        blank = end == body and not mark
        if not blank:
            indent = found["indent"]
            column = len(indent.expandtabs(TAB)) if indent else 0
            start = found.end("indent")
            inner = column + body - start
            if end == body:  # A bullet alone is all that the line holds.
                body, inner, mark = start, column, ""
                end = start + len(text[start : found.start("rest")].rstrip())
            lines.append(Line(found.start(), start, body, end, column, inner, mark, after_blank))
        after_blank = blank
    return lines

"""A comment thread in plain text, as HTML-to-text tools leave it: bullets and indentation.

::

    Last paragraph of the article.

        the first comment, which has lost its name

        • Ana

          A reply to it, two columns deeper than its bullet.

      • Ben

        A comment of the first level.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.records import Comment

BULLETS = "•◦▪▫‣⁃●○*·–-"

STEP = 2
"""Columns from a bullet to the text of its comment."""

NAME = 60
"""Characters that a commenter's name has at the most."""

_LINE = re.compile(
    rf"(?P<indent>[^\S\n]*)(?:(?P<bullet>[{re.escape(BULLETS)}])[^\S\n]+)?(?P<rest>[^\n]*)\n?"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank; ``start`` and ``end`` leave indentation and bullet out."""

    begin: int
    after_blank: bool
    column: int
    bullet: bool
    start: int
    end: int


def find_thread(text: str) -> tuple[tuple[Comment, ...], int]:
    """The comments at the end of a text, and where the article before them ends.

    The thread is the last stretch of the text in which every line is indented and that has
    at least one bullet with a name and a deeper text below. A list in an article is none:
    text at the left margin follows it, or nothing stands below its items.
    """
    lines = _lines(text)
    begin = len(lines)
    while begin and lines[begin - 1].column:
        begin -= 1
    after_article = begin > 0
    while begin < len(lines) and not _opens(lines, begin, after_article=after_article):
        begin += 1
    thread = lines[begin:]
    if not any(_is_name(thread, i) for i in range(len(thread))):
        return (), len(text)
    return _comments(text, thread), thread[0].begin


def _lines(text: str) -> list[_Line]:
    found = []
    after_blank = True
    for match in _LINE.finditer(text):
        rest = match["rest"].rstrip()
        if rest:
            start = match.start("rest")
            column = len(match["indent"].expandtabs(4))
            bullet = match["bullet"] is not None
            end = start + len(rest)
            found.append(_Line(match.start(), after_blank, column, bullet, start, end))
        after_blank = not rest
    return found


def _opens(lines: Sequence[_Line], at: int, *, after_article: bool) -> bool:
    """Whether a thread can begin here: a name, or the text of a comment that lost its own.

    The latter only below text at the left margin: a text that is indented as a whole is an
    article.
    """
    return _is_name(lines, at) or (after_article and not lines[at].bullet)


def _is_name(lines: Sequence[_Line], at: int) -> bool:
    line = lines[at]
    if not line.bullet or line.end - line.start > NAME or at + 1 == len(lines):
        return False
    below = lines[at + 1]
    # Without a blank line between, it is a list's item that goes on in the next line.
    return not below.bullet and below.after_blank and below.column == line.column + STEP


def _comments(text: str, lines: Sequence[_Line]) -> tuple[Comment, ...]:
    comments: list[Comment] = []
    open_at: list[tuple[int, int]] = []  # column and id of the comments around
    at = 0
    while at < len(lines):
        named = _is_name(lines, at)
        author = text[lines[at].start : lines[at].end] if named else None
        column = lines[at].column if named else lines[at].column - STEP
        first = last = at + named
        while last + 1 < len(lines) and not _is_name(lines, last + 1):
            last += 1
        while open_at and open_at[-1][0] >= column:
            open_at.pop()
        comments.append(
            Comment(
                id=len(comments),
                parent=open_at[-1][1] if open_at else None,
                author=author,
                posted=None,
                posted_text=None,
                start=lines[first].start,
                end=lines[last].end,
            )
        )
        open_at.append((column, len(comments) - 1))
        at = last + 1
    return tuple(comments)

"""The comments of a page on a terminal, each under the one that it answers."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from onrecord.records import Comment, Page
from onrecord.report.printable import printable, shortened

COMMENT = 60
"""Characters of a comment that are shown in the thread."""

DEEPEST = 8
"""Levels of the thread that are indented; deeper replies stand at this one."""


def thread(page: Page, *, full: bool) -> Iterator[RenderableType]:
    """The comments, indented under what they answer."""
    depths: dict[int, int] = {}
    yield Text("Comments", style="bold")
    for comment in page.comments:
        depth = 0 if comment.parent is None else depths[comment.parent] + 1
        depths[comment.id] = depth
        yield Padding(_comment(page, comment, full), (0, 0, 0, 2 * min(depth, DEEPEST)))


def _comment(page: Page, comment: Comment, full: bool) -> Text:
    line = Text(f"c {comment.id + 1}  ", style="dim")
    line.append(printable(comment.author or "(no name)"), style="not dim cyan")
    posted = comment.posted_text or comment.posted
    if posted:
        line.append(f"  {printable(posted)}")
    text = printable(page.text[comment.start : comment.end])
    line.append(f"  {text if full else shortened(text, COMMENT)}", style="not dim")
    return line

"""The comments of a plain text, and where the article before them ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.reading.shown_moments import read_moments
from onrecord.reading.text_thread import labels
from onrecord.reading.text_thread.bullets import find_bullets
from onrecord.reading.text_thread.choice import choose
from onrecord.reading.text_thread.cut import cut
from onrecord.reading.text_thread.depth import drifts, parents_of
from onrecord.reading.text_thread.heads import NAME, Head, addresses, find_heads
from onrecord.reading.text_thread.sheet import Sheet
from onrecord.reading.text_thread.unheaded import find_feet, find_items
from onrecord.records import Comment, Warning

ABOVE = 15
"""Lines above a thread among which its heading and a form to comment with are looked for."""

RULE = 200
"""Characters of the longest line between these: rules of conduct."""


@dataclass(frozen=True, slots=True)
class TextThread:
    """The comments of a text. ``begin`` is where the article before them ends."""

    comments: tuple[Comment, ...]
    begin: int
    warnings: tuple[Warning, ...] = ()


def find_thread(text: str) -> TextThread:
    """Find the thread of a text."""
    sheet = Sheet(text)
    heads = _heads(sheet)
    if not heads:
        return TextThread((), len(text))
    comments = tuple(_comments(sheet, heads))
    begin = sheet.lines[_begin(sheet, heads[0].first)].begin
    return TextThread(comments, begin, tuple(_unsure(sheet, heads, comments)))


def _heads(sheet: Sheet) -> list[Head]:
    """The heads of the thread. Those with names and times are the surest, if they are many."""
    heads = choose(sheet, find_heads(sheet.text, sheet.lines))
    finders = (find_bullets, find_feet, find_items)
    for most, find in zip((len(sheet.lines), len(sheet.replies), 0), finders, strict=True):
        if not heads or most > 2 * len(heads):
            others = find(sheet)
            heads = others if len(others) > 2 * len(heads) else heads
    return heads


def _comments(sheet: Sheet, heads: Sequence[Head]) -> Iterator[Comment]:
    parents = parents_of(sheet, heads)
    moments = read_moments([head.posted for head in heads])
    for number, (head, (first, end)) in enumerate(zip(heads, cut(sheet, heads), strict=True)):
        # A comment that was taken away has a head and no text.
        start = stop = sheet.lines[max(head.last, 0)].end
        if first < end:
            line = sheet.lines[first]
            start = line.body if head.last < head.first == first else line.start
            stop = sheet.lines[end - 1].end
        yield Comment(
            id=number,
            parent=parents[number],
            author=head.author,
            posted=moments[number],
            posted_text=head.posted,
            start=start,
            end=stop,
        )


def _begin(sheet: Sheet, first: int) -> int:
    """The first line of a thread, its heading and the form to comment with among it."""
    begin = first
    for at in range(first - 1, max(first - 1 - ABOVE, -1), -1):
        if sheet.lines[at].end - sheet.lines[at].start > RULE:
            break
        shown = sheet.shown(at)
        if labels.heading(shown) is not None or labels.is_form(shown):
            begin = at
    return begin


def _unsure(sheet: Sheet, heads: Sequence[Head], comments: Sequence[Comment]) -> Iterator[Warning]:
    if any(comment.parent is not None for comment in comments):
        return
    unclear = drifts(sheet, heads)
    names = {comment.author for comment in comments if comment.author}
    for head, comment in zip(heads, comments, strict=True):
        if (
            head.addressed
            or unclear
            or addresses(sheet.text[comment.start : comment.start + NAME + 1], names)
        ):
            yield Warning(
                code="thread-flat",
                message="the text shows that comments are answers "
                f"(the one at {comment.start} is), but not to which: none has a parent",
            )
            return

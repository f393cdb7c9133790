"""What the readers of HTML and of plain text hand to the stage, and how HTML is laid out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.records import Comment, Paragraph, ParagraphKind, Warning

GAP = "\n\n"
"""Between two paragraphs of a text that the project lays out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A page before it has an id, a language and attributions."""

    text: str
    headline: str | None
    paragraphs: tuple[Paragraph, ...]
    comments: tuple[Comment, ...]
    byline: tuple[str, ...] = ()
    published: str | None = None
    site: str | None = None
    url: str | None = None
    language: str | None = None
    """What the page says of itself."""
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentBlock:
    """A comment cut out of a page's markup, before it has offsets."""

    parent: int | None
    author: str | None
    posted: str | None
    posted_text: str | None
    paragraphs: tuple[str, ...]


def lay_out(
    blocks: Sequence[tuple[ParagraphKind, str]], comments: Sequence[CommentBlock]
) -> tuple[str, tuple[Paragraph, ...], tuple[Comment, ...]]:
    """The canonical text of a page: the article's paragraphs, then each comment."""
    parts: list[str] = []
    length = 0

    def add(part: str) -> tuple[int, int]:
        nonlocal length
        if parts:
            parts.append(GAP)
            length += len(GAP)
        parts.append(part)
        start, length = length, length + len(part)
        return start, length

    paragraphs = []
    for kind, block in blocks:
        start, end = add(block)
        paragraphs.append(Paragraph(start=start, end=end, kind=kind))
    thread = []
    for number, comment in enumerate(comments):
        start, end = add(GAP.join(comment.paragraphs))
        thread.append(
            Comment(
                id=number,
                parent=comment.parent,
                author=comment.author,
                posted=comment.posted,
                posted_text=comment.posted_text,
                start=start,
                end=end,
            )
        )
    return "".join(parts), tuple(paragraphs), tuple(thread)

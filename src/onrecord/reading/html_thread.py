"""Reader comments in HTML: nested lists as WordPress and its themes write them.

A comment is an ``li`` whose class or id says so; a reply is one inside of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml.etree import iterwalk

from onrecord.reading.draft import CommentBlock
from onrecord.reading.moments import iso_moment

if TYPE_CHECKING:
    from lxml.etree import _Element

_COMMENT_ID = re.compile(r"(?:li-|div-)?comment-?\d+$")
_RESPOND = "comment-respond"
"""The form to reply with; its heading has been taken for the page's."""

_NOT_COMMENTS = frozenset({"pingback", "trackback"})
_AUTHOR = ("fn", "comment-author-name", "comment-author", "comment_author", "comment__author")
_CONTENT = (
    "comment-content",
    "comment-text",
    "comment_content",
    "comment__content",
    "commentcontent",
)
_TIME = ("comment-date", "comment-time", "comment-metadata", "comment-meta", "commentmetadata")
_LEFT_OUT = frozenset(
    {"reply", "comment-reply-link", "comment-edit-link", "comment-awaiting-moderation", "says"}
)
_BLOCKS = frozenset({"p", "div", "blockquote", "li", "ul", "ol", "pre", "h1", "h2", "h3", "h4"})
_PARAGRAPH = "\n\n"
_BREAKS = {"br": "\n", **dict.fromkeys(_BLOCKS, _PARAGRAPH)}
_SILENT = frozenset({"script", "style", "form", "button", "noscript", "template", "textarea"})


def take_thread(tree: _Element) -> list[CommentBlock]:
    """Cut the comments, and the form to reply, out of a page; the comments in their order."""
    elements = [item for item in tree.iter("li") if _is_comment(item)]
    numbers = {element: number for number, element in enumerate(elements)}
    comments = [_read(element, numbers) for element in elements]
    forms = [e for e in tree.iter("*") if e.get("id") == "respond" or _RESPOND in _classes(e)]
    for element in (*elements, *forms):
        holder = element.getparent()
        if holder is not None:
            _drop(element, holder)
    return comments


def _is_comment(element: _Element) -> bool:
    if _classes(element) & _NOT_COMMENTS:
        return False
    return _is_marked(element) and any(_classes(e) & {*_AUTHOR, *_CONTENT} for e in _own(element))


def _is_marked(item: _Element) -> bool:
    """Whether class or id call a list's item a comment."""
    return "comment" in _classes(item) or bool(_COMMENT_ID.match(item.get("id", "")))


def _read(element: _Element, numbers: dict[_Element, int]) -> CommentBlock:
    own = list(_own(element))
    author = _first(own, _AUTHOR)
    moment, shown = _time(own)
    content = _first(own, _CONTENT)
    if content is not None:
        paragraphs = _paragraphs(content)
    else:  # Old themes put the text beside author and time.
        paragraphs = _paragraphs(element, left_out=_LEFT_OUT.union(_AUTHOR, _TIME))
    around = (numbers[a] for a in element.iterancestors("li") if a in numbers)
    return CommentBlock(
        parent=next(around, None),
        author=(_line(author) or None) if author is not None else None,
        posted=moment,
        posted_text=shown,
        paragraphs=tuple(paragraphs),
    )


def _own(element: _Element) -> Iterator[_Element]:
    """The elements inside a comment that are not inside a reply to it."""
    walker = iterwalk(element, events=("start",))
    for _, node in walker:
        if node is element:
            continue
        if node.tag == "li" and _is_marked(node):
            walker.skip_subtree()
        else:
            yield node


def _first(elements: list[_Element], names: tuple[str, ...]) -> _Element | None:
    for name in names:
        for element in elements:
            if name in _classes(element):
                return element
    return None


def _time(elements: list[_Element]) -> tuple[str | None, str | None]:
    """The machine's time in ISO 8601 and the time as shown."""
    for element in elements:
        if element.tag == "time":
            return iso_moment(element.get("datetime")), _line(element) or None
    # "comment-meta" is the time in some themes, and all above the text in others.
    for name in _TIME:
        for element in elements:
            if name in _classes(element) and _first([*element.iter()], _AUTHOR) is None:
                return None, _line(element) or None
    return None, None


def _paragraphs(element: _Element, *, left_out: frozenset[str] = _LEFT_OUT) -> list[str]:
    """The text of an element, cut where blocks and doubled line breaks cut it."""
    text: list[str] = []
    walker = iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        if event == "start":
            reply = node is not element and node.tag == "li" and _is_marked(node)
            if reply or node.tag in _SILENT or _classes(node) & left_out:
                walker.skip_subtree()
                continue
            text.append(_BREAKS.get(str(node.tag), ""))
            text.append((node.text or "").replace("\n", " "))
            continue
        if event == "end":
            text.append(_PARAGRAPH if node.tag in _BLOCKS else "")
        if node is not element:
            text.append((node.tail or "").replace("\n", " "))
    parts = re.split(r"\n\s*\n", "".join(text))
    shown = ("\n".join(" ".join(row.split()) for row in part.split("\n")).strip() for part in parts)
    return [part for part in shown if part]


def _line(element: _Element) -> str:
    return " ".join(" ".join(_paragraphs(element)).split())


def _classes(element: _Element) -> set[str]:
    return set((element.get("class") or "").lower().split())


def _drop(element: _Element, holder: _Element) -> None:
    """Remove an element but keep the text behind it."""
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            holder.text = (holder.text or "") + element.tail
    holder.remove(element)

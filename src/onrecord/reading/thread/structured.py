"""Comments that a page tells machines of: schema.org in JSON-LD."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from onrecord.reading.draft import CommentBlock
from onrecord.reading.moments import iso_moment
from onrecord.reading.thread.hints import COMMENT_TYPES

if TYPE_CHECKING:
    from lxml.etree import _Element

_KEPT = ("comment", "comments", "suggestedAnswer", "acceptedAnswer", "replies", "hasPart")
_TAG = re.compile(r"<(?:br|/p|/div|/blockquote|/li)[^<>]{0,200}>", re.I)
_ANY_TAG = re.compile(r"<[/a-z!][^<>]{0,2000}>", re.I)


def structured_comments(tree: _Element) -> list[CommentBlock]:
    """The comments in a page's JSON-LD, in order; replies behind what they reply to."""
    found: list[tuple[dict[str, Any], int | None]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            try:
                data = msgspec.json.decode(script.text or "")
            except (msgspec.MsgspecError, RecursionError):
                continue
            found += _walk(data, len(found))
    ids = {_id(node): number for number, (node, _) in reversed(list(enumerate(found))) if _id(node)}
    return [
        CommentBlock(
            parent=_parent(node, ids, number, around),
            author=_name(node.get("author") or node.get("creator")),
            posted=iso_moment(_text(node.get("dateCreated") or node.get("datePublished"))),
            posted_text=None,
            paragraphs=_paragraphs(_said(node)),
        )
        for number, (node, around) in enumerate(found)
    ]


def _walk(data: Any, first: int) -> list[tuple[dict[str, Any], int | None]]:
    """Each comment with the number of the one that it is nested in."""
    found: list[tuple[dict[str, Any], int | None]] = []
    stack: list[tuple[Any, int | None]] = [(data, None)]
    while stack:
        node, around = stack.pop()
        if isinstance(node, list):
            stack += [(item, around) for item in reversed(node)]
        if not isinstance(node, dict):
            continue
        replies = [node[key] for key in _KEPT if key in node]
        if _is_comment(node) and _said(node):
            found.append((node, around))
            around = first + len(found) - 1
            stack += [(reply, around) for reply in reversed(replies)]
        else:
            stack += [(value, around) for value in reversed(list(node.values()))]
    return found


def _said(node: dict[str, Any]) -> str:
    return _text(node.get("text")) or _text(node.get("articleBody"))


def _is_comment(node: dict[str, Any]) -> bool:
    kinds = set(_kinds(node.get("@type")))
    # A forum's opening post has the comments in it, and is what the page is about.
    opening = "DiscussionForumPosting" in kinds and any(key in node for key in _KEPT)
    return bool(kinds & COMMENT_TYPES) and not opening


def _kinds(value: Any) -> Iterator[str]:
    for kind in value if isinstance(value, list) else [value]:
        if isinstance(kind, str):
            yield kind.rsplit("/", 1)[-1]


def _id(node: Any) -> str:
    if isinstance(node, dict):
        return _text(node.get("@id") or node.get("url") or node.get("identifier"))
    return _text(node)


def _parent(
    node: dict[str, Any], ids: dict[str, int], number: int, around: int | None
) -> int | None:
    named = ids.get(_id(node.get("parentItem") or node.get("itemReviewed")))
    return named if named is not None and named < number else around


def _name(value: Any) -> str | None:
    while isinstance(value, list):
        value = value[0] if value else None
    name = _text(value.get("name")) if isinstance(value, dict) else _text(value)
    return " ".join(html.unescape(name).split()) or None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _paragraphs(text: str) -> tuple[str, ...]:
    """A comment's text, in which tags may stand."""
    text = html.unescape(_ANY_TAG.sub("", _TAG.sub("\n\n", text)))
    rows = (
        "\n".join(" ".join(row.split()) for row in p.split("\n"))
        for p in re.split(r"\n\s*\n", text)
    )
    return tuple(row.strip() for row in rows if row.strip())

"""A page's tree as flat lists in document order, with what each element's names tell.

A block of the page is a range of positions, ``start`` to ``end``: what lies inside of it
is found by comparing numbers, so every step that follows is linear in the page's size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from lxml.etree import iterwalk

from onrecord.reading.shown_moments import find_moment
from onrecord.reading.thread import hints

if TYPE_CHECKING:
    from lxml.etree import _Element

SILENT = frozenset(
    """
    script style noscript template textarea select option svg head input iframe object
    """.split()
)
"""Elements whose text a reader never sees, or that are not text."""

_LINKS = frozenset({"a", "button"})

TYPES = frozenset(f"@{kind}" for kind in hints.COMMENT_TYPES)
"""Names of elements that microdata or RDFa calls comments."""

NAMES = 12
"""Classes of an element that are looked at."""

CONTROL = 40
"""Characters of the longest text of a link below a comment."""

_NAMING = {
    "class": ".",
    "id": "#",
    "name": "#",
    "itemtype": "@",
    "typeof": "@",
    **dict.fromkeys("itemprop property rel role".split(), "="),
    **dict.fromkeys("data-role data-testid data-qa data-name".split(), "="),
}
"""Attributes that say what an element is, and the mark before the names from each."""

_LAST = re.compile(r"^.*[/:](?=.)")
"""All before the last part of a type: "https://schema.org/Comment", "sioc:Post"."""

_NUMBER = re.compile(r"[0-9a-f]{8,}(?:-[0-9a-f]{4,})*|\d+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)


@dataclass(slots=True)
class Outline:
    """The elements of a page in document order; all lists run side by side.

    The last five hold sums: ``moments[b] - moments[a]`` is what lies from ``a`` up to ``b``.
    """

    elements: list[_Element] = field(default_factory=list)
    above: list[int] = field(default_factory=list)
    """The parent's position; -1 for the root."""
    end: list[int] = field(default_factory=list)
    """The position after the element's last descendant."""
    level: list[int] = field(default_factory=list)
    names: list[frozenset[str]] = field(default_factory=list)
    """Classes, the id with "#" for its numbers, and what else an element is called."""
    words: list[frozenset[str]] = field(default_factory=list)
    """The words in those names."""
    silent: list[bool] = field(default_factory=list)
    hidden: list[bool] = field(default_factory=list)
    """Whether a browser hides it until a script shows it."""
    linked: list[bool] = field(default_factory=list)
    """Whether it stands in a link or a button."""
    shown: list[int] = field(default_factory=list)
    """Characters of text, without that of links."""
    tails: list[int] = field(default_factory=list)
    """How much of ``shown`` is the text behind the element."""
    moments: list[int] = field(default_factory=list)
    authors: list[int] = field(default_factory=list)
    controls: list[int] = field(default_factory=list)
    """Links to reply, to report and the like."""
    named: list[int] = field(default_factory=list)
    """Elements that are called comments."""

    rows: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """The texts of small elements that were read."""

    def amount(self, at: int) -> int:
        """Characters of an element's text, without that of links."""
        return self.shown[self.end[at]] - self.shown[at] - self.tails[at]

    def around(self, at: int) -> Iterator[int]:
        """The positions of an element's ancestors, the nearest first."""
        at = self.above[at]
        while at >= 0:
            yield at
            at = self.above[at]

    def kids(self, at: int) -> Iterator[int]:
        """The positions of an element's children."""
        child = at + 1
        while child < self.end[at]:
            yield child
            child = self.end[child]


def outline_of(tree: _Element) -> Outline:
    """The outline of a tree. What is inside of silent elements is left out."""
    outline = Outline()
    open_at: list[int] = []
    walker = iterwalk(tree, events=("start", "end"), tag="*")
    for event, element in walker:
        if event == "end":
            outline.end[open_at.pop()] = len(outline.elements)
            continue
        open_at.append(len(outline.elements))
        _add(outline, element, open_at[-2] if len(open_at) > 1 else -1)
        if outline.silent[-1]:
            walker.skip_subtree()
    for sums in (
        outline.shown,
        outline.moments,
        outline.authors,
        outline.controls,
        outline.named,
    ):
        sums[:] = accumulate(sums, initial=0)
    return outline


def _add(outline: Outline, element: _Element, above: int) -> None:
    tag = str(element.tag)
    names = _names(element, tag)
    outline.elements.append(element)
    outline.above.append(above)
    outline.end.append(0)
    outline.level.append(outline.level[above] + 1 if above >= 0 else 0)
    outline.names.append(names)
    outline.words.append(_words(names))
    outline.silent.append(tag in SILENT)
    outline.hidden.append(_is_hidden(element, names) or (above >= 0 and outline.hidden[above]))
    outline.linked.append(tag in _LINKS or (above >= 0 and outline.linked[above]))
    _count(outline, element, above, len(outline.elements) - 1)


@lru_cache(maxsize=4096)
def _words(names: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(hints.words(name[1:]) for name in names))


def _count(outline: Outline, element: _Element, above: int, at: int) -> None:
    """Add what an element, and the text behind it, count for."""
    words, silent = outline.words[at], outline.silent[at]
    text = "" if silent else (element.text or "").strip()
    tail = (element.tail or "").strip() if above >= 0 else ""
    shown = 0 if outline.linked[at] or words & hints.FURNITURE else len(text)
    outline.tails.append(0 if above >= 0 and outline.linked[above] else len(tail))
    outline.shown.append(shown + outline.tails[at])
    dated = not silent and is_dated(element, words)
    outline.moments.append(
        dated or any(find_moment(part) is not None for part in (text, tail) if part)
    )
    outline.authors.append(not silent and _is_author(element, words))
    short = 0 < len(text) <= CONTROL
    outline.controls.append(short and not hints.REPLY_WORDS.isdisjoint(text.lower().split()))
    # A link called "comments", and a number of them, stand in every list of articles.
    named = not silent and element.tag != "a" and is_named(outline, at)
    outline.named.append(named and not any(map(str.isdigit, text)))


def is_named(outline: Outline, at: int) -> bool:
    """Whether an element is called a comment, or a discussion."""
    return not (outline.words[at].isdisjoint(hints.COMMENT) and outline.names[at].isdisjoint(TYPES))


def is_dated(element: _Element, words: frozenset[str]) -> bool:
    """Whether an element carries a time for machines."""
    if element.tag == "time" or not words.isdisjoint(hints.DATED_PROPERTY):
        return True
    return not hints.DATED.isdisjoint(element.keys())


def _is_author(element: _Element, words: frozenset[str]) -> bool:
    if words & hints.NOT_AUTHOR:
        return False
    if not words.isdisjoint(hints.AUTHOR):
        return True
    return element.tag == "a" and bool(hints.USER_LINK.search(element.get("href") or ""))


def _names(element: _Element, tag: str) -> frozenset[str]:
    """What an element is called; the first character says in which way."""
    found = []
    for key, value in element.items():
        kind = _NAMING.get(str(key))
        if kind is None:
            continue
        text = str(value)
        if kind == "#":
            found.append(f"#{_NUMBER.sub('#', text[:80])}")
        for name in text.split()[:NAMES] if kind != "#" else ():
            if kind == ".":
                name = _NUMBER.sub("#", name)
            elif kind == "@":
                name = _LAST.sub("", name)
            found.append(kind + name)
    if "-" in tag:
        found.append(f"<{tag}")
    return frozenset(found)


def _is_hidden(element: _Element, names: frozenset[str]) -> bool:
    style = element.get("style")
    if style and _HIDDEN.search(style):
        return True
    return element.get("hidden") is not None or not names.isdisjoint(hints.HIDDEN)

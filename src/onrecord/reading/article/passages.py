"""The passages of a page: its stretches of text between the edges of blocks, in order.

Trafilatura says which of them are the article, and gives their text only; here stand the
elements around them too, which say what they are. One walk, linear, without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml.etree import iterwalk, strip_elements

if TYPE_CHECKING:
    from lxml.etree import _Element

SILENT = (
    "script style noscript template svg math iframe object embed audio video canvas select "
    "option datalist textarea button input head"
).split()
"""Elements whose text is not shown, or is no text of the page."""

INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark nobr
    picture q rp rt ruby s samp small source span strike strong sub sup time tt u var wbr
    """.split()
)
"""Elements that do not end a passage; all others do."""

_ROWS = frozenset({"tbody", "thead", "tfoot", "tr", "td", "th"})

_BREAK = "\x00"  # No tree holds it: `markup` has replaced it.
_BREAKS = re.compile(r"\x00\s*+\x00[\s\x00]*+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text, and the block around it as a position in `Passages.elements`."""

    text: str
    at: int
    linked: float
    """Which share of its characters are links."""

    @property
    def key(self) -> str:
        return key(self.text)


@dataclass(slots=True)
class Passages:
    """The passages of a page and the blocks around them; a block stands behind the one it is in."""

    items: list[Passage] = field(default_factory=list)
    elements: list[_Element] = field(default_factory=list)
    above: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    """For each block the number of passages before it."""
    size: int = 0
    """Elements of all kinds."""
    depth: int = 0
    places: dict[_Element, int] = field(default_factory=dict)

    def place(self, element: _Element) -> int | None:
        """How many passages stand before the block that an element is, or is in."""
        if not self.places:
            self.places.update((one, at) for at, one in enumerate(self.elements))
        block: _Element | None = element
        while block is not None and block not in self.places:
            block = block.getparent()
        return None if block is None else self.first[self.places[block]]

    def weights(self, chosen: Sequence[int]) -> list[int]:
        """For each block how many characters of the chosen passages it holds."""
        weights = [0] * len(self.elements)
        for number in chosen:
            weights[self.items[number].at] += len(self.items[number].text)
        for at in range(len(weights) - 1, 0, -1):
            weights[self.above[at]] += weights[at]
        return weights


def key(text: str) -> str:
    """What of a text counts where two are compared: its letters and digits."""
    return "".join(filter(str.isalnum, text.casefold()))


def short_text(element: _Element, most: int) -> str:
    """An element's text on one line; nothing where it is longer, so that nobody collects it."""
    parts: list[str] = []
    length = 0
    for event, one in iterwalk(element, events=("start", "end")):
        if one.tag == "br" or one.tag not in INLINE:
            parts.append(" ")
        text = one.text if event == "start" else one.tail if one is not element else None
        if text:
            length += len(text)
            parts.append(text)
        if length > 4 * most or len(parts) > 4 * most:
            return ""  # White space between elements is not counted exactly.
    line = " ".join("".join(parts).split())
    return line if len(line) <= most else ""


def strip_silent(tree: _Element) -> None:
    """Take out what is never shown, so that nobody walks through it again."""
    strip_elements(tree, *(tag for tag in SILENT if tag != "head"), with_tail=False)


def unwrap_layout(found: Passages) -> None:
    """Make plain blocks of tables that hold most of the page: they lay it out.

    Trafilatura is told to leave out tables.
    """
    weights = found.weights(range(len(found.items)))
    layout = [False] * len(weights)
    for at, element in enumerate(found.elements):
        if element.tag == "table":
            layout[at] = 2 * weights[at] > weights[0]
        elif element.tag in _ROWS:
            layout[at] = layout[found.above[at]]
        if layout[at]:
            element.tag = "div"


def passages_of(tree: _Element) -> Passages:
    """Walk the tree once."""
    found = Passages()
    inside: list[int] = []
    inline: list[str] = []
    links = linked = depth = bold = 0
    fresh, bold_alone = True, False
    walk = iterwalk(tree, events=("start", "end"))

    def close() -> None:
        nonlocal linked, fresh, bold_alone
        fresh, bold_alone = True, False
        if inline:
            _add(found, "".join(inline), inside[-1], linked)
            inline.clear()
            linked = 0

    for event, element in walk:
        tag = element.tag
        if tag == "head":
            walk.skip_subtree()
            continue
        if event == "start":
            depth += 1
            found.size += 1
            if depth > found.depth:
                found.depth = depth
            if tag not in INLINE:
                close()
                found.above.append(inside[-1] if inside else 0)
                found.first.append(len(found.items))
                inside.append(len(found.elements))
                found.elements.append(element)
            elif tag == "a":
                links += 1
            elif tag in ("b", "strong"):
                bold += 1
            elif tag == "br":
                # A line of bold words alone is a heading, as people write them by hand.
                inline.append(_BREAK + _BREAK if bold_alone else _BREAK)
                fresh, bold_alone = True, False
            text = element.text
        else:
            depth -= 1
            if tag not in INLINE:
                close()
                inside.pop()
            elif tag == "a":
                links -= 1
            elif tag in ("b", "strong"):
                bold -= 1
            text = element.tail
        if text:
            if not text.isspace():
                fresh, bold_alone = False, bold > 0 and (bold_alone or fresh)
            inline.append(text)
            if links:
                linked += len(text)
    close()
    return found


def _add(found: Passages, text: str, at: int, linked: int) -> None:
    share = linked / len(text)
    for part in _BREAKS.split(text) if _BREAK in text else (text,):
        words = " ".join(part.replace(_BREAK, " ").split())
        if words:
            found.items.append(Passage(words, at, min(1.0, share)))

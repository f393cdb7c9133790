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

_BOLD = frozenset({"b", "strong"})

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
    walk = _Walk()
    events = iterwalk(tree, events=("start", "end"))
    for event, element in events:
        if element.tag == "head":
            events.skip_subtree()
        elif event == "start":
            walk.open(element)
            walk.say(element.text)
        else:
            walk.shut(element)
            walk.say(element.tail)
    walk.close()
    return walk.found


class _Walk:
    """Where a walk stands: the blocks and links around, and what was said in the passage so far."""

    def __init__(self) -> None:
        self.found = Passages()
        self.inside: list[int] = []
        self.inline: list[str] = []
        self.depth = self.links = self.linked = self.bold = 0
        self.fresh, self.bold_alone = True, False

    def open(self, element: _Element) -> None:
        """Go into an element."""
        found, tag = self.found, element.tag
        found.size += 1
        self.depth += 1
        found.depth = max(found.depth, self.depth)
        if tag not in INLINE:
            self.close()
            found.above.append(self.inside[-1] if self.inside else 0)
            found.first.append(len(found.items))
            self.inside.append(len(found.elements))
            found.elements.append(element)
        elif tag == "a":
            self.links += 1
        elif tag in _BOLD:
            self.bold += 1
        elif tag == "br":
            # A line of bold words alone is a heading, as people write them by hand.
            self.inline.append(_BREAK + _BREAK if self.bold_alone else _BREAK)
            self.fresh, self.bold_alone = True, False

    def shut(self, element: _Element) -> None:
        """Come out of an element."""
        self.depth -= 1
        if element.tag not in INLINE:
            self.close()
            self.inside.pop()
        elif element.tag == "a":
            self.links -= 1
        elif element.tag in _BOLD:
            self.bold -= 1

    def say(self, text: str | None) -> None:
        """Add text to the passage."""
        if not text:
            return
        if not text.isspace():
            self.bold_alone = self.bold > 0 and (self.bold_alone or self.fresh)
            self.fresh = False
        self.inline.append(text)
        if self.links:
            self.linked += len(text)

    def close(self) -> None:
        """End the passage, and part it where there are two line breaks."""
        text = "".join(self.inline)
        for part in _BREAKS.split(text) if _BREAK in text else (text,):
            words = " ".join(part.replace(_BREAK, " ").split())
            if words:
                share = min(1.0, self.linked / len(text))
                self.found.items.append(Passage(words, self.inside[-1], share))
        self.inline.clear()
        self.linked = 0
        self.fresh, self.bold_alone = True, False

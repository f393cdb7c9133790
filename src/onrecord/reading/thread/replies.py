"""Which comment each block replies to.

A parent that the page names wins. Else the layout tells: a reply stands deeper in the tree,
inside of the comment or in what follows it; or the blocks are flat and carry a depth, as a
number or as an indentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.reading.thread import hints
from onrecord.reading.thread.blocks import Block
from onrecord.reading.thread.outline import Outline

if TYPE_CHECKING:
    from lxml.etree import _Element

HEAD = 14
"""Elements at the start of a block in which an indentation may stand."""

DEEPEST = 200
"""Levels of replies at the most."""

SKIPS = 0.05
"""Share of comments that may skip a level: what they reply to is on another page."""

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{20,}|\d+|[A-Za-z0-9]{6,}")
_INDENT = re.compile(
    r"(?:margin|padding)-(?:left|inline-start)\s*:\s*(\d+(?:\.\d+)?)|text-indent\s*:\s*(\d+)", re.I
)
_NUMBERED = re.compile(r"#?\s*(\d+(?:\.\d+)*)\.?")


def find_parents(outline: Outline, blocks: Sequence[Block]) -> list[int | None]:
    """For each block the number of the earlier one that it replies to, or ``None``."""
    layout = _nested(outline, blocks)
    if not any(parent is not None for parent in layout):
        layout = _by_depth(_depths(outline, blocks))
    named = _named(outline, blocks)
    return [layout[number] if parent is None else parent for number, parent in enumerate(named)]


def _nested(outline: Outline, blocks: Sequence[Block]) -> list[int | None]:
    """The nearest earlier block that is higher in the tree and holds this one, or stands
    right before what holds it."""
    parents: list[int | None] = []
    open_at: list[int] = []
    for number, block in enumerate(blocks):
        level = outline.level[block.start]
        while open_at and outline.level[blocks[open_at[-1]].start] >= level:
            open_at.pop()
        while open_at and not _holds(outline, blocks[open_at[-1]], block):
            open_at.pop()
        parents.append(open_at[-1] if open_at else None)
        open_at.append(number)
    return parents


def _holds(outline: Outline, block: Block, reply: Block) -> bool:
    if reply.start < block.end:
        return True
    above = outline.above[block.start]
    return above >= 0 and reply.start < outline.end[above]


def _by_depth(depths: Sequence[float | None]) -> list[int | None]:
    parents: list[int | None] = []
    open_at: list[tuple[float, int]] = []
    for number, depth in enumerate(depths):
        depth = depth or 0
        while open_at and open_at[-1][0] >= depth:
            open_at.pop()
        parents.append(open_at[-1][1] if open_at else None)
        open_at.append((depth, number))
    return parents


def _depths(outline: Outline, blocks: Sequence[Block]) -> list[float | None]:
    """The depth of each block by the first measure that can be one."""
    for measure in (_counted, _numbered, _indented):
        depths = [measure(outline, block) for block in blocks]
        if _can_be_depths(depths):
            return depths
    return [None] * len(blocks)


def _can_be_depths(depths: Sequence[float | None]) -> bool:
    """Whether blocks differ, the first is outermost, and none skips a level.

    A class such as "level-3" may as well be the commenter's rank.
    """
    known = sorted({depth or 0 for depth in depths})
    ranks = [known.index(depth or 0) for depth in depths] if len(known) <= DEEPEST else []
    steps = sum(after > before + 1 for before, after in pairwise(ranks))
    return len(known) > 1 and ranks[:1] == [0] and steps <= len(ranks) * SKIPS


def _reach(outline: Outline, block: Block) -> list[int]:
    """Where a depth may be written: on the block, right around it, at its start."""
    above = outline.above[block.start]
    around = [above] if above >= 0 and outline.end[above] <= block.end + 1 else []
    return [*around, *range(block.start, min(block.start + HEAD, block.end))]


def _counted(outline: Outline, block: Block) -> float | None:
    for at in _reach(outline, block):
        element = outline.elements[at]
        for key in hints.DEPTH_ATTRIBUTES:
            value = element.get(key) or ""
            if value.isdigit():
                return float(value)
        found = hints.DEPTH.search(element.get("class") or "")
        if found:
            return float(found[1])
    return None


def _numbered(outline: Outline, block: Block) -> float | None:
    """The points in a number such as "#2.1"."""
    for at in range(block.start, min(block.start + 2 * HEAD, block.end)):
        text = (outline.elements[at].text or "").strip()
        found = _NUMBERED.fullmatch(text) if text else None
        if found and (text.startswith("#") or "." in text.rstrip(".")):
            return float(found[1].count("."))
    return None


def _indented(outline: Outline, block: Block) -> float | None:
    for at in _reach(outline, block):
        element = outline.elements[at]
        found = _INDENT.search(element.get("style") or "")
        if found:
            return float(found[1] or found[2])
        if element.tag == "img" and (element.get("width") or "").isdigit():
            spacer = (element.get("height") or "1").isdigit() and int(
                element.get("height") or 1
            ) < 3
            if (
                spacer
                or "spacer" in (element.get("src") or "")
                or "/s.gif" in (element.get("src") or "")
            ):
                return float(element.get("width") or 0)
    return None


def _named(outline: Outline, blocks: Sequence[Block]) -> list[int | None]:
    """The parents that the page names by an id, where it is an earlier block's."""
    known: dict[str, int] = {}
    own_ids = []
    for number, block in enumerate(blocks):
        ids = _own_ids(outline, block)
        own_ids.append(ids)
        for one in ids:
            known.setdefault(one, number)
    parents: list[int | None] = []
    starts = {block.start: block.end for block in blocks}
    for number, block in enumerate(blocks):
        parents.append(None)
        for one in _parent_ids(outline, block, starts):
            parent = known.get(one)
            if parent is not None and parent < number:
                parents[number] = parent
                break
    return parents


def _own_ids(outline: Outline, block: Block) -> list[str]:
    """The ids of a block: of its element, of an anchor right before it or at its start."""
    found: list[str] = []
    elements = [outline.elements[block.start]]
    before = elements[0].getprevious()
    if before is not None and before.tag == "a":
        elements.append(before)
    end = min(block.start + 4, block.end)
    elements += [outline.elements[at] for at in range(block.start + 1, end)]
    for element in elements:
        for key in hints.OWN_ID:
            value = element.get(key)
            if value:
                found += [value, *_ID.findall(value)[-1:]]
        if found and element is elements[0]:
            break
    return found


def _parent_ids(outline: Outline, block: Block, nested: dict[int, int]) -> Iterator[str]:
    """The ids that a block names as its parent's."""
    at = block.start
    while at < block.end:
        if at != block.start and at in nested:
            at = nested[at]
            continue
        element = outline.elements[at]
        for key, value in element.items():
            low = str(key).lower().replace("-", "")
            if ("parent" in low or "replyto" in low or "replied" in low) and " " not in value:
                yield from _ids_in(str(value))
        if at == block.start:
            for name in (element.get("class") or "").split():
                if any(part in name.lower() for part in hints.PARENT_CLASS):
                    yield from _ids_in(name)
        address = element.get("href") or element.get("resource")
        if address and _says_parent(element):
            yield from _ids_in(address)
        at += 1


def _says_parent(element: _Element) -> bool:
    keys = ("class", "rel", "property", "itemprop", "data-role", "data-link-name")
    above = element.getparent()
    several = (element,) if above is None else (element, above)
    said = " ".join(one.get(key) or "" for one in several for key in keys).lower()
    if any(part in said for part in hints.PARENT):
        return True
    texts = (element.text, element.get("title"), element.get("aria-label"))
    return any(hints.PARENT_WORDS.match((text or "").strip()) for text in texts)


def _ids_in(value: str) -> Iterator[str]:
    value = value.rsplit("#", 1)[-1]
    yield value
    yield from _ID.findall(value)[-1:]

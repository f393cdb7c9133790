"""Blocks of one page are made by one template: the same fields stand in the same slots.

An element's slot is its tag with its names, or with its parent's where it has none. The
slot of a field is chosen over all blocks together: what is said of a few elements is
outvoted by what is said of most.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.reading.thread.blocks import Block
from onrecord.reading.thread.outline import Outline
from onrecord.reading.thread.shown import line

NAME = 60
"""Characters that a name, or a link's text, has at the most."""

SMALL = 14
"""Elements that what holds a name or a time has at the most."""

FEW = 4
"""With fewer blocks nothing can be said of what stands in most of them."""

USUAL = 0.25
"""Elements a block from which a name is one of the template's."""

CALLED = 1.5
"""Mean score from which something calls a slot the field's."""

MOST = 0.6
"""Share of the blocks in which another slot must be."""

Slot = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A possible value of a field in a block: where it stands, and how likely it is."""

    at: int
    slot: Slot
    score: float
    value: str
    exact: str | None = None
    """A time that a browser shows when one points at it."""
    behind: bool = False
    """Whether it is the text behind the element."""


class Own:
    """A block with the positions that are its own, outside of nested blocks."""

    def __init__(self, outline: Outline, block: Block, nested: Sequence[Block]) -> None:
        self.start, self.end = block.start, block.end
        self.slots: dict[int, Slot] = {}
        self._nested = {inner.start: inner.end for inner in nested}
        self._outline = outline
        at = block.start
        while at < block.end:
            if at in self._nested:
                at = self._nested[at]
            elif outline.silent[at]:
                at = outline.end[at]
            else:
                self.slots[at] = ()
                at += 1

    def hidden(self, at: int) -> bool:
        """Whether an element is hidden where the block is not."""
        return self._outline.hidden[at] and not self._outline.hidden[self.start]

    def visible(self) -> Iterator[int]:
        """The positions that are the block's own and are shown."""
        return (at for at in self.slots if not self.hidden(at))

    def skipped(self, at: int) -> bool:
        """Whether an element is hidden, or begins a nested block."""
        return at in self._nested or self.hidden(at)

    def amount(self, at: int) -> int:
        """Characters shown in an element, without those of links and of nested blocks."""
        shown, end = self._outline.shown, self._outline.end[at]
        total = self._outline.amount(at)
        for start, stop in self._nested.items():
            if at < start < end:
                total -= shown[stop] - shown[start]
        return total


def own_parts(outline: Outline, blocks: Sequence[Block]) -> list[Own]:
    """What is each block's own. Blocks are in order."""
    nested: list[list[Block]] = [[] for _ in blocks]
    around: list[int] = []
    for number, block in enumerate(blocks):
        while around and blocks[around[-1]].end <= block.start:
            around.pop()
        if around:
            nested[around[-1]].append(block)
        around.append(number)
    owns = [Own(outline, *pair) for pair in zip(blocks, nested, strict=True)]
    counts = Counter(name for own in owns for at in own.slots for name in outline.names[at])
    usual = {name for name, count in counts.items() if count >= USUAL * len(owns)}
    for own in owns:
        for at in own.slots:
            own.slots[at] = _slot(outline, at, own.start, usual)
    return owns


def choose(found: Sequence[Sequence[Found]], *, distinct: bool) -> list[Found | None]:
    """The value of each block, from the slots that are likeliest over all blocks.

    A slot that nothing calls the field's must be in most blocks. ``distinct`` puts slots
    last that hold the same in every block.
    """
    by_slot: dict[Slot, list[Found]] = defaultdict(list)
    for block in found:
        for one in {one.slot: one for one in sorted(block, key=lambda one: one.score)}.values():
            by_slot[one.slot].append(one)
    worth = {slot: sum(one.score for one in several) for slot, several in by_slot.items()}
    called = {slot for slot, several in by_slot.items() if worth[slot] >= CALLED * len(several)}
    for slot, several in by_slot.items():
        count = len(several)
        if slot not in called and count < MOST * len(found):
            del worth[slot]
        elif distinct and count >= FEW and len({one.value for one in several}) == 1:
            worth[slot] *= 0.1
    # Of one slot the likelier element, then the first.
    return [
        max(
            (one for one in block if one.slot in worth),
            key=lambda one: (one.slot in called, worth[one.slot], one.score, -one.at),
            default=None,
        )
        for block in found
    ]


def repeated_texts(outline: Outline, owns: Sequence[Own]) -> frozenset[str]:
    """Short texts that stand in most blocks: "Reply", "Permanent link"."""
    if len(owns) < FEW:
        return frozenset()
    counts: Counter[str] = Counter()
    for own in owns:
        counts.update({short_text(outline, at) for at in own.visible()})
    return frozenset(text for text, count in counts.items() if text and count * 2 > len(owns))


def short_text(outline: Outline, at: int) -> str:
    """The text of a small element in small letters; "" if it is long."""
    if outline.end[at] - at > SMALL or outline.amount(at) > NAME:
        return ""
    text = line(outline, at).casefold()
    return text if len(text) <= NAME else ""


def _slot(outline: Outline, at: int, start: int, usual: set[str]) -> Slot:
    """An element's slot, without the names that only few have ("by-the-author-of-the-page")."""
    tag = str(outline.elements[at].tag)
    names = outline.names[at] & usual
    if names or at == start:
        return (tag, *sorted(names))
    above = outline.above[at]
    around = outline.names[above] & usual
    return (tag, "in", str(outline.elements[above].tag), *sorted(around))

"""Author, time and text of each block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.reading.shown_moments import read_moments
from onrecord.reading.thread import hints
from onrecord.reading.thread.author import find_authors
from onrecord.reading.thread.blocks import Block
from onrecord.reading.thread.outline import Outline
from onrecord.reading.thread.posted import find_exact_times, find_times, head_behind
from onrecord.reading.thread.slots import Found, Own, choose, own_parts, repeated_texts
from onrecord.reading.thread.text import Head, find_texts, is_removed, read_text

RARE = 0.05
"""Share of the blocks that must have a slot for it to be the template's."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What a block says of its comment."""

    author: str | None
    posted: str | None
    posted_text: str | None
    text: tuple[str, ...]
    removed: bool
    """Whether a note stands in place of the comment."""
    strange: bool
    """Whether it is made by another template than the rest."""


def read_fields(outline: Outline, blocks: Sequence[Block]) -> list[Fields]:
    """The fields of blocks, which are in order."""
    owns = own_parts(outline, blocks)
    repeated = repeated_texts(outline, owns)
    times = choose([find_times(outline, own) for own in owns], distinct=False)
    exact = choose([list(find_exact_times(outline, own)) for own in owns], distinct=False)
    authors = choose(
        [
            list(find_authors(outline, own, repeated, time))
            for own, time in zip(owns, times, strict=True)
        ],
        distinct=True,
    )
    texts = find_texts(outline, owns, authors, times)
    strange = _strange(owns, authors, times, texts)
    # Only what has no time for machines is read as people do, which takes longer.
    read = read_moments(
        [
            (time.exact or time.value) if time and not machine else None
            for time, machine in zip(times, exact, strict=True)
        ]
    )
    several = zip(owns, authors, times, exact, read, texts, strict=True)
    return [
        _fields(outline, parts, repeated, strange=number in strange)
        for number, parts in enumerate(several)
    ]


_Parts = tuple[Own, Found | None, Found | None, Found | None, str | None, int]


def _fields(outline: Outline, parts: _Parts, repeated: frozenset[str], *, strange: bool) -> Fields:
    own, author, time, exact, read, text_at = parts
    text = read_text(outline, own, text_at, _head(outline, author, time), repeated)
    removed = is_removed(outline, own, text)
    name = author.value if author else None
    return Fields(
        author=None if name and hints.REMOVED.fullmatch(name) else name,
        posted=exact.value if exact else read,
        posted_text=(time.value or None) if time else None,
        text=() if removed else text,
        removed=removed,
        strange=strange and not removed,
    )


def _head(outline: Outline, author: Found | None, time: Found | None) -> Head:
    behind = {}
    if time and time.behind:
        behind[time.at] = head_behind(outline.elements[time.at].tail or "", time.value)
    elements = {found.at for found in (author, time) if found and not found.behind}
    return Head(frozenset(elements), behind)


def _strange(
    owns: Sequence[Own],
    authors: Sequence[Found | None],
    times: Sequence[Found | None],
    texts: Sequence[int],
) -> set[int]:
    """The blocks that share too few slots with the others."""
    slots = [
        {
            ("block", *own.slots[own.start]),
            ("text", *own.slots[text]),
            *(("author", *author.slot) for author in [author] if author),
            *(("time", *time.slot) for time in [time] if time),
        }
        for own, author, time, text in zip(owns, authors, times, texts, strict=True)
    ]
    counts = Counter(slot for several in slots for slot in several)
    usual = {slot for slot, count in counts.items() if count > max(1, len(owns) * RARE)}
    return {
        number
        for number, several in enumerate(slots)
        if usual and 2 * len(several & usual) < len(several)
    }

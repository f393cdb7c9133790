"""What a commenter wrote, without what the page adds to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.reading.thread import hints
from onrecord.reading.thread.outline import Outline
from onrecord.reading.thread.shown import paragraphs
from onrecord.reading.thread.slots import NAME, SMALL, Found, Own, Slot, short_text

LONG = 2000
"""Characters of one comment that count in choosing the slot: one long comment is no vote."""

FURNITURE = 300
"""Characters above which what is named like furniture is text all the same."""


SUREST = 3
"""Names for text, one in the other, from which more add nothing."""

_TAGS = frozenset({"form", "label", "nav", "menu", "button"})


@dataclass(frozen=True, slots=True)
class Head:
    """Where a block's author and time stand."""

    elements: frozenset[int]
    behind: Mapping[int, int]
    """Characters of the text behind an element that are the head's."""


def find_texts(
    outline: Outline,
    owns: Sequence[Own],
    authors: Sequence[Found | None],
    times: Sequence[Found | None],
) -> list[int]:
    """The position of what holds the text of each block; the block itself if nothing does."""
    worth: dict[Slot, float] = defaultdict(float)
    holders = [_holders(outline, own) for own in owns]
    for own, inside, author, time in zip(owns, holders, authors, times, strict=True):
        author_at = author.at if author else -1
        time_at = time.at if time and not time.behind else -1
        for at, amount in inside.items():
            if at not in (author_at, time_at):
                holds_author = at <= author_at < outline.end[at]
                factor = _factor(outline, own, at, holds_author=holds_author)
                worth[own.slots[at]] += min(amount, LONG) * factor
    return [
        # Of elements with the same text the innermost.
        max(inside, key=lambda at: (worth[own.slots[at]], at), default=own.start)
        for own, inside in zip(owns, holders, strict=True)
    ]


def _holders(outline: Outline, own: Own) -> dict[int, int]:
    """What may hold a block's whole text, with how much it shows: each alone in its slot.

    The paragraphs of one text share a slot; what is around them holds them all.
    """
    first: dict[Slot, int] = {}
    several: set[Slot] = set()
    for at in own.visible():
        slot = own.slots[at]
        if at >= outline.end[first.setdefault(slot, at)]:
            several.add(slot)
    return {
        at: amount
        for slot, at in first.items()
        if slot not in several and (amount := own.amount(at))
    }


def _factor(outline: Outline, own: Own, at: int, *, holds_author: bool) -> float:
    factor = 0.6 if holds_author else 1.0
    words = outline.words[at]
    if at == own.start:
        return factor * 0.5
    if words & hints.FURNITURE:
        factor *= 0.3
    if not outline.names[at]:
        factor *= 0.7
    hinted = 0
    for here in (at, *outline.around(at)):
        if here <= own.start or hinted == SUREST:
            break
        hinted += not outline.words[here].isdisjoint(hints.TEXT)
    if hinted:
        # "content" has "body" in it, and little else: the inner one is it. Where the inner
        # one has clearly less, the text goes on outside of it.
        factor *= 1.6 * 1.1 ** (hinted - 1)
    return factor * (1.0 if outline.names[at].isdisjoint(hints.TEXT_PROPERTY) else 1.5)


def read_text(
    outline: Outline, own: Own, text_at: int, head: Head, repeated: frozenset[str]
) -> tuple[str, ...]:
    """The paragraphs of a block's text."""
    cut = set(head.elements)
    for at in head.elements:
        # What stands around author and time, and says little else, goes with them.
        for above in outline.around(at):
            if above <= text_at or own.amount(above) >= 2 * NAME:
                break
            cut.add(above)

    def left_out(at: int) -> bool:
        if at == text_at:
            return False
        if at in cut or own.skipped(at):
            return True
        return _is_furniture(outline, at, repeated, quoted=_is_quoted(outline, at, text_at))

    end = own.end if text_at == own.start else outline.end[text_at]
    found = paragraphs(outline, text_at, end, left_out, head.behind)
    text = tuple(part for part in found if not _LEFT_OVER.fullmatch(part))
    if not text and repeated:  # Where most say the same ("Congratulations!"), it is the text.
        return read_text(outline, own, text_at, head, frozenset())
    return text


def _holds_only_links(outline: Outline, at: int) -> bool:
    inside = range(at, min(outline.end[at], at + SMALL))
    return all(
        outline.linked[here] or not (outline.elements[here].text or "").strip() for here in inside
    )


def _is_quoted(outline: Outline, at: int, text_at: int) -> bool:
    """Whether an element is, or stands in, a quotation within the text."""
    for here in (at, *outline.around(at)):
        if here <= text_at:
            return False
        if outline.elements[here].tag == "blockquote" or "quote" in outline.words[here]:
            return True
    return False


def is_removed(outline: Outline, own: Own, text: Sequence[str]) -> bool:
    """Whether a note stands in place of the comment: it says so, or its names do."""
    if sum(map(len, text)) > hints.REMOVED_LENGTH:
        return False
    if any(map(hints.REMOVED.fullmatch, text)):
        return True
    return any(not outline.words[at].isdisjoint(hints.GONE) for at in own.slots)


_LEFT_OVER = re.compile(r"(?:\([\s|]*\)|\[[\s|]*\]|[|·•,/]|\s)+")
"""What stood around links that are left out."""


def _is_furniture(outline: Outline, at: int, repeated: frozenset[str], *, quoted: bool) -> bool:
    text = short_text(outline, at)
    if text and (text in repeated or text in hints.REPLY_WORDS):
        return True
    if quoted and not _holds_only_links(outline, at):
        return False  # A quotation has names of its own, such as "expandable".
    names = " ".join(outline.names[at])
    named = outline.words[at] & hints.FURNITURE or any(part in names for part in hints.PARENT)
    if named or outline.elements[at].tag in _TAGS:
        return outline.amount(at) < FURNITURE
    return False

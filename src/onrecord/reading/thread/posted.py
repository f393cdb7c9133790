"""When a comment was posted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.reading.moments import iso_moment
from onrecord.reading.shown_moments import SHOWN, find_moment
from onrecord.reading.thread import hints
from onrecord.reading.thread.outline import Outline, is_dated
from onrecord.reading.thread.shown import line
from onrecord.reading.thread.slots import SMALL, Found, Own

if TYPE_CHECKING:
    from lxml.etree import _Element

CLOCK = len("10:30:00 PM")
"""Characters of the longest time of day without a day."""


_MACHINE = (*sorted(hints.DATED), "content", "title")


def find_times(outline: Outline, own: Own) -> list[Found]:
    """What may be the time of a block's comment; a time of day alone only if there is no day."""
    found = list(_candidates(outline, own))
    days = [one for one in found if _fullness(one.value) != 1]
    return days or found


def find_exact_times(outline: Outline, own: Own) -> Iterator[Found]:
    """What may be the time for machines; it is often hidden."""
    for at, slot in own.slots.items():
        moment = _machine(outline.elements[at])
        if moment and outline.words[at].isdisjoint(hints.NOT_POSTED):
            dated = is_dated(outline.elements[at], outline.words[at])
            yield Found(at, slot, 4.0 if dated else 1.0, moment)


def _candidates(outline: Outline, own: Own) -> Iterator[Found]:
    for at in own.visible():
        if at == own.start:
            continue
        if outline.end[at] - at <= SMALL:
            found = _in_element(outline, own, at)
            if found:
                yield found
        tail = outline.elements[at].tail or ""
        moment = find_moment(tail)
        if moment:
            slot = ("behind", *own.slots.get(outline.above[at], ()))
            yield Found(at, slot, 2 - len(tail) / 50, moment, behind=True)


def head_behind(tail: str, moment: str) -> int:
    """How many characters of the text behind an element are its comment's head.

    "wrote on 3 May:" is a head whole; of "3 May: The rain …" it is what ends with the time.
    """
    found = re.search(r"\s+".join(map(re.escape, moment.split())), tail)
    if found is None:
        return 0
    rest = tail[found.end() :]
    words = rest.lstrip(" \t\r\n\xa0,:;.)|·•–—-")
    return len(tail) - len(words) if words.strip() else len(tail)


def _in_element(outline: Outline, own: Own, at: int) -> Found | None:
    element, words = outline.elements[at], outline.words[at]
    if outline.amount(at) > SHOWN:
        return None
    shown = line(outline, at)
    moment = find_moment(shown)
    dated = is_dated(element, words)
    if not (dated or moment) or not shown:
        return None
    if moment and ":" not in moment:
        moment = f"{moment} {_clock_behind(outline, own, at)}".rstrip()
    score = 4.0 * dated + _fullness(moment)
    score += 2 * bool(words & hints.TIME) + 2 * (element.tag == "time")
    score -= 5 * bool(words & hints.NOT_POSTED) + len(shown) / 50
    exact = find_moment(element.get("title") or "")
    return Found(at, own.slots[at], score, moment or shown, exact=exact)


def _fullness(moment: str | None) -> int:
    """How much a time as shown tells: a day with its time of day the most."""
    if moment is None:
        return 0
    if ":" not in moment:
        return 2
    return 3 if len(moment) > CLOCK else 1


def _clock_behind(outline: Outline, own: Own, at: int) -> str:
    """The time of day that stands in an element of its own right behind the day's."""
    for after in range(outline.end[at], min(outline.end[at] + 3, own.end)):
        text = find_moment(outline.elements[after].text or "") if after in own.slots else None
        if text and _fullness(text) == 1:
            return text
    return ""


def _machine(element: _Element) -> str | None:
    values = {str(key): str(value) for key, value in element.items() if key in _MACHINE}
    return next((moment for key in _MACHINE if (moment := iso_moment(values.get(key)))), None)

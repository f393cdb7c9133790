"""Threads whose heads have lost their times, or are lost as a whole.

feet     the link to answer ends each comment, and the next line is a name
items    under "91 comments" stands a nested list, an item a comment, without names
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from onrecord.reading.text_thread import labels, words
from onrecord.reading.text_thread.choice import are_names
from onrecord.reading.text_thread.heads import Head, is_name, is_time, name_of
from onrecord.reading.text_thread.sheet import FOOT, Sheet

FEET = 3
"""Links to answer from which on they part a text into comments."""

NAMED = 0.8
"""Part of these links that a name has to follow on, and of the names that have a label below."""

BEHIND = 8
"""Lines that stand behind a list of comments at the most: a form, a rule of conduct."""

COMMENT = 30
"""Lines above the first link to answer among which the name to it is looked for."""

BELOW = 3
"""Lines below a name that can belong to the head: the one who is answered, "Report"."""


def find_feet(sheet: Sheet) -> list[Head]:
    """The heads that follow on the links to answer of the comments before, or none."""
    names = [at for foot in sheet.replies if (at := _below(sheet, foot)) < len(sheet.lines)]
    names = names[:-1] if names and names[-1] > sheet.replies[-1] else names
    if len(names) < FEET or sum(_named(sheet, at) for at in names) < NAMED * len(names):
        return []
    label = _label_below(sheet, names)
    heads = [_head(sheet, at, label) for at in (*_first(sheet, names, label), *names)]
    return heads if are_names(heads) else []


def find_items(sheet: Sheet) -> list[Head]:
    """The items of the list under a heading that counts comments, or none."""
    counts = ((at, labels.heading(sheet.shown(at)) or 0) for at in reversed(sheet.headings))
    at, count = next(((at, count) for at, count in counts if count), (0, 0))
    end = next((i for i in range(at + 1, len(sheet.lines)) if not sheet.lines[i].column), None)
    items = [
        item
        for item in range(at + 1, end or len(sheet.lines))
        if sheet.lines[item].mark and sheet.lines[item].after_blank
    ]
    if not 1 < len(items) <= count or items[0] != at + 1:
        return []
    if end and len(sheet.lines) - end > BEHIND:
        return []
    return [Head(item, item - 1, form="item") for item in items]


def _below(sheet: Sheet, foot: int) -> int:
    """The first line below a link to answer that is no label and no time."""
    at = sheet.below(foot)
    while at < min(foot + FOOT, len(sheet.lines)) and (
        sheet.is_label(at) or is_time(sheet.shown(at))
    ):
        at += 1
    return at


def _label_below(sheet: Sheet, names: Sequence[int]) -> str:
    """The label that stands at the end of the heads ("Report"), or nothing."""
    labels = Counter(
        words.letters(sheet.shown(below))
        for at in names
        for below in range(at + 1, min(at + 1 + BELOW, len(sheet.lines)))
        if sheet.is_label(below)
    )
    label, count = labels.most_common(1)[0] if labels else ("", 0)
    return label if label and label not in words.REPLY and count >= NAMED * len(names) else ""


def _first(sheet: Sheet, names: Sequence[int], label: str) -> list[int]:
    """The name of the first comment: no link to answer stands before it."""
    foot = sheet.replies[0]
    if label:
        for at in range(1, foot):
            is_label = sheet.is_short(at) and words.letters(sheet.shown(at)) == label
            if is_label and _named(sheet, at - 1):
                return [at - 1]
    authors = {sheet.shown(at) for at in names}
    for at in range(foot - 1, max(foot - 1 - COMMENT, -1), -1):
        if sheet.shown(at) in authors:
            return [at]
    at = bisect_left(sheet.headings, foot) - 1
    if at < 0 or foot - sheet.headings[at] > COMMENT:
        return []
    below = sheet.headings[at] + 1
    # Two names one below the other are ways to sort comments.
    return [below] if _named(sheet, below) and not _named(sheet, below + 1) else []


def _head(sheet: Sheet, at: int, label: str) -> Head:
    author = name_of(sheet.shown(at)) if _named(sheet, at) else None
    last = at
    for below in range(at + 1, min(at + 1 + BELOW, len(sheet.lines))):
        if label and sheet.is_short(below) and words.letters(sheet.shown(below)) == label:
            last = below
            break
    return Head(at, last, author, form="foot", addressed=last > at + 1)


def _named(sheet: Sheet, at: int) -> bool:
    return sheet.is_short(at) and is_name(sheet.shown(at)) and not is_time(sheet.shown(at))

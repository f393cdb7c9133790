"""Which of the lines that look like heads of comments are some.

Heads of one thread have one form, and text between them. That is true of a live blog, of
minutes and of a list of other articles too, so it takes more: links to answer, the heading
of a thread, nicknames. A page without any of these has no thread: a comment that is missed
stays in the text, and a paragraph that is taken for a comment gets a false speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from onrecord.reading.text_thread import labels, words
from onrecord.reading.text_thread.heads import Head
from onrecord.reading.text_thread.sheet import Sheet

NEAR = 6
"""Lines from the heading of a thread to its first head: ways to sort it, a rule of conduct."""

FOOTED = 0.8
"""Part of the comments with a link to answer, so that one more shows one more comment."""

ONE = 0.6
"""Part of the heads that can be of one name: a label ("Last post") is no commenter."""

WORDS = 3
"""Words of the middlemost name at the most: titles of other articles have more."""

NICKNAMES = 3
"""Names of the kind that only commenters have, where nothing else tells of a thread."""

_NICKNAME = re.compile(r"[a-zà-ÿа-я]\S*|\w*[a-zà-ÿа-я][A-ZÀ-ÞА-Я]\w*|\w{3,}\d+|\w+_\w+")
_CLOCK = re.compile(r"\d\s?[:h.]\s?\d\d\b|\d\s?[ap]\.?m", re.I)
_AGO = re.compile(
    r"\b(?:ago|vor|назад|geleden|temu|fa|sedan|siden|atrás|hace|há|il y a|för|now|yesterday|today|"
    r"gestern|heute|hier|ayer|hoy|ieri|oggi|wczoraj|dzisiaj|вчера|сегодня)\b",
    re.I,
)


def choose(sheet: Sheet, heads: Sequence[Head]) -> list[Head]:
    """The heads of the thread, or none."""
    groups: dict[str, list[Head]] = {}
    for head in heads:
        groups.setdefault(head.form, []).append(head)
    for group in sorted(groups.values(), key=len, reverse=True):
        thread = _before_form(sheet, trimmed(sheet, group))
        if is_thread(sheet, thread):
            return _with_lost(sheet, thread)
    return []


def trimmed(sheet: Sheet, heads: Sequence[Head]) -> list[Head]:
    """The heads from the thread's first on: an article's byline may look like one."""
    for at in range(len(heads) // 2, -1, -1):
        if is_headed(sheet, heads[at], after=heads[at - 1].last if at else -1):
            return list(heads[at:])
    feet = [sheet.foot(*stretch) is not None for stretch in sheet.stretches(heads)]
    if feet and 3 * sum(feet) >= 2 * len(feet):
        return list(heads[feet.index(True) :])
    return list(heads)


def _before_form(sheet: Sheet, heads: list[Head]) -> list[Head]:
    """The heads before the form that ends the thread: lists of other comments come behind."""
    if len(heads) < 2:
        return heads
    # Where each comment has a form of its own, none ends the thread.
    form = bisect_left(sheet.forms, heads[0].first)
    if form == len(sheet.forms) or sheet.forms[form] < heads[len(heads) // 2].first:
        return heads
    return [head for head in heads if head.first < sheet.forms[form]]


def _with_lost(sheet: Sheet, heads: list[Head]) -> list[Head]:
    """With comments that have lost their heads, where links to answer show them.

    In a nested thread nobody knows where they belong.
    """
    columns = {sheet.lines[head.first].column for head in heads}
    stretches = list(sheet.stretches(heads))[:-1]
    footed = sum(sheet.foot(*stretch) is not None for stretch in stretches)
    if len(columns) > 1 or footed < FOOTED * len(stretches):
        return heads
    found = []
    for head, (start, end) in zip(heads, stretches, strict=False):
        found.append(head)
        feet = sheet.replies[bisect_left(sheet.replies, start) : bisect_left(sheet.replies, end)]
        for foot, after in pairwise(feet):
            below = sheet.below(foot)
            if below < after:
                found.append(Head(below, below - 1, form=head.form))
    return [*found, heads[-1]]


def is_headed(sheet: Sheet, head: Head, after: int = -1) -> bool:
    """Whether the heading of a thread stands right before a head."""
    at = bisect_right(sheet.headings, head.first - 1) - 1
    return at >= 0 and sheet.headings[at] > max(after, head.first - 1 - NEAR)


def is_thread(sheet: Sheet, heads: Sequence[Head]) -> bool:
    """Whether heads of one form are those of comments."""
    count = len(heads)
    if count < 2:
        return False
    if not are_names(heads) or _is_label(heads):
        return False
    stretches = list(sheet.stretches(heads))
    if sum(_has_text(sheet, *stretch) for stretch in stretches) < 0.6 * count:
        return False
    footed = sum(sheet.foot(*stretch) is not None for stretch in stretches)
    linked = sum(head.linked for head in heads)
    return (
        2 * footed >= count
        or (is_headed(sheet, heads[0]) and sheet.first_prose < heads[0].first)
        or (count > 2 and 5 * linked >= 4 * count)
        or _is_conversation(sheet, heads)
    )


def are_names(heads: Sequence[Head]) -> bool:
    """Whether the names of heads, taken together, are those of commenters."""
    names = [head.author for head in heads if head.author]
    return not names or median(len(name.split()) for name in names) <= WORDS


def _is_label(heads: Sequence[Head]) -> bool:
    """Whether most heads have one name, which then is none."""
    name, times = Counter(head.author for head in heads).most_common(1)[0]
    unknown = words.letters(name or "") in words.UNKNOWN
    return len(heads) > 3 and times > ONE * len(heads) and not unknown


def _is_conversation(sheet: Sheet, heads: Sequence[Head]) -> bool:
    """Whether names, times and levels of a thread without links and heading are a thread's."""
    if any(head.posted is None for head in heads) or len(heads) < 3:
        return False
    if not all(_CLOCK.search(h.posted) or _AGO.search(h.posted) for h in heads if h.posted):
        return False  # A day alone dates anything.
    if all(head.said for head in heads):
        return len({head.author for head in heads}) > 1
    marked = [sheet.lines[head.first] for head in heads if sheet.lines[head.first].mark]
    if len(marked) == len(heads) and len({line.column for line in marked}) > 1:
        return len({line.inner for line in marked}) > 1
    names = {head.author for head in heads if _NICKNAME.fullmatch(head.author or "")}
    return len(names) >= NICKNAMES and len(heads) >= 5


def _has_text(sheet: Sheet, start: int, end: int) -> bool:
    return any(
        not (sheet.is_short(at) and labels.is_furniture(sheet.shown(at)))
        for at in range(start, min(end, start + 5))
    )

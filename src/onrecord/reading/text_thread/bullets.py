"""Threads without times: bullets with names, and the comments below, two columns deeper.

::

    Last paragraph of the article.

        the first comment, which has lost its name

        • Ana

          A reply to it, two columns deeper than its bullet.

      • Ben

        A comment of the first level.

A list of terms, each with its explanation below, looks the same where it is flat. So a flat
one is a thread only where more tells of one: its heading, a name that comes again, a
commenter who is addressed ("@Ana").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from onrecord.reading.text_thread.choice import are_names, is_headed
from onrecord.reading.text_thread.depth import STEP, drifts
from onrecord.reading.text_thread.heads import Head, addresses, is_name
from onrecord.reading.text_thread.lines import NUMBER
from onrecord.reading.text_thread.sheet import PROSE, Sheet

BEHIND = 3
"""Labels of the page that stand behind a thread at the most: "Your comment", "Top"."""

MENU = 5
"""Names from which on one at the first level and all others at a second are a menu."""

NAMELESS = 8
"""Lines that the first comment has at the most where it has lost its name: above may stand
an article that is indented as a whole."""


def find_bullets(sheet: Sheet) -> list[Head]:
    """The heads of a thread that goes on to the end of the text, or none."""
    named = [at for at in range(len(sheet.lines)) if _is_named(sheet, at)]
    if not named:
        return []
    named = sorted({*named, *_without_text(sheet, named)})
    first = _first(sheet, set(named))
    named = named[bisect_left(named, first) :]
    heads = [Head(at, at, sheet.shown(at), form="bullet") for at in named]
    if not heads or not are_names(heads) or not _is_thread(sheet, heads):
        return []
    if _lost_its_name(sheet, first, named[0]):
        heads.insert(0, Head(first, first - 1, form="bullet"))
    return heads


def _first(sheet: Sheet, named: set[int]) -> int:
    """The first line behind the last one that stands at the article's margin."""
    margin = min(line.column for line in sheet.lines)
    at = len(sheet.lines)
    while at > len(sheet.lines) - BEHIND and _is_label(sheet, at - 1):
        at -= 1
    while at and (sheet.lines[at - 1].column > margin or at - 1 in named):
        at -= 1
    return at


def _is_label(sheet: Sheet, at: int) -> bool:
    line = sheet.lines[at]
    return not (line.column or line.mark or not sheet.is_short(at) or _is_spoken(sheet, at))


def _is_named(sheet: Sheet, at: int) -> bool:
    """Whether a line is a bullet with a name, and its text stands below."""
    line = sheet.lines[at]
    if not _has_bullet(sheet, at) or at + 1 == len(sheet.lines):
        return False
    below = sheet.lines[at + 1]
    # Without a blank line between, it is a list's item that goes on in the next line.
    deeper = below.after_blank and below.column == line.column + STEP
    return deeper and not below.mark and is_name(sheet.shown(at))


def _has_bullet(sheet: Sheet, at: int) -> bool:
    return sheet.lines[at].mark not in ("", NUMBER)


def _without_text(sheet: Sheet, named: Sequence[int]) -> list[int]:
    """Names that have no text below, because it was taken away."""
    columns = {sheet.lines[at].column for at in named}
    marks = {sheet.lines[at].mark for at in named}
    found = []
    for at in range(named[0], len(sheet.lines)):
        line = sheet.lines[at]
        alone = at + 1 == len(sheet.lines) or sheet.lines[at + 1].after_blank
        beside = line.mark in marks and line.column in columns and line.after_blank
        if beside and alone and is_name(sheet.shown(at)):
            found.append(at)
    return found


def _is_thread(sheet: Sheet, heads: Sequence[Head]) -> bool:
    spoken = sum(_is_spoken(sheet, head.last + 1) for head in heads)
    if 2 * spoken < len(heads) or drifts(sheet, heads):
        return False
    columns = [sheet.lines[head.first].column for head in heads]
    back = any(column > after for column, after in pairwise(columns))
    # A menu has one title, and all of its entries one step below.
    if len(set(columns)) > 1 and (back or len(set(columns)) > 2 or len(heads) < MENU):
        return True
    names = {head.author for head in heads if head.author}
    if len(names) < len(heads) or is_headed(sheet, heads[0]):
        return True
    below = (head.last + 1 for head in heads if head.last + 1 < len(sheet.lines))
    return any(addresses(sheet.shown(at), names) for at in below)


def _is_spoken(sheet: Sheet, at: int) -> bool:
    """Whether a line is a sentence, and no entry of a menu."""
    if at == len(sheet.lines):
        return False
    line = sheet.lines[at]
    return line.end - line.start >= PROSE or sheet.text[line.end - 1] in ".!?…:)\"”“»’'"


def _lost_its_name(sheet: Sheet, first: int, named: int) -> bool:
    """Whether the lines before the first name are a comment.

    They stand deeper than that name's bullet, and where the page has an article, they are
    few: an article can be indented as a whole.
    """
    if not 0 < named - first <= NAMELESS or sheet.lines[first].mark:
        return False
    return all(
        sheet.lines[at].column > sheet.lines[named].column or first > 0
        for at in range(first, named)
    )

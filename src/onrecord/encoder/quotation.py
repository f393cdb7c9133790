"""Where a paragraph stands inside quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

Stretch = tuple[int, int]

_CLOSERS: dict[str, tuple[str, ...]] = {
    '"': ('"',),
    "''": ("''",),
    "``": ("''", "``"),
    "＂": ("＂",),
    "″": ("″",),
    "“": ("”",),
    "‟": ("”",),
    "„": ("“", "”"),
    "«": ("»",),
    "»": ("«",),
}
"""Each double mark that can open, with the marks that close it.

``”`` never opens (as it would in Swedish): in English a lone one closes a quotation that
an earlier paragraph opened. Two single marks side by side are how some wires write one.
"""

OPENERS = frozenset(_CLOSERS)

_MARK = re.compile("|".join(sorted(OPENERS.union(*_CLOSERS.values()))))

_SINGLE = re.compile(
    r"(?P<opens>(?<![\w'‘’])['‘](?=[^\W\d_]|[$£€“\"]))"
    r"|(?P<closes>(?<=[^\s'‘])['’](?![\w']))"
)
"""A single mark that can open: before a word, after none. One that can close: the reverse.

An apostrophe within a word is neither; one before a year ('90s) does not open.
"""

FAR = 4
"""Paragraphs over which a quotation may run on without a mark."""

SHORT = 4
"""Characters, marks included, from which single marks can be a quotation ('n' is none)."""


def quoted_stretches(paragraph: str) -> list[Stretch]:
    """The stretches inside quotation marks, marks included, in order.

    Double marks with a direction nest. A double mark that is never closed quotes the rest
    of the paragraph, as in a quotation that runs on in the next one. Single marks count
    where they are closed, outside double ones; one that is not closed is an apostrophe.
    """
    doubles, _ = _doubles(paragraph)
    return _with_singles(paragraph, doubles)


class Quoted(NamedTuple):
    """How a paragraph stands to quotation marks."""

    stretches: list[Stretch]
    """Its parts inside quotation marks, marks included, in order."""
    carried: bool
    """Whether it begins inside a quotation that an earlier paragraph opened."""
    runs_on: bool
    """Whether it ends inside a quotation."""


def quoted_paragraphs(paragraphs: Sequence[str]) -> list[Quoted]:
    """The same for paragraphs that follow one another.

    A quotation that a paragraph leaves open runs on where a later one, at most `FAR`
    further, closes it before a paragraph opens another: newspapers repeat the opening mark
    in each paragraph, many pages do not.
    """
    out: list[Quoted] = []
    opener = ""
    runs = 0  # Paragraphs that the open quotation reaches yet.
    for number, paragraph in enumerate(paragraphs):
        carried = runs > 0
        doubles, left = _doubles(paragraph, opener if carried else "")
        out.append(Quoted(_with_singles(paragraph, doubles), carried, bool(left)))
        runs -= 1
        if left and (runs < 1 or left != opener):
            opener = left
            runs = _reach(opener, paragraphs[number + 1 : number + 1 + FAR])
    return out


def _reach(opener: str, following: Sequence[str]) -> int:
    """The number of paragraphs that a quotation, left open before them, runs on over."""
    if opener in _CLOSERS[opener]:
        return 0  # Marks without a direction do not tell which of them closes.
    for number, paragraph in enumerate(following, 1):
        if paragraph.startswith(tuple(OPENERS)):
            return 0
        stretches, left = _doubles(paragraph, opener)
        if left != opener or len(stretches) > 1:  # closed, though another may be open
            return number
    return 0


def _with_singles(paragraph: str, doubles: list[Stretch]) -> list[Stretch]:
    if "'" not in paragraph and "‘" not in paragraph:
        return doubles
    stretches: list[Stretch] = []
    at = 0
    for start, end in _singles(paragraph):
        while at < len(doubles) and doubles[at][0] < start:
            stretches.append(doubles[at])
            at += 1
        if stretches and stretches[-1][1] > start:
            continue  # within a double quotation
        inner = at
        while inner < len(doubles) and doubles[inner][0] < end:
            inner += 1
        if inner > at and doubles[inner - 1][1] > end:
            continue  # The two cross: the single ones are apostrophes.
        stretches.append((start, end))
        at = inner
    return stretches + doubles[at:]


def _doubles(paragraph: str, opener: str = "") -> tuple[list[Stretch], str]:
    """The stretches in double marks, and the mark that the paragraph leaves open.

    ``opener`` is one that is open when it begins.
    """
    stretches: list[Stretch] = []
    start, depth = 0, int(bool(opener))
    for found in _MARK.finditer(paragraph):
        mark = found[0]
        if depth == 0:
            if mark in OPENERS:
                opener, start, depth = mark, found.start(), 1
        elif mark in _CLOSERS[opener]:
            depth -= 1
            if depth == 0:
                stretches.append((start, found.end()))
        elif mark == opener:
            depth += 1
    if depth:
        stretches.append((start, len(paragraph)))
    return stretches, opener if depth else ""


def _singles(paragraph: str) -> Iterator[Stretch]:
    """The stretches in single marks, each from a mark that opens to the next that closes."""
    start = None
    for found in _SINGLE.finditer(paragraph):
        if found["opens"]:
            start = found.start() if start is None else start
        elif start is not None:
            if found.end() - start >= SHORT:
                yield start, found.end()
            start = None

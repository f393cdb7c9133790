"""Where a paragraph stands inside quotation marks."""

from __future__ import annotations

import re

Stretch = tuple[int, int]

_CLOSERS = {
    '"': '"',
    "＂": "＂",
    "″": "″",
    "“": "”",
    "‟": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
}
"""Each mark that can open, with the marks that close it.

``”`` never opens (as it would in Swedish): in English a lone one closes a quotation that
an earlier paragraph opened.
"""

OPENERS = frozenset(_CLOSERS)

_MARK = re.compile("[" + "".join(OPENERS.union(*_CLOSERS.values())) + "]")


def quoted_stretches(paragraph: str) -> list[Stretch]:
    """The stretches inside double quotation marks, marks included, in order.

    Marks with a direction nest. A mark that is never closed quotes the rest of the
    paragraph, as in a quotation that runs on in the next one. Single marks are left out:
    most of them are apostrophes.
    """
    stretches: list[Stretch] = []
    opener, start, depth = "", 0, 0
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
    return stretches

"""Page text made safe and short for a terminal."""

from __future__ import annotations

import unicodedata

ELLIPSIS = " […] "
"""Stands where a stretch was left out; no page's own ellipsis looks like it."""

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def printable(text: str) -> str:
    """Text on one line, without what would steer the terminal.

    A page is a stranger's input: escape sequences and characters that turn the direction
    of writing could show words that the page does not say.
    """
    return in_place(" ".join(text.split()))


def in_place(text: str) -> str:
    """The same for text that keeps its white space; as long as it was."""
    return "".join(
        "\ufffd" if c in _BIDI or (unicodedata.category(c) == "Cc" and not c.isspace()) else c
        for c in text
    )


def shortened(text: str, length: int) -> str:
    """At most ``length`` characters of a text: its beginning and its end, cut at words."""
    if len(text) <= length:
        return text
    room = max(length - len(ELLIPSIS), 2)
    head, tail = text[: room * 2 // 3], text[len(text) - room // 3 :]
    if " " in head[len(head) // 2 :]:
        head = head.rsplit(" ", 1)[0]
    if " " in tail[: len(tail) // 2]:
        tail = tail.split(" ", 1)[1]
    return head + ELLIPSIS + tail

"""The text of a stretch of the outline, as a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from onrecord.reading.thread.outline import Outline

_PARAGRAPH = "\n\n"
_BLOCKS = frozenset(
    """
    p div blockquote li ul ol dl dt dd pre table tr section article header footer figure hr
    aside h1 h2 h3 h4 h5 h6 center form fieldset details summary address
    """.split()
)
_BREAKS = {"br": "\n", **dict.fromkeys(_BLOCKS, _PARAGRAPH)}
_UNSEEN = dict.fromkeys(map(ord, "\xad\u200b\ufeff"))
"""Soft hyphens and their like: words may break there, but do not."""


def paragraphs(
    outline: Outline,
    start: int,
    end: int,
    left_out: Callable[[int], bool] = lambda _: False,
    behind: Mapping[int, int] = {},
) -> list[str]:
    """The text of the elements from ``start`` to ``end``, cut at blocks and doubled breaks.

    Text behind the outermost elements does not belong to it. Elements for which
    ``left_out`` holds are passed over with all in them; ``behind`` tells how many characters
    of the text behind an element are.
    """
    text: list[str] = []
    open_at: list[int] = []
    at = start
    while at < end or open_at:
        while open_at and outline.end[open_at[-1]] <= at:
            done = open_at.pop()
            if outline.elements[done].tag in _BLOCKS:
                text.append(_PARAGRAPH)
            if open_at:
                text.append(_flat(outline.elements[done].tail)[behind.get(done, 0) :])
        if at >= end:
            continue
        if outline.silent[at] or left_out(at):
            if open_at:
                text.append(_flat(outline.elements[at].tail)[behind.get(at, 0) :])
            at = outline.end[at]
            continue
        element = outline.elements[at]
        text += [_BREAKS.get(str(element.tag), ""), _flat(element.text)]
        open_at.append(at)
        at += 1
    return _parts("".join(text).translate(_UNSEEN))


def _parts(text: str) -> list[str]:
    if "\n" not in text:
        text = " ".join(text.split())
        return [text] if text else []
    parts = re.split(r"\n\s*\n", text)
    shown = ("\n".join(" ".join(row.split()) for row in part.split("\n")).strip() for part in parts)
    return [part for part in shown if part]


def rows(outline: Outline, at: int) -> tuple[str, ...]:
    """The lines of a small element's text; they are asked for many times, so they are kept."""
    found = outline.rows.get(at)
    if found is None:
        if outline.end[at] - at == 1:
            text = "" if outline.silent[at] else outline.elements[at].text or ""
            words = text.translate(_UNSEEN).split() if text else ()
            found = (" ".join(words),) if words else ()
        else:
            text = "\n".join(paragraphs(outline, at, outline.end[at]))
            found = tuple(text.split("\n")) if text else ()
        outline.rows[at] = found
    return found


def line(outline: Outline, at: int) -> str:
    """A small element's text on one line."""
    return " ".join(rows(outline, at))


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace("\r", " ")

"""Bars of shares, drawn as SVG: told apart by pattern as well as by colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.report.glance import Category, Glance
from onrecord.report.layout import percent
from onrecord.report.printable import printable

SPEAKERS = 7
"""Speakers with a part of their own in the bar; the others share one."""

PATTERNS = 8
"""Fillings that the style sheet has."""

WIDTH = 100
"""Of a bar, in percent: in units that are stretched its patterns would be stretched too."""

_LABELS: dict[Category, str] = {
    "named people": "named people",
    "named groups": "named groups, with news media",
    "unnamed": "unnamed people and groups",
    "documents and polls": "documents and polls",
    "author": "the author",
    "unattributed": "unattributed",
    "unknown": "not looked into",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar, and the row of the table below it."""

    label: str
    words: int
    share: str
    fill: int
    x: float
    width: float
    attributions: int | None = None


def speakers_bar(counts: Glance) -> tuple[Part, ...]:
    """Attributed words by speaker, those without one last."""
    tallies = [one for one in counts.speakers if one.words]
    shown, rest = tallies[:SPEAKERS], tallies[SPEAKERS:]
    rows: list[tuple[str, int, int | None]] = [
        (printable(one.speaker.name), one.words, one.attributions) for one in shown
    ]
    if rest:
        label = f"{len(rest):,} others"
        rows.append((label, sum(one.words for one in rest), sum(one.attributions for one in rest)))
    return tuple(_parts(rows))


def article_bar(counts: Glance) -> tuple[Part, ...]:
    """The article's words: quoted, reported, its own."""
    words = counts.words
    return tuple(
        _parts(
            [
                ("quoted in quotation marks", words.quoted, None),
                ("reported in the article’s words", words.paraphrased, None),
                ("the article’s own account", words.own, None),
            ]
        )
    )


def sources_bar(counts: Glance) -> tuple[Part, ...]:
    """Attributed words by kind of source."""
    rows = [(_LABELS[one.category], one.words, one.attributions) for one in counts.categories]
    return tuple(_parts([row for row in rows if row[1] or row[2]]))


def _parts(rows: Iterable[tuple[str, int, int | None]]) -> Iterator[Part]:
    kept = list(rows)
    whole = sum(words for _, words, _ in kept)
    x = 0.0
    for number, (label, words, attributions) in enumerate(kept):
        width = WIDTH * words / whole if whole else 0.0
        yield Part(
            label=label,
            words=words,
            share=percent(words, whole),
            fill=number % PATTERNS,
            x=round(x, 3),
            width=round(width, 3),
            attributions=attributions,
        )
        x += width

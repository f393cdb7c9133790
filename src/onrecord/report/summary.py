"""A page's sourcing on a terminal: its speakers, its words, and kinds of source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.records import Speaker
from onrecord.report.cells import NAME, NO_NAME, role_of
from onrecord.report.glance import Category, Glance, SpeakerTally, Words
from onrecord.report.labels import ANONYMOUS, NOBODY, SOURCES, UNNAMED, source_label
from onrecord.report.layout import NARROW, counted, joined, percent
from onrecord.report.printable import printable

SPEAKERS = 12
"""Speakers that are shown unless all are asked for."""

BAR = 20
"""Columns of a bar that is all of it, where there is room."""

LISTED = frozenset(["name", "role", "group", "party"])
"""Columns of the people file that are shown unless all are asked for."""
_PLAIN = frozenset(["name", "role", "group"])
"""Those whose cells need no word to say what they are."""

LABELS: Mapping[Category, str] = {
    "named people": "named people",
    "named groups": "named groups, with news media",
    "unnamed": f"{UNNAMED} unnamed people and groups",
    "documents and polls": "documents and polls",
    "author": "the author",
    "unattributed": f"{UNNAMED} unattributed",
    "unknown": "not looked into",
}

_ANONYMOUS = frozenset[Category](["unnamed", "unattributed"])
_ONLY_IF_ANY = frozenset[Category](["author", "unknown"])

GLANCE = "Sourcing at a glance"

COLUMNS = (31, len("attributions"), len("100,000"), len(">99%"))
"""Columns of label, attributions, words and share: the same in both tables of words."""


def summary(counts: Glance, *, width: int, full: bool) -> Iterator[RenderableType]:
    """Speakers, words attributed, and the sourcing at a glance, each after an empty line."""
    if counts.speakers:
        yield from ("", _speakers(counts.speakers, width, full))
    if counts.words.attributed:
        yield from ("", _words(counts.words, width))
    if counts.looked:
        yield from _sourcing(counts, width)


def _speakers(tallies: Sequence[SpeakerTally], width: int, full: bool) -> RenderableType:
    # One more is no longer than the line that tells of it.
    shown = tallies if full or len(tallies) <= SPEAKERS + 1 else tallies[:SPEAKERS]
    parts: list[RenderableType] = [_speaker_table(shown, width, full)]
    if rest := tallies[len(shown) :]:
        number = sum(one.attributions + one.in_comments for one in rest)
        told = f"and {len(rest):,} more with {counted(number, 'attribution')} (--full shows them)"
        parts.append(Text(told, style="dim"))
    return Group(*parts)


def _speaker_table(tallies: Sequence[SpeakerTally], width: int, full: bool) -> RenderableType:
    comments = any(one.in_comments for one in tallies)
    if width < NARROW:
        lines: list[RenderableType] = [Text("Speakers", style="bold")]
        for one in tallies:
            lines.append(Padding(_speaker(one, full), (0, 0, 0, 2)))
            lines.append(Padding(_speaker_line(one), (0, 0, 0, 4)))
        return Group(*lines)
    table = _table("Speakers", "source", "attributions", *(["in comments"] * comments), "words")
    table.columns[1].justify = "left"
    for one in tallies:
        numbers = [one.attributions, *([one.in_comments] * comments), one.words]
        table.add_row(
            _speaker(one, full),
            Text(source_label(one.source_type), style=_style(one)),
            *(Text(f"{number:,}" if number else NOBODY) for number in numbers),
        )
    return table


def _speaker(one: SpeakerTally, full: bool) -> RenderableType:
    """Name and role; below, who they are together, and what the newsroom's list says."""
    speaker = one.speaker
    name = Text(printable(speaker.name), style=_style(one) or NAME, overflow="fold")
    role = role_of(speaker, full=full)
    name.append(f", {role}" if role else "", style="not bold dim default")
    members = ", ".join(printable(member.name) for member in one.members)
    below = [
        Padding(Text(f"{label}: {line}", style="dim"), (0, 0, 0, 2))
        for label, line in (("together", members), ("listed", _listed(speaker, full)))
        if line
    ]
    return Group(name, *below)


def _listed(speaker: Speaker, full: bool) -> str:
    """What the newsroom's list says; its name where the page has another."""
    return joined(
        *(
            printable(cell if column in _PLAIN else f"{column} {cell}")
            for column, cell in speaker.listed.items()
            if (full and column != "kind") or column in LISTED
            if (column, cell) != ("name", speaker.name)
        )
    )


def _speaker_line(one: SpeakerTally) -> Text:
    label = Text(source_label(one.source_type), style=_style(one))
    told = joined(
        counted(one.attributions, "attribution") if one.attributions else "",
        f"{one.in_comments:,} in comments" if one.in_comments else "",
        counted(one.words, "word") if one.words else "",
    )
    return label.append(f" · {told}" if label else told, style="not bold dim default")


def _style(one: SpeakerTally) -> str:
    return NO_NAME if one.source_type in ANONYMOUS else ""


def _words(words: Words, width: int) -> RenderableType:
    rows = [
        _Share(Text("quoted in quotation marks"), None, words.quoted),
        _Share(Text("reported in the article’s words"), None, words.paraphrased),
        _Share(Text("the article’s own account", style="dim"), None, words.own),
    ]
    head = f"Words attributed: {percent(words.attributed, words.total)}"
    return _shares(head, "", rows, words.total, width)


def _sourcing(counts: Glance, width: int) -> Iterator[RenderableType]:
    rows = [
        _Share(
            Text(LABELS[one.category], style=NO_NAME if one.category in _ANONYMOUS else ""),
            one.attributions,
            one.words,
        )
        for one in counts.categories
        if one.attributions or one.category not in _ONLY_IF_ANY
    ]
    if any(row.attributions for row in rows):
        yield from ("", _shares(GLANCE, "attributions", rows, counts.words.attributed, width))
    if counts.in_comments:
        number = sum(number for _, number in counts.in_comments)
        kinds = (f"{times:,} {SOURCES[kind]}" for kind, times in counts.in_comments if kind)
        told = f"In the comments: {counted(number, 'attribution')} ({', '.join(kinds)})"
        yield from ("", Text(told))


class _Share(NamedTuple):
    """A line of a table of words."""

    label: Text
    attributions: int | None
    words: int


def _shares(
    head: str, attributions: str, rows: Sequence[_Share], whole: int, width: int
) -> RenderableType:
    """Words and their share of a whole, with a bar; tables of it stand in line."""
    if width < NARROW:
        lines: list[RenderableType] = [Text(head, style="bold")]
        for label, number, words in rows:
            told = counted(number, "attribution") if number is not None else ""
            line = label.copy().append(": ")
            said = f"{counted(words, 'word')}, {percent(words, whole)}"
            line.append(joined(told, said), style="not bold dim default")
            lines.append(Padding(line, (0, 0, 0, 2)))
        return Group(*lines)
    table = _table(head, attributions, "words", "share", "")
    for column, least in zip(table.columns, COLUMNS, strict=False):
        column.min_width = least
    table.columns[-1].justify = "left"
    room = min(BAR, width - sum(COLUMNS) - 2 * len(COLUMNS))
    for label, number, words in rows:
        bar = "█" * round(room * words / whole) if whole else ""
        told = "" if number is None else f"{number:,}"
        table.add_row(label, told, f"{words:,}", percent(words, whole), bar)
    return table


def _table(head: str, *columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(Text(head, style="bold not dim"), overflow="fold")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table

"""The attributions of a page on a terminal: a table, or stanzas where that is narrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.report.cells import NO_NAME, Cells
from onrecord.report.labels import CUES, KINDS, MARKS, NESTED, UNNAMED
from onrecord.report.layout import NARROW, Hung, joined

DEEPEST = 4
"""Levels of nesting that are indented."""

GAP = 2
WHO = (16, 0.27)
"""Columns of who: at least, and the share of the width that is the most."""
WORD = 0.32
"""The most that a long word in a name can make of it, so that it is not broken."""
AUTHORITY = (18, 0.2)
"""The same of authority."""


def rows(shown: Sequence[Cells], *, width: int) -> RenderableType:
    """The attributions, each a row or a stanza."""
    return Group(*map(_stanza, shown)) if width < NARROW else _table(shown, width)


def key(shown: Iterable[Cells]) -> RenderableType:
    """What the marks and words in these rows mean: those that are there, no others."""
    used = set(
        chain.from_iterable(
            (
                one.where[0],
                *one.manner,
                *((UNNAMED,) if one.anonymous else ()),
                *((NESTED,) if one.depth else ()),
            )
            for one in shown
        )
    )
    lines = []
    for meanings, between in ((MARKS, " "), (KINDS, ": "), (CUES, ": ")):
        told = [
            Text(word).append(f"{between}{meaning}", style="dim")
            for word, meaning in meanings.items()
            if word in used
        ]
        lines += [Text(" · ", style="dim").join(told)] if told else []
    return Hung(Text("Key  ", style="bold"), Group(*lines))


def _table(shown: Sequence[Cells], width: int) -> Table:
    """Columns as wide as they must be; what is left is for what is said."""
    where = max([5, *(len(one.where) for one in shown)])
    who = _column(WHO, width, (_longest(one) for one in shown))
    who = max(who, min(max(map(_longest_word, shown)), int(width * WORD)))
    authority = _column(
        AUTHORITY, width, (max(len(one.authority), len(", ".join(one.manner))) for one in shown)
    )
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 1, 0), header_style="dim")
    table.add_column("where", justify="right", no_wrap=True, width=where)
    # Folded, a long address loses nothing; Rich would cut it.
    table.add_column("who", width=who, overflow="fold")
    says = width - where - who - authority - 3 * GAP
    table.add_column("says", width=says, overflow="fold")
    table.add_column("authority", width=authority, overflow="fold")
    for one in shown:
        table.add_row(Text(one.where, style="dim"), _who(one), _says(one), _authority(one))
    return table


def _column(limits: tuple[int, float], width: int, needed: Iterable[int]) -> int:
    least, share = limits
    return min(max([least, *needed]), max(least, int(width * share)))


def _longest(one: Cells) -> int:
    return _indent(one) + max(one.name.cell_len, cell_len(one.role), cell_len(one.wording))


def _longest_word(one: Cells) -> int:
    words = f"{one.name.plain} {one.role} {one.wording}".split()
    return _indent(one) + max(map(cell_len, words))


def _indent(one: Cells) -> int:
    return len(NESTED) + 1 + 2 * (min(one.depth, DEEPEST) - 1) if one.depth else 0


def _nested(one: Cells, body: RenderableType) -> RenderableType:
    """An arrow before what is nested, further in the deeper it is."""
    if not one.depth:
        return body
    return Hung(Text(f"{NESTED} ".rjust(_indent(one)), style="dim"), body)


def _who(one: Cells) -> RenderableType:
    lines = [one.name.copy()]
    lines += [Text(line, style="dim") for line in (one.role, one.wording) if line]
    return _nested(one, Text("\n", overflow="fold").join(lines))


def _says(one: Cells) -> RenderableType:
    content = Padding(Text(one.content, overflow="fold"), (0, 0, 0, 2))
    return Group(one.cue, content) if one.cue else content


def _authority(one: Cells) -> Text:
    lines = [Text(one.authority, style=NO_NAME if one.anonymous else "")] if one.authority else []
    return Text("\n").join([*lines, Text(", ".join(one.manner), style="dim")])


def _stanza(one: Cells) -> RenderableType:
    head = one.name.copy()
    beside = joined(one.role, one.wording)
    head.append(f" · {beside}" if beside else "", style="not bold dim default")
    authority = Text(one.authority, style=NO_NAME if one.anonymous else "")
    manner = ", ".join(one.manner)
    authority.append(f" · {manner}" if one.authority else manner, style="not bold dim default")
    lines: list[RenderableType] = [
        Hung(Text(f"{one.where}  ", style="dim"), _nested(one, head)),
        Padding(authority, (0, 0, 0, 2)),
        Padding(_says(one), (0, 0, 1, 2)),
    ]
    return Group(*lines)

"""Counts of a corpus as tables on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.report.labels import NEUTRAL, NOBODY
from onrecord.report.layout import counted, joined, percent
from onrecord.report.printable import printable
from onrecord.store import (
    Failure,
    Overview,
    PageThreads,
    Profile,
    Replies,
    SpeakerCount,
    Stats,
)
from onrecord.store import Group as Counts

CLASSES = 3
"""Cue classes that are shown of a group, the neutral one left out."""

WIDE = 130
"""Columns from which on cue classes have room."""

MONTH_BAR = 30
"""Columns of the bar of the month with most."""

_HEADS = {"source_type": "source type", "cue_class": "cue class", "speaker_kind": "kind"}


def stats_table(stats: Stats, *, limit: int, width: int) -> RenderableType:
    """The groups, the total below them, and what was left out.

    What all rows of a dimension would have the same is not shown, nor are cue classes where
    ``width`` has no room for them.
    """
    columns = [
        column
        for column in _COLUMNS
        if column.dimension not in stats.by
        and (column.head != ONCE or stats.total.once is not None)
        and (column.head != CUES or width >= WIDE)
    ]
    labels = [_HEADS.get(name, name) for name in stats.by]
    table = _table([*labels, *(column.head for column in columns)], len(labels))
    shown = stats.groups[:limit]
    for group in shown:
        values = (_value(*pair) for pair in zip(stats.by, group.labels, strict=True))
        table.add_row(*values, *(column.cell(group) for column in columns))
    if labels:
        table.add_section()
    total = ["all"] + [""] * (len(labels) - 1) if labels else []
    table.add_row(*total, *(column.cell(stats.total) for column in columns))
    return Group(table, *_notes(stats, len(stats.groups) - len(shown)))


def _notes(stats: Stats, rest: int) -> Iterator[Text]:
    if rest:
        yield Text(f"and {counted(rest, 'group')} more (--limit shows them)", style="dim")
    if stats.total.once is not None:
        yield Text(
            "once: near-identical contents of several pages counted once; all other columns "
            "but attributions are of these",
            style="dim",
        )
    if stats.ambiguous:
        told = f"{counted(stats.ambiguous, 'speaker')} fit several rows of the people file"
        yield Text(f"{told} and got none", style="yellow")


def _value(dimension: str, label: str | None) -> str:
    if label is None:
        return "(no name)" if dimension == "speaker" else NOBODY
    if dimension == "source_type":
        return label.replace("_", " ")
    return printable(label)


def _share(part: Callable[[Counts], int]) -> Callable[[Counts], str]:
    return lambda group: percent(part(group), group.counted)


def _number(part: Callable[[Counts], int | None]) -> Callable[[Counts], str]:
    return lambda group: f"{part(group) or 0:,}"


def _classes(group: Counts) -> str:
    """The most frequent cue classes but the neutral one."""
    found = sorted(group.cue_classes.items(), key=lambda pair: -pair[1])
    told = [(name, number) for name, number in found if name != NEUTRAL and number]
    return ", ".join(f"{name} {percent(number, group.counted)}" for name, number in told[:CLASSES])


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of counts, and the dimension by which it would say nothing new."""

    head: str
    cell: Callable[[Counts], str]
    dimension: str = ""


ONCE, CUES = "once", "cues"

_COLUMNS = (
    _Column("attributions", _number(lambda group: group.attributions)),
    _Column(ONCE, _number(lambda group: group.once)),
    _Column("pages", _number(lambda group: group.pages), "page"),
    _Column("speakers", _number(lambda group: group.speakers), "speaker"),
    _Column("words", _number(lambda group: group.words)),
    _Column("named", _share(lambda group: group.named), "source_type"),
    _Column("unnamed", _share(lambda group: group.unnamed), "source_type"),
    _Column("nobody", _share(lambda group: group.unattributed), "source_type"),
    _Column("direct", _share(lambda group: group.kinds["direct"]), "kind"),
    _Column(CUES, _classes, "cue_class"),
)


def speakers_table(speakers: Sequence[SpeakerCount]) -> RenderableType:
    """Speakers over all pages."""
    heads = ["no.", "speaker", "kind", "roles", "attributions", "pages", "words", "direct"]
    table = _table([*heads, "first", "last"], 0, left={"speaker", "kind", "roles"})
    for one in speakers:
        table.add_row(
            str(one.identity),
            printable(one.name),
            one.kind or NOBODY,
            printable(", ".join(one.roles)),
            *(f"{number:,}" for number in (one.attributions, one.pages, one.words)),
            percent(one.direct, one.attributions),
            one.first or NOBODY,
            one.last or NOBODY,
        )
    return table


def profile_text(profile: Profile) -> RenderableType:
    """All that is known of one speaker."""
    title = Text(printable(profile.name), style="bold")
    about = joined(
        profile.kind or "",
        counted(profile.attributions, "attribution"),
        counted(profile.pages, "page"),
        counted(profile.words, "word"),
        _range(profile.first, profile.last),
    )
    parts: list[RenderableType] = [title.append(f"\n{about}", style="dim not bold")]
    if profile.listed:
        row = joined(*(f"{column}: {value}" for column, value in profile.listed.items()))
        parts.append(Text(f"people file: {printable(row)}", style="dim"))
    if profile.aliases:
        named = ", ".join(f"{name} ({number:,})" for name, number in profile.aliases)
        parts.append(Text(f"also: {printable(named)}", style="dim"))
    if profile.roles:
        roles = _table(["role", "pages", "first", "last"], 1)
        for role in profile.roles:
            first, last = role.first or NOBODY, role.last or NOBODY
            roles.add_row(printable(role.role), f"{role.pages:,}", first, last)
        parts += ["", roles]
    parts += ["", _months(profile)]
    for head, pairs in (
        ("how", profile.kinds),
        ("source type", profile.source_types),
        ("cue class", profile.cue_classes),
        ("site", profile.sites),
        ("speaks about", profile.about),
    ):
        if pairs:
            parts += ["", _pairs(head, pairs, profile.attributions)]
    return Group(*parts)


def _months(profile: Profile) -> RenderableType:
    table = _table(["month", "attributions", ""], 1)
    most = max((number for _, number in profile.months), default=1)
    for month, number in profile.months:
        table.add_row(month or "no date", f"{number:,}", "█" * round(MONTH_BAR * number / most))
    table.columns[2].justify = "left"
    return table


def _pairs(head: str, pairs: Sequence[tuple[str | None, int]], whole: int) -> RenderableType:
    table = _table([head, "attributions", "share"], 1)
    for name, number in pairs:
        table.add_row(printable(name or NOBODY), f"{number:,}", percent(number, whole))
    return table


def threads_table(pages: Sequence[PageThreads]) -> RenderableType:
    """Pages with comments."""
    heads = ["page", "headline", "site", "comments", "threads", "depth", "commenters"]
    table = _table([*heads, "words", "attributions"], 0, left={"headline", "site"})
    for one in pages:
        counts = (one.comments, one.threads, one.depth, one.commenters, one.words)
        table.add_row(
            str(one.page),
            printable(one.headline or NOBODY),
            printable(one.site or NOBODY),
            *(f"{number:,}" for number in (*counts, one.attributions)),
        )
    return table


def replies_table(pairs: Sequence[Replies]) -> RenderableType:
    """Who replies to whom."""
    table = _table(["commenter", "replies to", "site", "replies", "pages"], 3)
    for one in pairs:
        who = (one.author, one.to, one.site)
        table.add_row(
            *(printable(name or NOBODY) for name in who), f"{one.replies:,}", f"{one.pages:,}"
        )
    return table


def overview_text(path: str, held: Overview) -> RenderableType:
    """What a corpus holds."""
    lines = [
        counted(held.pages, "page")
        + (f", and {counted(held.versions, 'older version')}" if held.versions else ""),
        joined(_range(held.first, held.last), counted(held.undated, "page") + " without a date"),
        joined(
            counted(held.attributions, "attribution"),
            f"{counted(held.speakers, 'speaker')} with a name",
            counted(held.comments, "comment"),
            counted(held.words, "word"),
        ),
        "commenters by their names" if held.names else "commenters by pseudonyms",
        *(f"{counted(pages, 'page')} read by {label}" for label, pages in held.readings),
    ]
    if held.failures:
        lines.append(f"{counted(held.failures, 'input')} failed (--failed shows them)")
    parts: list[RenderableType] = [Text(printable(path), style="bold")]
    parts += [Text(printable(line)) for line in lines]
    if held.sites:
        table = _table(["site", "pages"], 1)
        for site, pages in held.sites:
            table.add_row(printable(site or NOBODY), f"{pages:,}")
        parts += ["", table]
        if rest := held.site_count - sum(site is not None for site, _ in held.sites):
            parts.append(Text(f"and {counted(rest, 'site')} more", style="dim"))
    return Group(*parts)


def failures_table(failures: Sequence[Failure]) -> RenderableType:
    """What became no page, and why."""
    table = _table(["input", "error", "tries", "last tried"], 2)
    for one in failures:
        message = printable(f"{one.error}: {one.message}")
        table.add_row(printable(one.name), message, str(one.tries), one.last_tried)
    return table


def _range(first: str | None, last: str | None) -> str:
    if first is None or last is None:
        return ""
    return first if first == last else f"{first} to {last}"


def _table(heads: Sequence[str], texts: int, *, left: set[str] | None = None) -> Table:
    """A table of which the first columns, or those on the left, are text and the rest numbers."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for place, head in enumerate(heads):
        text = head in left if left else place < texts
        table.add_column(
            head,
            justify="left" if text or head == CUES else "right",
            overflow="fold",
            no_wrap=not text and head != CUES,
        )
    return table

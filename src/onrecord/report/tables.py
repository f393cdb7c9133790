"""Counts of a corpus as tables on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.text import Text

from onrecord.report.cells import ASIDE
from onrecord.report.labels import NEUTRAL, NOBODY
from onrecord.report.layout import counted, joined, percent
from onrecord.report.printable import printable, shortened
from onrecord.report.tabular import Column, Tabular
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

NO_DATE = "no date"

_HEADS = {"source_type": "source type", "cue_class": "cue class", "speaker_kind": "kind"}
_UNKNOWN = {"speaker": "(no name)", "day": NO_DATE, "month": NO_DATE, "year": NO_DATE}
_NUMBERED = frozenset(["speaker", "page"])
"""Dimensions whose values have numbers, by which they can be asked for."""


def stats_table(stats: Stats, *, limit: int) -> RenderableType:
    """The groups, the total below them, and what was left out.

    What all rows of a dimension would have the same is not shown, nor are cue classes on a
    terminal that has no room for them.
    """
    columns = [
        one
        for one in _COUNTS
        if one.dimension not in stats.by
        and (one.column.head != ONCE or stats.total.once is not None)
    ]
    heads: list[Column] = []
    for name in stats.by:
        heads += [Column("no.", rank=1)] * (name in _NUMBERED)
        heads.append(Column(_HEADS.get(name, name), text=True))
    shown = stats.groups[:limit] if stats.by else ()
    rows = [[*_keys(stats.by, one), *(column.cell(one) for column in columns)] for one in shown]
    total = [""] * len(heads)
    if heads:
        total[heads[0].head == "no."] = "all"
    rows.append([*total, *(one.cell(stats.total) for one in columns)])
    table = Tabular([*heads, *(one.column for one in columns)], rows, total=bool(heads))
    rest = len(stats.groups) - len(shown) if stats.by else 0
    return Group(table, *_notes(stats, rest))


def _keys(by: Sequence[str], group: Counts) -> Iterator[str]:
    for name, key, label in zip(by, group.key, group.labels, strict=True):
        if name in _NUMBERED:
            yield "" if key is None else str(key)
        if label is None:
            yield _UNKNOWN.get(name, NOBODY)
        else:
            yield _plain(label) if name in _TYPES else label


_TYPES = frozenset(["source_type"])


def _plain(source_type: str) -> str:
    return source_type.replace("_", " ")


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
class _Count:
    """A column of counts, and the dimension by which it would say nothing new."""

    column: Column
    cell: Callable[[Counts], str]
    dimension: str = ""


ONCE = "once"

_COUNTS = (
    _Count(Column("attributions"), _number(lambda group: group.attributions)),
    _Count(Column(ONCE), _number(lambda group: group.once)),
    _Count(Column("pages", rank=5), _number(lambda group: group.pages), "page"),
    _Count(Column("speakers", rank=3), _number(lambda group: group.speakers), "speaker"),
    _Count(Column("words", rank=6), _number(lambda group: group.words)),
    _Count(Column("named", rank=1), _share(lambda group: group.named), "source_type"),
    _Count(Column("unnamed", rank=2), _share(lambda group: group.unnamed), "source_type"),
    _Count(Column("nobody", rank=2), _share(lambda group: group.unattributed), "source_type"),
    _Count(Column("direct", rank=4), _share(lambda group: group.kinds["direct"]), "kind"),
    _Count(Column("cues", text=True, rank=7, whole=True, from_width=WIDE), _classes, "cue_class"),
)


def speakers_table(speakers: Sequence[SpeakerCount]) -> RenderableType:
    """Speakers over all pages."""
    if not speakers:
        return Text("no speaker with a name says anything that is asked for")
    columns = [
        Column("no."),
        Column("speaker", text=True),
        Column("kind", text=True, rank=5),
        Column("roles", text=True, rank=1),
        Column("attributions"),
        Column("pages", rank=2),
        Column("words", rank=6),
        Column("direct", rank=3),
        Column("first", rank=4),
        Column("last", rank=4),
    ]
    rows = [
        [
            str(one.identity),
            one.name,
            one.kind or NOBODY,
            "; ".join(shortened(printable(role), ASIDE) for role in one.roles),
            *(f"{number:,}" for number in (one.attributions, one.pages, one.words)),
            percent(one.direct, one.attributions),
            one.first or NOBODY,
            one.last or NOBODY,
        ]
        for one in speakers
    ]
    return Tabular(columns, rows)


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
        days = [Column("first", rank=1), Column("last", rank=1)]
        columns = [Column("role", text=True), Column("pages"), *days]
        roles = [
            [one.role, f"{one.pages:,}", one.first or NOBODY, one.last or NOBODY]
            for one in profile.roles
        ]
        parts += ["", Tabular(columns, roles)]
    parts += ["", _months(profile)]
    types = [(type and _plain(type), number) for type, number in profile.source_types]
    for head, pairs in (
        ("how", profile.kinds),
        ("source type", types),
        ("cue class", profile.cue_classes),
        ("site", profile.sites),
        ("speaks about", profile.about),
    ):
        if pairs:
            parts += ["", _pairs(head, pairs, profile.attributions)]
    return Group(*parts)


def _months(profile: Profile) -> RenderableType:
    most = max((number for _, number in profile.months), default=1)
    rows = [
        [month or NO_DATE, f"{number:,}", "█" * round(MONTH_BAR * number / most)]
        for month, number in profile.months
    ]
    bar = Column("", text=True, rank=1, whole=True)
    return Tabular([Column("month", text=True), Column("attributions"), bar], rows)


def _pairs(head: str, pairs: Sequence[tuple[str | None, int]], whole: int) -> RenderableType:
    return Tabular(
        [Column(head, text=True), Column("attributions"), Column("share")],
        [[name or NOBODY, f"{number:,}", percent(number, whole)] for name, number in pairs],
    )


def threads_table(pages: Sequence[PageThreads]) -> RenderableType:
    """Pages with comments."""
    if not pages:
        return Text("no page with comments")
    columns = [
        Column("page"),
        Column("headline", text=True),
        Column("site", text=True, rank=4),
        Column("comments"),
        Column("threads", rank=1),
        Column("depth", rank=2),
        Column("commenters", rank=3),
        Column("words", rank=6),
        Column("attributions", rank=5),
    ]
    rows = []
    for one in pages:
        counts = (one.comments, one.threads, one.depth, one.commenters, one.words)
        numbers = (f"{number:,}" for number in (*counts, one.attributions))
        rows.append([str(one.page), one.headline or NOBODY, one.site or NOBODY, *numbers])
    return Tabular(columns, rows)


def replies_table(pairs: Sequence[Replies]) -> RenderableType:
    """Who replies to whom."""
    if not pairs:
        return Text("no comment that replies to another")
    columns = [
        Column("commenter", text=True),
        Column("replies to", text=True),
        Column("site", text=True, rank=1),
        Column("replies"),
        Column("pages", rank=2),
    ]
    rows = [
        [
            *(name or NOBODY for name in (one.author, one.to, one.site)),
            f"{one.replies:,}",
            f"{one.pages:,}",
        ]
        for one in pairs
    ]
    return Tabular(columns, rows)


def overview_text(path: str, held: Overview) -> RenderableType:
    """What a corpus holds."""
    lines = [
        counted(held.pages, "page")
        + (f", and {counted(held.versions, 'older version')}" if held.versions else ""),
        joined(
            _range(held.first, held.last),
            f"{counted(held.undated, 'page')} without a date" if held.undated else "",
        ),
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
    parts += [Text(printable(line)) for line in lines if line]
    if held.sites:
        rows = [[site or NOBODY, f"{pages:,}"] for site, pages in held.sites]
        parts += ["", Tabular([Column("site", text=True), Column("pages")], rows)]
        if rest := held.site_count - sum(site is not None for site, _ in held.sites):
            parts.append(Text(f"and {counted(rest, 'site')} more", style="dim"))
    return Group(*parts)


def failures_table(failures: Sequence[Failure]) -> RenderableType:
    """What became no page, and why."""
    if not failures:
        return Text("no input failed")
    columns = [
        Column("input", text=True),
        Column("error", text=True),
        Column("tries", rank=2),
        Column("last tried", rank=1),
    ]
    rows = [
        [one.name, f"{one.error}: {one.message}", str(one.tries), one.last_tried]
        for one in failures
    ]
    return Tabular(columns, rows)


def _range(first: str | None, last: str | None) -> str:
    if first is None or last is None:
        return ""
    return first if first == last else f"{first} to {last}"

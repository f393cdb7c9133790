"""The audit's counts, as charts: of all that is asked for, or by a dimension of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from onrecord.errors import OptionsError
from onrecord.report.labels import KINDS, SOURCES
from onrecord.report.printable import printable
from onrecord.store import Filter, Group, Stats
from onrecord.store.stats import TIMES
from onrecord.web.answers import Answers
from onrecord.web.asking import query
from onrecord.web.charts import Chart, Row, bars, columns, largest

ROWS = 40
"""Groups that are shown, and kept."""
TIME_ROWS = 400
"""The same of days, months and years."""

SERIES = ("named", "unnamed", "unattributed", "not known")
"""How the sources of a group are identified."""

HEADS = {
    "site": "Outlet",
    "source_type": "Kind of source",
    "cue_class": "Cue class",
    "kind": "Quoted",
    "place": "Where",
    "speaker_kind": "Kind of speaker",
}
"""What dimensions are called, those that are not called so already."""

_NOBODY = {"speaker": "(no name)", "site": "(no outlet)", "day": "no date", "month": "no date"}


def counted(answers: Answers, by: Sequence[str], asked: Filter, *, unique: bool) -> Stats:
    """A corpus's counts, as many groups of them as are shown."""

    def ask() -> Stats:
        found = answers.corpus.stats(by, asked, unique=unique)
        # One more than is shown tells whether there are more.
        return msgspec.structs.replace(found, groups=_kept(by, found.groups, 1))

    return answers.get(("stats", tuple(by), asked, unique), ask)


def checked(by: Sequence[str]) -> tuple[str, ...]:
    """Dimensions that may be counted by together.

    Raises `OptionsError` for pages by something else: of 20,000 pages these are 180,000 groups and
    a gigabyte, for whoever sends a browser here.
    """
    if "page" in by and len(by) > 1:
        raise OptionsError(
            "page cannot be counted by together with others here; count by page alone, or use "
            "onrecord stats"
        )
    return tuple(by)


def by_dimensions(stats: Stats, asked: Filter, *, sheet: str | None = None) -> Chart:
    """A row for each group, its sources by how they are identified."""
    name = " and ".join(_head(one).lower() for one in stats.by)
    shown = _kept(stats.by, stats.groups)
    rows = [_group(stats, one, asked) for one in shown]
    series = SERIES if any(row.values[-1] for row in rows) else SERIES[:-1]
    rows = [replace(row, values=row.values[: len(series)]) for row in rows]
    over_time = len(stats.by) == 1 and stats.by[0] in TIMES
    chart = Chart(
        id=f"by-{'-'.join(stats.by)}",
        caption=f"By {name}",
        head=", ".join(map(_head, stats.by)),
        heads=_heads(stats),
        series=series,
        rows=tuple(rows),
        most=largest(rows),
        note="" if len(shown) == len(stats.groups) else _note(stats.by),
        sheet=sheet,
    )
    return columns(chart) if over_time else bars(chart)


def of_all(stats: Stats, asked: Filter, what: str, *, sheet: str | None = None) -> Chart:
    """All that is asked for by source type, cue class or kind."""
    total = stats.total
    numbers: dict[str, int] = {
        "source_type": total.source_types,
        "cue_class": total.cue_classes,
        "kind": total.kinds,
    }[what]
    rows = [
        Row(
            label=_label(what, value),
            numbers=(number, percent(number, total.counted)),
            values=(number,),
            href=f"/{query(asked, **{what: value})}",
        )
        for value, number in numbers.items()
    ]
    return bars(
        Chart(
            id=f"of-{what}",
            caption=_CAPTIONS[what],
            head=_head(what),
            heads=("Attributions" if total.once is None else "Once", "Share"),
            series=("attributions",),
            rows=tuple(rows),
            most=largest(rows),
            sheet=sheet,
        )
    )


def percent(part: int, whole: int) -> str:
    """A share with a decimal, for small ones can be what matters."""
    return f"{100 * part / whole:.1f}%" if whole else "—"


def _kept(by: Sequence[str], groups: Sequence[Group], more: int = 0) -> tuple[Group, ...]:
    """The groups that are shown: the newest times, of all else the first."""
    if by and by[0] in TIMES:
        return tuple(groups[-TIME_ROWS - more :])
    return tuple(groups[: ROWS + more])


def _note(by: Sequence[str]) -> str:
    """Which groups are shown where that is not all of them."""
    if by[0] in TIMES:
        return f"the newest {TIME_ROWS}"
    return f"the {ROWS} with most" if len(by) == 1 else f"the first {ROWS}"


_CAPTIONS = {
    "source_type": "How sources are identified",
    "cue_class": "In which words",
    "kind": "Quoted or paraphrased",
}
_SOURCES: dict[str, str] = {str(name): label for name, label in SOURCES.items()}


def _label(what: str, value: str) -> str:
    if what == "kind":
        return f"{value}: {KINDS[value]}"
    return _SOURCES.get(value, value)


def _group(stats: Stats, one: Group, asked: Filter) -> Row:
    known = one.named + one.unnamed + one.unattributed
    labels = [
        printable(label) if label is not None else _NOBODY.get(name, "—")
        for name, label in zip(stats.by, one.labels, strict=True)
    ]
    once = () if one.once is None else (one.once,)
    return Row(
        label=", ".join(labels),
        numbers=(
            one.attributions,
            *once,
            percent(one.counted, stats.total.counted),
            one.named,
            one.unnamed,
            one.unattributed,
            one.pages,
            one.speakers,
            one.words,
        ),
        values=(one.named, one.unnamed, one.unattributed, max(one.counted - known, 0)),
        href=_link(stats.by, one, asked),
    )


def _heads(stats: Stats) -> tuple[str, ...]:
    once = () if stats.total.once is None else ("Once",)
    rest = ("Named", "Unnamed", "Unattributed", "Pages", "Speakers", "Words")
    return ("Attributions", *once, "Share", *rest)


def _head(name: str) -> str:
    return HEADS.get(name, name.replace("_", " ").capitalize())


_FILTERS = frozenset(["site", "source_type", "cue_class", "kind", "place"])
"""Dimensions that are filters of the same name."""


def _link(by: Sequence[str], one: Group, asked: Filter) -> str | None:
    """Where the attributions of a group are; nothing where no filter tells them."""
    changed: dict[str, str | int | None] = {}
    for name, key in zip(by, one.key, strict=True):
        if key is None:
            return None
        if name == "speaker":
            changed["identity"] = key
        elif name == "page":
            return f"/pages/{key}"
        elif name in TIMES:
            since, until = changed.get("since"), changed.get("until")
            changed["since"] = _within(str(key), since or asked.since)
            changed["until"] = _within(str(key), until or asked.until)
        elif name in _FILTERS:
            changed[name] = key
        else:
            return None
    if set(by) == {"speaker"}:
        narrowed = msgspec.structs.replace(asked, speaker=None, identity=None)
        return f"/speakers/{changed['identity']}{query(narrowed)}"
    if tuple(by) == ("site",) and asked == Filter():
        return f"/outlets/one{query(site=changed['site'])}"
    return f"/{query(asked, **changed)}"


def _within(key: str, asked: str | int | None) -> str:
    """A day, month or year, or the part of it that is asked for already."""
    return asked if isinstance(asked, str) and asked.startswith(key) else key

"""``/compare``: two outlets, or two periods, side by side."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.params import QueryParameter
from litestar.response import Template

from onrecord.report.printable import printable
from onrecord.store import Filter, Stats
from onrecord.web.answers import Answers
from onrecord.web.asking import LONGEST, fields_of, query
from onrecord.web.charts import Chart, Row, pairs
from onrecord.web.counts import HEADS, counted, of_all, percent
from onrecord.web.given import Asked, TheAnswers
from onrecord.web.sheets import sheet

OF = ("source_type", "kind", "cue_class")

_Text = Annotated[str | None, QueryParameter(max_length=LONGEST)]


@get("/compare", name="compare", sync_to_thread=True)
def compare_page(
    asked: Asked,
    answers: TheAnswers,
    other_site: _Text = None,
    other_since: _Text = None,
    other_until: _Text = None,
) -> Template:
    """What is asked for, and the same of another outlet or another time."""
    other = _other(asked, other_site, other_since, other_until)
    return Template(
        "compare.html",
        context={
            "asked": asked,
            "other": other,
            "names": _names(asked, other),
            "charts": [] if asked == other else _charts(answers, asked, other),
        },
    )


@get("/compare.csv", name="compare-csv", sync_to_thread=True)
def compare_sheet(
    asked: Asked,
    answers: TheAnswers,
    other_site: _Text = None,
    other_since: _Text = None,
    other_until: _Text = None,
) -> Response[bytes]:
    """The same, one table below the other."""
    other = _other(asked, other_site, other_since, other_until)
    charts = _charts(answers, asked, other)
    rows = [
        {"of": chart.head, **dict(zip(chart.columns()[1:], row.numbers, strict=True))}
        | {"value": row.label}
        for chart in charts
        for row in chart.rows
    ]
    return sheet("comparison", ["of", "value", *charts[0].columns()[1:]], rows)


def _other(asked: Filter, site: str | None, since: str | None, until: str | None) -> Filter:
    """The filter of the other side: an outlet or a period that is not given is as on this one."""
    if not since and not until:
        since, until = asked.since, asked.until
    return msgspec.structs.replace(
        asked, site=site or asked.site, since=since or None, until=until or None
    )


def _charts(answers: Answers, asked: Filter, other: Filter) -> list[Chart]:
    both = [counted(answers, [], one, unique=False) for one in (asked, other)]
    names = _names(asked, other)
    sheet_at = f"/compare.csv{query(asked, **_others(other))}"
    return [_pair(both, (asked, other), names, what, sheet_at) for what in OF]


def _pair(
    both: list[Stats], asked: tuple[Filter, Filter], names: tuple[str, str], what: str, at: str
) -> Chart:
    """The shares of both sides, and by how many points they differ."""
    sides = [of_all(stats, one, what) for stats, one in zip(both, asked, strict=True)]
    totals = [stats.total.counted for stats in both]
    rows = []
    for one, two in zip(sides[0].rows, sides[1].rows, strict=True):
        counts = one.values[0], two.values[0]
        shares = [
            100 * n / whole if whole else 0.0 for n, whole in zip(counts, totals, strict=True)
        ]
        rows.append(
            Row(
                label=one.label,
                numbers=(
                    counts[0],
                    percent(counts[0], totals[0]),
                    counts[1],
                    percent(counts[1], totals[1]),
                    _points(shares[1] - shares[0]),
                ),
                values=tuple(round(10 * share) for share in shares),
                href=one.href,
            )
        )
    # Whatever outlets are called, no two heads are the same.
    heads = *(f"{name}, {what}" for name in names for what in ("attributions", "share")), "Points"
    chart = Chart(
        id=f"of-{what}",
        caption=sides[0].caption,
        head=HEADS[what],
        heads=heads,
        series=names,
        rows=tuple(rows),
        most=max((value for row in rows for value in row.values), default=0),
        sheet=at,
    )
    return pairs(chart)


def _points(difference: float) -> str:
    """Percentage points, with their sign unless there are none."""
    rounded = round(difference, 1)
    return f"{rounded:+.1f}" if rounded else "0.0"


def _names(asked: Filter, other: Filter) -> tuple[str, str]:
    """What tells the sides apart."""
    one, two = fields_of(asked), fields_of(other)
    told = []
    for mine, theirs in ((one, two), (two, one)):
        own = [value for name, value in mine.items() if theirs.get(name) != value]
        told.append(printable(" to ".join(own)) or "all")
    return (told[0], told[1]) if told[0] != told[1] else (told[0], f"{told[1]} (other)")


def _others(other: Filter) -> dict[str, str | None]:
    return {"other_site": other.site, "other_since": other.since, "other_until": other.until}

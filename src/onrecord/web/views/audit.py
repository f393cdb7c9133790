"""``/audit``: the corpus counted; ``/outlets``: the same of one outlet."""

from __future__ import annotations

from typing import Annotated, Literal

from litestar import Response, get
from litestar.params import FromQuery, QueryParameter
from litestar.response import Template

from onrecord.errors import OptionsError
from onrecord.store import DIMENSIONS, Filter, Stats
from onrecord.web.answers import Answers
from onrecord.web.asking import LONGEST, PageNumber, query
from onrecord.web.charts import Chart
from onrecord.web.counts import by_dimensions, checked, counted, of_all
from onrecord.web.given import Asked, TheAnswers
from onrecord.web.sheets import sheet

WITHOUT = ("site", "month", "speaker")
"""What is counted by where nobody says what."""
OF_ALL = ("source_type", "kind", "cue_class")
PAGES = 20
"""Of an outlet, at once."""

By = Annotated[str | None, QueryParameter(max_length=LONGEST)]
Unique = FromQuery[Literal["yes", ""] | None]


@get("/audit", name="audit", sync_to_thread=True)
def audit_page(
    asked: Asked, answers: TheAnswers, by: By = None, then: By = None, unique: Unique = None
) -> Template:
    """Who is quoted, how much, and how they are identified."""
    once = unique == "yes"
    dimensions = _dimensions(by, then)
    charts = _charts(answers, asked, dimensions, once=once)
    total = counted(answers, dimensions or WITHOUT[:1], asked, unique=once).total
    return Template(
        "audit.html",
        context={
            "asked": asked,
            "charts": charts,
            "total": total,
            "by": by or "",
            "then": then or "",
            "unique": once,
            "dimensions": list(DIMENSIONS),
        },
    )


@get("/audit.csv", name="audit-csv", sync_to_thread=True)
def audit_sheet(
    asked: Asked,
    answers: TheAnswers,
    by: By = None,
    then: By = None,
    of: FromQuery[Literal["source_type", "kind", "cue_class"] | None] = None,
    unique: Unique = None,
) -> Response[bytes]:
    """A chart of the audit: the rows and columns of the table that is shown."""
    once = unique == "yes"
    if of is not None:
        stats = counted(answers, WITHOUT[:1], asked, unique=once)
        chart = of_all(stats, asked, of)
    else:
        dimensions = _dimensions(by, then) or WITHOUT[:1]
        chart = by_dimensions(counted(answers, dimensions, asked, unique=once), asked)
    return sheet("audit", chart.columns(), chart.records())


@get("/outlets", name="outlets", sync_to_thread=True)
def outlets_page(answers: TheAnswers) -> Template:
    """The outlets, those with most attributions first."""
    stats = counted(answers, ["site"], Filter(), unique=False)
    chart = by_dimensions(stats, Filter(), sheet="/audit.csv?by=site")
    return Template("outlets.html", context={"chart": chart})


@get("/outlets/one", name="outlet", sync_to_thread=True)
def outlet_page(
    answers: TheAnswers,
    site: Annotated[str, QueryParameter(max_length=LONGEST)],
    page: PageNumber = 1,
) -> Template:
    """An outlet: whom it quotes, how sources are identified, over time, and its pages."""
    asked = Filter(site=site)
    months, speakers = of_outlet(site, answers)
    listed = answers.get(
        ("pages", asked, page),
        lambda: answers.corpus.list_pages(asked, limit=PAGES, offset=(page - 1) * PAGES),
    )
    charts = [
        *(of_all(months, asked, what, sheet=_sheet(asked, of=what)) for what in OF_ALL),
        by_dimensions(months, asked, sheet=_sheet(asked, by="month")),
        by_dimensions(speakers, asked, sheet=_sheet(asked, by="speaker")),
    ]
    return Template(
        "outlet.html",
        context={
            "site": site,
            "asked": asked,
            "charts": charts,
            "total": months.total,
            "listed": listed,
            "at": page,
            "last": -(-listed.total // PAGES),
        },
    )


def of_outlet(site: str, answers: Answers) -> tuple[Stats, Stats]:
    """An outlet's counts by month and by speaker. Raises `OptionsError` where there is none."""
    asked = Filter(site=site)
    months, speakers = (
        counted(answers, [name], asked, unique=False) for name in ("month", "speaker")
    )
    return months, speakers


def _charts(answers: Answers, asked: Filter, by: tuple[str, ...], *, once: bool) -> list[Chart]:
    unique = "yes" if once else None
    if by:
        found = counted(answers, by, asked, unique=once)
        named = dict(zip(("by", "then"), by, strict=False))
        return [by_dimensions(found, asked, sheet=_sheet(asked, unique=unique, **named))]
    groups = [counted(answers, [name], asked, unique=once) for name in WITHOUT]
    return [
        *(
            of_all(groups[0], asked, what, sheet=_sheet(asked, of=what, unique=unique))
            for what in OF_ALL
        ),
        *(
            by_dimensions(one, asked, sheet=_sheet(asked, by=one.by[0], unique=unique))
            for one in groups
        ),
    ]


def _dimensions(by: str | None, then: str | None) -> tuple[str, ...]:
    if then and not by:
        raise OptionsError(f"then is {then!r} and by is empty; say first what to count by")
    return checked([name for name in (by, then) if name])


def _sheet(asked: Filter, **others: str | None) -> str:
    return f"/audit.csv{query(asked, **others)}"

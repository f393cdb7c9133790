"""``/``: attributions by their words, as one types."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import msgspec
from litestar import Response, get
from litestar.params import FromQuery
from litestar.response import Template

from onrecord.errors import OptionsError, QueryError
from onrecord.store import Found, Hit, Overview
from onrecord.web.answers import Answers
from onrecord.web.asking import PER_PAGE, PageNumber
from onrecord.web.given import Asked, TheAnswers
from onrecord.web.sheets import sheet

ROWS = 10_000
"""Of a sheet. `onrecord export` writes any number."""

NOTHING = Found(total=0, pages=0, hits=())


@dataclass(frozen=True, slots=True)
class PageHits:
    """The hits of one page."""

    page: Hit
    """Any of them, for what they have in common."""
    hits: tuple[Hit, ...]


def by_page(found: Found) -> list[PageHits]:
    """The hits, grouped by page."""
    groups = (tuple(hits) for _, hits in groupby(found.hits, key=lambda one: one.page))
    return [PageHits(hits[0], hits) for hits in groups]


@get("/", name="search", sync_to_thread=True)
def search_page(
    asked: Asked,
    answers: TheAnswers,
    page: PageNumber = 1,
    part: FromQuery[Literal["results"] | None] = None,
) -> Template:
    """The search. ``part`` asks for the results alone, which the page's script puts in place."""
    problem = ""
    try:
        found = answers.corpus.search(asked, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    except (OptionsError, QueryError) as error:
        found, problem = NOTHING, str(error)
    return Template(
        "results.html" if part else "search.html",
        context={
            "asked": asked,
            "found": found,
            "pages": by_page(found),
            "problem": problem,
            "at": page,
            "last": -(-found.total // PER_PAGE),
            "overview": held(answers),
        },
    )


def held(answers: Answers) -> Overview:
    """What the corpus holds."""
    return answers.get("overview", answers.corpus.overview)


@get("/search.csv", name="search-csv", sync_to_thread=True)
def search_sheet(asked: Asked, answers: TheAnswers) -> Response[bytes]:
    """What is found, at most `ROWS` attributions of it."""
    found = answers.corpus.search(asked, limit=ROWS)
    names = [field.name for field in msgspec.structs.fields(Hit)]
    return sheet("attributions", names, map(msgspec.structs.asdict, found.hits))

"""``/``: attributions by their words, as one types."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from litestar import get
from litestar.response import Template

from onrecord.errors import OptionsError, QueryError
from onrecord.store import Filter, Found, Hit
from onrecord.web.answers import Answers
from onrecord.web.asking import PER_PAGE, PageNumber

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
    asked: Filter,
    answers: Answers,
    at: PageNumber = 1,
    part: Literal["results"] | None = None,
) -> Template:
    """The search. ``part`` asks for the results alone, which the page's script puts in place."""
    problem = ""
    try:
        found = answers.corpus.search(asked, limit=PER_PAGE, offset=(at - 1) * PER_PAGE)
    except (OptionsError, QueryError) as error:
        found, problem = NOTHING, str(error)
    overview = answers.get("overview", answers.corpus.overview)
    return Template(
        "results.html" if part else "search.html",
        context={
            "asked": asked,
            "found": found,
            "pages": by_page(found),
            "problem": problem,
            "at": at,
            "last": -(-found.total // PER_PAGE),
            "overview": overview,
        },
    )

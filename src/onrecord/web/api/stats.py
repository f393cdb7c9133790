"""``/api/stats`` and ``/api/outlets``: attributions, counted."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar.params import QueryParameter

from onrecord.store import DIMENSIONS, Group, Stats
from onrecord.web.api.asking import Limit, ask
from onrecord.web.asking import LONGEST, PageNumber
from onrecord.web.counts import checked
from onrecord.web.given import Asked, TheAnswers

DEEPEST = 4
"""Dimensions at once."""


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Groups of attributions by some dimensions, and all of them together."""

    by: tuple[str, ...]
    total: Group
    group_count: int
    """How many groups there are; ``groups`` are some of them."""
    groups: tuple[Group, ...]


@ask("/stats", operation_id="getStats", tags=["corpus"])
def get_stats(
    asked: Asked,
    answers: TheAnswers,
    by: Annotated[
        list[Annotated[str, msgspec.Meta(max_length=LONGEST)]] | None,
        QueryParameter(
            max_items=DEEPEST,
            description="What to count by, each once; give it several times for several: "
            f"{', '.join(DIMENSIONS)}, or a column of the people file. Without it all are counted "
            "together.",
        ),
    ] = None,
    unique: Annotated[
        bool, QueryParameter(description="Whether reprints count once, in the group of the first.")
    ] = False,
    page: PageNumber = 1,
    limit: Limit = 100,
) -> Counts:
    """Counts of attributions: source types, cue classes, words, speakers."""
    first, columns = (page - 1) * limit, checked(by or ())
    return answers.get(
        ("api stats", columns, asked, unique, first, limit),
        lambda: _some(answers.corpus.stats(columns, asked, unique=unique), first, limit),
    )


@ask("/outlets", operation_id="listOutlets", tags=["corpus"])
def list_outlets(
    asked: Asked, answers: TheAnswers, page: PageNumber = 1, limit: Limit = 50
) -> Counts:
    """The outlets, those with the most attributions first, counted as by `site` in stats."""
    first = (page - 1) * limit
    return answers.get(
        ("api outlets", asked, first, limit),
        lambda: _some(answers.corpus.stats(["site"], asked), first, limit),
    )


def _some(found: Stats, first: int, limit: int) -> Counts:
    """A part of the groups: counted by page they are as many as pages."""
    return Counts(
        by=found.by,
        total=found.total,
        group_count=len(found.groups),
        groups=found.groups[first : first + limit],
    )

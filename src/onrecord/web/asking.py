"""What an address asks for: a filter from its query, and the query from a filter.

Every view has an address that can be sent to somebody else, so all that a view shows hangs on
its query alone.
"""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlencode

from litestar.params import FromQuery, QueryParameter

from onrecord.records import AttributionKind, CueClass, SourceType
from onrecord.store import Filter

LONGEST = 1000
"""Characters of a parameter."""

PER_PAGE = 20
LAST_PAGE = 50_000

# A form sends what nobody filled in as nothing.
_Nothing = Literal[""]
_Text = Annotated[str | None, QueryParameter(max_length=LONGEST)]

PageNumber = Annotated[
    int, QueryParameter(ge=1, le=LAST_PAGE, description="Which page of the results.")
]

_NAMES = {"words": "q"}
"""Fields of a filter that are called otherwise in an address."""


def asked_for(
    q: Annotated[
        str | None,
        QueryParameter(
            max_length=LONGEST,
            description='Words of what is said, in FTS5\'s language: barrier, "a phrase", flood*.',
        ),
    ] = None,
    speaker: _Text = None,
    identity: Annotated[int | None, QueryParameter(ge=1, le=2**62)] = None,
    source_type: FromQuery[SourceType | _Nothing | None] = None,
    cue_class: FromQuery[CueClass | _Nothing | None] = None,
    kind: FromQuery[AttributionKind | _Nothing | None] = None,
    site: _Text = None,
    since: _Text = None,
    until: _Text = None,
    place: FromQuery[Literal["article", "comments", ""] | None] = None,
) -> Filter:
    """The filter of a query. Raises `OptionsError`."""
    return Filter(
        words=(q or "").strip() or None,
        speaker=(speaker or "").strip() or None,
        identity=identity,
        source_type=source_type or None,
        cue_class=cue_class or None,
        kind=kind or None,
        site=site or None,
        since=since or None,
        until=until or None,
        place=place or None,
    )


def fields_of(asked: Filter) -> dict[str, str]:
    """The parameters of a filter, those that let something out."""
    return {
        _NAMES.get(name, name): str(value)
        for name in Filter.__struct_fields__
        if (value := getattr(asked, name)) is not None
    }


def query(asked: Filter | None = None, **others: str | int | None) -> str:
    """A query, with "?" before it: the filter's parameters, changed and added to by others.

    Those that are ``None`` are left out.
    """
    given = {**(fields_of(asked) if asked else {}), **others}
    kept = {name: str(value) for name, value in given.items() if value is not None}
    return f"?{urlencode(kept)}" if kept else ""

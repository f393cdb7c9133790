"""What an address asks for: a filter from its query, and the query from a filter.

Every view has an address that can be sent to somebody else, so all that a view shows hangs on
its query alone.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlencode

from litestar.params import QueryParameter

from onrecord.records import AttributionKind, CueClass, SourceType
from onrecord.store import Filter

LONGEST = 1000
"""Characters of a parameter."""

PER_PAGE = 20
LAST_PAGE = 50_000

# A form sends what nobody filled in as nothing.
_Nothing = Literal[""]


def _text(description: str) -> Any:
    return QueryParameter(max_length=LONGEST, description=description)


_DAY = "YYYY, YYYY-MM or YYYY-MM-DD."

PageNumber = Annotated[
    int, QueryParameter(ge=1, le=LAST_PAGE, description="Which page of the results.")
]

CHOICES = {
    "source_type": get_args(SourceType),
    "cue_class": get_args(CueClass),
    "kind": get_args(AttributionKind),
    "place": ("article", "comments"),
}
"""What parameters can be that are one of several words."""

_NAMES = {"words": "q"}
"""Fields of a filter that are called otherwise in an address."""


def asked_for(
    q: Annotated[
        str | None,
        _text('Words of what is said, in FTS5\'s language: barrier, "a phrase", flood*.'),
    ] = None,
    speaker: Annotated[
        str | None,
        _text("Words in a row of the speaker's name, or of a wording of it in the page."),
    ] = None,
    identity: Annotated[
        int | None,
        QueryParameter(ge=1, le=2**62, description="A speaker over all pages, by the number."),
    ] = None,
    source_type: Annotated[
        SourceType | _Nothing | None, QueryParameter(description="How the source is identified.")
    ] = None,
    cue_class: Annotated[
        CueClass | _Nothing | None, QueryParameter(description="How the cue presents what is said.")
    ] = None,
    kind: Annotated[
        AttributionKind | _Nothing | None,
        QueryParameter(description="In quotation marks, in the page's words, or partly."),
    ] = None,
    site: Annotated[str | None, _text("The outlet.")] = None,
    since: Annotated[str | None, _text(f"The first day of publication: {_DAY}")] = None,
    until: Annotated[str | None, _text(f"The last day, month or year, all of it: {_DAY}")] = None,
    place: Annotated[
        Literal["article", "comments", ""] | None,
        QueryParameter(description="Where attributions stand."),
    ] = None,
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

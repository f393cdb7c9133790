"""Which attributions are asked for, as a query of the full-text index."""

from __future__ import annotations

import sqlite3
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple, get_args

import msgspec

from onrecord.errors import OptionsError, QueryError
from onrecord.records import AttributionKind, CueClass, SourceType
from onrecord.store import facets
from onrecord.store.database import Connection
from onrecord.store.places import ids_of_days

Place = Literal["article", "comments"]

ALL = "inarticle OR incomments"
"""What every attribution bears."""


class Selection(NamedTuple):
    """A filter as the full-text index takes it."""

    match: str
    first: int
    """The least row."""
    last: int


SELECTED = "search MATCH ? AND search.rowid BETWEEN ? AND ?"
"""What rows of the index are taken; its three values are a `Selection`."""


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What attributions must be to be taken, all of it at once; ``None`` lets all through."""

    words: str | None = None
    """Words of the content, in FTS5's language: "a phrase", a prefi*, AND, OR, NOT, NEAR."""
    speaker: str | None = None
    """Words in a row of the speaker's name, or of a wording of it in the page."""
    identity: int | None = None
    """A speaker over all pages, by the number that `Corpus.speakers` gives."""
    source_type: SourceType | None = None
    cue_class: CueClass | None = None
    kind: AttributionKind | None = None
    site: str | None = None
    since: str | None = None
    """The first day of publication, YYYY, YYYY-MM or YYYY-MM-DD."""
    until: str | None = None
    """The last day, month or year, all of it. A page without a date is in no range."""
    place: Place | None = None

    def __post_init__(self) -> None:
        """Raises `OptionsError`."""
        for name, kind in _CHOICES.items():
            value, choices = getattr(self, name), get_args(kind)
            if value is not None and value not in choices:
                raise OptionsError(f"{name} is {value!r}; give one of {', '.join(choices)}")
        since, until = _first(self.since), _last(self.until)
        if since and until and until < since:
            raise OptionsError(f"since is {self.since} and until is {self.until}; exchange them")


_CHOICES = {
    "source_type": SourceType,
    "cue_class": CueClass,
    "kind": AttributionKind,
    "place": Place,
}


def select(connection: Connection, asked: Filter) -> Selection:
    """The filter in FTS5's language.

    Raises `QueryError` where its words cannot be understood, and `OptionsError` for a site
    that the corpus does not hold.
    """
    parts = [f"facets : ({terms})" for terms in _terms(connection, asked)]
    if asked.speaker is not None:
        parts.append(f"speaker : {_phrase(asked.speaker)}")
    if asked.words is not None:
        _check_words(connection, asked.words)
        # The user's words come last and in brackets: they were found whole by themselves.
        parts.append(f"content : ({asked.words})")
    days = ids_of_days(_first(asked.since), _last(asked.until))
    return Selection(" AND ".join(parts) or f"facets : ({ALL})", *days)


def _terms(connection: Connection, asked: Filter) -> Iterator[str]:
    if asked.identity is not None:
        yield facets.identity(asked.identity)
    if asked.source_type is not None:
        yield facets.source_type(asked.source_type)
    if asked.cue_class is not None:
        yield facets.cue_class(asked.cue_class)
    if asked.kind is not None:
        yield facets.kind(asked.kind)
    if asked.place is not None:
        yield f"in{asked.place}"
    if asked.site is not None:
        _check_site(connection, asked.site)
        yield facets.site(asked.site)


def _first(given: str | None) -> date | None:
    """The first day of a year, a month or a day."""
    return None if given is None else _day(given, "-01-01")


def _last(given: str | None) -> date | None:
    if given is None:
        return None
    if len(given) == len("YYYY-MM"):
        first = _day(given, "-01")
        return first.replace(day=monthrange(first.year, first.month)[1])
    return _day(given, "-12-31")


def _day(given: str, rest: str) -> date:
    """A day of which the end can be missing, as ISO 8601 writes it."""
    ends = {len("YYYY"): rest[-6:], len("YYYY-MM"): rest[-3:], len("YYYY-MM-DD"): ""}
    try:
        return date.fromisoformat(given + ends[len(given)])
    except (KeyError, ValueError) as error:
        raise OptionsError(
            f"{given!r} is no day; give YYYY, YYYY-MM or YYYY-MM-DD, for instance 2026-03-14"
        ) from error


def _check_site(connection: Connection, site: str) -> None:
    if connection.execute("SELECT 1 FROM pages WHERE site = ? LIMIT 1", [site]).fetchone():
        return
    rows = connection.execute(
        "SELECT site FROM pages WHERE site IS NOT NULL GROUP BY site "
        "ORDER BY count(*) DESC LIMIT 10"
    )
    known = ", ".join(row[0] for row in rows) or "none"
    raise OptionsError(f"no page of the site {site!r}; the largest sites here: {known}")


def _phrase(text: str) -> str:
    """Words in a row, whatever signs are in them."""
    quoted = text.replace('"', '""').replace("\0", " ")
    return f'"{quoted}"'


def _check_words(connection: Connection, words: str) -> None:
    """That FTS5 understands the words by themselves, so that they cannot reach beyond."""
    try:
        _try_words(connection, f"content : ({words})")
        _try_words(connection, words)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:  # The disk's fault, not the words'.
            raise
        raise QueryError(_explained(words, str(error))) from error


def _try_words(connection: Connection, query: str) -> None:
    statement = "SELECT rowid FROM search WHERE search MATCH ? LIMIT 1"
    connection.execute(statement, [query]).fetchall()


def _explained(words: str, said: str) -> str:
    what = said.removeprefix("fts5: ")
    message = f"{words!r} cannot be searched for: {what}."
    if "unterminated" in said or words.count('"') % 2:
        return f'{message} A quotation mark is not closed: write "a phrase" with two.'
    if not words.strip():
        return "no words to search for. Give some, or leave them out to take all."
    if "no such column" in said or any(sign in words for sign in "'’-.:/&,;?!#%+@$^"):
        return (
            f"{message} Words with signs in them stand in quotation marks: "
            f"{_phrase(words.replace(chr(34), ''))}."
        )
    return (
        f'{message} Write words (all must be there), "a phrase", a beginning*, AND, OR, NOT '
        "in capitals between words, NEAR(one two, 5), and brackets that close."
    )

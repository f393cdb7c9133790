"""Speakers over all pages: who there is, and all that the corpus knows of one.

`people.lay_people` comes before every question: speakers with the same row are one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from onrecord.errors import NotInStoreError
from onrecord.records import SpeakerKind
from onrecord.store.counting import Counted, counted
from onrecord.store.database import Connection, Row
from onrecord.store.filters import Filter
from onrecord.store.identities import folded
from onrecord.store.people import decoded
from onrecord.store.search import CONTENT

ROLES = 3
"""Of a speaker in a list, those that most pages give."""
SHOWN = 20
"""Of those whom a speaker speaks about."""
LONGEST_NUMBER = 18
"""Digits of what can be a number of SQLite's."""

AMONG = "(SELECT value FROM json_each(?))"
"""Numbers as one bound value: SQLite takes some thousands and a people file can merge more."""


class SpeakerCount(msgspec.Struct, frozen=True, kw_only=True):
    """A speaker in a list."""

    identity: int
    """The number in the corpus, for `Corpus.speaker` and `Filter.identity`."""
    name: str
    kind: SpeakerKind | None
    roles: tuple[str, ...]
    pages: int
    attributions: int
    words: int
    direct: int
    """Attributions that are quoted, not paraphrased."""
    first: str | None
    """The earliest day."""
    last: str | None


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """What pages say that a speaker is, and when."""

    role: str
    pages: int
    first: str | None
    last: str | None


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """All that the corpus knows of a speaker."""

    identities: tuple[int, ...]
    """The speaker's numbers: several where a people file merges them."""
    name: str
    kind: SpeakerKind | None
    aliases: tuple[tuple[str, int], ...]
    """Wordings of the name, with the pages that have them."""
    listed: dict[str, str]
    """The row of the people file."""
    roles: tuple[Role, ...]
    """By the first day that a page gives them."""
    pages: int
    attributions: int
    words: int
    first: str | None
    last: str | None
    months: tuple[tuple[str | None, int], ...]
    """Attributions a month, undated ones last."""
    sites: tuple[tuple[str | None, int], ...]
    kinds: tuple[tuple[str, int], ...]
    source_types: tuple[tuple[str | None, int], ...]
    cue_classes: tuple[tuple[str | None, int], ...]
    about: tuple[tuple[str, int], ...]
    """Whom they speak about most: other speakers that are mentioned in what they say, with the
    attributions that mention them."""


def list_speakers(connection: Connection, asked: Filter, *, limit: int) -> list[SpeakerCount]:
    """The speakers with a name who say most of what is asked for."""
    rows = _counted(connection, counted(connection, asked))
    return _listed_speakers(connection, islice(rows, limit))


def find_speakers(connection: Connection, name: str, *, limit: int) -> list[SpeakerCount]:
    """The speakers whom a name can mean, by what they say; only those of that very name if any.

    ``name`` can be a speaker's number. All that they say counts, also where they are called
    otherwise. Raises `NotInStoreError` where nobody is found.
    """
    meant = _numbered(connection, name) or _called(connection, name)
    own = {other for one in meant for other in _same(connection, one)}
    among = Counted(
        "attributions a JOIN pages p ON p.id = a.page",
        f"p.current AND a.identity IN {AMONG}",
        (_json(own),),
    )
    rows = list(_counted(connection, among))
    if not rows:
        raise NotInStoreError(
            f"no speaker {name!r} says anything in the corpus; give words of the name in a row, "
            "or a number that the list of speakers shows"
        )
    exact = [row for row in rows if folded(row["name"]) == folded(name)]
    return _listed_speakers(connection, (exact or rows)[:limit])


def _counted(connection: Connection, source: Counted) -> Iterator[Row]:
    """Speakers with a name and what they say, those who say most first."""
    return iter(
        connection.execute(
            f"""SELECT c.*, coalesce(m.name, i.name) AS name, i.kind FROM (
                    SELECT coalesce(m.same_as, a.identity) AS identity,
                           count(*) AS attributions, count(DISTINCT a.page) AS pages,
                           total(a.words) AS words,
                           count(*) FILTER (WHERE a.kind = 'direct') AS direct,
                           min(p.day) AS first, max(p.day) AS last
                    FROM {source.source} LEFT JOIN temp.merged m ON m.identity = a.identity
                    WHERE {source.where} AND a.identity IS NOT NULL GROUP BY 1) c
                JOIN identities i ON i.id = c.identity
                LEFT JOIN temp.merged m ON m.identity = i.id
                ORDER BY attributions DESC, identity""",
            source.bound,
        )
    )


def _listed_speakers(connection: Connection, rows: Iterable[Row]) -> list[SpeakerCount]:
    found = []
    for row in rows:
        roles = _roles(connection, _same(connection, row["identity"]))
        most = sorted(roles, key=lambda one: -one.pages)[:ROLES]
        counts = {**row, "words": int(row["words"]), "roles": [one.role for one in most]}
        found.append(msgspec.convert(counts, SpeakerCount))
    return found


def _numbered(connection: Connection, name: str) -> list[int]:
    """The speaker of that number, if it is one: a group can be called "300"."""
    if not (name.isascii() and name.isdigit() and len(name) <= LONGEST_NUMBER):
        return []
    rows = connection.execute("SELECT 1 FROM attributions WHERE identity = ? LIMIT 1", [int(name)])
    return [_counted_as(connection, int(name))] if rows.fetchone() else []


def _called(connection: Connection, name: str) -> set[int]:
    """Speakers with these words in their name, a wording of it, or that in the people file."""
    source, where, bound = counted(connection, Filter(speaker=name))
    rows = connection.execute(
        f"""SELECT DISTINCT a.identity FROM {source}
            WHERE {where} AND a.identity IS NOT NULL""",
        bound,
    ).fetchall()
    found = {_counted_as(connection, row[0]) for row in rows}
    words = f" {folded(name)} "
    if words.strip():
        merged = connection.execute("SELECT DISTINCT same_as, name FROM temp.merged")
        found |= {row[0] for row in merged if words in f" {folded(row[1])} "}
    return found


def _counted_as(connection: Connection, identity: int) -> int:
    row = connection.execute(
        "SELECT same_as FROM temp.merged WHERE identity = ?", [identity]
    ).fetchone()
    return identity if row is None else int(row[0])


def profile(connection: Connection, identity: int) -> Profile:
    """All of one speaker."""
    identities = _same(connection, identity)
    own = [_json(identities)]
    name, kind = _name(connection, identity)
    where = (
        "FROM attributions a JOIN pages p ON p.id = a.page "
        f"WHERE p.current AND a.identity IN {AMONG}"
    )
    row = connection.execute(
        f"""SELECT count(*), count(DISTINCT a.page), total(a.words), min(p.day), max(p.day)
            {where}""",
        own,
    ).fetchone()

    def by(column: str, order: str) -> tuple[tuple[str, int], ...]:
        statement = f"SELECT {column}, count(*) {where} GROUP BY 1 ORDER BY {order}"
        return tuple((one[0], one[1]) for one in connection.execute(statement, own))

    largest = "2 DESC, 1"
    return Profile(
        identities=tuple(identities),
        name=name,
        kind=kind,
        aliases=_aliases(connection, identities, name),
        listed=_listed(connection, identities),
        roles=tuple(_roles(connection, identities)),
        attributions=row[0],
        pages=row[1],
        words=int(row[2]),
        first=row[3],
        last=row[4],
        months=by("substr(p.day, 1, 7)", "1 NULLS LAST"),
        sites=by("p.site", largest),
        kinds=by("a.kind", largest),
        source_types=by("a.source_type", largest),
        cue_classes=by("a.cue_class", largest),
        about=_about(connection, identities),
    )


def _same(connection: Connection, identity: int) -> list[int]:
    rows = connection.execute(
        "SELECT identity FROM temp.merged WHERE same_as = ? ORDER BY 1", [identity]
    )
    return [row[0] for row in rows] or [identity]


def _name(connection: Connection, identity: int) -> tuple[str, SpeakerKind | None]:
    row = connection.execute(
        """SELECT coalesce(m.name, i.name), i.kind FROM identities i
           LEFT JOIN temp.merged m ON m.identity = i.id WHERE i.id = ?""",
        [identity],
    ).fetchone()
    return row[0], row[1]


def _listed(connection: Connection, identities: Sequence[int]) -> dict[str, str]:
    """The row of the people file: that of the question, or that which pages were read with."""
    rows = connection.execute(
        'SELECT "column", value FROM temp.listed WHERE identity = ?', [identities[0]]
    ).fetchall()
    if rows or connection.execute("SELECT 1 FROM temp.people LIMIT 1").fetchone():
        return {row[0]: row[1] for row in rows}
    for row in _of_speakers(connection, identities):
        if listed := msgspec.json.decode(row["listed"], type=dict[str, str]):
            return listed
    return {}


def _of_speakers(connection: Connection, identities: Sequence[int]) -> Iterator[Row]:
    return iter(
        connection.execute(
            f"""SELECT s.page, s.name, s.roles, s.aliases, s.listed, p.day
                FROM speakers s JOIN pages p ON p.id = s.page
                WHERE p.current AND s.identity IN {AMONG} ORDER BY p.day IS NULL, p.day, s.id""",
            [_json(identities)],
        )
    )


def _roles(connection: Connection, identities: Sequence[int]) -> Iterator[Role]:
    """The roles by their first days, undated ones last; wordings that differ in case are one."""
    spelled: dict[str, str] = {}
    days: dict[str, dict[int, str | None]] = {}
    for row in _of_speakers(connection, identities):
        for role in decoded(row["roles"]):
            spelled.setdefault(role.casefold(), role)
            days.setdefault(role.casefold(), {})[row["page"]] = row["day"]
    for key, role in spelled.items():
        known = [day for day in days[key].values() if day]
        yield Role(
            role=role,
            pages=len(days[key]),
            first=min(known, default=None),
            last=max(known, default=None),
        )


def _aliases(
    connection: Connection, identities: Sequence[int], name: str
) -> tuple[tuple[str, int], ...]:
    pages: dict[str, set[int]] = {}
    for row in _of_speakers(connection, identities):
        for wording in (row["name"], *decoded(row["aliases"])):
            if wording != name:
                pages.setdefault(wording, set()).add(row["page"])
    return tuple(_most({wording: len(found) for wording, found in pages.items()}))


def _most(counts: dict[str, int]) -> list[tuple[str, int]]:
    """By number, then by name."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _about(connection: Connection, identities: Sequence[int]) -> tuple[tuple[str, int], ...]:
    """Other named speakers with a mention inside of what is said."""
    counts: Counter[int] = Counter()
    page, others = -1, _Mentions([])
    for row in connection.execute(
        f"""SELECT a.page, a.spans FROM attributions a JOIN pages p ON p.id = a.page
            WHERE p.current AND a.identity IN {AMONG} ORDER BY a.id""",
        [_json(identities)],
    ):
        if row["page"] != page:
            page = row["page"]
            others = _mentions(connection, page, identities)
        contents = msgspec.json.decode(row["spans"])[CONTENT]
        counts.update({who for start, end in contents for who in others.within(start, end)})
    named = [(_name(connection, who)[0], number) for who, number in counts.items()]
    return tuple(sorted(named, key=lambda pair: (-pair[1], pair[0]))[:SHOWN])


class _Mentions:
    """Mentions of a page, each with whom it means."""

    def __init__(self, mentions: Iterable[tuple[int, int, int]]) -> None:
        self._mentions = sorted(mentions)
        self._starts = [start for start, _, _ in self._mentions]

    def within(self, start: int, end: int) -> Iterator[int]:
        """Whom the mentions between two places mean."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        for _, stop, who in self._mentions[first:last]:
            if stop <= end:
                yield who


def _mentions(connection: Connection, page: int, identities: Sequence[int]) -> _Mentions:
    rows = connection.execute(
        f"""SELECT coalesce(m.same_as, s.identity) AS who, s.mentions FROM speakers s
            LEFT JOIN temp.merged m ON m.identity = s.identity
            WHERE s.page = ? AND s.identity IS NOT NULL AND s.identity NOT IN {AMONG}""",
        [page, _json(identities)],
    )
    return _Mentions(
        (start, end, row["who"])
        for row in rows
        for start, end in msgspec.json.decode(row["mentions"])
    )


def _json(identities: Iterable[int]) -> str:
    return msgspec.json.encode(sorted(identities)).decode()

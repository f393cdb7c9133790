"""Speakers over all pages: who there is, and all that the corpus knows of one.

`people.lay_people` comes before every question: speakers with the same row are one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.errors import NotInStoreError
from onrecord.records import SpeakerKind
from onrecord.store.counting import counted
from onrecord.store.database import Connection, Row
from onrecord.store.filters import Filter
from onrecord.store.identities import folded
from onrecord.store.people import decoded

ROLES = 3
"""Of a speaker in a list, those that most pages give."""
SHOWN = 20
"""Of those whom a speaker speaks about."""


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
    source, where, bound = counted(connection, asked)
    rows = connection.execute(
        f"""SELECT coalesce(m.same_as, a.identity) AS identity, count(*) AS attributions,
                   count(DISTINCT a.page) AS pages, total(a.words) AS words,
                   count(*) FILTER (WHERE a.kind = 'direct') AS direct,
                   min(p.day) AS first, max(p.day) AS last
            FROM {source} LEFT JOIN temp.merged m ON m.identity = a.identity
            WHERE {where} AND a.identity IS NOT NULL
            GROUP BY 1 ORDER BY attributions DESC, 1 LIMIT ?""",
        [*bound, limit],
    ).fetchall()
    return [_listed_speaker(connection, row) for row in rows]


def _listed_speaker(connection: Connection, row: Row) -> SpeakerCount:
    name, kind = _name(connection, row["identity"])
    identities = _same(connection, row["identity"])
    roles = sorted(_roles(connection, identities), key=lambda one: -one.pages)
    counts = {**row, "words": int(row["words"]), "name": name, "kind": kind}
    return msgspec.convert({**counts, "roles": [one.role for one in roles[:ROLES]]}, SpeakerCount)


def find_speakers(connection: Connection, name: str, *, limit: int) -> list[SpeakerCount]:
    """The speakers whom a name can mean, by what they say; only those of that very name if any.

    ``name`` can be a speaker's number. Raises `NotInStoreError` where nobody is found.
    """
    if name.isascii() and name.isdigit():
        asked = Filter(identity=int(name))
    else:
        asked = Filter(speaker=name)
    found = list_speakers(connection, asked, limit=limit)
    if not found:
        raise NotInStoreError(
            f"no speaker {name!r} in the corpus; give words of the name in a row, or a number "
            "that the list of speakers shows"
        )
    exact = [one for one in found if folded(one.name) == folded(name)]
    return exact or found


def profile(connection: Connection, identity: int) -> Profile:
    """All of one speaker."""
    identities = _same(connection, identity)
    name, kind = _name(connection, identity)
    marks = ", ".join("?" * len(identities))
    where = (
        "FROM attributions a JOIN pages p ON p.id = a.page "
        f"WHERE p.current AND a.identity IN ({marks})"
    )
    row = connection.execute(
        f"""SELECT count(*), count(DISTINCT a.page), total(a.words), min(p.day), max(p.day)
            {where}""",
        identities,
    ).fetchone()

    def by(column: str, order: str) -> tuple[tuple[str, int], ...]:
        statement = f"SELECT {column}, count(*) {where} GROUP BY 1 ORDER BY {order}"
        return tuple((one[0], one[1]) for one in connection.execute(statement, identities))

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
    rows = connection.execute(
        'SELECT "column", value FROM temp.listed WHERE identity = ?', [identities[0]]
    )
    return {row[0]: row[1] for row in rows}


def _of_speakers(connection: Connection, identities: Sequence[int]) -> Iterator[Row]:
    marks = ", ".join("?" * len(identities))
    return iter(
        connection.execute(
            f"""SELECT s.*, p.day FROM speakers s JOIN pages p ON p.id = s.page
                WHERE p.current AND s.identity IN ({marks}) ORDER BY p.day, s.id""",
            identities,
        )
    )


def _roles(connection: Connection, identities: Sequence[int]) -> Iterator[Role]:
    """The roles by their first days; wordings that differ in case are one."""
    spelled: dict[str, str] = {}
    days: dict[str, list[str | None]] = {}
    for row in _of_speakers(connection, identities):
        for role in decoded(row["roles"]):
            spelled.setdefault(role.casefold(), role)
            days.setdefault(role.casefold(), []).append(row["day"])
    for key, role in spelled.items():
        known = [day for day in days[key] if day]
        yield Role(
            role=role,
            pages=len(days[key]),
            first=min(known, default=None),
            last=max(known, default=None),
        )


def _aliases(
    connection: Connection, identities: Sequence[int], name: str
) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    for row in _of_speakers(connection, identities):
        counts.update({row["name"], *decoded(row["aliases"])} - {name})
    return tuple(counts.most_common())


def _about(connection: Connection, identities: Sequence[int]) -> tuple[tuple[str, int], ...]:
    """Other named speakers with a mention inside of what is said."""
    counts: Counter[str] = Counter()
    marks = ", ".join("?" * len(identities))
    page, others = -1, _Mentions((), ())
    for row in connection.execute(
        f"""SELECT a.page, a.spans FROM attributions a JOIN pages p ON p.id = a.page
            WHERE p.current AND a.identity IN ({marks}) ORDER BY a.id""",
        identities,
    ):
        if row["page"] != page:
            page = row["page"]
            others = _mentions(connection, page, identities)
        contents = msgspec.json.decode(row["spans"])[2]
        counts.update({name for start, end in contents for name in others.within(start, end)})
    return tuple(counts.most_common(SHOWN))


class _Mentions:
    """Mentions of a page in order, each with whom it means."""

    def __init__(self, starts: Sequence[int], mentions: Sequence[tuple[int, int, str]]) -> None:
        self._starts = starts
        self._mentions = mentions

    def within(self, start: int, end: int) -> Iterator[str]:
        at = bisect_right(self._starts, start - 1)
        for _, last, name in self._mentions[at : bisect_right(self._starts, end)]:
            if last <= end:
                yield name


def _mentions(connection: Connection, page: int, identities: Sequence[int]) -> _Mentions:
    marks = ", ".join("?" * len(identities))
    rows = connection.execute(
        f"""SELECT coalesce(m.name, i.name) AS name, s.mentions FROM speakers s
            JOIN identities i ON i.id = s.identity
            LEFT JOIN temp.merged m ON m.identity = s.identity
            WHERE s.page = ? AND s.identity NOT IN ({marks})""",
        [page, *identities],
    )
    mentions = sorted(
        (start, end, row["name"])
        for row in rows
        for start, end in msgspec.json.decode(row["mentions"])
    )
    return _Mentions([one[0] for one in mentions], mentions)

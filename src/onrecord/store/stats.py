"""The audit that newsrooms do by hand: who is quoted, how much, and how they are identified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import get_args

import msgspec

from onrecord.errors import OptionsError
from onrecord.records import AttributionKind, CueClass, SourceType
from onrecord.store.counting import counted
from onrecord.store.database import Connection, Row
from onrecord.store.filters import Filter
from onrecord.store.people import check_column

NAMED = frozenset(["named_person", "named_group", "document", "poll", "author"])
UNNAMED = frozenset(["unnamed_person", "unnamed_group"])
UNATTRIBUTED = "unattributed"

DIMENSIONS = {
    "site": "p.site",
    "day": "p.day",
    "month": "substr(p.day, 1, 7)",
    "year": "substr(p.day, 1, 4)",
    "language": "p.language",
    "page": "p.id",
    "place": "CASE WHEN a.comment IS NULL THEN 'article' ELSE 'comments' END",
    "speaker": "a.identity",
    "speaker_kind": "s.kind",
    "source_type": "a.source_type",
    "cue_class": "a.cue_class",
    "kind": "a.kind",
}
"""What can be counted by. Any column of the people file is one more."""

TIMES = frozenset(["day", "month", "year"])
"""These stand in the order of time, all others by their number of attributions."""

_TYPES = get_args(SourceType)
_CLASSES = get_args(CueClass)
_KINDS = get_args(AttributionKind)


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of a group of attributions."""

    key: tuple[str | int | None, ...]
    """Its value in each dimension; of a speaker or a page the number."""
    labels: tuple[str | None, ...]
    """The same to read; ``None`` where it is not known, or a speaker has no name."""
    attributions: int
    once: int | None
    """Attributions with reprints counted once, in the group of the earliest of those that are
    asked for; ``None`` where nobody asked. Every other count but ``attributions`` is of these
    then."""
    pages: int
    speakers: int
    """Speakers with a name."""
    words: int
    """Words of the contents."""
    in_comments: int
    kinds: dict[str, int]
    source_types: dict[str, int]
    cue_classes: dict[str, int]

    @property
    def counted(self) -> int:
        """The attributions that all other counts are of."""
        return self.attributions if self.once is None else self.once

    @property
    def named(self) -> int:
        """Attributions to somebody, or a thing, that has a name."""
        return sum(self.source_types[one] for one in NAMED)

    @property
    def unnamed(self) -> int:
        """Attributions to people and groups without a name."""
        return sum(self.source_types[one] for one in UNNAMED)

    @property
    def unattributed(self) -> int:
        """Attributions to nobody."""
        return self.source_types[UNATTRIBUTED]


class Stats(msgspec.Struct, frozen=True, kw_only=True):
    """Groups of attributions by some dimensions, and all of them together."""

    by: tuple[str, ...]
    groups: tuple[Group, ...]
    total: Group
    ambiguous: int
    """Speakers that fit several rows of the people file, and got none."""


def count(
    connection: Connection,
    by: Sequence[str],
    asked: Filter,
    *,
    once: bool = False,
    ambiguous: int = 0,
) -> Stats:
    """Count attributions by dimensions, after `people.lay_people`, which gives ``ambiguous``.

    ``once`` counts reprints once, in the group of the first; they must have been looked for.
    Raises `OptionsError` for what cannot be counted by or asked for.
    """
    if len(set(by)) != len(by):
        raise OptionsError(f"by is {', '.join(by)}; give each dimension once")
    for name in by:
        if name not in DIMENSIONS:
            check_column(connection, name, DIMENSIONS)
    question = _Question(connection, asked, once=once)
    label = _Labels(connection).of
    groups = [_group(by, row, label, once) for row in question.groups(by)]
    return Stats(
        by=tuple(by),
        groups=tuple(_ordered(by, groups)),
        total=_total(groups, question.distinct(), once) if by else groups[0],
        ambiguous=ambiguous,
    )


class _Question:
    """The statements that count what a filter lets through."""

    def __init__(self, connection: Connection, asked: Filter, *, once: bool) -> None:
        self._connection = connection
        self._source, self._where, self._bound = counted(connection, asked)
        self._once = once
        # The join costs a quarter of the time, and mostly there is no people file.
        self._merged = bool(connection.execute("SELECT 1 FROM temp.merged LIMIT 1").fetchone())
        self._taken = "1"
        if once:
            self._taken = "(r.attribution IS NULL OR r.attribution IN temp.kept)"
            _keep(connection, asked, self._source, self._where, self._bound)
        self._speaker = "coalesce(m.same_as, a.identity)" if self._merged else "a.identity"

    def groups(self, by: Sequence[str]) -> Iterator[Row]:
        """A row of counts for each group."""
        dimensions, joins, columns = [], [], []
        for place, name in enumerate(by):
            if name == "speaker":
                dimensions.append(self._speaker)
            elif name == "speaker_kind":
                dimensions.append(DIMENSIONS[name])
                joins.append("LEFT JOIN speakers s ON s.id = a.speaker")
            elif name in DIMENSIONS:
                dimensions.append(DIMENSIONS[name])
            else:
                own = f"l{place}"
                dimensions.append(f"{own}.value")
                joins.append(
                    f"LEFT JOIN temp.listed {own} "
                    f'ON {own}.identity = a.identity AND {own}."column" = ?'
                )
                columns.append(name)
        keys = [f"{sql} AS by{place}" for place, sql in enumerate(dimensions)]
        group = ", ".join(f"by{place}" for place in range(len(by)))
        statement = (
            f"SELECT {', '.join([*keys, *self._counts()])} {self._from(joins)}"
            f"{' GROUP BY ' + group if group else ''}"
        )
        return iter(self._connection.execute(statement, [*columns, *self._bound]))

    def distinct(self) -> tuple[int, int]:
        """How many pages and speakers there are in all: groups can share them."""
        statement = f"SELECT {self._pages()}, {self._speakers()} {self._from([])}"
        row = self._connection.execute(statement, self._bound).fetchone()
        return row[0], row[1]

    def _from(self, joins: Sequence[str]) -> str:
        parts = [
            f"FROM {self._source}",
            *["LEFT JOIN temp.merged m ON m.identity = a.identity"] * self._merged,
            *["LEFT JOIN reprints r ON r.attribution = a.id"] * self._once,
            *joins,
            f"WHERE {self._where}",
        ]
        return " ".join(parts)

    def _counts(self) -> Iterator[str]:
        yield "count(*) AS attributions"
        yield f"count(*) FILTER (WHERE {self._taken}) AS once"
        yield f"{self._pages()} AS pages"
        yield f"{self._speakers()} AS speakers"
        yield f"total(a.words) FILTER (WHERE {self._taken}) AS words"
        yield f"count(a.comment) FILTER (WHERE {self._taken}) AS in_comments"
        for column, choices in (("kind", _KINDS), ("source_type", _TYPES), ("cue_class", _CLASSES)):
            for one in choices:
                where = f"a.{column} = '{one}' AND {self._taken}"
                yield f"count(*) FILTER (WHERE {where}) AS {column}_{one}"

    def _pages(self) -> str:
        return f"count(DISTINCT a.page) FILTER (WHERE {self._taken})"

    def _speakers(self) -> str:
        return f"count(DISTINCT {self._speaker}) FILTER (WHERE {self._taken})"


def _keep(
    connection: Connection, asked: Filter, source: str, where: str, bound: Sequence[str | int]
) -> None:
    """Fill ``kept``: the earliest of the reprints that a filter lets through without the first."""
    connection.execute("DROP TABLE IF EXISTS temp.kept")
    connection.execute("CREATE TEMP TABLE kept (attribution INTEGER PRIMARY KEY)")
    if asked == Filter():
        return
    connection.execute(
        f"""INSERT INTO temp.kept SELECT id FROM (
                SELECT a.id, row_number() OVER (PARTITION BY r.first ORDER BY p.day IS NULL, a.id)
                    AS place
                FROM {source} JOIN reprints r ON r.attribution = a.id
                WHERE {where} AND r.first NOT IN (SELECT a.id FROM {source} WHERE {where}))
            WHERE place = 1""",
        [*bound, *bound],
    )


def _group(
    by: Sequence[str], row: Row, label: Callable[[str, str | int | None], str | None], once: bool
) -> Group:
    key = tuple(row[f"by{place}"] for place in range(len(by)))
    return Group(
        key=key,
        labels=tuple(label(*pair) for pair in zip(by, key, strict=True)),
        attributions=row["attributions"],
        once=int(row["once"]) if once else None,
        pages=row["pages"],
        speakers=row["speakers"],
        words=int(row["words"]),
        in_comments=int(row["in_comments"]),
        kinds={one: int(row[f"kind_{one}"]) for one in _KINDS},
        source_types={one: int(row[f"source_type_{one}"]) for one in _TYPES},
        cue_classes={one: int(row[f"cue_class_{one}"]) for one in _CLASSES},
    )


def _total(groups: Sequence[Group], distinct: tuple[int, int], once: bool) -> Group:
    """All groups as one."""
    pages, speakers = distinct
    return Group(
        key=(),
        labels=(),
        attributions=sum(one.attributions for one in groups),
        once=sum(one.once or 0 for one in groups) if once else None,
        pages=pages,
        speakers=speakers,
        words=sum(one.words for one in groups),
        in_comments=sum(one.in_comments for one in groups),
        kinds={name: sum(one.kinds[name] for one in groups) for name in _KINDS},
        source_types={name: sum(one.source_types[name] for one in groups) for name in _TYPES},
        cue_classes={name: sum(one.cue_classes[name] for one in groups) for name in _CLASSES},
    )


class _Labels:
    """What values are called. A speaker is looked up once, however many groups it has."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, str | int], str] = {}

    def of(self, dimension: str, value: str | int | None) -> str | None:
        if value is None or dimension not in _LABELS:
            return None if value is None else str(value)
        if (dimension, value) not in self._known:
            found = self._connection.execute(_LABELS[dimension], [value]).fetchone()
            self._known[dimension, value] = str(found[0])
        return self._known[dimension, value]


_LABELS = {
    "speaker": """SELECT coalesce(m.name, i.name) FROM identities i
                  LEFT JOIN temp.merged m ON m.identity = i.id WHERE i.id = ?""",
    "page": "SELECT coalesce(headline, url, input) FROM pages WHERE id = ?",
}


def _ordered(by: Sequence[str], groups: Sequence[Group]) -> list[Group]:
    """Times in their order, unknown ones last, all else by how much there is of it.

    Outer dimensions come first; what is called the same is told apart by its key.
    """
    totals: Counter[tuple[object, ...]] = Counter()
    for group in groups:
        for depth in range(1, len(by) + 1):
            totals[group.key[:depth]] += group.attributions

    def place(group: Group) -> list[tuple[int, bool, str, str]]:
        keys = []
        for depth, name in enumerate(by, 1):
            key, label = group.key[depth - 1], group.labels[depth - 1]
            weight = 0 if name in TIMES else -totals[group.key[:depth]]
            keys.append((weight, label is None, label or "", str(key)))
        return keys

    return sorted(groups, key=place)

"""Wire copy and reprints: contents that are near-identical to one in an earlier page.

A content is the set of its pairs of words in a row, in small letters and without signs; two are
alike by Jaccard's measure of these sets. Which ones could be alike is found by their rarest
pairs (prefix filtering with positions: Xiao, Wang, Lin, Yu, "Efficient Similarity Joins for Near
Duplicate Detection", WWW 2008), and these are compared in full. So nothing is estimated, which
MinHash would do, and boiler-plate that a hundred thousand contents share costs nothing.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from onrecord.resolving.names import SUFFIXES
from onrecord.store.database import Connection, transaction
from onrecord.store.identities import folded
from onrecord.store.writing import REPRINTS_FOUND

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALIKE, OF = 7, 10
"""The share of pairs, in tenths, from which on two contents are one: at 13 words, one that is
changed, or three more at an end. In the 840 news articles of PolNeAR's training part 25 contents
are so alike to one in another page, not counting those that are the same word for word, and each
says the same. Of the 39 that are alike by 0.6 a fifth does not, and runs of three words with 0.8
found 7 of the 25: a word changed in the midst of twenty was enough to miss."""

WORDS = 5
"""Words of the shortest content that is compared; "it is a disgrace" is said by many."""

COMPARED, LOOKED_AT = 50, 300
"""Earlier contents that one is compared with at the most, and lists of such that are looked at
for them, those of the rarest pairs first. They bound the time whatever the pages hold: 100,000
contents made to be alike by half take half a minute. In PolNeAR none is compared with over 3."""

NOBODY = 0
"""The number of the speaker of what nobody with a name says."""

_WORD = re.compile(r"\w+")

_SELECT = """
SELECT a.id, a.page, a.content, i.name FROM attributions a
JOIN pages p ON p.id = a.page LEFT JOIN identities i ON i.id = a.identity
WHERE p.current AND a.words >= ? ORDER BY p.day IS NULL, a.id
"""
"""The contents of current pages, earliest first."""


def find_reprints(connection: Connection) -> int:
    """Look for reprints, unless nothing has changed since the last time; how many there are.

    The first one is that of the earliest page, and pages without a date come last. Two contents
    of speakers whose last names differ are no reprint, nor are two in one page.
    """
    if not reprints_are_known(connection):
        # The file is locked only to write down what was found, so that an `add` can go on
        # meanwhile. What it writes is then looked at the next time.
        before = _version(connection)
        pairs = list(_pairs(_contents(connection)))
        with transaction(connection):
            if not reprints_are_known(connection):  # Another program may have been quicker.
                _write(connection, pairs, whole=_version(connection) == before)
    return int(connection.execute("SELECT count(*) FROM reprints").fetchone()[0])


def reprints_are_known(connection: Connection) -> bool:
    """Whether reprints were looked for since the corpus changed."""
    found = connection.execute("SELECT 1 FROM settings WHERE key = ?", [REPRINTS_FOUND])
    return found.fetchone() is not None


def _version(connection: Connection) -> int:
    """A number that changes when another connection writes."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _write(connection: Connection, pairs: list[tuple[int, int]], *, whole: bool) -> None:
    connection.execute("DELETE FROM reprints")
    connection.executemany(
        # Either may have gone meanwhile.
        "INSERT INTO reprints (attribution, first) SELECT a.id, b.id FROM attributions a "
        "JOIN attributions b WHERE a.id = ? AND b.id = ?",
        pairs,
    )
    if whole:
        connection.execute(
            "INSERT INTO settings (key, value) VALUES (?, 'found')", [REPRINTS_FOUND]
        )


@dataclass(slots=True)
class _Contents:
    """All contents in their order, in arrays."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    pages: array[int] = field(default_factory=lambda: array("q"))
    speakers: array[int] = field(default_factory=lambda: array("q"))
    """Numbers of last names; `NOBODY` for none."""
    sizes: array[int] = field(default_factory=lambda: array("q"))
    words: array[int] = field(default_factory=lambda: array("i"))
    """The words of all, each word a number."""


def _contents(connection: Connection) -> _Contents:
    found = _Contents()
    words: dict[str, int] = {}
    last_names: dict[str, int] = {"": NOBODY}
    speakers: dict[str | None, int] = {None: NOBODY}
    for number, page, content, name in connection.execute(_SELECT, [WORDS]):
        if name not in speakers:
            speakers[name] = last_names.setdefault(_last_name(name), len(last_names))
        split = _WORD.findall(content.casefold())
        found.ids.append(number)
        found.pages.append(page)
        found.speakers.append(speakers[name])
        found.sizes.append(len(split))
        found.words.extend(words.setdefault(word, len(words)) for word in split)
    return found


def _last_name(name: str) -> str:
    """The last word of a name, folded: "Marrow" of "Elda Marrow Jr."."""
    parts = [word for word in folded(name).split() if word not in SUFFIXES]
    return parts[-1] if parts else ""


class _Sets:
    """The sets of pairs, each in order from the rarest pair of all contents to the commonest."""

    def __init__(self, contents: _Contents) -> None:
        words = np.array(contents.words, dtype=np.int64)
        owners = np.repeat(np.arange(len(contents.ids)), contents.sizes)
        inside = owners[:-1] == owners[1:]
        owners, pairs = owners[:-1][inside], (words[:-1] << 32 | words[1:])[inside]
        _, kind, counts = np.unique(pairs, return_inverse=True, return_counts=True)
        rank = np.empty(len(counts), dtype=np.int64)
        rank[np.argsort(counts, kind="stable")] = np.arange(len(counts))
        # One sort orders the pairs of every content, and finds those that it has twice.
        whole = _distinct(owners * max(len(counts), 1) + rank[kind])
        owners, self._ranks = np.divmod(whole, max(len(counts), 1))
        self._starts = np.searchsorted(owners, np.arange(len(contents.ids) + 1))
        sizes = np.diff(self._starts)
        places = np.arange(len(owners)) - self._starts[owners]
        first = places < (sizes - _share(sizes) + 1)[owners]
        self._shared = np.bincount(self._ranks[first], minlength=len(counts)) > 1
        """Whether a pair is among the rarest of two contents."""
        self.possible = _distinct(owners[first & self._shared[self._ranks]])
        """The contents that could be alike to another one."""

    def of(self, content: int) -> NDArray[np.int64]:
        """A content's pairs, the rarest first."""
        start, end = self._starts[content : content + 2]
        return self._ranks[start:end]

    def rarest(self, pairs: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
        """The pairs of which another content has one if it is alike, with their places."""
        first = pairs[: len(pairs) - int(_share(len(pairs))) + 1]
        for place in np.flatnonzero(self._shared[first]):
            yield int(place), int(first[place])


def _distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers in order, each once; NumPy's own way takes fifty times as long."""
    numbers = np.sort(numbers)
    return numbers[np.concatenate(([True], numbers[1:] != numbers[:-1]))[: len(numbers)]]


def _share(size: int | NDArray[np.int64]) -> int | NDArray[np.int64]:
    """`ALIKE` of a number, rounded up."""
    return -(-ALIKE * size // OF)


def _pairs(contents: _Contents) -> Iterator[tuple[int, int]]:
    """The ids of reprints, each with that of the first."""
    sets = _Sets(contents)
    index = _Index()
    twins: dict[tuple[int, bytes], int] = {}
    """The first content with just these pairs, by speaker."""
    for one in map(int, sets.possible):
        pairs = sets.of(one)
        speaker, page = contents.speakers[one], contents.pages[one]
        twin = twins.setdefault((speaker, pairs.tobytes()), one)
        if twin != one:
            # The same again in one page stands for nothing that its twin does not stand for.
            if contents.pages[twin] != page:
                yield contents.ids[one], contents.ids[twin]
            continue
        rarest = list(sets.rarest(pairs))
        own = set(pairs.tolist())
        for other in index.candidates(rarest, len(pairs), speaker):
            if contents.pages[other] != page and _alike(own, sets.of(other).tolist()):
                yield contents.ids[one], contents.ids[other]
                # Its twins are reprints of the same.
                twins[speaker, pairs.tobytes()] = other
                break
        else:
            index.add(one, rarest, len(pairs), speaker)


def _alike(one: set[int], other: list[int]) -> bool:
    return _enough(len(one.intersection(other)), len(one) + len(other))


def _enough(shared: int, both: int) -> bool:
    """Whether two sets are alike that share so many pairs, and have so many taken together."""
    return OF * shared >= ALIKE * (both - shared)


class _Index:
    """The contents that are no reprints, by their rarest pairs.

    Under each pair they stand by their size and by the pair's place among their own, which tell
    whether they could be alike, and by their speaker, who must not be another one.
    """

    def __init__(self) -> None:
        self._found: dict[int, dict[tuple[int, int], dict[int | None, list[int]]]] = {}

    def add(self, content: int, rarest: list[tuple[int, int]], size: int, speaker: int) -> None:
        for place, pair in rarest:
            same = self._found.setdefault(pair, {})
            speakers = same.setdefault((size, place), defaultdict(list))
            speakers[speaker].append(content)
            speakers[None].append(content)

    def candidates(self, rarest: list[tuple[int, int]], size: int, speaker: int) -> list[int]:
        """Contents that could be alike, the earliest first."""
        asked = (None,) if speaker == NOBODY else (speaker, NOBODY)
        found: set[int] = set()
        for speakers in islice(self._lists(rarest, size), LOOKED_AT):
            for who in asked:
                found.update(islice(speakers.get(who, ()), COMPARED - len(found)))
        return sorted(found)

    def _lists(
        self, rarest: list[tuple[int, int]], size: int
    ) -> Iterator[dict[int | None, list[int]]]:
        for place, pair in rarest:
            for (other_size, other_place), speakers in self._found.get(pair, {}).items():
                # If all behind this pair is the same, is it enough?
                left = min(size - place, other_size - other_place)
                yield speakers if _enough(left, size + other_size) else {}

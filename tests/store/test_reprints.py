"""Wire copy and reprints: what is one, what is not, in whose group, and in how much time."""

from __future__ import annotations

import random
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Corpus, Filter, Page
from onrecord.store import reprints
from onrecord.store.database import writing
from onrecord.store.reprints import find_reprints
from store.handmade import Said, made_page, write

WIRE = "the ferry will not leave the harbour before the engineers have looked at every plate of it"
EDITED = WIRE.replace("engineers", "inspectors")
LONGER = "we will build it where it stood before"
CUT = f"that {WIRE.removesuffix(' of it')}"


def _once(
    corpus: Corpus, by: str, asked: Filter | None = None
) -> dict[str | None, tuple[int, int]]:
    groups = corpus.stats([by], asked or Filter(), unique=True).groups
    return {group.labels[0]: (group.attributions, group.once or 0) for group in groups}


def _written(path: Path, *said: Said) -> Corpus:
    """Each in a page of its own, a day after the one before."""
    pages = [
        made_page(one, site=site, published=f"2026-01-{day:02}")
        for day, (one, site) in enumerate(zip(said, "ABCDEF", strict=False), 1)
    ]
    return write(path / "c.db", pages)


def test_a_wire_text_counts_once_where_it_was_first(tmp_path: Path) -> None:
    pages = [
        made_page(Said(EDITED, "Bell"), site="late", published="2026-01-03"),
        made_page(Said(CUT, "a minister"), site="undated"),
        made_page(Said(WIRE.title() + "!", "Anna Bell Jr."), site="first", published="2026-01-01"),
    ]
    corpus = write(tmp_path / "c.db", pages)
    assert _once(corpus, "site") == {"late": (1, 0), "undated": (1, 0), "first": (1, 1)}
    stats = corpus.stats(["site"], unique=True)
    assert (stats.total.attributions, stats.total.once) == (3, 1)
    assert (stats.total.pages, stats.total.speakers, stats.total.words) == (1, 1, 17)
    assert corpus.stats(["site"]).total.once is None
    assert corpus.stats(["site"]).total.words == 17 + 17 + 16


@pytest.mark.parametrize(
    ("one", "other", "once"),
    [
        (Said(WIRE, "Anna Bell"), Said(WIRE, "Ben Cole"), 2),
        (Said(WIRE, "Anna Bell"), Said(WIRE, "Dora Bell"), 1),
        (Said(WIRE, "Anna Bell"), Said(WIRE), 1),
        (Said(WIRE, "Anna Bell"), Said(WIRE, "a minister"), 1),
        (Said("it is a disgrace", "Anna Bell"), Said("it is a disgrace", "Anna Bell"), 2),
        (Said("it is a sad disgrace", "Anna Bell"), Said("It is a sad disgrace."), 1),
        # Seven pairs of ten, exactly enough: only the fourth rarest pair is in both.
        (Said(LONGER), Said(f"{LONGER} a new one"), 1),
        (Said(LONGER), Said(f"{LONGER} a far new one"), 2),
        (Said(WIRE), Said(WIRE.replace("ferry", "bridge").replace("plate", "stone")), 2),
    ],
    ids="speakers surnames nameless unnamed short five-words just too-few two-changes".split(),
)
def test_what_is_one(tmp_path: Path, one: Said, other: Said, once: int) -> None:
    assert _written(tmp_path, one, other).stats([], unique=True).total.once == once


def test_two_in_one_page_are_two(tmp_path: Path) -> None:
    page = made_page(Said(WIRE, "Anna Bell"), Said(EDITED, "Anna Bell"), Said(WIRE, "Anna Bell"))
    assert write(tmp_path / "c.db", [page]).stats([], unique=True).total.once == 3


def test_of_what_is_asked_for_the_earliest_counts(tmp_path: Path) -> None:
    """A filter that lets a reprint through and not the first does not lose what was said."""
    corpus = _written(tmp_path, *[Said(WIRE, "Anna Bell")] * 3)
    assert _once(corpus, "site") == {"A": (1, 1), "B": (1, 0), "C": (1, 0)}
    assert _once(corpus, "site", Filter(since="2026-01-02")) == {"B": (1, 1), "C": (1, 0)}
    assert _once(corpus, "site", Filter(site="C")) == {"C": (1, 1)}
    assert _once(corpus, "site", Filter(words="ferry")) == _once(corpus, "site")


def _mark(corpus: Corpus) -> int:
    """Put what was found into another state, which only a new search mends."""
    with writing(corpus.path) as connection:
        return connection.execute("DELETE FROM reprints").rowcount


def test_they_are_looked_for_when_pages_came_and_only_then(tmp_path: Path) -> None:
    corpus = _written(tmp_path, Said(WIRE), Said(WIRE))
    assert corpus.stats([], unique=True).total.once == 1
    assert _mark(corpus) == 1
    assert corpus.stats([], unique=True).total.once == 2
    write(corpus.path, [made_page(Said(EDITED), site="D")])
    assert corpus.stats([], unique=True).total.once == 1
    assert _mark(corpus) == 2


def test_an_older_version_is_no_reprint(tmp_path: Path) -> None:
    address = "https://a.example/"
    corpus = write(tmp_path / "c.db", [made_page(Said(WIRE), Said("no"), url=address)])
    write(corpus.path, [made_page(Said(WIRE), Said("yes"), url=address)])
    assert corpus.stats([], unique=True).total.once == 2


def test_pages_that_come_meanwhile_are_looked_at_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is not locked while reprints are looked for."""
    corpus = _written(tmp_path, Said(WIRE), Said(WIRE))
    found = reprints._pairs

    def slowly(contents: reprints._Contents) -> list[tuple[int, int]]:
        pairs = list(found(contents))
        write(corpus.path, [made_page(Said(WIRE), site="D")])
        return pairs

    with monkeypatch.context() as patch:
        patch.setattr(reprints, "_pairs", slowly)
        with writing(corpus.path) as connection:
            assert find_reprints(connection) == 1
    assert corpus.stats([], unique=True).total.once == 1


_words = st.lists(st.sampled_from("abcde"), min_size=5, max_size=9).map(" ".join)
_said = st.builds(Said, content=_words, by=st.sampled_from([None, "Anna Bell", "Ben Cole"]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_said, max_size=4), max_size=6))
def test_they_are_those_that_comparing_each_with_each_finds(said: list[list[Said]]) -> None:
    pages = [made_page(*some, site=str(number)) for number, some in enumerate(said)]
    assert _found(pages) == _by_brute_force(pages)


def _found(pages: list[Page]) -> set[tuple[str, int]]:
    with tempfile.TemporaryDirectory() as folder:
        corpus = write(Path(folder) / "c.db", pages)
        with writing(corpus.path) as connection:
            find_reprints(connection)
            rows = connection.execute(
                "SELECT p.sha256, a.number FROM reprints r JOIN attributions a "
                "ON a.id = r.attribution JOIN pages p ON p.id = a.page"
            )
            return {(row[0], row[1]) for row in rows}


def _by_brute_force(pages: list[Page]) -> set[tuple[str, int]]:
    firsts: list[tuple[str, str, set[tuple[str, str]]]] = []
    found = set()
    for page in pages:
        for one in page.attributions:
            name = next((who.name for who in page.speakers if who.id == one.speaker), "")
            pairs = set(pairwise(page.quote(one.content).split()))
            for first_page, first_name, first in firsts:
                speakers = {name, first_name} - {""}
                alike = 10 * len(pairs & first) >= 7 * len(pairs | first)
                if first_page != page.id and len(speakers) < 2 and alike:
                    found.add((page.id, one.id))
                    break
            else:
                firsts.append((page.id, name, pairs))
    return found


def _contents(said: list[str], *, pages: bool, speakers: bool) -> reprints._Contents:
    numbered: dict[str, int] = {}
    made = reprints._Contents()
    for number, content in enumerate(said):
        words = content.split()
        made.ids.append(number)
        made.pages.append(number if pages else 0)
        made.speakers.append(number + 1 if speakers else reprints.NOBODY)
        made.sizes.append(len(words))
        made.words.extend(numbered.setdefault(word, len(numbered)) for word in words)
    return made


MANY = 4_000


@pytest.mark.parametrize("hostile", ["same", "one page", "speakers", "boiler", "half", "longer"])
def test_hostile_pages_cost_no_more_than_others(
    hostile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each with each would be eight million looks."""
    chance = random.Random(6)  # noqa: S311
    said = [WIRE] * MANY
    if hostile == "boiler":
        said = [f"it is a disgrace that x{number}" for number in range(MANY)]
    elif hostile == "half":
        said = [" ".join(chance.choices("abcdefghij", k=12)) for _ in range(MANY)]
    elif hostile == "longer":
        said = [" ".join(f"w{n}" for n in range(5 + number % 200)) for number in range(MANY)]
    looks = 0
    enough = reprints._enough

    def looking(shared: int, both: int) -> bool:
        nonlocal looks
        looks += 1
        return enough(shared, both)

    monkeypatch.setattr(reprints, "_enough", looking)
    speakers = hostile in ("speakers", "longer")
    list(reprints._pairs(_contents(said, pages=hostile != "one page", speakers=speakers)))
    assert looks <= MANY * (reprints.COMPARED + reprints.LOOKED_AT)
    if hostile in ("same", "one page", "boiler"):
        assert looks <= MANY

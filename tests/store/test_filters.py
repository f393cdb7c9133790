"""Filters against a look at each attribution, and words that cannot be searched for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Attribution, Corpus, Filter, OnrecordError, Page, StoreError
from onrecord.errors import OptionsError, QueryError
from onrecord.store import filters
from onrecord.store.places import FIRST, LAST, first_id, ids_of_days
from store.handmade import Said, made_page, write

DAYS = (None, "0001-01-01", "2025-12-31", "2026-01-01", "2026-02-28T23:59:59Z", "9999-12-31")
SITES = (None, "lantern.example", "courier.example")
CONTENTS = ("the piers stand", "the old piers rust", "nobody asked the divers", "Naïve flood plans")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    pages = []
    for number, (day, site) in enumerate(product(DAYS, SITES)):
        said = [
            Said(
                content,
                by=("Ida Vale", "Osric Marrow", "a diver", None)[(number + n) % 4],
                kind=("direct", "indirect", "mixed")[(number + n) % 3],
                source_type=("named_person", "unnamed_person", None)[(number * n) % 3],
                cue_class=("neutral", "critical", None)[(number + 2 * n) % 3],
                comment=n > 2,
            )
            for n, content in enumerate(CONTENTS)
        ]
        headline = f"Page {number}"
        pages.append(made_page(*said, site=site, published=day, headline=headline))
    return write(tmp_path_factory.mktemp("filters") / "c.db", pages)


def _all(corpus: Corpus) -> Iterator[tuple[Page, Attribution]]:
    for page in corpus.pages():
        for one in page.attributions:
            yield page, one


def _fits(asked: Filter, page: Page, one: Attribution) -> bool:
    names = {speaker.id: speaker.name for speaker in page.speakers}
    day = (page.published or "")[:10]
    return all(
        [
            asked.words is None or asked.words in page.quote(one.content).split(),
            asked.speaker is None
            or asked.speaker.casefold() in names.get(one.speaker or 0, "").casefold(),
            asked.source_type in (None, one.source_type),
            asked.cue_class in (None, one.cue_class),
            asked.kind in (None, one.kind),
            asked.site in (None, page.site),
            asked.since is None or (day and day >= asked.since),
            asked.until is None or (day and day[: len(asked.until)] <= asked.until),
            asked.place in (None, "article" if one.comment is None else "comments"),
        ]
    )


FILTERS = st.builds(
    Filter,
    words=st.sampled_from([None, "piers", "the", "rust", "owl"]),
    speaker=st.sampled_from([None, "Marrow", "ida vale", "diver"]),
    source_type=st.sampled_from([None, "named_person", "unnamed_person", "poll"]),
    cue_class=st.sampled_from([None, "neutral", "critical", "mental"]),
    kind=st.sampled_from([None, "direct", "mixed"]),
    site=st.sampled_from([None, "lantern.example"]),
    since=st.sampled_from([None, "0001", "2025-12-31", "2026", "2026-02", "9999-12-31"]),
    until=st.sampled_from([None, "9999", "9999-12-31"]),
    place=st.sampled_from([None, "article", "comments"]),
) | st.builds(Filter, until=st.sampled_from(["0001", "2025-12", "2026-01", "2026-02-27", "2026"]))


@settings(max_examples=150, deadline=None)
@given(FILTERS)
def test_a_filter_lets_through_what_fits(corpus: Corpus, asked: Filter) -> None:
    fits = [(page.id, one.id) for page, one in _all(corpus) if _fits(asked, page, one)]
    found = corpus.search(asked, limit=1000)
    assert found.total == len(fits)
    assert found.pages == len({page for page, _ in fits})
    assert {(hit.sha256, hit.attribution) for hit in found.hits} == set(fits)
    kept = [(page.id, one.id) for page in corpus.pages(asked) for one in page.attributions]
    assert sorted(kept) == sorted(fits)


def test_the_newest_pages_come_first_and_undated_ones_last(corpus: Corpus) -> None:
    hits = corpus.search(Filter(words="rust"), limit=1000).hits
    days = [(hit.published or "")[:10] for hit in hits]
    assert days == sorted(days, reverse=True)
    parts = [corpus.search(Filter(words="rust"), limit=5, offset=at).hits for at in range(0, 20, 5)]
    assert [hit for part in parts for hit in part] == list(hits)


def test_attributions_of_a_page_stand_in_its_order(corpus: Corpus) -> None:
    hits = corpus.search(Filter(words="piers"), limit=7).hits
    for first, second in pairwise(hits):
        assert first.page != second.page or first.attribution < second.attribution


@pytest.mark.parametrize(
    ("words", "total"),
    [
        ("piers", 36), ('"old piers"', 18), ('"piers old"', 0), ("pi*", 36), ("PIERS", 36),
        ("naive", 18), ("rust OR flood", 36), ("piers NOT rust", 18), ("old rust", 18),
        ("NEAR(old rust, 1)", 18), ("NEAR(the rust, 0)", 0), ("(rust OR flood) AND plans", 18),
    ],
)  # fmt: skip
def test_words_as_fts5_has_them(corpus: Corpus, words: str, total: int) -> None:
    assert corpus.search(Filter(words=words)).total == total


@pytest.mark.parametrize(
    "words",
    [
        "", "  ", "don't", "covid-19", '"open', "AND", "piers AND", "(piers", "piers)", "NEAR(",
        "a.b", "x:y", "nowhere : piers", "*", "piers) OR facets : (inarticle",
        'piers) OR ("inarticle', "^", "a ^", "{content", "\0", "-piers", "facets : {", "+",
    ],
)  # fmt: skip
def test_words_that_cannot_be_searched_for_are_explained(corpus: Corpus, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        corpus.search(Filter(words=words))
    assert "cannot be searched for" in str(caught.value) or "no words" in str(caught.value)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab piers*\"'():{}^-+ANDORNOT facets", max_size=24))
def test_no_words_reach_beyond_their_brackets(corpus: Corpus, words: str) -> None:
    asked = Filter(words=words, site="lantern.example", kind="direct")
    try:
        found = corpus.search(asked, limit=1000)
    except QueryError:
        return
    for hit in found.hits:
        assert (hit.site, hit.kind) == ("lantern.example", "direct")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=12))
def test_any_text_may_be_asked_for_as_a_speaker(corpus: Corpus, name: str) -> None:
    assert corpus.search(Filter(speaker=name)).total <= 72


@pytest.mark.parametrize(
    "options",
    [
        {"source_type": "nobody"}, {"cue_class": "loud"}, {"kind": "oral"}, {"place": "margin"},
        {"since": "yesterday"}, {"until": "2026-13"}, {"since": "2026-02-30"}, {"since": "26"},
        {"since": "2026-03", "until": "2026-02"}, {"since": "2026-3-1"},
        {"since": "2026-1"}, {"until": "2026-1"},
        {"since": "2026-03-1"}, {"until": "2026-03-1"}, {"since": ""}, {"until": "202"},
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(options: dict[str, str]) -> None:
    with pytest.raises(OptionsError):
        Filter(**options)  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["words", "speaker", "site"])
def test_bytes_that_are_no_text_are_told(corpus: Corpus, field: str) -> None:
    with pytest.raises(OnrecordError, match="UTF-8"):
        corpus.search(Filter(**{field: "piers\udcff"}))  # type: ignore[arg-type]


def test_a_failing_disk_is_no_fault_of_the_words(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error

    monkeypatch.setattr(filters, "_try_words", fail)
    with pytest.raises(StoreError, match="disk"):
        corpus.search(Filter(words="piers"))


def test_a_site_that_is_not_there_is_told_with_those_that_are(corpus: Corpus) -> None:
    with pytest.raises(OptionsError, match=r"courier\.example, lantern\.example"):
        corpus.search(Filter(site="nowhere.example"))


def test_nothing_at_all_is_found_in_an_empty_corpus(tmp_path: Path) -> None:
    empty = write(tmp_path / "empty.db", [])
    assert empty.search(Filter(words="piers")).total == 0
    assert list(empty.pages()) == []


@given(st.none() | st.dates(), st.none() | st.dates(), st.dates(), st.integers(1, 2**22 - 1))
def test_ids_of_days_hold_the_days_and_no_other(
    since: date | None, until: date | None, day: date, page: int
) -> None:
    first, last = ids_of_days(since, until)
    inside = (since is None or since <= day) and (until is None or day <= until)
    assert (first <= first_id(day.isoformat(), page) <= last) is inside
    undated = first_id(None, page)
    assert (first <= undated <= last) is (since is None and until is None)
    assert FIRST <= first <= LAST
    assert last <= LAST

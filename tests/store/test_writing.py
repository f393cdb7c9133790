"""Records into the tables and out again; versions of an address; reading anew in place."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings

from arbitrary import pages
from onrecord import Corpus, Filter, Options, Page
from onrecord.errors import TooLargeError
from onrecord.store.database import reading, transaction, writing
from onrecord.store.pages import load_page, load_pages
from onrecord.store.places import NUMBERS, PAGES, check_room
from onrecord.store.readings import reading_of, write_reading
from onrecord.store.search import search
from onrecord.store.writing import _moment, rewrite_page, write_page
from store.handmade import Said, made_page, write


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return Corpus(tmp_path_factory.mktemp("writing") / "held.db")


def _twice(corpus: Corpus, first: Page, second: Page) -> tuple[Page, Page, list[tuple[int, ...]]]:
    """Write a record, then other attributions in its place; what is there after each."""
    with writing(corpus.path, create=True) as connection:
        with transaction(connection):
            reading = write_reading(connection, reading_of(Options(), None))
            connection.execute("DELETE FROM pages WHERE sha256 = ?", [first.id])
            number = write_page(connection, first, name="a", reading=reading)
        written = load_page(connection, number)
        with transaction(connection):
            rewrite_page(connection, number, second, reading=reading)
        rows = connection.execute("PRAGMA foreign_key_check").fetchall()
        rewritten = load_page(connection, number)
        with transaction(connection):
            rewrite_page(
                connection,
                number,
                msgspec.structs.replace(second, attributions=(), speakers=()),
                reading=reading,
            )
            connection.execute("DELETE FROM comments WHERE page = ?", [number])
            connection.execute("DELETE FROM pages WHERE id = ?", [number])
        return written, rewritten, rows


@settings(max_examples=80, deadline=None)
@given(pages())
def test_a_record_comes_back_as_it_was(held: Corpus, page: Page) -> None:
    fewer = msgspec.structs.replace(page, attributions=page.attributions[:1])
    written, rewritten, broken = _twice(held, page, fewer)
    assert written == page
    assert rewritten == fewer
    assert not broken


@pytest.mark.parametrize("text", ["a\0b said c", "🌧 said 𝔘", "line\r\nline said \u2028"])
def test_odd_characters_keep_their_places(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    page = made_page(Said(text, by="Ida Vale"))
    corpus = write(tmp_path_factory.mktemp("odd") / "c.db", [page])
    (back,) = corpus.pages()
    assert back == page


def test_versions_of_an_address_are_kept_and_the_newest_is_current(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    url = "https://lantern.example/piers"

    def version(word: str, fetched: str | None) -> Page:
        page = made_page(Said(f"the piers {word}", by="Ida Vale"), url=url)
        return msgspec.structs.replace(page, fetched=fetched)

    old, new = (
        version("rust", "2026-03-01T00:00:00Z"),
        version("stand", "2026-04-01T02:00:00+02:00"),
    )
    older = version("shine", "2019-01-01")
    for order in ([old, new, older], [new, older, old], [older, old, new]):
        corpus = write(tmp_path_factory.mktemp("versions") / "c.db", order)
        assert list(corpus.pages()) == [new]
        assert corpus.page(url) == new
        found = corpus.search(Filter(words="piers"))
        assert [hit.content for hit in found.hits] == ["the piers stand"]
        assert (corpus.overview().pages, corpus.overview().versions) == (1, 2)
        assert {corpus.page(one.id).id for one in order} == {one.id for one in order}


def test_without_a_crawlers_time_the_page_added_last_is_current(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    url = "https://lantern.example/piers"
    first, second = (made_page(Said(word, by="Ida Vale"), url=url) for word in ("a b", "c d"))
    corpus = write(tmp_path_factory.mktemp("versions") / "c.db", [first, second])
    assert list(corpus.pages()) == [second]


def test_a_corpus_that_is_full_says_so() -> None:
    check_room("x", PAGES - 1, NUMBERS - 1)
    for page, numbers in ((PAGES, 0), (1, NUMBERS)):
        with pytest.raises(TooLargeError, match="Begin another corpus"):
            check_room("x", page, numbers)


def test_a_crawlers_time_beyond_all_times_is_none() -> None:
    assert _moment("0001-01-01T00:00:00+05:00") is None
    assert _moment("yesterday") is None


def test_a_question_sees_one_state_of_the_corpus(tmp_path: Path) -> None:
    full = made_page(Said("the piers stand", by="Ida Vale"), Said("they rust", by="Ida Vale"))
    corpus = write(tmp_path / "c.db", [full])
    with reading(corpus.path) as asking:
        before = search(asking, Filter(), limit=9)
        with writing(corpus.path) as connection, transaction(connection):
            bare = msgspec.structs.replace(full, attributions=(), speakers=())
            rewrite_page(connection, 1, bare, reading=1)
            connection.execute("DELETE FROM identities")
        assert search(asking, Filter(), limit=9) == before
        assert list(load_pages(asking)) == [full]
    assert corpus.search(Filter()).total == 0

"""The corpus as a library: one object, whose every call opens the file and closes it."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from onrecord import Corpus, Filter, OnrecordError, Options, Page, StoreError
from onrecord.encoder.fake import FakeEncoder
from onrecord.errors import ExtraMissingError, NotInStoreError, OptionsError, StoreMissingError
from onrecord.pipeline import Reader
from store.made_corpus import CONVOY, PIERS, add, corpus, fake_reader, threads


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus(tmp_path_factory.mktemp("corpus") / "held.db")


def test_pages_come_back_as_they_were_read(held: Corpus) -> None:
    read = [Reader(encoder=FakeEncoder()).read(one.encode()) for one in (CONVOY, PIERS)]
    assert list(held.pages()) == read


def test_a_page_is_found_by_number_id_and_address(held: Corpus) -> None:
    page = held.page(1)
    assert page == held.page("1") == held.page(page.id) == held.page(page.id[:8])
    assert page == held.page("https://lantern.example/piers")


@pytest.mark.parametrize("name", ["3", "0", "abc", "https://lantern.example/", "0000", ""])
def test_a_page_that_is_not_there_is_told(held: Corpus, name: str) -> None:
    with pytest.raises(NotInStoreError, match="no page"):
        held.page(name)


def test_a_filter_leaves_the_attributions_asked_for(held: Corpus) -> None:
    (page,) = held.pages(Filter(speaker="osric marrow"))
    assert [page.quote(one.content) for one in page.attributions] == ["nobody had asked the divers"]
    assert page.text == held.page(1).text
    assert len(page.speakers) == len(held.page(1).speakers)


def test_a_frame_is_one_call(held: Corpus) -> None:
    frame = held.frame()
    assert list(frame["content"]) == [
        page.quote(one.content) for page in held.pages() for one in page.attributions
    ]
    assert list(held.frame("pages")["headline"]) == [page.headline for page in held.pages()]
    words = held.frame("attributions", Filter(words="road"))
    assert list(words["speaker_name"]) == ["Elda Marrow"]


def test_a_frame_without_pandas_says_what_to_install(
    held: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ExtraMissingError, match=r"onrecord\[pandas\]"):
        held.frame()


def test_threads_share_a_corpus(held: Corpus) -> None:
    asked = [Filter(words=word) for word in ("road", "piers", "divers", "bread")] * 8
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(held.search, asked))
    assert [one.total for one in found] == [1, 1, 1, 1] * 8


def test_a_corpus_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    missing = Corpus(tmp_path / "none.db")
    with pytest.raises(StoreMissingError, match="onrecord add"):
        missing.search(Filter(words="road"))
    with pytest.raises(StoreMissingError):
        next(missing.pages())
    assert not list(tmp_path.iterdir())
    assert issubclass(StoreMissingError, StoreError)


def test_nothing_is_begun_where_an_option_cannot_be(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    options = Options(resolving=Options().resolving.__class__(people=tmp_path / "none.csv"))
    with pytest.raises(OnrecordError):
        next(Corpus(path).add([str(tmp_path)], options))
    assert not path.exists()


def test_names_or_pseudonyms_are_for_good(tmp_path: Path) -> None:
    named, hidden, key = Corpus(tmp_path / "a.db"), Corpus(tmp_path / "b.db"), tmp_path / "key"

    def adding(one: Corpus, *, names: bool = False, key_file: Path = key) -> None:
        settings = {"make_reader": fake_reader, "make_executor": threads}
        list(one.add([], names=names, key_file=key_file, **settings))  # type: ignore[arg-type]

    adding(named, names=True)
    adding(hidden)
    with pytest.raises(OptionsError, match="with --names"):
        adding(named)
    with pytest.raises(OptionsError, match="without --names"):
        adding(hidden, names=True)
    with pytest.raises(OptionsError, match="another key"):
        adding(hidden, key_file=tmp_path / "other")
    adding(hidden)


def test_outdated_pages_are_counted_and_read_anew(tmp_path: Path) -> None:
    made = corpus(tmp_path / "corpus.db")
    before: list[Page] = list(made.pages())
    assert made.outdated() == 0
    sure = Options(attributing=Options().attributing.__class__(min_confidence=0.5))
    assert made.outdated(sure) == 2
    steps = list(made.update(sure, make_reader=fake_reader, make_executor=threads))
    assert [step.result for step in steps] == ["added", "added"]
    assert made.outdated(sure) == 0
    assert list(made.pages()) == before


def test_the_profile_is_of_the_best_fit(held: Corpus) -> None:
    assert held.speaker("elda marrow").pages == 2
    assert {one.name for one in held.find_speakers("Marrow")} == {"Elda Marrow", "Osric Marrow"}
    assert held.speaker(held.find_speakers("Osric")[0].identity).name == "Osric Marrow"


def test_the_corpus_tells_what_it_holds(tmp_path: Path) -> None:
    made = corpus(tmp_path / "corpus.db")
    add(made, [("empty.txt", " ")])
    held = made.overview()
    assert (held.pages, held.attributions, held.speakers, held.failures) == (2, 5, 4, 1)
    (failure,) = made.failures()
    assert (failure.name, failure.error) == ("empty.txt", "EmptyInputError")

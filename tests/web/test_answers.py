"""Answers are kept until the corpus changes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import StoreMissingError
from onrecord.web import answers as module
from onrecord.web.answers import Answers
from store.made_corpus import add, corpus


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Answers]:
    made = Answers(corpus(tmp_path / "c.db"))
    yield made
    made.close()


def test_a_question_is_asked_once(kept: Answers) -> None:
    asked: list[str] = []
    for name in ("one", "other", "one", "other"):

        def ask(name: str = name) -> str:
            asked.append(name)
            return name

        assert kept.get(name, ask) == name
    assert asked == ["one", "other"]


def test_a_changed_corpus_is_asked_again(kept: Answers) -> None:
    assert kept.get("pages", kept.corpus.overview).pages == 2
    add(kept.corpus, [("more.txt", "More\n\nAldo Reyk said it rained.\n")])
    assert kept.get("pages", kept.corpus.overview).pages == 3


def test_errors_are_not_kept(kept: Answers) -> None:
    def fail() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        kept.get("one", fail)
    assert kept.get("one", lambda: 1) == 1


def test_the_oldest_answers_go_first(kept: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    asked: list[int] = []
    for number in (1, 2, 1, 3, 1, 2):
        kept.get(number, lambda number=number: asked.append(number))  # type: ignore[misc]
    assert asked == [1, 2, 3, 2]


def test_of_many_who_ask_at_once_one_works(kept: Answers) -> None:
    asked: list[int] = []
    go = threading.Barrier(6)

    def ask() -> None:
        go.wait()
        kept.get("one", lambda: asked.append(1))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert asked == [1]


def test_a_corpus_that_is_not_there(tmp_path: Path) -> None:
    from onrecord import Corpus

    with pytest.raises(StoreMissingError, match="no such corpus"):
        Answers(Corpus(tmp_path / "none.db"))


def test_another_file_in_its_place_is_asked_anew(tmp_path: Path) -> None:
    kept = Answers(corpus(tmp_path / "c.db"))
    assert kept.get("pages", kept.corpus.overview).pages == 2
    other = corpus(tmp_path / "other.db")
    add(other, [("more.txt", "More\n\nAldo Reyk said it rained.\n")])
    other.path.replace(kept.corpus.path)
    assert kept.get("pages", kept.corpus.overview).pages == 3
    kept.close()

"""The queue of pages that are read at once, and the process that reads them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from litestar.exceptions import TooManyRequestsException

from onrecord import Corpus, Reader
from onrecord.errors import NotInStoreError
from onrecord.web import readings
from onrecord.web.answers import Answers
from onrecord.web.readings import Reading, Readings, clean_name
from onrecord.web.settings import Settings
from store import made_corpus
from web.serving import fake_reader
from web.slow import endless_reader, fatal_reader

STORY = b"Rain comes\n\nAnna Bell said it rained.\n"
PATIENCE = 60
"""Seconds after which what was to happen is not happening."""


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return made_corpus.corpus(tmp_path / "c.db")


@pytest.fixture
def begin(corpus: Corpus) -> Iterator[Callable[..., Readings]]:
    """Makes readings over the corpus, which are closed at the end."""
    made: list[tuple[Readings, Answers]] = []

    def begun(make_reader: Callable[[], Reader] = fake_reader, **settings: object) -> Readings:
        answers = Answers(corpus)
        one = Readings(answers, Settings(**settings), make_reader=make_reader)  # type: ignore[arg-type]
        made.append((one, answers))
        return one

    yield begun
    for one, answers in made:
        one.close()
        answers.close()


def over(found: Readings, id: str) -> Reading:
    """A reading once it is over."""
    return until(found, id, lambda one: one.over)


def until(found: Readings, id: str, is_so: Callable[[Reading], bool]) -> Reading:
    end = time.monotonic() + PATIENCE
    while not is_so(one := found.get(id)):
        assert time.monotonic() < end, one
        time.sleep(0.01)
    return one


def test_a_page_is_looked_at_and_not_kept_in_the_corpus(
    begin: Callable[..., Readings], corpus: Corpus
) -> None:
    found = begin()
    one = over(found, found.begin(STORY, name="", add=False).id)
    assert (one.state, one.name, one.page, one.problem) == ("done", "pasted text", None, None)
    page = found.record(one.id)
    assert page.headline == "Rain comes"
    assert [page.quote(said.content) for said in page.attributions] == ["it rained"]
    assert corpus.overview().pages == 2
    assert corpus.failures() == []


def test_a_page_is_added_to_the_corpus_once(begin: Callable[..., Readings], corpus: Corpus) -> None:
    found = begin()
    first = over(found, found.begin(STORY, name="rain.txt", add=True).id)
    again = over(found, found.begin(STORY, name="other.txt", add=True).id)
    assert (first.state, first.added, first.known) == ("done", 1, 0)
    assert (again.state, again.added, again.known) == ("done", 0, 1)
    assert first.page == again.page == 3
    assert corpus.page(3).text == STORY.decode()
    with pytest.raises(NotInStoreError, match="no page was kept"):
        found.record(first.id)


def test_an_archive_is_added_page_by_page(begin: Callable[..., Readings], corpus: Corpus) -> None:
    found = begin()
    rows = b'{"text": "Rain\\n\\nAnna Bell said it rained."}\n{"nothing": 1}\n'
    one = over(found, found.begin(rows, name="day.jsonl", add=True).id)
    assert (one.state, one.pages, one.added, one.failed) == ("done", 2, 1, 1)
    assert "neither html nor text" in one.problems[0]
    assert "day.jsonl" in one.problems[0]
    assert one.page is None
    assert corpus.overview().pages == 3


def test_an_archive_cannot_only_be_looked_at(begin: Callable[..., Readings]) -> None:
    found = begin()
    one = over(found, found.begin(b'{"text": "Rain"}\n', name="day.jsonl", add=False).id)
    assert one.state == "failed"
    assert "Add it to the corpus" in (one.problem or "")


@pytest.mark.parametrize("add", [False, True])
def test_what_is_no_page_is_told_readably(begin: Callable[..., Readings], add: bool) -> None:
    found = begin()
    for _ in range(2):  # What failed before is not tried again by the corpus, but is told again.
        one = over(found, found.begin(b"%PDF-1.7\n\x00\x01", name="a.pdf", add=add).id)
        assert one.state == "failed"
        assert "PDF" in (one.problem or "")


def test_a_file_that_is_named_like_a_path_names_none(
    begin: Callable[..., Readings], corpus: Corpus
) -> None:
    """`onrecord add --retry-failed` looks for what failed by its name."""
    found = begin()
    over(found, found.begin(b"%PDF-1.7\n\x00", name="/etc/pass*[a]?", add=True).id)
    (failure,) = corpus.failures()
    assert failure.input == "sent: pass_a_"


def test_pseudonyms_of_another_key_are_told(begin: Callable[..., Readings], tmp_path: Path) -> None:
    own = Corpus(tmp_path / "pseudonyms.db")
    list(own.add([], key_file=tmp_path / "its.key", make_reader=fake_reader))
    answers = Answers(own)
    found = Readings(answers, Settings(key=tmp_path / "other.key"), make_reader=fake_reader)
    one = over(found, found.begin(STORY, name="", add=True).id)
    found.close()
    answers.close()
    assert one.state == "failed"
    assert "pseudonyms of another key" in (one.problem or "")


def test_what_is_read_can_be_cancelled_and_the_next_is_read(
    begin: Callable[..., Readings], tmp_path: Path
) -> None:
    found = begin(endless_reader)
    long = found.begin(b"Endless\n\nAnna Bell said it rained.", name="", add=True)
    until(found, long.id, lambda one: one.state == "reading")
    waiting = found.begin(b"Next\n\nAnna Bell said it snowed.", name="", add=False)
    behind = found.begin(b"Endless too\n\nAnna Bell said it rained.", name="", add=False)
    assert (found.get(waiting.id).before, found.get(behind.id).before) == (1, 2)
    assert found.cancel(behind.id).state == "cancelled"
    assert found.cancel(long.id).state == "cancelled"
    assert over(found, waiting.id).state == "done"
    assert found.cancel(waiting.id).state == "done"
    assert [one.state for one in found.all()] == ["cancelled", "done", "cancelled"]


def test_what_kills_the_process_does_not_stop_the_queue(begin: Callable[..., Readings]) -> None:
    found = begin(fatal_reader)
    one = over(found, found.begin(b"Fatal\n\nAnna Bell said it rained.", name="", add=False).id)
    assert one.state == "failed"
    assert "died" in (one.problem or "")
    assert over(found, found.begin(STORY, name="", add=False).id).state == "done"


def test_only_so_many_wait(begin: Callable[..., Readings], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "WAITING", 2)
    found = begin(endless_reader)
    for _ in range(3):
        found.begin(b"Endless\n\nAnna Bell said it rained.", name="", add=False)
    with pytest.raises(TooManyRequestsException, match="2 pages wait") as error:
        found.begin(STORY, name="", add=False)
    assert error.value.headers == {"Retry-After": "10"}


def test_only_the_newest_are_kept_and_for_an_hour(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "KEPT", 2)
    answers, now = Answers(corpus), [0.0]
    found = Readings(answers, Settings(), make_reader=fake_reader, clock=lambda: now[0])
    ids = [over(found, found.begin(STORY, name="", add=False).id).id for _ in range(3)]
    assert [one.id for one in found.all()] == [ids[2], ids[1]]
    with pytest.raises(NotInStoreError, match="no such reading"):
        found.get(ids[0])
    now[0] = 3601.0
    assert found.all() == []
    found.close()
    answers.close()


def test_records_in_memory_are_bounded(
    begin: Callable[..., Readings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "KEPT_BYTES", 1)
    found = begin()
    ids = [over(found, found.begin(STORY, name="", add=False).id).id for _ in range(2)]
    assert [one.id for one in found.all()] == [ids[1]]
    assert found.record(ids[1]).headline == "Rain comes"


def test_the_model_is_let_go_where_nothing_comes(
    begin: Callable[..., Readings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "IDLE", 0.01)
    found = begin()
    for _ in range(2):
        assert over(found, found.begin(STORY, name="", add=False).id).state == "done"
        end = time.monotonic() + PATIENCE
        while found.running:
            assert time.monotonic() < end
            time.sleep(0.01)


def test_closing_cancels_all_and_ends_the_process(begin: Callable[..., Readings]) -> None:
    found = begin(endless_reader)
    ids = [
        found.begin(b"Endless\n\nAnna Bell said it rained.", name="", add=False).id
        for _ in range(2)
    ]
    until(found, ids[0], lambda one: one.state == "reading")
    found.close()
    assert [found.get(id).state for id in ids] == ["cancelled", "cancelled"]
    assert not found.running


def test_a_name_is_one_of_a_file_alone() -> None:
    assert clean_name("C:\\pages\\story one.html") == "story one.html"
    assert clean_name("../../etc/passwd") == "passwd"
    assert clean_name("..") == "pasted text"
    assert clean_name("a<b>\u202e.html") == "a_b_.html"
    assert len(clean_name("x" * 500 + ".html")) == 80
    assert clean_name("x" * 500 + ".html").endswith(".html")


def test_the_packaged_model_reads_where_no_other_is_given(corpus: Corpus) -> None:
    answers = Answers(corpus)
    found = Readings(answers, Settings())
    said = b'Rain comes\n\n"It will rain for weeks," said Anna Bell, the harbour master.\n'
    one = over(found, found.begin(said, name="", add=False).id)
    page = found.record(one.id)
    found.close()
    answers.close()
    assert [one.name for one in page.speakers] == ["Anna Bell"]

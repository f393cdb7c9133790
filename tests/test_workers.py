"""Pages read by several processes: their order, what stops them, and a process that dies."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from moody import moody
from onrecord import InputError, Options, Page, Reader, ReadingOptions
from onrecord import workers as workers_module
from onrecord.encoder.fake import FakeEncoder
from onrecord.errors import (
    BrokenReaderError,
    EmptyInputError,
    OptionsError,
    WeightsMissingError,
    WorkersError,
)
from onrecord.reading import Document
from onrecord.workers import AHEAD, Done, Task, Workers
from store.made_corpus import threads as in_threads

STORY = "Piers\n\nAnna Bell said pier {} stands."


def no_model() -> Reader:
    return Reader(weights=Path("nowhere"))


def _task(number: int, text: str = STORY) -> Task[int]:
    name = f"{number}.txt"
    return Task(number, name, Document(name=name, data=text.format(number).encode()))


def _texts(done: list[Done[int]]) -> dict[int, str]:
    """What each page says, or the error that stands for it."""
    return {
        one.tag: one.result.text[-16:]
        if isinstance(one.result, Page)
        else type(one.result).__name__
        for one in done
    }


def test_results_come_in_the_order_of_the_tasks() -> None:
    tasks = [_task(n, STORY + " SLOW" if n in (0, 5) else STORY) for n in range(12)]
    with Workers(moody, 4, make_executor=in_threads) as workers:
        done = list(workers.read_in_order(tasks))
    assert [one.tag for one in done] == list(range(12))
    assert _texts(done)[7] == "d pier 7 stands."


def test_what_is_done_already_passes_in_its_place() -> None:
    mixed: list[Task[int] | Done[int]] = [
        _task(0),
        Done(1),
        _task(2),
        Done(3, EmptyInputError("x", "nothing")),
    ]
    with Workers(moody, 2, make_executor=in_threads) as workers:
        done = list(workers.read_in_order(mixed))
    assert [one.tag for one in done] == [0, 1, 2, 3]
    assert done[1] == Done(1)


def test_a_page_is_attributed_anew() -> None:
    page = moody().read(STORY.format(1).encode())
    with Workers(moody, 1, make_executor=in_threads) as workers:
        (done,) = workers.read_in_order([Task(1, "a page", page)])
    assert done.result == page


def test_a_page_is_prepared_between_its_reading_and_its_attributions() -> None:
    def prepare(page: Page) -> Page:
        assert not page.attributions
        return Page(id=page.id, text="Ben Cole said it rained.", paragraphs=page.paragraphs[:0])

    with Workers(moody, 1, prepare=prepare, make_executor=in_threads) as workers:
        (done,) = workers.read_in_order([_task(1)])
    assert isinstance(done.result, Page)
    assert done.result.text == "Ben Cole said it rained."


def test_a_fault_of_the_program_is_the_pages_error() -> None:
    tasks = [_task(0), _task(1, "FAULT"), _task(2, " ")]
    with Workers(moody, 2, make_executor=in_threads) as workers:
        done = list(workers.read_in_order(tasks))
    assert isinstance(done[0].result, Page)
    assert isinstance(done[1].result, BrokenReaderError)
    told = str(done[1].result)
    assert "ZeroDivisionError in moody.py:" in told
    assert "a fault of ours" not in told  # It could be a commenter's name.
    assert isinstance(done[2].result, EmptyInputError)


def test_few_tasks_are_under_way_at_once() -> None:
    taken = 0

    def tasks() -> Iterator[Task[int] | Done[int]]:
        nonlocal taken
        for number in range(200):
            taken += 1
            yield _task(number)

    with Workers(moody, 2, make_executor=in_threads) as workers:
        found = workers.read_in_order(tasks())
        next(found)
        assert taken <= 2 * AHEAD + 1
        workers.__exit__()


def test_large_tasks_wait_for_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_module, "BYTES_AHEAD", 1000)
    large = Document(name="large", data=b"x" * 1001)
    with Workers(moody, 2, make_executor=in_threads) as workers:
        taken: list[int] = []

        def tasks() -> Iterator[Task[int] | Done[int]]:
            for number in range(3):
                taken.append(number)
                yield Task(number, "large", large)

        found = workers.read_in_order(tasks())
        assert isinstance(next(found).result, Page | InputError)
        assert taken == [0]
        workers.__exit__()


def test_when_it_is_stopped_what_is_under_way_is_finished() -> None:
    stop = threading.Event()
    seen: list[int] = []
    with Workers(moody, 1, make_executor=in_threads) as workers:
        tasks = [_task(n, STORY + " SLOW") for n in range(20)]
        for done in workers.read_in_order(tasks, stop.is_set):
            seen.append(done.tag)
            stop.set()
    assert seen == list(range(len(seen)))
    assert 1 <= len(seen) <= 3


def test_without_a_model_the_caller_hears_it() -> None:
    with (
        Workers(no_model, 1, make_executor=in_threads) as workers,
        pytest.raises(WeightsMissingError),
    ):
        list(workers.read_in_order([_task(0)]))


def test_stopped_while_a_process_dies_it_ends() -> None:
    tasks = [_task(n, "KILL SLOW" if n == 0 else STORY + " SLOW") for n in range(30)]
    asked = iter([False] * 20)
    with Workers(moody, 1) as workers:
        done = list(workers.read_in_order(tasks, lambda: next(asked, True)))
    assert [one.tag for one in done] == list(range(len(done)))
    assert done[0].result is not None


def test_fewer_than_one_job_is_told() -> None:
    with pytest.raises(OptionsError, match="jobs is -1"):
        Workers(moody, -1)


def test_a_process_that_dies_takes_its_page_and_no_other() -> None:
    tasks = [_task(n, "KILL" if n == 3 else STORY) for n in range(8)]
    with Workers(moody, 2) as workers:
        done = list(workers.read_in_order(tasks))
    assert [one.tag for one in done] == list(range(8))
    assert _texts(done) == {n: f"d pier {n} stands." for n in range(8)} | {3: "BrokenReaderError"}


def test_processes_that_cannot_start_are_no_pages_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    here = ModuleType("only_here")
    here.make = make = lambda: moody()  # type: ignore[attr-defined]  # noqa: PLW0108
    make.__module__, make.__qualname__ = "only_here", "make"
    monkeypatch.setitem(sys.modules, "only_here", here)  # No process can import it.
    with Workers(make, 1) as workers, pytest.raises(WorkersError, match="__main__"):
        list(workers.read_in_order([_task(0), _task(1)]))


def test_an_error_of_a_page_comes_from_its_process_whole() -> None:
    error = EmptyInputError("a: b", "it holds nothing: at all")
    kind, arguments = error.__reduce__()
    again = kind(*arguments)
    assert (type(again), again.input, str(again)) == (type(error), error.input, str(error))


def test_options_reach_the_processes() -> None:
    options = Options(reading=ReadingOptions(language="de"))
    reader = Reader(options, encoder=FakeEncoder())
    with Workers(lambda: reader, 1, make_executor=in_threads) as workers:
        (done,) = workers.read_in_order([_task(1)])
    assert isinstance(done.result, Page)
    assert done.result.language == "de"

"""Pages read by several processes at once, in the order in which they came.

The model keeps one core busy for each process, and Python's own share with it, which threads
would share. A process that dies takes its page with it and no other.
"""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Generic, TypeVar, cast

from onrecord.errors import BrokenReaderError, InputError, OnrecordError, OptionsError, WorkersError
from onrecord.pipeline import Reader
from onrecord.reading import Document
from onrecord.records import Page, from_json, to_json

MakeReader = Callable[[], Reader]
Prepare = Callable[[Page], Page]
MakeExecutor = Callable[[int, Callable[[], None]], Executor]
"""From a number of workers and what each does first."""

AHEAD = 8
"""Tasks a process that are under way at the most. One long page must not stop the others."""

BYTES_AHEAD = 64 * 2**20
"""Bytes of the tasks under way, unless there is one alone. It bounds the memory."""

Tag = TypeVar("Tag")


@dataclass(frozen=True, slots=True)
class Task(Generic[Tag]):
    """A document to read, or a page to attribute anew, and what its sender knows it by."""

    tag: Tag
    name: str
    """What messages call it."""
    work: Document | Page


@dataclass(frozen=True, slots=True)
class Done(Generic[Tag]):
    """What became of a task: a page or an error, or nothing where nothing was to be read."""

    tag: Tag
    result: Page | InputError | None = None


class Workers:
    """Processes that each hold a reader. Use it in a ``with``."""

    def __init__(
        self,
        make_reader: MakeReader,
        jobs: int | None = None,
        *,
        prepare: Prepare | None = None,
        make_executor: MakeExecutor | None = None,
    ) -> None:
        """Start nothing yet.

        ``make_reader`` and ``prepare`` are sent to each process; ``prepare`` changes a page
        between its reading and its attributions. ``jobs`` are all cores by default.
        ``make_executor`` puts other executors in the place of processes, for tests.

        Raises `OptionsError` for less than one job.
        """
        if jobs is not None and jobs < 1:
            raise OptionsError(f"jobs is {jobs}; give at least 1")
        self.jobs = jobs or os.cpu_count() or 1
        self._begin = partial(_begin, make_reader, prepare)
        self._make_executor = make_executor
        self._executor: Executor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def read_in_order(
        self, tasks: Iterable[Task[Tag] | Done[Tag]], stop: Callable[[], bool] = lambda: False
    ) -> Iterator[Done[Tag]]:
        """What becomes of each task, in the order of the tasks.

        What is done already passes through in its place. Once ``stop`` says so, no task is
        begun any more, and those under way are finished. Raises what is no page's own fault,
        such as `WeightsError`.
        """
        source = iter(tasks)
        waiting: deque[_Waiting[Tag]] = deque()
        more = True
        while more or waiting:
            while more and self._has_room(waiting) and not (stopped := stop()):
                one = next(source, None)
                more = one is not None
                if one is not None:
                    waiting.append(_Waiting(one, self._submit(one)))
            if more and stopped:
                more = False
                for under_way in waiting:
                    under_way.cancel()
            if waiting:
                first = waiting.popleft()
                yield from self._ended(first, waiting)

    def _has_room(self, waiting: deque[_Waiting[Tag]]) -> bool:
        size = sum(one.size for one in waiting)
        return len(waiting) < self.jobs * AHEAD and size < BYTES_AHEAD

    def _submit(self, one: Task[Tag] | Done[Tag]) -> Future[bytes] | None:
        if isinstance(one, Done):
            return None
        if self._executor is None:
            self._executor = (self._make_executor or _processes)(self.jobs, self._begin)
        work = to_json(one.work) if isinstance(one.work, Page) else one.work
        try:
            with deaf_to_ctrl_c():
                return self._executor.submit(_run, work)
        except BrokenProcessPool as error:
            broken: Future[bytes] = Future()
            broken.set_exception(error)
            return broken

    def _ended(self, first: _Waiting[Tag], waiting: deque[_Waiting[Tag]]) -> Iterator[Done[Tag]]:
        """The first one's result, or of all where a process died; what was cancelled has none."""
        try:
            try:
                yield first.done()
            except BrokenProcessPool:
                yield from self._one_by_one([first, *waiting])
                waiting.clear()
        except CancelledError:
            waiting.clear()

    def _one_by_one(self, waiting: Iterable[_Waiting[Tag]]) -> Iterator[Done[Tag]]:
        """A process died, and nobody knows of which page: each is tried by itself."""
        for one in waiting:
            try:
                yield one.done()
                continue
            except BrokenProcessPool:
                pass
            try:
                self._restart()
                yield _Waiting(one.task, self._submit(one.task)).done()
            except BrokenProcessPool:
                message = (
                    "the process that read it died, for want of memory or by a fault in a "
                    "library. The other pages were read."
                )
                self._check_starting()
                yield Done(one.task.tag, BrokenReaderError(one.name, message))
        self._restart()

    def _check_starting(self) -> None:
        """That it was the page: a process without one must live. Raises `WorkersError`."""
        self._restart()
        self._executor = (self._make_executor or _processes)(1, self._begin)
        try:
            self._executor.submit(os.getpid).result()
        except BrokenProcessPool as error:
            raise WorkersError(
                "the processes that read cannot be started. A script that reads with several "
                "processes must do so below: if __name__ == '__main__':"
            ) from error
        finally:
            self._restart()

    def _restart(self) -> None:
        if self._executor is not None:
            self._executor.shutdown()
            self._executor = None


def _processes(jobs: int, begin: Callable[[], None]) -> Executor:
    # A fork would copy the locks of other threads, such as the progress bar's.
    return ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=begin_process, initargs=(begin,)
    )


@contextmanager
def deaf_to_ctrl_c() -> Iterator[None]:
    """A process that is started here hears no Ctrl-C before it can say that it does not want to."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Waiting(Generic[Tag]):
    """A task and where its result will be."""

    def __init__(self, task: Task[Tag] | Done[Tag], future: Future[bytes] | None) -> None:
        self.task = task
        self._future = future

    @property
    def name(self) -> str:
        return self.task.name if isinstance(self.task, Task) else ""

    @property
    def size(self) -> int:
        """Bytes that it keeps in memory, about."""
        if isinstance(self.task, Done):
            return 0
        work = self.task.work
        return len(work.data) if isinstance(work, Document) else len(work.text)

    def cancel(self) -> None:
        if self._future is not None:
            self._future.cancel()

    def done(self) -> Done[Tag]:
        """Wait for the result. Raises what the process raised."""
        if self._future is None:
            return cast("Done[Tag]", self.task)
        try:
            return Done(self.task.tag, from_json(self._future.result()))
        except InputError as error:
            return Done(self.task.tag, error)


class _Held:
    """What a process keeps from task to task: its reader, which holds the model."""

    def __init__(self, make_reader: MakeReader, prepare: Prepare | None) -> None:
        self._make_reader = make_reader
        self._prepare = prepare
        self._reader: Reader | None = None
        self._lock = threading.Lock()

    def run(self, work: Document | bytes) -> Page:
        with self._lock:
            reader = self._reader = self._reader or self._make_reader()
        if isinstance(work, bytes):
            return reader.attribute(from_json(work))
        page = reader.parse(work)
        return reader.attribute(self._prepare(page) if self._prepare else page)


_held: list[_Held] = []


def _begin(make_reader: MakeReader, prepare: Prepare | None) -> None:
    """A worker's first act. The model is loaded with the first task, whose sender hears errors."""
    _held[:] = [_Held(make_reader, prepare)]


def begin_process(begin: Callable[[], None]) -> None:
    """A process' first act: Ctrl-C is the parent's affair, and it ends when the parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    begin()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # The pool's pipes never close: each of its processes holds their other end.


def _run(work: Document | bytes) -> bytes:
    """One task, in its process. Raises only what can be sent back."""
    name = work.name if isinstance(work, Document) else "page"
    try:
        return to_json(_held[0].run(work))
    except OnrecordError:
        raise
    except Exception as error:
        # One page must not stop a hundred thousand, whatever is wrong with it or with us.
        # What the error says could be a page's words, a commenter's name among them.
        at = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} in {Path(at.filename).name}:{at.lineno}"
        message = f"the program failed on it ({where}). Please report it."
        raise BrokenReaderError(name, message) from None

"""Pages that are pasted or dropped: a queue, one process that works on it, and what it found.

::

    waiting ──→ reading ──→ done
        │           ├─────→ failed
        └───────────┴─────→ cancelled

What is only looked at is held in memory: the newest of them, for an hour.
"""

from __future__ import annotations

import logging
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path, PureWindowsPath
from typing import Any, Literal

import msgspec
from litestar.exceptions import TooManyRequestsException

from onrecord.errors import NotInStoreError, OnrecordError
from onrecord.options import MEGABYTE
from onrecord.pipeline import Reader
from onrecord.records import Page, from_json
from onrecord.report.printable import printable
from onrecord.web.answers import Answers
from onrecord.web.reader_process import Ended, Job, ReaderProcess, Stepped, Way
from onrecord.web.settings import Settings
from onrecord.workers import MakeReader

State = Literal["waiting", "reading", "done", "failed", "cancelled"]

KEPT = 32
"""Readings that are over."""
KEPT_BYTES = 128 * MEGABYTE
"""Bytes of their records."""
KEPT_SECONDS = 3600.0
WAITING = 8
"""Readings that may wait. Their pages are in memory."""
RETRY = 10
"""Seconds after which it is worth to try again."""
IDLE = 300.0
"""Seconds without work after which the model is let go."""
PROBLEMS = 20
"""Pages of an archive whose problems are told."""
LONGEST_NAME = 80

SENT = "sent: "
_SIGNS = re.compile(r"[^\w .()-]+")


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A page, or an archive, that is read or was."""

    id: str
    name: str
    """The file's name, or what stands for it."""
    add: bool
    """Whether it is added to the corpus, or only looked at."""
    state: State
    before: int = 0
    """How many are read before it."""
    seconds: float = 0.0
    """For how long it was read, or has been read."""
    pages: int = 0
    """Pages that were gone through."""
    added: int = 0
    """Pages that were added to the corpus."""
    known: int = 0
    """Pages that the corpus held already."""
    failed: int = 0
    """Pages of an archive that could not be read."""
    problems: tuple[str, ...] = ()
    """What was wrong with these; the first ones."""
    page: int | None = None
    """The page's number in the corpus, where it is one page that was added, or was there."""
    problem: str | None = None
    """Why it failed."""

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in ("waiting", "reading")


class _Held:
    """A reading with what only this module sees of it. Changed under the lock alone."""

    def __init__(self, told: Reading, job: Job) -> None:
        self.told = told
        self.job: Job | None = job
        self.record: bytes = b""
        self.begun: float | None = None
        self.ended = 0.0

    def seconds(self, now: float) -> float:
        return 0.0 if self.begun is None else round(now - self.begun, 1)

    def change(self, **fields: Any) -> None:
        self.told = msgspec.structs.replace(self.told, **fields)


class Readings:
    """The readings of an app. May be shared by threads.

    A thread begins with the first reading, and a process with it. `close` ends both.
    """

    def __init__(
        self,
        answers: Answers,
        settings: Settings,
        *,
        make_reader: MakeReader | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin nothing yet. ``make_reader`` takes the place of the model, for tests."""
        self._answers = answers
        self._clock = clock
        self._process = ReaderProcess(
            Way(
                corpus=answers.corpus.path,
                options=settings.reading,
                weights=settings.weights,
                key_file=settings.key,
                make_reader=make_reader
                or partial(Reader, settings.reading, weights=settings.weights),
            )
        )
        self._changed = threading.Condition()
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._thread: threading.Thread | None = None
        self._closed = False

    def begin(self, data: bytes, *, name: str, add: bool) -> Reading:
        """Put a page, or an archive, in the queue. ``name`` is a file's, or empty.

        Raises `TooManyRequestsException` where too many wait.
        """
        clean = clean_name(name)
        with self._changed:
            self._forget()
            if sum(not one.told.over for one in self._held.values()) > WAITING:
                raise TooManyRequestsException(
                    f"{WAITING} pages wait to be read already; try again when some are done",
                    headers={"Retry-After": str(RETRY)},
                )
            told = Reading(id=secrets.token_urlsafe(12), name=clean, add=add, state="waiting")
            job = Job(
                # A failure is noted under this name, and `add --retry-failed` looks for files.
                name=f"{SENT}{clean}",
                path=Path(clean),
                data=data,
                add=add,
                names=False,
            )
            self._held[told.id] = _Held(told, job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="readings", daemon=True)
                self._thread.start()
            self._changed.notify_all()
            return self._told(self._held[told.id])

    def get(self, id: str) -> Reading:
        """A reading. Raises `NotInStoreError` where there is none, or no longer."""
        with self._changed:
            return self._told(self._find(id))

    def all(self) -> list[Reading]:
        """All readings that are known, the newest first."""
        with self._changed:
            self._forget()
            return [self._told(one) for one in reversed(self._held.values())]

    def record(self, id: str) -> Page:
        """The page of a reading that is done and was only looked at.

        Raises `NotInStoreError` where there is none.
        """
        with self._changed:
            record = self._find(id).record
        if not record:
            raise NotInStoreError("no page was kept of this reading")
        return from_json(record)

    def cancel(self, id: str) -> Reading:
        """Stop a reading, unless it is over. Pages that it added stay.

        Raises `NotInStoreError` as `get` does.
        """
        with self._changed:
            one = self._find(id)
            if not one.told.over:
                if one.told.state == "reading":
                    self._process.kill()
                self._end(one, "cancelled")
            return self._told(one)

    def close(self) -> None:
        """Cancel all, and end the thread and the process."""
        with self._changed:
            self._closed = True
            for one in self._held.values():
                if not one.told.over:
                    self._end(one, "cancelled")
            self._process.kill()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    @property
    def running(self) -> bool:
        """Whether there is a process, with the model in its memory."""
        return self._process.running

    def _work(self) -> None:
        """The thread: readings, one after the other. The model is let go of between them."""
        while not self._closed:
            one = self._next()
            if one is None:
                self._process.close()
            else:
                self._read(one)
        self._process.close()

    def _next(self) -> _Held | None:
        """The next that waits, as soon as there is one; nothing where none comes for long."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._first() is not None, IDLE)
            one = None if self._closed else self._first()
            if one is not None:
                one.change(state="reading")
                one.begun = self._clock()
            return one

    def _first(self) -> _Held | None:
        return next((one for one in self._held.values() if one.told.state == "waiting"), None)

    def _read(self, one: _Held) -> None:
        try:
            names = self._answers.get("overview", self._answers.corpus.overview).names
            self._process.start()
            with self._changed:
                job = one.job
            if job is not None:  # None where it was cancelled before there was a process to kill.
                self._listen(one, replace(job, names=names))
        except EOFError:
            self._fail(one, "the process that read it died, for want of memory or by a fault.")
        except OnrecordError as error:
            self._fail(one, str(error))
        except Exception as error:  # The queue goes on, whatever it was.
            logging.getLogger("onrecord.web").error("a reading", exc_info=error)
            self._fail(one, "the program made a mistake; what it was stands in its log.")

    def _listen(self, one: _Held, job: Job) -> None:
        for told in self._process.run(job):
            with self._changed:
                if one.told.over:  # It was cancelled while this was under way.
                    break
                if isinstance(told, Stepped):
                    _step(one, told)
                else:
                    self._finish(one, told)
        else:
            return
        self._process.close()

    def _fail(self, one: _Held, problem: str) -> None:
        with self._changed:
            if not one.told.over:
                one.change(problem=problem)
                self._end(one, "failed")

    def _finish(self, one: _Held, told: Ended) -> None:
        one.record = told.record or b""
        problem = told.problem
        if told.number is None and not one.record and not one.told.added + one.told.known:
            problem = problem or next(iter(one.told.problems), "it holds no page.")
        one.change(page=told.number, problem=problem)
        self._end(one, "failed" if problem else "done")

    def _end(self, one: _Held, state: State) -> None:
        one.ended = self._clock()
        one.change(state=state, seconds=one.seconds(one.ended))
        one.job = None
        self._forget()

    def _find(self, id: str) -> _Held:
        self._forget()
        if id not in self._held:
            raise NotInStoreError(
                f"no such reading; what is only looked at is kept for an hour, and {KEPT} of them"
            )
        return self._held[id]

    def _told(self, one: _Held) -> Reading:
        if one.told.over:
            return one.told
        before = 0
        for other in self._held.values():
            if other is one:
                break
            before += not other.told.over
        seconds = one.seconds(self._clock())
        return msgspec.structs.replace(one.told, before=before, seconds=seconds)

    def _forget(self) -> None:
        """Let go of what is too old, or too much."""
        now = self._clock()
        over = [one for one in self._held.values() if one.told.over]
        size = sum(len(one.record) for one in over)
        for place, one in enumerate(over):
            newer = len(over) - place - 1
            too_old = now - one.ended > KEPT_SECONDS
            if too_old or newer >= KEPT or (newer and size > KEPT_BYTES):
                size -= len(one.record)
                del self._held[one.told.id]


def _step(one: _Held, told: Stepped) -> None:
    counts = {"added": "added", "known": "known"}
    name = counts.get(told.result, "failed")
    one.change(pages=one.told.pages + 1, **{name: getattr(one.told, name) + 1})
    if told.problem and len(one.told.problems) < PROBLEMS:
        one.change(problems=(*one.told.problems, f"{told.name}: {told.problem}"))


def clean_name(name: str) -> str:
    """A file's name without its folders, and without signs that mean something to a shell."""
    last = PureWindowsPath(printable(name)).name
    return _SIGNS.sub("_", last)[-LONGEST_NAME:].strip(" .") or "pasted text"

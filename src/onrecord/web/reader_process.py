"""A process that reads pages for the app.

It can be killed while it reads, so that a reading is over once it is cancelled, and whatever a
page does to it, the app goes on. What it sends back is bytes of MessagePack, never pickled
objects, for it has handled what strangers wrote.
"""

from __future__ import annotations

import hashlib
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import msgspec

from onrecord.errors import InputError, NotInStoreError, OnrecordError, SeveralPagesError
from onrecord.options import Options
from onrecord.pipeline import Reader
from onrecord.reading import Document, Input, open_documents
from onrecord.records import to_json
from onrecord.store import Corpus, Step
from onrecord.workers import MakeReader, begin_process, deaf_to_ctrl_c

PATIENCE = 5.0
"""Seconds that a process has to end by itself."""

SEVERAL = (
    "this is an archive or JSONL, which can hold any number of pages. Add it to the corpus, or "
    "read it with: onrecord read"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something to read."""

    name: str
    """What messages call it. It names no file."""
    path: Path | None
    """A name whose ending tells what it is; nothing is opened there."""
    data: bytes
    add: bool
    """Whether it is added to the corpus, or only looked at."""
    names: bool
    """Whether the corpus keeps commenters' names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How all is read, and where to it is added."""

    corpus: Path
    options: Options
    weights: Path | None
    key_file: Path | None
    make_reader: MakeReader


class Stepped(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A page of what is read was gone through."""

    result: str
    """As in `store.Step`."""
    name: str
    problem: str | None = None


class Ended(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """All was gone through, or nothing can be."""

    record: bytes | None = None
    """The page's record, where it was only looked at."""
    number: int | None = None
    """The page's number in the corpus, where it is one that was added."""
    problem: str | None = None


class ReaderProcess:
    """A process with a reader, which is started with the first job.

    One thread gives it jobs and closes it; any other may kill it.
    """

    def __init__(self, way: Way) -> None:
        self._way = way
        self._context = get_context("spawn")  # A fork would copy the locks of other threads.
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._connection: Connection[Any, Any] | None = None

    def run(self, job: Job) -> Iterator[Stepped | Ended]:
        """Do a job. The last that is told is `Ended`.

        Raises `EOFError` where the process was killed, or died, and `OSError` as `start` does.
        """
        connection = self.start()
        try:
            connection.send(job)
            while True:
                told = msgspec.msgpack.decode(connection.recv_bytes(), type=Stepped | Ended)
                yield told
                if isinstance(told, Ended):
                    return
        except (EOFError, BrokenPipeError, ConnectionResetError) as error:
            self.close()
            raise EOFError from error

    @property
    def running(self) -> bool:
        """Whether there is a process."""
        return self._process is not None

    def kill(self) -> None:
        """End it at once, whatever it does; the next job starts another one."""
        with self._lock:
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Let it go, and what it holds in memory."""
        with self._lock:
            process, self._process = self._process, None
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if process is not None:
            process.join(PATIENCE)  # Its end of the pipe tells it.
            process.kill()
            process.join()
            process.close()

    def start(self) -> Connection[Any, Any]:
        """Start it, if it does not run. Raises `OSError` where it cannot be."""
        if self._process is not None and not self._process.is_alive():
            self.close()
        if self._connection is None:
            ours, theirs = self._context.Pipe()
            process = self._context.Process(
                target=_work, args=(theirs, self._way), name="onrecord-reader", daemon=True
            )
            with deaf_to_ctrl_c():
                process.start()
            theirs.close()
            with self._lock:
                self._process, self._connection = process, ours
        return self._connection


def _work(connection: Connection[Any, Any], way: Way) -> None:
    """The process: jobs, one after the other, until the pipe ends."""
    begin_process(lambda: None)
    reader: list[Reader] = []

    def make_reader() -> Reader:
        """The one reader of this process, which holds the model."""
        if not reader:
            reader.append(way.make_reader())
        return reader[0]

    while True:
        try:
            job = connection.recv()
        except EOFError:
            return
        for told in _done(job, way, make_reader):
            connection.send_bytes(msgspec.msgpack.encode(told))


def _done(job: Job, way: Way, make_reader: MakeReader) -> Iterator[Stepped | Ended]:
    """What becomes of a job, whatever goes wrong with it."""
    try:
        yield from (
            _added(job, way, make_reader)
            if job.add
            else _looked_at(job, way.options, make_reader())
        )
    except InputError as error:
        yield Ended(problem=error.message)
    except OnrecordError as error:
        yield Ended(problem=str(error))
    except Exception as error:
        # What the error says could be a page's words; where it was is enough to report it.
        at = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} in {Path(at.filename).name}:{at.lineno}"
        yield Ended(problem=f"the program failed on it ({where}). Please report it.")


def _looked_at(job: Job, options: Options, reader: Reader) -> Iterator[Stepped | Ended]:
    with open_documents(_input(job), options.reading) as opened:
        if opened.several:
            raise SeveralPagesError(job.name, SEVERAL)
        for found in opened.found:
            if isinstance(found, Document):
                yield Ended(record=to_json(reader.attribute(reader.parse(found))))


def _added(job: Job, way: Way, make_reader: MakeReader) -> Iterator[Stepped | Ended]:
    corpus = Corpus(way.corpus)
    for step in corpus.add(
        [_input(job)],
        way.options,
        weights=way.weights,
        jobs=1,
        names=job.names,
        key_file=way.key_file,
        make_reader=make_reader,
        make_executor=_here,
    ):
        if step.result not in ("notice", "input_done"):
            yield _stepped(corpus, step)
    yield Ended(number=_number(corpus, job, way.options))


def _stepped(corpus: Corpus, step: Step) -> Stepped:
    problem = None if step.error is None else step.error.message
    if step.result == "failed_before":
        told = (one.message for one in corpus.failures() if one.name == step.name)
        problem = next(told, "it became no page when it was tried before.")
    return Stepped(result=step.result, name=step.name, problem=problem)


def _number(corpus: Corpus, job: Job, options: Options) -> int | None:
    """The page's number in the corpus, if the job was one page and is there."""
    try:
        with open_documents(_input(job), options.reading) as opened:
            if opened.several:
                return None
            for found in opened.found:
                if isinstance(found, Document):
                    return corpus.number(hashlib.sha256(found.data).hexdigest())
    except (InputError, NotInStoreError):
        pass
    return None


def _input(job: Job) -> Input:
    return Input(job.name, job.path, job.data)


def _here(jobs: int, begin: Callable[[], None]) -> Executor:
    """This process is one of its own already, so it reads by itself."""
    return ThreadPoolExecutor(jobs, initializer=begin)

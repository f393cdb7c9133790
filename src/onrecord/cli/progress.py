"""A bar on standard error: how much of the input is read, pages a second, time left."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from onrecord.errors import InputError
from onrecord.reading import Input
from onrecord.store import Step


class Bar:
    """Counts the bytes that are read of the inputs, or pages where their number is known.

    An archive of a million pages is one input, so inputs alone would tell nothing.
    """

    def __init__(self, verb: str) -> None:
        columns = (
            *(TextColumn(verb), BarColumn(), TaskProgressColumn()),
            TextColumn("{task.fields[pages]:,} pages, {task.fields[rate]:.1f} a second"),
            TimeRemainingColumn(),
        )
        console = Console(stderr=True)
        self._progress = Progress(
            *columns, console=console, transient=True, disable=not console.is_terminal
        )
        self._task = self._progress.add_task(verb, total=None, pages=0, rate=0.0)
        self._begun = time.monotonic()
        self._pages = 0
        self._by_pages = False
        self.seconds = 0.0
        """From the beginning to the end, when it has ended."""

    def __enter__(self) -> Bar:
        self._begun = time.monotonic()
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.monotonic() - self._begun
        self._progress.stop()

    def expect(self, pages: int) -> None:
        """So many pages will come."""
        self._by_pages = True
        self._progress.update(self._task, total=pages)

    def expect_bytes(self, size: int) -> None:
        """So many bytes will be read."""
        self._progress.update(self._task, total=size)

    def read(self, size: int) -> None:
        """So many bytes were read."""
        self._progress.advance(self._task, size)

    def step(self, step: Step) -> None:
        """Something was done."""
        if step.result in ("added", "failed"):
            self._pages += 1
            if self._by_pages:
                self._progress.advance(self._task)
            rate = self._pages / max(time.monotonic() - self._begun, 0.001)
            self._progress.update(self._task, pages=self._pages, rate=rate)


def counted_inputs(inputs: Iterable[Input | InputError], bar: Bar) -> list[Input | InputError]:
    """The inputs, such that the bar hears what is read of them."""
    found: list[Input | InputError] = []
    whole = 0
    for one in inputs:
        if isinstance(one, InputError):
            found.append(one)
            continue
        size = _size(one)
        whole += size
        found.append(_Counted(one.name, one.path, bar=bar) if size else one)
    if whole:
        bar.expect_bytes(whole)
    return found


def _size(one: Input) -> int:
    """Bytes of a file; 0 of what is none, or is gone, which is told when it is opened."""
    if one.path is None or one.data is not None:
        return 0
    try:
        return one.path.stat().st_size if one.path.is_file() else 0
    except (OSError, ValueError):
        return 0


@dataclass(frozen=True, slots=True)
class _Counted(Input):
    """A file of which the bar hears what is read."""

    bar: Bar = field(kw_only=True)

    def open(self) -> AbstractContextManager[BinaryIO]:
        file = cast("BinaryIO", Input.open(self))  # It has a path, so this is a file.
        return io.BufferedReader(_CountedFile(file, self.bar))


class _CountedFile(io.RawIOBase):
    """An open file. What is read twice counts once."""

    def __init__(self, file: BinaryIO, bar: Bar) -> None:
        self._file = file
        self._bar = bar
        self._furthest = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._file.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        part = self._file.read(len(buffer))
        buffer[: len(part)] = part
        if self._file.seekable() and self._file.tell() > self._furthest:
            self._bar.read(self._file.tell() - self._furthest)
            self._furthest = self._file.tell()
        return len(part)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()

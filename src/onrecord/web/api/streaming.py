"""A long answer, bit by bit, from one thread of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from litestar.exceptions import TooManyRequestsException

from onrecord.options import MEGABYTE

LINES = 64
"""Records of a chunk, at the most."""
ENOUGH = MEGABYTE // 4
"""Bytes of a chunk; the last record of it may be longer."""
AT_ONCE = 4
"""Long answers at once. Each has a thread, a connection to the corpus and its cache."""
RETRY = 10
"""Seconds after which it is worth to try again."""

_free = threading.BoundedSemaphore(AT_ONCE)


async def chunks(begin: Callable[[], Iterator[bytes]]) -> AsyncIterator[bytes]:
    """What an iterator gives, in chunks.

    A connection to the corpus belongs to the thread that opened it, so all is done in one. It is
    closed there too where nobody listens any more. Raises `TooManyRequestsException` where too
    many ask at once.
    """
    if not _free.acquire(blocking=False):
        raise TooManyRequestsException(
            f"{AT_ONCE} exports are under way already; try again when one is done",
            headers={"Retry-After": str(RETRY)},
        )
    thread = ThreadPoolExecutor(1, thread_name_prefix="export")
    loop, lines = asyncio.get_running_loop(), begin()
    try:
        while chunk := await loop.run_in_executor(thread, _chunk, lines):
            yield chunk
    finally:
        # Behind what is under way; the loop must not wait for it.
        thread.submit(_end, lines)
        thread.shutdown(wait=False)


def _chunk(lines: Iterator[bytes]) -> bytes:
    found, size = [], 0
    for line in islice(lines, LINES):
        found.append(line)
        size += len(line)
        if size > ENOUGH:
            break
    return b"".join(found)


def _end(lines: Iterator[bytes]) -> None:
    """A generator's own end lets go of the corpus."""
    try:
        if close := getattr(lines, "close", None):
            close()
    finally:
        _free.release()

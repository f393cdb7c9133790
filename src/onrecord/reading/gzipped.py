"""Gzip, undone within bounds: a page as a whole, or an archive's members as they come."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Generator, Iterator
from enum import Enum
from typing import BinaryIO

from onrecord.errors import DamagedError

MAGIC = b"\x1f\x8b"

CHUNK = 2**16
"""Bytes that are read, or unpacked, at a time: a bomb unfolds no further than is looked at."""

_MEMBER = b"\x1f\x8b\x08"
_GZIP = 31
"""What zlib calls gzip's wrapping."""


class Mark(Enum):
    """What happens between the bytes of a gzip file."""

    record = "a member begins with a record of an archive"
    damage = "bytes are no gzip, and another member is looked for after them"
    lost = "no member comes after the damage"
    cut = "the file ends inside of a member"


def unpack(packed: BinaryIO, name: str, limit: int) -> bytes:
    """What a gzip file holds, one byte beyond ``limit`` at the most. Raises `DamagedError`."""
    try:
        with gzip.GzipFile(fileobj=packed) as file:
            return file.read(limit + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise damaged(name, error) from error


def damaged(name: str, error: Exception, rest: str = "") -> DamagedError:
    """The error that Python's ``gzip`` means. ``rest`` says what is lost."""
    what = "ends early: it was cut off" if isinstance(error, EOFError) else f"is corrupt ({error})"
    return DamagedError(name, f"the gzip file {what}. {rest}Copy or download it again.")


def beginning(head: bytes) -> bytes:
    """The first bytes of what a gzip file holds, as far as its own first bytes tell."""
    try:
        return zlib.decompressobj(_GZIP).decompress(head, len(head))
    except zlib.error:
        return b""


def unpack_members(read: Callable[[int], bytes], opening: bytes) -> Iterator[bytes | Mark]:
    """What a gzip file holds, in chunks, with a mark wherever something is to be known.

    ``Mark.record`` stands before a member that begins with ``opening``. The file is read
    forward only, so that standard input will do.
    """
    packed = b""
    while True:
        packed = packed.lstrip(b"\0") or read(CHUNK)  # Tapes pad with zeros, as gzip allows.
        if not packed:
            return
        if packed[0]:
            packed = yield from _member(packed, read, opening)


Left = Generator[bytes | Mark, None, bytes]
"""Yields what is unpacked, and returns the packed bytes that come after it."""


def _member(packed: bytes, read: Callable[[int], bytes], opening: bytes) -> Left:
    inflate = zlib.decompressobj(_GZIP)
    held: bytes | None = b""  # The member's start, until there is enough of it to know it.
    fresh = True
    while not inflate.eof:
        try:
            chunk = inflate.decompress(packed, CHUNK)
        except zlib.error:
            return (yield from _next_member(packed[fresh:], read))
        packed, fresh = inflate.unconsumed_tail, False
        if held is not None:
            held += chunk
            if len(held) < len(opening) and not inflate.eof:
                chunk = b""
            else:
                if held.startswith(opening):
                    yield Mark.record
                chunk, held = held, None
        if chunk:
            yield chunk
        elif not packed and not inflate.eof:
            packed = read(CHUNK)
            if not packed:
                yield Mark.cut
                return b""
    return inflate.unused_data


def _next_member(packed: bytes, read: Callable[[int], bytes]) -> Left:
    yield Mark.damage
    while (at := packed.find(_MEMBER)) < 0:
        more = read(CHUNK)
        if not more:
            yield Mark.lost
            return b""
        packed = packed[1 - len(_MEMBER) :] + more
    return packed[at:]

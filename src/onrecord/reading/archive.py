"""The records of a WARC, one after the other, past all that is broken between them.

fastwarc parses records. What it leaves to us: to go on behind a broken one, to see that a
record was cut off, and to let no record reach into the next gzip member.
"""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord

from onrecord.errors import DamagedError, UnreadableError
from onrecord.reading.document import Notice
from onrecord.reading.gzipped import CHUNK, Mark, unpack_members
from onrecord.records import Warning

OPENING = b"WARC/"

BROKEN = 1000
"""Broken records after which an archive is given up: it is none."""

SEEN = 2**18
"""Bytes that are kept of what fastwarc has read: 64 KB ahead, and headers of up to 32 KB."""

_START = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n(?=[A-Za-z-]{1,40}:)")
_LONGEST = 64
"""Bytes of the longest match of `_START`, with what it looks ahead to."""

_AGAIN = "Copy or download the archive again."


@dataclass(slots=True)
class Record:
    """A record of a WARC. Its payload is gone once the next one is asked for."""

    warc: WarcRecord
    place: str
    """Where it begins, for messages."""
    sound: bool = True
    """Whether its length can be held against what was read; not after broken HTTP headers."""
    taken: int = 0

    def payload(self, size: int) -> bytes:
        """The next bytes of the payload; fewer than ``size`` at its end alone."""
        taken = bytearray()
        while len(taken) < size:
            part = self.warc.reader.read(min(CHUNK, size - len(taken)))
            if not part:
                break
            taken += part
        self.taken += len(taken)
        return bytes(taken)

    def missing(self) -> int:
        """Bytes that the record should have and has not. Passes over the rest of it."""
        self.taken += self.warc.consume() if self.warc.reader else 0
        return self.warc.content_length - self.taken if self.sound else 0


def read_records(
    stream: BinaryIO, name: str, *, packed: bool
) -> Iterator[Record | Notice | DamagedError]:
    """The records of a WARC from its beginning, with a notice for each broken one.

    A `DamagedError` says that the rest is lost. Raises `UnreadableError` where the system
    fails.
    """
    broken = 0
    segments = _packed(stream, name) if packed else _plain(stream, name)
    for segment in segments:
        found = _segment_records(segment, name) if isinstance(segment, _Segment) else [segment]
        for one in found:
            yield one
            broken += isinstance(one, Notice)
            if broken >= BROKEN:
                yield DamagedError(name, f"{BROKEN} records are broken; the rest is not read.")
                return


def broken_record(place: str, why: str) -> Notice:
    """The notice of a record that is left out."""
    return Notice(place, Warning(code="record-broken", message=f"the record was left out: {why}"))


class _Segment(io.RawIOBase):
    """A stretch of an archive as the file that fastwarc reads.

    ``pull`` gives its next bytes, none at its end. ``size`` is where it ends, if known.
    """

    def __init__(
        self, pull: Callable[[], bytes], at: int, *, ahead: bytes = b"", size: int | None = None
    ) -> None:
        self._pull = pull
        self._at = at
        self._ahead = memoryview(ahead)
        self._seen: deque[bytes] = deque()
        self._kept = 0
        self.begin = at
        self.size = size

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Hand the next bytes over, and remember them for a while."""
        if not self._ahead:
            self._ahead = memoryview(self._pull())
        count = min(len(buffer), len(self._ahead))
        part, self._ahead = bytes(self._ahead[:count]), self._ahead[count:]
        buffer[:count] = part
        self._at += count
        self._seen.append(part)
        self._kept += count
        while self._kept - len(self._seen[0]) > SEEN:
            self._kept -= len(self._seen.popleft())
        return count

    def after(self, place: int) -> _Segment | None:
        """The rest of the segment from the first record on that begins at ``place`` or later."""
        data = b"".join([*self._seen, self._ahead])
        begin = self._at - self._kept
        found = _START.search(data, max(0, place - begin))
        while found is None:
            more = self._pull()
            if not more:
                return None
            begin += max(0, len(data) - _LONGEST)
            data = data[-_LONGEST:] + more
            found = _START.search(data, max(0, place - begin))
        at = found.start()
        return _Segment(self._pull, begin + at, ahead=data[at:], size=self.size)


def _segment_records(segment: _Segment | None, name: str) -> Iterator[Record | Notice]:
    while segment is not None:
        begin = end = segment.begin
        failed = None
        try:
            for warc in ArchiveIterator(
                segment, parse_http=False, fsspec_args=False, stream_detect=False
            ):
                begin, end = warc.stream_pos, warc.stream_pos + warc.content_length
                record = Record(warc, f"{name}: the record at byte {begin}")
                wrong = _wrong_length(warc, end, segment.size)
                if wrong:
                    yield broken_record(record.place, wrong)
                    failed = begin + 1
                    break
                yield record
                if record.missing() > 0:
                    yield broken_record(record.place, "it is cut off, or its length is wrong")
        except OSError as error:
            # The length of the last record may be wrong, so that the next one begins in it.
            failed = begin + 1
            yield broken_record(f"{name}: after byte {end}", f"{error}")
        segment = segment.after(failed) if failed is not None else None


def _wrong_length(warc: WarcRecord, end: int, size: int | None) -> str | None:
    length = warc.headers.get("Content-Length") or ""
    if not (length.isascii() and length.isdigit()) or length.lstrip("0") != str(
        warc.content_length
    ).lstrip("0"):
        return f"its Content-Length is {length[:20]!r}"
    if size is not None and end > size:
        return "it is cut off, or its Content-Length is wrong"
    return None


def _plain(stream: BinaryIO, name: str) -> Iterator[_Segment]:
    size = None
    if stream.seekable():
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
    read = _reading(stream, name)
    yield _Segment(lambda: read(CHUNK), 0, size=size or None)


def _packed(stream: BinaryIO, name: str) -> Iterator[_Segment | Notice | DamagedError]:
    """A segment for each gzip member that begins with a record, and what is wrong between."""
    members = _Members(unpack_members(_reading(stream, name), OPENING))
    while not members.done:
        segment = _Segment(members.pull, members.at)
        yield segment
        while members.pull():
            pass
        mark, members.mark = members.mark, None
        place = f"{name}: after byte {members.at} unpacked"
        if mark is Mark.damage:
            yield broken_record(place, "the gzip data are corrupt")
        elif mark is Mark.lost:
            yield DamagedError(place, f"the gzip data are corrupt, and the rest is lost. {_AGAIN}")
        elif mark is Mark.cut:
            yield DamagedError(place, f"the gzip file ends early; the rest is lost. {_AGAIN}")


class _Members:
    """The chunks of a gzip file up to the next mark."""

    def __init__(self, events: Iterator[bytes | Mark]) -> None:
        self._events = events
        self.at = 0
        self.mark: Mark | None = None
        self.done = False

    def pull(self) -> bytes:
        """The next chunk; none at a mark and at the end."""
        if self.mark or self.done:
            return b""
        event = next(self._events, None)
        if isinstance(event, bytes):
            self.at += len(event)
            return event
        self.mark = event
        self.done = event is None
        return b""


def _reading(stream: BinaryIO, name: str) -> Callable[[int], bytes]:
    def read(size: int) -> bytes:
        try:
            return stream.read(size)
        except OSError as error:
            # fastwarc would pass an OSError on, and we would take it for a broken record.
            raise UnreadableError(name, f"cannot be read: {error.strerror}.") from error

    return read

"""What the user names, opened: told by its bytes, then by its name, what it is."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import BinaryIO, NamedTuple

from onrecord.errors import UnreadableError
from onrecord.options import ReadingOptions
from onrecord.reading.document import Document, Found, too_large
from onrecord.reading.gzipped import MAGIC, beginning, unpack
from onrecord.reading.inputs import Input
from onrecord.reading.jsonl import jsonl_documents
from onrecord.reading.warc import warc_documents
from onrecord.records import InputKind

HEAD = 4096
"""Bytes that are looked at to tell what an input is."""

_WARC = re.compile(rb"WARC/\d\.\d+\r?\n")
_ROW = re.compile(rb'(?:\xef\xbb\xbf)?\{[ \t]*"')
_SUFFIXES: dict[str, InputKind] = {
    ".warc": "warc",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".md": "markdown",
    ".markdown": "markdown",
}
_PAGES = frozenset({".html", ".htm", ".xhtml", ".txt", ".text"})
"""Names under which no JSONL is looked for."""


class Opened(NamedTuple):
    """An open input: what it holds, and whether that can be more than one page."""

    several: bool
    found: Iterator[Found]


@contextmanager
def open_documents(one: Input, options: ReadingOptions) -> Iterator[Opened]:
    """Open an input. Gzip is undone wherever it is met, once.

    WARC is told by its first bytes; Markdown and JSONL by the name, and JSONL without a
    name, as on standard input, by the ``{"`` that it begins with. ``options.kind``
    overrules both. Raises subclasses of `InputError`, here and while it is read.
    """
    with one.open() as stream:
        try:
            head = stream.read(HEAD)
            whole = _rewound(stream, head)
        except OSError as error:
            raise UnreadableError(one.name, f"cannot be read: {error.strerror}.") from error
        packed = head.startswith(MAGIC)
        kind = options.kind or _kind(one, beginning(head) if packed else head)
        limit = options.max_bytes
        if kind == "warc":
            yield Opened(True, warc_documents(whole, one.name, packed=packed, limit=limit))
        elif kind == "jsonl":
            yield Opened(True, jsonl_documents(whole, one.name, packed=packed, limit=limit))
        else:
            data = _whole(whole, one.name, packed=packed, limit=limit)
            yield Opened(False, iter([Document(name=one.name, data=data, kind=kind)]))


def _kind(one: Input, head: bytes) -> InputKind | None:
    if _WARC.match(head):
        return "warc"
    name = PurePath(one.path.name if one.path else "")
    suffix = (PurePath(name.stem) if name.suffix.lower() == ".gz" else name).suffix.lower()
    if suffix not in _SUFFIXES and suffix not in _PAGES and _ROW.match(head):
        return "jsonl"
    return _SUFFIXES.get(suffix)


def _whole(stream: BinaryIO, name: str, *, packed: bool, limit: int) -> bytes:
    """A page's bytes, whose number is looked at before they are read wherever it is known."""
    try:
        if packed:
            data = unpack(stream, name, limit)
        else:
            size = _size(stream)
            if size > limit:
                raise too_large(name, limit, size)
            data = stream.read(limit + 1)
    except OSError as error:
        raise UnreadableError(name, f"cannot be read: {error.strerror}.") from error
    if len(data) > limit:
        raise too_large(name, limit)
    return data


def _size(stream: BinaryIO) -> int:
    """How many bytes there are, or 0 where nobody knows."""
    if not stream.seekable():
        return 0
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return size


def _rewound(stream: BinaryIO, head: bytes) -> BinaryIO:
    """The stream from where it was before ``head`` was read.

    Standard input can be a file of which another program has read the beginning.
    """
    if stream.seekable() and stream.tell() == len(head):
        stream.seek(0)
        return stream
    return io.BufferedReader(_Rejoined(head, stream))


class _Rejoined(io.RawIOBase):
    """Bytes that were read, and then the stream that they were read from."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        part = self._head.read(len(buffer)) or self._stream.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)

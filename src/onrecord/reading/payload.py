"""What a server sent, without the wrappings that HTTP put around it, within bounds."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator, Sequence

import brotli
from fastwarc.stream_io import ZstdReader

from onrecord.reading.gzipped import CHUNK, MAGIC

CODINGS = 4
"""Wrappings that are undone at the most: nobody sends more than two."""

_SIZE = re.compile(rb"([0-9a-fA-F]{1,15})[ \t]*(?:;[^\r\n]{0,1000})?\r\n")
_ZLIB_OR_GZIP, _BARE = 47, -15


def unwrap(
    payload: bytes, transfer: Sequence[str], content: Sequence[str], limit: int
) -> tuple[bytes, bool]:
    """A payload's own bytes, one beyond ``limit`` at the most, and whether they are cut off.

    ``transfer`` and ``content`` are the values of ``Transfer-Encoding`` and
    ``Content-Encoding``. Crawlers often store a payload unwrapped and its headers as they
    were, so what is not in the coding that it declares is taken as it is.
    """
    cut = False
    codings = [*_names(content), *_names(transfer)]  # in the order of wrapping
    for coding in reversed(codings[-CODINGS:]):
        undo = _UNDO.get(coding)
        if undo is None:
            continue
        found, whole = _bounded(undo(payload), limit)
        if found or whole:
            payload, cut = found, cut or not whole
    return payload, cut


def _names(values: Sequence[str]) -> Iterator[str]:
    for value in values:
        yield from (name.strip().lower() for name in value.split(","))


def _bounded(parts: Iterator[bytes], limit: int) -> tuple[bytes, bool]:
    """Parts up to a limit or to a fault, and whether there was no fault."""
    taken = bytearray()
    try:
        for part in parts:
            taken += part
            if len(taken) > limit:
                break
    except (zlib.error, brotli.error, OSError, EOFError):
        return bytes(taken), False
    return bytes(taken[: limit + 1]), True


def _chunks(payload: bytes) -> Iterator[bytes]:
    at = 0
    while found := _SIZE.match(payload, at):
        size = int(found[1], 16)
        if not size:
            return
        yield payload[found.end() : found.end() + size]
        at = found.end() + size + len(b"\r\n")
    raise EOFError("the last chunk is missing")


def _inflated(payload: bytes) -> Iterator[bytes]:
    """Gzip, zlib, or, as some servers send it for "deflate", zlib without its wrapper."""
    bits = _ZLIB_OR_GZIP
    try:
        zlib.decompressobj(bits).decompress(payload[:CHUNK], 1)
    except zlib.error:
        bits = _BARE
    source, inflate, packed = io.BytesIO(payload), zlib.decompressobj(bits), b""
    while True:
        part = inflate.decompress(packed, CHUNK)
        packed = inflate.unconsumed_tail
        if part:
            yield part
        elif inflate.eof:
            packed = inflate.unused_data or source.read(CHUNK)
            if not packed.startswith(MAGIC):
                return
            inflate = zlib.decompressobj(bits)
        elif not packed:
            packed = _more(source)


def _unbrotlied(payload: bytes) -> Iterator[bytes]:
    source, inflate = io.BytesIO(payload), brotli.Decompressor()
    while not inflate.is_finished():
        packed = _more(source) if inflate.can_accept_more_data() else b""
        yield inflate.process(packed, output_buffer_limit=CHUNK)


def _unzstd(payload: bytes) -> Iterator[bytes]:
    reader = ZstdReader(io.BytesIO(payload), fsspec_args=False)
    while part := reader.read(CHUNK):
        yield part


def _more(source: io.BytesIO) -> bytes:
    packed = source.read(CHUNK)
    if not packed:
        raise EOFError("the data are cut off")
    return packed


_UNDO: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "chunked": _chunks,
    "gzip": _inflated,
    "x-gzip": _inflated,
    "deflate": _inflated,
    "br": _unbrotlied,
    "zstd": _unzstd,
}

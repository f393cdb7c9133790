"""JSONL: a page a line."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from onrecord.errors import EmptyInputError, InputError, RowError, UnreadableError
from onrecord.reading.document import Document, Found, too_large
from onrecord.reading.gzipped import CHUNK, damaged
from onrecord.reading.moments import iso_moment
from onrecord.records import PageKind, Warning

_GIVE = 'Give {"html": "…"} or {"text": "…"}, with url, published and headline if known.'
_BOM = b"\xef\xbb\xbf"


class _Row(msgspec.Struct):
    html: str | None = None
    text: str | None = None
    url: str | None = None
    published: str | None = None
    headline: str | None = None


_DECODER = msgspec.json.Decoder(_Row)


def jsonl_documents(stream: BinaryIO, name: str, *, packed: bool, limit: int) -> Iterator[Found]:
    """The pages of a JSONL file, and a `RowError` for each line that is none.

    A line has ``html`` or ``text`` and may have ``url``, ``published`` and ``headline``;
    of a row with both, the HTML is read, for it holds more. ``limit`` is the length of a
    line. Where a gzip file is cut off a `DamagedError` comes last, and where there is no line
    at all an `EmptyInputError`. Raises `UnreadableError`.
    """
    lines = gzip.GzipFile(fileobj=stream) if packed else stream
    number = 0
    empty = True
    try:
        while line := lines.readline(limit + 1):
            number += 1
            place = f"{name}:{number}"
            if len(line) > limit:
                yield too_large(place, limit, len(line) + _pass_line(lines, line))
            elif number == 1 and line.startswith(_BOM):
                line = line[len(_BOM) :]
            if len(line) <= limit and line.strip():
                yield _row(line, place)
            empty = empty and not line.strip()
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        yield damaged(name, error, f"The lines after line {number} are lost. ")
    except OSError as error:
        raise UnreadableError(name, f"cannot be read: {error.strerror}.") from error
    if empty:
        yield EmptyInputError(name, "the JSONL holds no line. Give a row of JSON a line.")


def _pass_line(lines: BinaryIO | gzip.GzipFile, line: bytes) -> int:
    """Pass over the rest of a line, and count its bytes."""
    passed = 0
    while line and not line.endswith(b"\n"):
        line = lines.readline(CHUNK)
        passed += len(line)
    return passed


def _row(line: bytes, place: str) -> Document | InputError:
    try:
        row = _DECODER.decode(line)
    except msgspec.ValidationError as error:
        return RowError(place, f"a value has the wrong type: {error}. {_GIVE}")
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return RowError(place, f"the line is no JSON: {error}. {_GIVE}")
    kind: PageKind = "html" if row.html else "text"
    value = row.html or row.text
    if not value:
        return RowError(place, f"the row has neither html nor text. {_GIVE}")
    published = iso_moment(row.published)
    message = f"the row's published is {(row.published or '')[:40]!r}, and no ISO 8601 date"
    warning = Warning(code="published-not-read", message=message)
    return Document(
        name=place,
        data=value.encode(),
        kind=kind,
        charset="utf-8",
        url=row.url or None,
        headline=" ".join((row.headline or "").split()) or None,
        published=published,
        warnings=(warning,) if row.published and not published else (),
    )

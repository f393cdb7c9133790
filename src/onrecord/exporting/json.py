"""Records as JSON: indented, or one a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from onrecord.records import Page, to_json

# U+0080 to U+009F, and what turns the direction of writing; JSON itself escapes the rest.
_STEERING = re.compile(
    b"\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\x7f"
)


def json_lines(pages: Iterable[Page]) -> Iterator[bytes]:
    """Each record as one line."""
    for page in pages:
        yield escaped(to_json(page)) + b"\n"


def json_document(pages: Iterable[Page], *, array: bool) -> Iterator[bytes]:
    """The records indented: one alone as an object, several as an array."""
    empty = True
    for page in pages:
        opening = (b"[\n" if empty else b",\n") if array else b""
        empty = False
        yield opening + escaped(msgspec.json.format(to_json(page), indent=2)) + b"\n"
    if array:
        yield b"[\n]\n" if empty else b"]\n"


def escaped(line: bytes) -> bytes:
    """The same JSON, with what could steer a terminal written as ``\\uXXXX``."""
    return _STEERING.sub(lambda found: b"\\u%04x" % ord(found[0].decode()), line)

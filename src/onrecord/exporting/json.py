"""Records as JSON: indented, or one a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from onrecord.records import Page, to_json


def json_lines(pages: Iterable[Page]) -> Iterator[bytes]:
    """Each record as one line."""
    for page in pages:
        yield to_json(page) + b"\n"


def json_document(pages: Iterable[Page], *, array: bool) -> Iterator[bytes]:
    """The records indented: one alone as an object, several as an array."""
    opening = b"[\n" if array else b""
    for page in pages:
        yield opening + msgspec.json.format(to_json(page), indent=2)
        opening = b",\n"
    if array and opening == b"[\n":
        yield b"["
    yield b"\n]\n" if array else b"\n" if opening == b",\n" else b""

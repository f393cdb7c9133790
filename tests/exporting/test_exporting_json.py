"""Records as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from onrecord import Reader
from onrecord.exporting.json import json_document, json_lines
from onrecord.records import Page, from_json

STORY = "Bridge Opens Late\n\nAnna Bell said the bridge was safe.\n\n  • rower\n\n    “No”\u2028🌧\n"


@pytest.fixture
def pages(reader: Reader) -> list[Page]:
    return [reader.read(f"{STORY}{end}".encode()) for end in ("", "\n", "\n\n")]


def test_lines_are_records(pages: list[Page]) -> None:
    lines = list(json_lines(pages))
    assert all(line.endswith(b"}\n") and line.count(b"\n") == 1 for line in lines)
    assert [from_json(line) for line in lines] == pages
    assert list(json_lines([])) == []


def test_lines_are_written_as_pages_come(pages: list[Page]) -> None:
    taken: list[str] = []

    def one_by_one() -> Iterator[Page]:
        for page in pages:
            taken.append(page.id)
            yield page

    chunks = json_lines(one_by_one())
    next(chunks)
    assert taken == [pages[0].id]
    document = json_document(one_by_one(), array=True)
    next(document)
    assert taken == [pages[0].id] * 2


def test_one_page_is_an_object(pages: list[Page]) -> None:
    text = b"".join(json_document(pages[:1], array=False))
    assert text.startswith(b'{\n  "schema": "onrecord/page/1",\n')
    assert text.endswith(b"\n}\n")
    assert from_json(text) == pages[0]


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_pages_are_an_array(pages: list[Page], count: int) -> None:
    text = b"".join(json_document(pages[:count], array=True))
    assert text.startswith(b"[\n")
    assert text.endswith(b"\n]\n")
    held = json.loads(text)
    assert [from_json(json.dumps(one)) for one in held] == pages[:count]


def test_no_page_and_no_array_is_nothing() -> None:
    assert b"".join(json_document([], array=False)) == b""


def test_text_is_written_as_it_is(pages: list[Page]) -> None:
    for text in (b"".join(json_lines(pages)), b"".join(json_document(pages, array=True))):
        assert "🌧".encode() in text
        assert "“No”".encode() in text


def test_json_cannot_steer_a_terminal() -> None:
    page = Page(id="x", text="a\x9b31m\u202eb\x7f\u2066é\u200f")
    for chunk in (b"".join(json_lines([page])), b"".join(json_document([page], array=False))):
        assert not re.search("[\x7f-\x9f\u202e\u2066\u200f]", chunk.decode())
        assert from_json(chunk).text == page.text

"""JSONL: a page a line, and an error for a line that is none."""

from __future__ import annotations

import gzip
import hashlib
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import (
    DamagedError,
    EmptyInputError,
    InputError,
    RowError,
    TooLargeError,
    UnreadableError,
)
from onrecord.options import ReadingOptions
from onrecord.reading import read_document
from onrecord.reading.document import Document, Found
from onrecord.reading.jsonl import jsonl_documents

LIMIT = 10**6
STORY = "Anna Bell said on Tuesday that the bridge over the Orla was safe. Nobody had looked."


def read(data: bytes | str, limit: int = LIMIT) -> list[Found]:
    data = data.encode() if isinstance(data, str) else data
    packed = data.startswith(b"\x1f\x8b")
    return list(jsonl_documents(io.BytesIO(data), "rows.jsonl", packed=packed, limit=limit))


def rows(*values: object) -> str:
    return "".join(f"{json.dumps(value)}\n" for value in values)


def one(value: object) -> Document:
    (found,) = read(rows(value))
    assert isinstance(found, Document)
    return found


def test_text_and_html() -> None:
    html = f"<html><body><article><p>{STORY}</p></article></body></html>"
    text, page, both = read(rows({"text": STORY}, {"html": html}, {"text": "T", "html": html}))
    assert isinstance(text, Document)
    assert isinstance(page, Document)
    assert isinstance(both, Document)
    assert (text.name, text.kind, text.data) == ("rows.jsonl:1", "text", STORY.encode())
    assert (page.name, page.kind, page.data) == ("rows.jsonl:2", "html", html.encode())
    assert (both.kind, both.data) == (page.kind, page.data)
    read_page = read_document(page, ReadingOptions())
    assert read_page.text == STORY
    assert read_page.id == hashlib.sha256(html.encode()).hexdigest()


def test_the_row_overrules_the_page() -> None:
    html = (
        "<html><head><title>Bridge Safe</title><link rel=canonical href='https://b.example/x'>"
        "<meta property='article:published_time' content='2020-01-01'></head>"
        f"<body><article><p>{STORY}</p></article></body></html>"
    )
    row = {
        "html": html,
        "url": "https://a.example/",
        "published": "2026-03-04T07:30:00+01:00",
        "headline": " Another\nheadline ",
    }
    page = read_document(one(row), ReadingOptions())
    assert page.url == row["url"]
    assert page.published == row["published"]
    assert page.headline == "Another headline"
    assert page.text.startswith("Bridge Safe\n\n")
    told = read_document(one({"html": html, "url": None, "headline": ""}), ReadingOptions())
    assert (told.url, told.published, told.headline) == (
        "https://b.example/x",
        "2020-01-01",
        "Bridge Safe",
    )


@pytest.mark.parametrize(
    ("headline", "kinds"),
    [("Bridge Opens Late", ["headline", "body"]), ("Something Else", ["body", "body"])],
)
def test_a_rows_headline_tells_whether_the_text_begins_with_it(
    headline: str, kinds: list[str]
) -> None:
    row = {"text": f"Bridge Opens Late\n\n{STORY}", "headline": headline}
    page = read_document(one(row), ReadingOptions())
    assert page.headline == headline
    assert page.text == row["text"]
    assert [paragraph.kind for paragraph in page.paragraphs] == kinds
    assert page.warnings == ()


def test_a_date_that_is_none_is_a_warning() -> None:
    found = one({"text": STORY, "published": "last week"})
    assert found.published is None
    assert [warning.code for warning in found.warnings] == ["published-not-read"]
    assert "'last week'" in found.warnings[0].message


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"{no json", "is no JSON"),
        (b"\xff\xfe", "is no JSON"),
        (b'{"text": "\\ud800"}', "is no JSON"),
        (b'{"x": ' + b"[" * 100_000, "is no JSON"),
        (b'["text"]', "wrong type"),
        (b'{"text": 3}', "wrong type"),
        (b'{"text": "a", "url": ["b"]}', "wrong type"),
        (b'{"url": "https://a.example/"}', "neither html nor text"),
        (b'{"text": "", "html": null}', "neither html nor text"),
    ],
)
def test_a_line_that_is_no_page_is_an_error_for_that_line_alone(line: bytes, what: str) -> None:
    good = rows({"text": STORY}).encode()
    first, error, last = read(good + line + b"\n" + good)
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert last.name == "rows.jsonl:3"
    assert isinstance(error, RowError)
    assert error.input == "rows.jsonl:2"
    assert what in str(error)


def test_a_line_beyond_the_limit() -> None:
    good = rows({"text": STORY})
    first, error, last = read(good + rows({"text": "x" * 3 * LIMIT}) + good)
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(error, TooLargeError)
    assert str(error).startswith("rows.jsonl:2: the page has 2.86 MB, and the limit is 0.954 MB")
    assert [type(found) for found in read("x" * 3 * LIMIT)] == [TooLargeError]


def test_empty_lines_a_mark_and_no_line_end() -> None:
    found = read("\ufeff\n".encode() + f"\r\n  \n{rows({'text': STORY})[:-1]}".encode())
    assert [type(item) for item in found] == [Document]
    (marked,) = read("\ufeff" + rows({"text": STORY}))
    assert isinstance(marked, Document)


@pytest.mark.parametrize("data", [b"", b"\n \n", gzip.compress(b"\n", mtime=0)])
def test_no_line_at_all(data: bytes) -> None:
    (error,) = read(data)
    assert isinstance(error, EmptyInputError)


def test_nul_characters_do_not_make_a_row_utf16() -> None:
    text = "".join(f"{char}\0" for char in "Anna")
    assert read_document(one({"text": f"{text} {STORY * 5}"}), ReadingOptions()).text.startswith(
        text
    )


def test_gzip_that_is_cut_off_keeps_the_lines_before() -> None:
    data = b"".join(gzip.compress(rows({"text": f"{STORY} {n}"}).encode()) for n in range(3))
    assert [type(found) for found in read(data)] == [Document] * 3
    *kept, error = read(data[:-20])
    assert [type(found) for found in kept] == [Document] * 2
    assert isinstance(error, DamagedError)
    assert "The lines after line 2 are lost." in str(error)
    assert isinstance(read(data[:150] + b"\0\0\0" + data[153:])[-1], DamagedError)


def test_a_failing_disk() -> None:
    class Failing(io.BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(UnreadableError):
        list(jsonl_documents(Failing(), "x", packed=False, limit=LIMIT))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.integers(0, 400), st.binary(max_size=20), st.booleans())
def test_any_change(at: int, piece: bytes, packed: bool) -> None:
    data = rows(*({"text": f"{STORY} {number}"} for number in range(3))).encode()
    data = gzip.compress(data) if packed else data
    changed = data[:at] + piece
    for found in read(changed) + read(changed + data[at + len(piece) :]):
        assert isinstance(found, Document | InputError)

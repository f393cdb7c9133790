"""WARC: pages out of archives, whatever is broken in them."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from typing import BinaryIO

import brotli
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.errors import (
    DamagedError,
    InputError,
    NoPagesError,
    TooLargeError,
    UnreadableError,
)
from onrecord.reading.archive import BROKEN
from onrecord.reading.document import Document, Found, Notice
from onrecord.reading.warc import warc_documents
from warcs import http, page, piped, record, response

LIMIT = 2**20
A, B, C = map(response, ("Aar", "Bode", "Cher"))
RIVERS = ["https://aar.example/", "https://bode.example/", "https://cher.example/"]

pack = gzip.compress


def read(data: bytes, limit: int = LIMIT, stream: BinaryIO | None = None) -> list[Found]:
    packed = data.startswith(b"\x1f\x8b")
    return list(warc_documents(stream or io.BytesIO(data), "news.warc", packed=packed, limit=limit))


def shown(found: list[Found]) -> list[str | None]:
    """What was found in short: a page by its address, a warning by its code."""
    return [
        one.url
        if isinstance(one, Document)
        else one.warning.code
        if isinstance(one, Notice)
        else type(one).__name__
        for one in found
    ]


forms = pytest.mark.parametrize(
    "form",
    [
        pytest.param(b"".join, id="plain"),
        pytest.param(lambda records: pack(b"".join(records)), id="one member"),
        pytest.param(lambda records: b"".join(map(pack, records)), id="a member a record"),
    ],
)
ways = pytest.mark.parametrize("way", [io.BytesIO, piped], ids=["file", "pipe"])


@forms
@ways
def test_each_html_response_is_a_page(
    form: Callable[[list[bytes]], bytes], way: Callable[[bytes], BinaryIO]
) -> None:
    data = form([A, B, C])
    found = read(data, stream=way(data))
    assert shown(found) == RIVERS
    first = found[0]
    assert isinstance(first, Document)
    assert first.data == page("Aar")
    assert first.kind == "html"
    assert first.charset == "utf-8"
    assert first.published is None
    assert first.fetched == "2026-03-04T05:06:07+00:00"
    assert first.name == "news.warc: https://aar.example/"


def test_what_is_no_html_response_is_passed_over_in_silence() -> None:
    others = [
        record("https://x.example/", b"software: none\r\n", type="warcinfo"),
        record("https://x.example/", b"GET / HTTP/1.1\r\n\r\n", type="request"),
        record("https://x.example/", http(page()), type="revisit"),
        record("dns:x.example", b"x.example. 300 A 10.0.0.1", media="text/dns"),
        record("https://x.example/a.png", http(b"\x89PNG", "image/png")),
    ]
    assert shown(read(b"".join([*others, A]))) == RIVERS[:1]


@pytest.mark.parametrize("media", ["text/html", "TEXT/HTML;charset=x", "application/xhtml+xml"])
def test_media_types_that_are_html(media: str) -> None:
    assert shown(read(record("<https://x.example/>", http(page(), media)))) == [
        "https://x.example/"
    ]


def test_redirects_and_errors_are_counted() -> None:
    responses = [
        record("https://x.example/", http(page(), status=status))
        for status in ("301 Moved", "404 Not Found", "404 Not Found")
    ]
    *pages, notice = read(b"".join([*responses, A]))
    assert shown(pages) == RIVERS[:1]
    assert isinstance(notice, Notice)
    assert notice.warning.code == "responses-passed-over"
    assert "3 responses" in notice.warning.message
    assert "(301: 1, 404: 2)" in notice.warning.message


def test_no_html_at_all_is_an_error() -> None:
    (error,) = read(record("https://x.example/", http(b"{}", "application/json")))
    assert isinstance(error, NoPagesError)
    assert "holds no HTML" in str(error)
    assert shown(read(b"no archive")) == ["record-broken", "NoPagesError"]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(page()), ["Content-Encoding: gzip"]),
        (brotli.compress(page()), ["Content-Encoding: br"]),
        (b"5\r\n" + page()[:5] + b"\r\n0\r\n\r\n", ["Transfer-Encoding: chunked"]),
        (page(), ["Content-Encoding: gzip"]),
    ],
    ids=["gzip", "brotli", "chunked", "stored unpacked"],
)
def test_the_wrappings_of_http_are_undone(body: bytes, headers: list[str]) -> None:
    (one,) = read(record("https://x.example/", http(body, "text/html", *headers)))
    assert isinstance(one, Document)
    assert page().startswith(one.data)
    assert one.data
    assert one.warnings == ()


def test_a_page_whose_packed_data_end_early() -> None:
    body = gzip.compress(page())[:-30]
    (one,) = read(record("https://x.example/", http(body, "text/html", "Content-Encoding: gzip")))
    assert isinstance(one, Document)
    assert page().startswith(one.data)
    assert [warning.code for warning in one.warnings] == ["page-cut-off"]


def test_a_page_beyond_the_limit_does_not_stop_the_rest() -> None:
    large = record("https://large.example/", http(b" " * 2 * LIMIT))
    bomb = record(
        "https://bomb.example/",
        http(gzip.compress(b" " * 8 * LIMIT), "text/html", "Content-Encoding: gzip"),
    )
    found = read(A + large + bomb + C)
    assert shown(found) == [RIVERS[0], "TooLargeError", "TooLargeError", RIVERS[2]]
    assert "https://large.example/: the page has 2 MB" in str(found[1])
    assert "more than 1 MB" in str(found[2])


corrupt = bytearray(pack(B))
corrupt[60:90] = b"\xff" * 30
belied = bytearray(pack(B))
belied[-6] ^= 1


@ways
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(A + b"no record\r\n\r\n" * 9 + C, id="text between records"),
        pytest.param(A + b"\0" * 300_000 + C, id="zeros between records"),
        pytest.param(pack(A + b"garbage" * 9 + C), id="garbage in a member"),
        pytest.param(pack(A) + b"garbage" * 9 + pack(C), id="garbage between members"),
        pytest.param(pack(A) + bytes(corrupt) + pack(C), id="corrupt member"),
        pytest.param(pack(A) + bytes(belied) + pack(C), id="wrong checksum"),
        *(
            pytest.param(A + response("B", length=length) + C, id=f"length {length}")
            for length in (-5, "many", 20, 10**30, "", "٣")
        ),
        pytest.param(
            pack(A) + pack(response("B", length=10**15)) + pack(C), id="huge length in a member"
        ),
        pytest.param(
            pack(A) + pack(response("B", length=700)) + pack(C), id="wrong length in a member"
        ),
        pytest.param(A + record("https://b.example/", b"\xff\0 no HTTP") + C, id="no HTTP"),
        pytest.param(
            A + record("https://b.example/", http(page(), "text/html", "X: " + "x" * 99_999)) + C,
            id="long HTTP header",
        ),
        pytest.param(b"damaged beginning" + A + B[:99] + C, id="damaged beginning"),
    ],
)
def test_reading_goes_on_past_what_is_broken(data: bytes, way: Callable[[bytes], BinaryIO]) -> None:
    found = read(data, stream=way(data))
    assert [one for one in shown(found) if one != "record-broken"] == [RIVERS[0], RIVERS[2]]
    notices = [one for one in found if isinstance(one, Notice)]
    assert 1 <= len(notices) <= 2
    assert all("news.warc: " in one.name for one in notices)


@pytest.mark.parametrize("type", ["response", "request"])
def test_a_length_beyond_the_end_of_the_file(type: str) -> None:
    huge = record("https://b.example/", http(page()), type=type, length=10**15)
    assert shown(read(A + huge + C)) == [RIVERS[0], "record-broken", RIVERS[2]]
    # Of a pipe nobody knows the end before it is there.
    assert shown(read(A, stream=piped(A + huge + C))) == [RIVERS[0], "record-broken"]


def test_a_record_that_begins_within_one_of_a_wrong_length() -> None:
    wrong = response("Bode", length=len(B) - 100)
    assert shown(read(A + wrong + C)) == [*RIVERS[:2], "record-broken", RIVERS[2]]


def test_members_that_do_not_end_with_a_record() -> None:
    data = A + B + C
    blocks = [pack(data[at : at + 100]) for at in range(0, len(data), 100)]
    assert shown(read(b"".join(blocks))) == RIVERS


def test_zeros_behind_the_last_member_are_no_damage() -> None:
    assert shown(read(pack(A) + bytes(5000))) == RIVERS[:1]


@pytest.mark.parametrize(
    ("data", "rest"),
    [
        pytest.param((A + B)[:-30], ["record-broken"], id="plain"),
        pytest.param((A + B)[: len(A) + 60], ["record-broken"], id="plain, in the header"),
        pytest.param((pack(A) + pack(B))[:-30], ["record-broken", "DamagedError"], id="member"),
        pytest.param(
            (pack(A) + pack(B))[: len(pack(A)) + 5], ["DamagedError"], id="member's beginning"
        ),
        pytest.param(pack(A) + bytes(corrupt), ["record-broken", "DamagedError"], id="corrupt"),
    ],
)
def test_what_stands_before_a_cut_is_kept(data: bytes, rest: list[str]) -> None:
    found = read(data)
    assert shown(found) == [RIVERS[0], *rest]
    if isinstance(found[-1], DamagedError):
        assert "the rest is lost" in str(found[-1])


def test_an_archive_that_is_none_is_given_up() -> None:
    data = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -1\r\n\r\n" * 3 * BROKEN
    found = read(data)
    assert len(found) == BROKEN + 1
    assert isinstance(found[-1], DamagedError)


def test_a_failing_disk_is_no_broken_record() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise OSError(5, "Input/output error")
            return super().read(300)

    with pytest.raises(UnreadableError, match="Input/output error"):
        read(A, stream=Failing(A + B))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data())
def test_a_cut_anywhere_loses_only_what_is_behind_it(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([A + B, pack(A + B), pack(A) + pack(B)]))
    found = read(whole[: data.draw(st.integers(1, len(whole)))])
    assert all(isinstance(one, Document | InputError | Notice) for one in found)
    pages = [one for one in found if isinstance(one, Document)]
    assert [one.data for one in pages] == [page("Aar"), page("Bode")][: len(pages)]


changes = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), min_size=1, max_size=4)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.sampled_from([A + B, pack(A + B), pack(A) + pack(B)]), changes)
@example(A + B, [(0.0, b"WARC/1.0\r\n")])
def test_any_change_gives_pages_and_errors_of_ours(
    data: bytes, changes: list[tuple[float, bytes]]
) -> None:
    for place, piece in changes:
        at = int(place * len(data))
        data = data[:at] + piece + data[at + len(piece) :]
    for stream in (io.BytesIO(data), piped(data)):
        found = read(data, stream=stream)
        assert found
        assert all(isinstance(one, Document | InputError | Notice) for one in found)


def test_too_large_names_the_size_and_the_way_out() -> None:
    (error,) = [one for one in read(A, limit=10) if isinstance(one, InputError)]
    assert isinstance(error, TooLargeError)
    assert "--max-size 1 " in str(error)

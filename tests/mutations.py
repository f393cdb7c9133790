"""Pages broken at random, and each random choice the same in every run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

PAGES = Path(__file__).parent / "pages" / "html"

WINDOW = 20_000
"""Bytes of a page that are broken at a time: many small pages find more than few large ones."""

_PIECES = (
    *(b"<div>", b"</div>", b"<table><tr><td>", b"<li>", b"<ul>", b"<p", b'="', b"<!--", b"-->"),
    *(b"<script>", b"</script>", b"<![CDATA[", b"&#0;", b"&#xD800;", b"&nbsp;", b"&", b"<", b">"),
    *(b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\r", b"\xe2\x80\xa8", b"\xc2\xad", b"\x1b[31m"),
    *(b"2024-05-03T10:00", b"3 hours ago", b'class="comment"', b'id="comment-7"', b"<time>"),
    *(b'data-parent="7"', b'depth="99999999999999999999"', b'style="margin-left:1e9px"'),
    *(b'<a name="comment-7">', b"<form><textarea>", b'{"@type": "Comment"}', b'" onload="x'),
)


def seeds() -> list[bytes]:
    """The project's own pages."""
    return [path.read_bytes() for path in sorted(PAGES.glob("*.html"))]


def broken_pages(count: int, *, first: int = 0, pages: Sequence[bytes] = ()) -> Iterator[bytes]:
    """That many broken pages; the one of a number is always the same."""
    pages = pages or seeds()
    for number in range(first, first + count):
        yield broken(pages, random.Random(number))  # noqa: S311 - reproducible, not secret


def broken(pages: Sequence[bytes], chance: random.Random) -> bytes:
    """A stretch of a page with up to a dozen changes."""
    page = chance.choice(pages)
    start = chance.randrange(max(1, len(page) - WINDOW))
    data = page[: chance.randrange(400)] + page[start : start + WINDOW]
    for _ in range(chance.randrange(1, 12)):
        data = chance.choice(_CHANGES)(data, pages, chance)
    return data


_Change = Callable[[bytes, Sequence[bytes], random.Random], bytes]


def _cut(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _span(data, chance, 2000)
    return data[:start] + data[end:]


def _repeat(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _span(data, chance, 300)
    return data[:start] + data[start:end] * chance.choice((2, 3, 10, 40)) + data[end:]


def _insert(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_PIECES) * chance.choice((1, 1, 2, 200)) + data[at:]


def _noise(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.randrange(20)) + data[at:]


def _graft(data: bytes, pages: Sequence[bytes], chance: random.Random) -> bytes:
    other = chance.choice(pages)
    start, end = _span(other, chance, 3000)
    at = chance.randrange(len(data) + 1)
    return data[:at] + other[start:end] + data[at:]


def _swap(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    a, b = _span(data, chance, 500)
    c, d = _span(data, chance, 500)
    if b > c:
        return data
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _end(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


_CHANGES: tuple[_Change, ...] = (_cut, _cut, _repeat, _insert, _insert, _noise, _graft, _swap, _end)


def _span(data: bytes, chance: random.Random, longest: int) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.randrange(longest))

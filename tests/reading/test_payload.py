"""HTTP's wrappings, undone as far as they go."""

from __future__ import annotations

import gzip
import io
import zlib

import brotli
import pytest
from fastwarc.stream_io import ZstdWriter
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.payload import unwrap

BODY = b"<p>Anna Bell said it rained.</p>" * 300
LIMIT = 10**6


def zstd(data: bytes) -> bytes:
    held = io.BytesIO()
    writer = ZstdWriter(held)
    writer.write(data)
    writer.close()
    return held.getvalue()


def chunked(data: bytes) -> bytes:
    parts = [data[at : at + 1000] for at in range(0, len(data), 1000)]
    return b"".join(b"%X;x=1\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


WRAPPED = {
    "gzip": gzip.compress(BODY),
    "x-gzip": gzip.compress(BODY[:99]) + gzip.compress(BODY[99:]),
    "deflate": zlib.compress(BODY),
    "Deflate": zlib.compress(BODY)[2:-4],
    "br": brotli.compress(BODY),
    "zstd": zstd(BODY),
    "identity": BODY,
    "gzip, br": brotli.compress(gzip.compress(BODY)),
    "none of them": BODY,
}


@pytest.mark.parametrize("coding", WRAPPED)
def test_content_codings(coding: str) -> None:
    assert unwrap(WRAPPED[coding], [], [coding], LIMIT) == (BODY, False)
    assert unwrap(chunked(WRAPPED[coding]), ["chunked"], [coding], LIMIT) == (BODY, False)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "chunked"])
def test_what_was_stored_unwrapped_is_taken_as_it_is(coding: str) -> None:
    assert unwrap(BODY, [coding], [coding], LIMIT) == (BODY, False)
    assert unwrap(b"", [coding], [coding], LIMIT) == (b"", False)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_what_is_cut_off_gives_its_beginning(coding: str) -> None:
    packed = WRAPPED[coding]
    found, cut = unwrap(packed[: len(packed) - 6], [], [coding], LIMIT)
    assert cut
    assert found
    assert BODY.startswith(found)


def test_chunks_that_are_cut_off() -> None:
    assert unwrap(chunked(BODY)[:-5], ["chunked"], [], LIMIT) == (BODY, True)
    assert unwrap(chunked(BODY)[:500], ["chunked"], [], LIMIT) == (BODY[:491], True)


@pytest.mark.parametrize("pack", [gzip.compress, brotli.compress, zstd, chunked])
def test_a_bomb_unfolds_no_further_than_the_limit(pack: object) -> None:
    assert callable(pack)
    coding = {gzip.compress: "gzip", brotli.compress: "br", zstd: "zstd"}.get(pack, "chunked")
    bomb = pack(bytes(20 * LIMIT))
    found, _ = unwrap(bomb, [], [coding], LIMIT)
    assert len(found) == LIMIT + 1
    twice, _ = unwrap(gzip.compress(bomb), [], [f"{coding}, gzip"], LIMIT)
    assert len(twice) <= LIMIT + 1


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.sampled_from(["gzip", "deflate", "br", "zstd", "chunked"]), st.binary(max_size=200))
def test_any_bytes(coding: str, data: bytes) -> None:
    for payload in (data, WRAPPED.get(coding, chunked(BODY))[:40] + data):
        found, cut = unwrap(payload, [], [coding], 1000)
        assert len(found) <= max(1001, len(payload))
        assert cut in (True, False)

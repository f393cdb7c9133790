"""WARC records and pages for tests, made by hand so that they can be made wrong too."""

from __future__ import annotations

import io

PAGE = (
    '<html lang="en"><head><title>Bridge Opens Late</title></head><body><article>'
    "<p>Anna Bell said on Tuesday that the bridge over the {} was safe.</p>"
    "<p>Ben Cole said on Monday that nobody had looked at it.</p></article></body></html>"
)


def page(river: str = "Orla") -> bytes:
    """HTML with an article about a bridge, each of another river."""
    return PAGE.format(river).encode()


def http(
    body: bytes, media: str = "text/html; charset=utf-8", *headers: str, status: str = "200 OK"
) -> bytes:
    """A response of a server."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def record(
    address: str, block: bytes, *, type: str = "response", length: object = None, media: str = ""
) -> bytes:
    """A record of a WARC, with another length than the right one if need be."""
    lines = [
        "WARC/1.0",
        f"WARC-Type: {type}",
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>",
        "WARC-Date: 2026-03-04T05:06:07Z",
        f"WARC-Target-URI: {address}",
        f"Content-Type: {media or 'application/http; msgtype=response'}",
        f"Content-Length: {len(block) if length is None else length}",
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"


def response(river: str, *headers: str, length: object = None) -> bytes:
    """The record of a page about a bridge, at https://RIVER.example/."""
    block = http(page(river), "text/html; charset=utf-8", *headers)
    return record(f"https://{river.lower()}.example/", block, length=length)


class Pipe(io.RawIOBase):
    """Bytes as they come through a pipe: a few at a time, and never again."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The next bytes, 1,000 at the most."""
        return self._data.readinto(buffer[:1000])


def piped(data: bytes) -> io.BufferedReader:
    """Bytes as standard input gives them."""
    return io.BufferedReader(Pipe(data))

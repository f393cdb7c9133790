"""Requests as bytes, as no client would send them."""

from __future__ import annotations

import socket
from contextlib import suppress
from urllib.parse import urlsplit

PATIENCE = 20
"""Seconds after which a server that says nothing is a failure."""


def raw(home: str, request: bytes) -> bytes:
    """What the server at an address answers to bytes, until it hangs up."""
    parts = urlsplit(home)
    found = b""
    where = (parts.hostname, parts.port)
    # It can hang up before it has heard all.
    with suppress(ConnectionError), socket.create_connection(where, PATIENCE) as connection:
        connection.sendall(request)
        while some := connection.recv(65_536):
            found += some
    return found


def raw_get(home: str, path: str) -> tuple[int, str, str]:
    """Ask for a path as it stands: the status, the head and the body of the answer."""
    host = urlsplit(home).netloc
    answer = raw(home, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    head, _, body = answer.decode("utf-8", "replace").partition("\r\n\r\n")
    return int(head.split(" ", 2)[1]), head.lower(), body

"""Who may ask and change: same-origin requests, a token where one is set, headers that hold.

A foreign page can send a browser here. It cannot read what comes back, for nothing is shared
across origins; it may not change anything, which `same_origin` sees to; and by a foreign name
for this address (DNS rebinding) it gets nothing, as the app answers to its own names alone.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.exceptions import (
    NotAuthorizedException,
    NotFoundException,
    PermissionDeniedException,
)
from litestar.handlers import BaseRouteHandler
from litestar.types import Message, Scope

from onrecord.web.settings import Settings

COOKIE = "onrecord"
OPEN = "open_to_all"
"""The mark of routes that need no token."""

_FILE = re.compile(r"[a-z][a-z0-9_-]{0,60}(\.[a-z0-9]{1,10}){1,2}")

SAFE = frozenset(["GET", "HEAD", "OPTIONS"])
DAYS = 30

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), clipboard-write=(self)",
}


async def add_headers(message: Message, _: Scope) -> None:
    """Put the headers on every answer, errors and files included."""
    if message["type"] == "http.response.start":
        own = {name for name, _ in message["headers"]}
        added = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
        if b"cache-control" not in own:
            added.append((b"cache-control", b"no-store"))
        message["headers"] = [*message["headers"], *added]


def same_origin(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Let nobody but our own pages, and programs that are no browser, change anything.

    Browsers say where a request comes from, in Sec-Fetch-Site or at least in Origin, and a page
    cannot forge either (Fetch Metadata, w3.org/TR/fetch-metadata; OWASP's cheat sheet on CSRF).
    Raises `PermissionDeniedException`.
    """
    if connection.scope.get("method") in SAFE:
        return
    site = connection.headers.get("sec-fetch-site")
    origin = connection.headers.get("origin")
    referer = connection.headers.get("referer")
    host = connection.headers.get("host")
    own = (f"http://{host}", f"https://{host}")
    if site is not None:
        foreign = site not in ("same-origin", "none")
    elif origin is not None:
        foreign = origin not in own
    else:  # Browsers of before 2020 sent no Origin with a form.
        foreign = referer is not None and not referer.startswith(tuple(f"{one}/" for one in own))
    if foreign:
        raise PermissionDeniedException(
            f"this request comes from another site ({origin or site or referer}); change things "
            "from the app's own pages"
        )


def plain_name(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Let none but plain names through to the file system, which fails at others in its own ways.

    Raises `NotFoundException`.
    """
    if not _FILE.fullmatch(str(connection.path_params["file_path"]).removeprefix("/")):
        raise NotFoundException("no such file")


class TokenGuard:
    """Asks for the token on every route that is not marked as `OPEN`."""

    def __init__(self, settings: Settings) -> None:
        self._token = settings.token

    def __call__(
        self, connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
    ) -> None:
        """Raises `NotAuthorizedException`."""
        if self._token is None or handler.opt.get(OPEN):
            return
        given = connection.headers.get("authorization", "")
        scheme, _, token = given.partition(" ")
        if scheme.lower() == "bearer" and is_token(token.strip(), self._token):
            return
        cookie = connection.cookies.get(COOKIE, "")
        if hmac.compare_digest(cookie.encode(), _proof(self._token).encode()):
            return
        raise NotAuthorizedException("give the token that the person who serves this corpus set")


def is_token(given: str, token: str) -> bool:
    """Whether the token is right, in a time that tells nothing of it."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


def signed_in(token: str, *, secure: bool) -> Cookie:
    """The cookie of a browser that gave the token. It holds a proof, not the token."""
    return Cookie(
        key=COOKIE,
        value=_proof(token),
        max_age=DAYS * 86_400,
        httponly=True,
        samesite="strict",
        secure=secure,
    )


def _proof(token: str) -> str:
    return hmac.new(token.encode(), b"onrecord: signed in", hashlib.sha256).hexdigest()

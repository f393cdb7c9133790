"""What went wrong, as a page for people and as JSON for programs."""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.status_codes import HTTP_401_UNAUTHORIZED, HTTP_500_INTERNAL_SERVER_ERROR

from onrecord.errors import (
    BusyStoreError,
    InputError,
    NotInStoreError,
    OnrecordError,
    OptionsError,
    QueryError,
    TooLargeError,
)
from onrecord.web.templating import environment

API = "/api"

_STATUS: tuple[tuple[type[OnrecordError], int], ...] = (
    (TooLargeError, 413),
    (InputError, 422),
    (OptionsError, 400),
    (QueryError, 400),
    (NotInStoreError, 404),
    (BusyStoreError, 503),
)

_TITLES = {
    400: "That cannot be asked",
    401: "Sign in",
    403: "Not allowed",
    404: "Not there",
    405: "Not possible here",
    409: "Changed meanwhile",
    413: "Too large",
    422: "That cannot be read",
    429: "Too many requests",
    503: "Busy",
}
_FAULT = "A fault of Onrecord"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong (RFC 9457)."""

    title: str
    status: int
    detail: str


def status_of(error: Exception) -> int:
    """The HTTP status of an error."""
    if isinstance(error, HTTPException):
        return error.status_code
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return status
    return HTTP_500_INTERNAL_SERVER_ERROR


def explain(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """An error's answer. What is a fault of the program is logged, and its words are not told."""
    status = status_of(error)
    problem = Problem(title=_TITLES.get(status, _FAULT), status=status, detail=_detail(error))
    if status == HTTP_500_INTERNAL_SERVER_ERROR:
        logging.getLogger("onrecord.web").error("%s", request.url.path, exc_info=error)
    headers = dict(getattr(error, "headers", None) or {})
    if request.url.path.startswith(API):
        return Response(
            problem,
            status_code=status,
            media_type="application/problem+json",
            headers=headers,
        )
    if status == HTTP_401_UNAUTHORIZED:
        context = {"next": _here(request), "problem": ""}
        return Response(
            _rendered("login.html", context), status_code=status, media_type=MediaType.HTML
        )
    return Response(
        _rendered("problem.html", {"problem": problem}),
        status_code=status,
        media_type=MediaType.HTML,
        headers=headers,
    )


def _detail(error: Exception) -> str:
    if isinstance(error, ValidationException) and error.extra:
        return "; ".join(map(_told, error.extra))
    if isinstance(error, HTTPException):
        return error.detail
    if isinstance(error, OnrecordError):
        return str(error)
    return "The program made a mistake; what it was stands in its log."


def _told(one: Any) -> str:
    if isinstance(one, dict):
        return f"{one.get('key', 'request')}: {one.get('message', 'not valid')}"
    return str(one)


def _here(request: Request[Any, Any, Any]) -> str:
    """Where to go on after signing in: a GET's own address, below this host."""
    if request.method != "GET":
        return "/"
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def _rendered(name: str, context: dict[str, Any]) -> str:
    return environment().get_template(name).render(**context)

"""What went wrong, as a page for people and as JSON for programs."""

from __future__ import annotations

import logging
import re
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.status_codes import (
    HTTP_401_UNAUTHORIZED,
    HTTP_429_TOO_MANY_REQUESTS,
    HTTP_500_INTERNAL_SERVER_ERROR,
)

from onrecord.errors import (
    BusyStoreError,
    ConflictError,
    CorrectionError,
    InputError,
    NotInStoreError,
    OnrecordError,
    OptionsError,
    QueryError,
    TooLargeError,
)
from onrecord.web.asking import CHOICES
from onrecord.web.templating import environment

API = "/api"

PROBLEM = "application/problem+json"

_STATUS: tuple[tuple[type[OnrecordError], int], ...] = (
    (TooLargeError, 413),
    (InputError, 422),
    (OptionsError, 400),
    (QueryError, 400),
    (NotInStoreError, 404),
    (ConflictError, 409),
    (CorrectionError, 400),
    (BusyStoreError, 503),
)

FAULT = "A fault of Onrecord"
TITLES = {
    400: "That cannot be asked",
    401: "Sign in",
    403: "Not allowed",
    404: "Not there",
    405: "Not possible here",
    409: "Changed meanwhile",
    413: "Too large",
    422: "That cannot be read",
    429: "Too many requests",
    500: FAULT,
    503: "Busy",
}


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong (RFC 9457)."""

    title: str
    status: int
    detail: str


def status_of(error: Exception) -> int:
    """The HTTP status of an error."""
    if isinstance(error, HTTPException):
        return error.status_code
    if isinstance(error, RecursionError):
        return 400
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return status
    return HTTP_500_INTERNAL_SERVER_ERROR


def explain(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """An error's answer. What is a fault of the program is logged, and its words are not told."""
    status = status_of(error)
    # Of the scope, as a request's own URL cannot be made where its Host is malformed.
    path = request.scope["path"]
    problem = Problem(title=TITLES.get(status, FAULT), status=status, detail=_detail(error))
    if status == HTTP_500_INTERNAL_SERVER_ERROR:
        logging.getLogger("onrecord.web").error("%s", path, exc_info=error)
    headers = dict(getattr(error, "headers", None) or {})
    if status == HTTP_429_TOO_MANY_REQUESTS:
        headers.setdefault("Retry-After", headers.get("RateLimit-Reset", "60"))
    if f"{path}/".startswith(f"{API}/"):
        return Response(
            problem,
            status_code=status,
            media_type=PROBLEM,
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
        if error.detail == HTTPStatus(error.status_code).phrase:
            return _USUAL.get(error.status_code, error.detail)
        return _WORDINGS.get(error.detail, error.detail)
    if isinstance(error, OnrecordError):
        return str(error)
    if isinstance(error, RecursionError):
        return "What was sent is nested too deep."
    return "The program made a mistake; what it was stands in its log."


_USUAL = {
    404: "Nothing is at this address.",
    405: "This address cannot be asked in this way.",
    413: "What was sent has more bytes than the app takes.",
    429: "There were more requests from this address in a minute than are allowed; wait a little.",
}
"""What is said where whoever raised the error said nothing."""

_WORDINGS = {
    "Invalid multipart/form-data": "What was sent is no form (multipart/form-data), or is cut off.",
}
"""Litestar's own words, where they say too little."""


def _told(one: Any) -> str:
    """What is wrong with a parameter, or a part of what was sent."""
    if not isinstance(one, dict):
        return str(one)
    key, said = one.get("key", "the request"), one.get("message", "it is not valid")
    for pattern, better in _BETTER:
        if matched := pattern.fullmatch(said):
            said = matched.expand(better)
            break
    if key in CHOICES and said.startswith("Invalid enum value"):
        said = f"give one of {', '.join(CHOICES[key])}"
    return f"{key}: {said}"


_BETTER = tuple(
    (re.compile(pattern), better)
    for pattern, better in (
        (r"Expected `int` >= (\S+)", r"give a whole number, \1 or more"),
        (r"Expected `int` <= (\S+)", r"give a whole number, \1 or less"),
        (r"Expected `int(?: \| null)?`, got .*", "give a whole number"),
        (r"Expected `bool`, got .*", "give true or false"),
        (r"Expected `str` of length <= (\d+)", r"give \1 characters at the most"),
        (r"Expected `str` of length >= 1", "give something"),
        (r"Expected `array` of length <= (\d+)", r"give \1 at the most"),
    )
)
"""msgspec's messages, which speak of Python's types."""


def _here(request: Request[Any, Any, Any]) -> str:
    """Where to go on after signing in: a GET's own address, below this host."""
    if request.method != "GET":
        return "/"
    path, query = request.scope["path"], request.scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


def _rendered(name: str, context: dict[str, Any]) -> str:
    return environment().get_template(name).render(**context)

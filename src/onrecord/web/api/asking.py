"""What all operations of the API have in common: their errors, and how long a list may be."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any

from litestar import delete, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import PathParameter, QueryParameter

from onrecord.web.asking import LONGEST
from onrecord.web.errors import PROBLEM, TITLES, Problem

MOST = 200
"""Of a list in one answer."""
LARGEST = 2**53 - 1
"""The largest number that every reader of JSON keeps exactly (RFC 8259, section 6)."""

Limit = Annotated[int, QueryParameter(ge=1, le=MOST, description="How many at the most.")]
Number = Annotated[int, PathParameter(ge=1, le=LARGEST, description="Its number in the corpus.")]
Outlet = Annotated[
    str | None, QueryParameter(max_length=LONGEST, description="Those of this outlet alone.")
]

Handler = Callable[[Callable[..., Any]], HTTPRouteHandler]

_ALWAYS = (400, 401, 403, 404, 429, 500, 503)
"""Statuses of errors that any operation can have."""


def problems(*others: int) -> dict[int, ResponseSpec]:
    """The errors of an operation, for its description."""
    return {
        status: ResponseSpec(
            data_container=Problem,
            media_type=PROBLEM,
            description=TITLES[status],
            generate_examples=False,
        )
        for status in sorted({*_ALWAYS, *others})
    }


def ask(path: str, *, also: Sequence[int] = (), **options: Any) -> Handler:
    """A handler that tells something. It has ``operation_id`` and ``tags``."""
    return _made(get, path, also, options)


def tell(path: str, *, also: Sequence[int] = (), **options: Any) -> Handler:
    """A handler that changes something."""
    return _made(post, path, (409, 413, *also), options)


def drop(path: str, **options: Any) -> Handler:
    """A handler that ends something, and tells what became of it."""
    return _made(delete, path, (), {"status_code": 200, **options})


def _made(kind: Any, path: str, also: Sequence[int], options: dict[str, Any]) -> Handler:
    def made(function: Callable[..., Any]) -> HTTPRouteHandler:
        told = inspect.getdoc(function) or ""
        handler: HTTPRouteHandler = kind(
            path,
            summary=told.partition("\n")[0].rstrip("."),
            description=told,
            **{
                "sync_to_thread": None if inspect.iscoroutinefunction(function) else True,
                "responses": problems(*also),
                **options,
            },
        )(function)
        return handler

    return made

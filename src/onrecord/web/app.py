"""The app: what it is put together from.

::

    settings    what the app can be told
    security    who may ask and change
    asking      an address's query ↔ a filter
    answers     the corpus's answers, kept until it changes
    readings    pages that are pasted or dropped, read by a process of its own
    views       a file for each page: its handlers, and what its template is given
    api         the same and more as JSON: a file a subject, with an OpenAPI document
    templates   the pages; text, ledger, thread and charts are the report's own
    errors      what went wrong, for people and for programs

A view's handler takes ``asked`` (the filter of its query), ``answers`` and ``settings`` by their
names, asks the corpus and gives its template plain values. It runs in a thread of its own.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from importlib.resources import files
from os import PathLike
from pathlib import Path

from anyio import to_thread
from litestar import Litestar, Router
from litestar.config.allowed_hosts import AllowedHostsConfig
from litestar.datastructures import CacheControlHeader
from litestar.di import Provide
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.static_files import create_static_files_router
from litestar.template import TemplateConfig
from litestar.types import ControllerRouterHandler, Middleware

from onrecord.store import Corpus
from onrecord.web.answers import Answers
from onrecord.web.api import API, document
from onrecord.web.asking import asked_for
from onrecord.web.errors import explain
from onrecord.web.readings import Readings
from onrecord.web.security import OPEN, TokenGuard, add_headers, plain_name, same_origin
from onrecord.web.settings import Settings
from onrecord.web.templating import engine
from onrecord.web.views import VIEWS
from onrecord.web.warming import Warming
from onrecord.workers import MakeReader

THREADS = 8
"""Requests that are worked on at once. More would only share two cores, and memory."""

STATIC = "/static"
MINUTES = 5
"""For which a browser keeps style sheets and scripts."""


def make_app(
    corpus: Corpus,
    settings: Settings = Settings(),  # noqa: B008 - frozen
    *,
    make_reader: MakeReader | None = None,
) -> Litestar:
    """The app over a corpus. ``make_reader`` takes the place of the model, for tests.

    Raises `StoreError` where the file cannot be used.
    """
    answers = Answers(corpus)
    warming = Warming(answers)
    readings = Readings(answers, settings, make_reader=make_reader)

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncGenerator[None, None]:
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        warming.start()
        try:
            yield
        finally:
            await to_thread.run_sync(warming.stop)
            await to_thread.run_sync(readings.close)
            answers.close()

    return Litestar(
        route_handlers=[
            Router("/", route_handlers=VIEWS, include_in_schema=False),
            Router("/api", route_handlers=API),
            _static(),
        ],
        dependencies={
            "asked": Provide(asked_for, sync_to_thread=False),
            "answers": Provide(lambda: answers, sync_to_thread=False),
            "readings": Provide(lambda: readings, sync_to_thread=False),
            "settings": Provide(lambda: settings, sync_to_thread=False),
        },
        guards=[same_origin, TokenGuard(settings)],
        allowed_hosts=AllowedHostsConfig(settings.allowed_hosts, www_redirect=False),
        middleware=_middleware(settings),
        before_send=[add_headers],
        exception_handlers={Exception: explain},
        template_config=TemplateConfig(instance=engine()),
        request_max_body_size=settings.max_body,
        openapi_config=document(settings),
        logging_config=None,
        lifespan=[lifespan],
    )


def _static() -> ControllerRouterHandler:
    """The style sheets and scripts, the report's among them."""
    folders: list[PathLike[str] | Path | str] = [
        str(files(package) / "static") for package in _PACKAGES
    ]
    return create_static_files_router(
        path=STATIC,
        directories=folders,
        guards=[plain_name],
        opt={OPEN: True, _UNLIMITED: True},
        cache_control=CacheControlHeader(max_age=MINUTES * 60, private=True),
        include_in_schema=False,
    )


_PACKAGES = ("onrecord.web", "onrecord.report.html")
_UNLIMITED = "unlimited"


def _middleware(settings: Settings) -> Sequence[Middleware]:
    if not settings.rate:
        return []
    limit = RateLimitConfig(rate_limit=("minute", settings.rate), exclude_opt_key=_UNLIMITED)
    return [limit.middleware]

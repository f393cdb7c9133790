"""``/api/search``, ``/api/pages`` and ``/api/export``: attributions, and the pages with them."""

from __future__ import annotations

from collections.abc import AsyncIterator

from litestar.openapi.datastructures import ResponseSpec
from litestar.response import Stream

from onrecord.exporting.json import json_lines
from onrecord.records import Page
from onrecord.store import Found, Listed, PageThreads
from onrecord.web.api.asking import Limit, Number, ask, problems
from onrecord.web.api.streaming import chunks
from onrecord.web.asking import PageNumber
from onrecord.web.given import Asked, TheAnswers

LINES = "application/x-ndjson"


@ask("/search", operation_id="search", tags=["pages"])
def search(asked: Asked, answers: TheAnswers, page: PageNumber = 1, limit: Limit = 20) -> Found:
    """Attributions by their words, those of the newest pages first."""
    return answers.corpus.search(asked, limit=limit, offset=(page - 1) * limit)


@ask("/pages", operation_id="listPages", tags=["pages"])
def list_pages(
    asked: Asked, answers: TheAnswers, page: PageNumber = 1, limit: Limit = 50
) -> Listed:
    """The pages, the newest first, without their texts.

    With a filter, those that hold an attribution which is asked for.
    """
    return answers.corpus.list_pages(asked, limit=limit, offset=(page - 1) * limit)


@ask("/pages/{number:int}", operation_id="getPage", tags=["pages"])
def get_page(number: Number, answers: TheAnswers) -> Page:
    """A page's record, as `onrecord schema` describes it."""
    return answers.corpus.page(number)


@ask("/pages/{number:int}/threads", operation_id="getPageThreads", tags=["pages", "comments"])
def get_threads(number: Number, answers: TheAnswers) -> list[PageThreads]:
    """A page's comments, counted; nothing where it has none."""
    answers.corpus.page(number)
    return answers.corpus.threads(page=str(number))


@ask(
    "/export",
    operation_id="export",
    tags=["pages"],
    responses={
        **problems(),
        200: ResponseSpec(
            data_container=str,
            media_type=LINES,
            description="Records, one a line.",
            generate_examples=False,
        ),
    },
)
async def export(asked: Asked, answers: TheAnswers) -> Stream:
    """The records of all current pages as JSON, one a line.

    With a filter, the pages that hold an attribution which is asked for, with these
    attributions alone.
    """
    found = chunks(lambda: json_lines(answers.corpus.pages(asked)))
    return Stream(await _begun(found), media_type=LINES)


async def _begun(found: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same, with its first chunk known: what cannot be asked is told before all else."""
    first = await anext(found, b"")

    async def all_of_it() -> AsyncIterator[bytes]:
        yield first
        async for chunk in found:
            yield chunk

    return all_of_it()

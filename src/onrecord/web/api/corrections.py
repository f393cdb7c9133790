"""``/api/corrections``: what people corrected, and the model's own answer."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar.params import JSONBody, PathParameter, QueryParameter

from onrecord.correcting import Correction, Statement, statement
from onrecord.errors import ConflictError, CorrectionError, NotInStoreError
from onrecord.records import Page
from onrecord.report.printable import printable
from onrecord.web.answers import Answers
from onrecord.web.api.asking import LARGEST, Limit, Number, ask, tell
from onrecord.web.asking import PageNumber
from onrecord.web.given import TheAnswers

LONGEST_NAME = 100

Who = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
Id = Annotated[int, PathParameter(ge=1, le=LARGEST, description="The correction's id.")]


class Correcting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A correction to be made. Without an attribution one was missing; without after it is none."""

    page: Annotated[int, msgspec.Meta(ge=1, le=LARGEST)]
    """The page's number in the corpus."""
    attribution: Annotated[int, msgspec.Meta(ge=0, le=LARGEST)] | None = None
    """The attribution's id in the page's record."""
    before: Statement | None = None
    """What the attribution is taken to be: if it is something else by now, nothing is done."""
    after: Statement | None = None
    who: Who


class By(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who does it."""

    who: Who


@ask("/corrections", operation_id="listCorrections", tags=["corrections"])
def list_corrections(
    answers: TheAnswers,
    number: Annotated[
        int | None,
        QueryParameter(ge=1, le=LARGEST, description="Those of the page with this number alone."),
    ] = None,
    page: PageNumber = 1,
    limit: Limit = 50,
) -> list[Correction]:
    """What people corrected, the newest first; what was undone is among it."""
    if number is not None:
        answers.corpus.page(number)
    return answers.corpus.corrections(number, limit=limit, offset=(page - 1) * limit)


@tell("/corrections", operation_id="correct", tags=["corrections"])
def correct(data: JSONBody[Correcting], answers: TheAnswers) -> Correction:
    """Change an attribution, say that it is none, or add one.

    The words are places in the page's text. It is kept beside the model's answer and holds
    everywhere until it is undone.
    """
    before = _before(answers, data)
    if before is None and data.after is None:
        raise CorrectionError("neither attribution nor after is there; give one of them, or both")
    return answers.corpus.correct(data.page, before=before, after=data.after, who=_who(data.who))


@tell(
    "/corrections/{id:int}/undo",
    operation_id="undoCorrection",
    tags=["corrections"],
    status_code=200,
)
def undo(id: Id, data: JSONBody[By], answers: TheAnswers) -> Correction:
    """Let a correction no longer hold. It stays in the list."""
    return answers.corpus.undo(id, who=_who(data.who))


@tell(
    "/corrections/{id:int}/redo",
    operation_id="redoCorrection",
    tags=["corrections"],
    status_code=200,
)
def redo(id: Id, answers: TheAnswers) -> Correction:
    """Let a correction that was undone hold again."""
    return answers.corpus.redo(id)


@ask("/pages/{number:int}/answer", operation_id="getAnswer", tags=["pages", "corrections"])
def get_answer(number: Number, answers: TheAnswers) -> Page:
    """A page's record as the model wrote it, without corrections."""
    answers.corpus.page(number)
    return answers.corpus.answer(number)


def _before(answers: Answers, data: Correcting) -> Statement | None:
    """The attribution as it is. Raises `ConflictError` where it is not as it was taken to be."""
    page = answers.corpus.page(data.page)
    if data.attribution is None:
        if data.before is not None:
            raise CorrectionError("before is there without attribution; give its id too")
        return None
    found = next((one for one in page.attributions if one.id == data.attribution), None)
    if found is None:
        raise NotInStoreError(f"no attribution {data.attribution} in page {data.page}")
    now = statement(page, found)
    if data.before is not None and data.before != now:
        raise ConflictError(
            f"attribution {data.attribution} is not what before says; ask for the page again"
        )
    return now


def _who(given: str) -> str:
    who = printable(given).strip()
    if not who:
        raise CorrectionError("who is empty; give a name, which is kept with the correction")
    return who[:LONGEST_NAME]

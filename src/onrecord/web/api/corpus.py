"""``/api/overview`` and ``/api/failures``: what the corpus holds, and what it does not."""

from __future__ import annotations

from onrecord.store import Failure, Overview
from onrecord.web.api.asking import ask
from onrecord.web.given import TheAnswers


@ask("/overview", operation_id="getOverview", tags=["corpus"])
def get_overview(answers: TheAnswers) -> Overview:
    """What the corpus holds, in numbers."""
    return answers.get("overview", answers.corpus.overview)


@ask("/failures", operation_id="listFailures", tags=["corpus"])
def list_failures(answers: TheAnswers) -> list[Failure]:
    """The inputs that became no page, with their errors, in the order in which they failed."""
    return answers.get("failures", answers.corpus.failures)

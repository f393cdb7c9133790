"""``/api/speakers``: who speaks over all pages, and all that is known of one."""

from __future__ import annotations

from typing import Annotated

from litestar.params import QueryParameter

from onrecord.store import Profile, SpeakerCount
from onrecord.web.api.asking import Limit, Number, ask
from onrecord.web.asking import LONGEST
from onrecord.web.given import Asked, TheAnswers
from onrecord.web.views.speakers import one_speaker


@ask("/speakers", operation_id="listSpeakers", tags=["speakers"])
def list_speakers(
    asked: Asked,
    answers: TheAnswers,
    name: Annotated[
        str | None,
        QueryParameter(
            min_length=1,
            max_length=LONGEST,
            description="Those whom this name, words of one, or a speaker's number can mean; the "
            "filter is passed over then.",
        ),
    ] = None,
    limit: Limit = 50,
) -> list[SpeakerCount]:
    """The speakers with a name, those who say most of what is asked for first."""
    if name is not None:
        return answers.corpus.find_speakers(name, limit=limit)
    question = ("speakers", asked, limit)
    return answers.get(question, lambda: answers.corpus.speakers(asked, limit=limit))


@ask("/speakers/{number:int}", operation_id="getSpeaker", tags=["speakers"])
def get_speaker(number: Number, answers: TheAnswers) -> Profile:
    """All that the corpus knows of a speaker: roles, months, outlets, whom they speak about."""
    return one_speaker(number, answers)

"""``/speakers`` and ``/speakers/N``: who speaks, and all that one says."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import get
from litestar.params import PathParameter
from litestar.response import Template

from onrecord.errors import NotInStoreError, OptionsError
from onrecord.store import Filter, Profile, SpeakerCount
from onrecord.web.answers import Answers
from onrecord.web.asking import PER_PAGE, PageNumber, query
from onrecord.web.charts import Chart, Row, columns, largest
from onrecord.web.given import Asked, TheAnswers
from onrecord.web.views.search import by_page

LISTED = 100
"""Speakers in a list."""

Number = Annotated[int, PathParameter(ge=1, le=2**62)]


@get("/speakers", name="speakers", sync_to_thread=True)
def speakers_page(asked: Asked, answers: TheAnswers) -> Template:
    """The speakers who say most, or those of a name."""
    problem = ""
    found: list[SpeakerCount] = []
    try:
        found = most(asked, answers)
    except (NotInStoreError, OptionsError) as error:
        problem = str(error)
    context = {"asked": asked, "speakers": found, "problem": problem, "most": LISTED}
    return Template("speakers.html", context=context)


def most(asked: Filter, answers: Answers) -> list[SpeakerCount]:
    """The speakers who say most of what is asked for.

    Raises `NotInStoreError` where nobody has the name that is asked for, or `OptionsError`.
    """
    return answers.get(("speakers", asked), lambda: _most(asked, answers))


def one_speaker(number: int, answers: Answers) -> Profile:
    """All of the speaker of a number. Raises `NotInStoreError`."""
    profile = answers.get(("speaker", number), lambda: answers.corpus.speaker(number))
    if number not in profile.identities:  # It was somebody's name, such as "300".
        raise NotInStoreError(f"no speaker {number} in the corpus; the list of speakers has them")
    return profile


def _most(asked: Filter, answers: Answers) -> list[SpeakerCount]:
    if asked.speaker and msgspec.structs.replace(asked, speaker=None) == Filter():
        return answers.corpus.find_speakers(asked.speaker, limit=LISTED)
    return answers.corpus.speakers(asked, limit=LISTED)


@get("/speakers/{number:int}", name="speaker", sync_to_thread=True)
def speaker_page(
    number: Number, asked: Asked, answers: TheAnswers, page: PageNumber = 1
) -> Template:
    """A speaker: roles, months, outlets, and what was said, narrowed by the query."""
    profile = one_speaker(number, answers)
    asked = msgspec.structs.replace(asked, identity=number, speaker=None)
    found = answers.corpus.search(asked, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    return Template(
        "speaker.html",
        context={
            "number": number,
            "profile": profile,
            "months": _months(profile),
            "asked": asked,
            "found": found,
            "pages": by_page(found),
            "at": page,
            "last": -(-found.total // PER_PAGE),
        },
    )


def _months(profile: Profile) -> Chart:
    """What was said, month by month."""
    asked = Filter(identity=profile.identities[0])
    rows = [
        Row(
            label=month or "no date",
            numbers=(number,),
            values=(number,),
            href=f"/{query(asked, since=month, until=month)}" if month else None,
        )
        for month, number in profile.months
    ]
    return columns(
        Chart(
            id="months",
            caption="Month by month",
            head="Month",
            heads=("Attributions",),
            series=("attributions",),
            rows=tuple(rows),
            most=largest(rows),
        )
    )

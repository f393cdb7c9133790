"""Corrections: the form for an attribution, what it sends, and the list of all with undo."""

from __future__ import annotations

import getpass
import hashlib
import re
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, get_args
from urllib.parse import quote, unquote

import msgspec
from litestar import Request, get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, PathParameter
from litestar.response import Redirect, Template

from onrecord.correcting import Statement, statement
from onrecord.errors import ConflictError, CorrectionError, NotInStoreError
from onrecord.records import Attribution, AttributionKind, CueClass, Page, SourceType, Span
from onrecord.report.corrections import told
from onrecord.report.html.marks import Piece, pieces
from onrecord.report.printable import printable
from onrecord.web.asking import PageNumber
from onrecord.web.given import TheAnswers, TheSettings
from onrecord.web.settings import Settings

LISTED = 50
WHO = "onrecord-who"
"""The cookie with the name that a person gave last."""
DAYS = 365
SOMEBODY = "somebody"
"""Who undoes a correction without ever having given a name."""

# A browser's HTML parser makes one sign of a line's two ends, and none of a NUL. Places would be
# others in the form than in the page.
_ONE_FOR_ONE = str.maketrans({"\r": " ", "\0": "\ufffd"})

Number = Annotated[int, PathParameter(ge=1, le=2**62)]
Own = Annotated[int, PathParameter(ge=0, le=2**31)]
"""An attribution's id in its page."""

_SPAN = re.compile(r"(\d{1,9})\s*[-–]\s*(\d{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What the form sends."""

    do: Literal["save", "wrong"] = "save"
    who: str = ""
    seen: str = ""
    """A digest of the attribution as the person saw it."""
    speaker: str = ""
    source_type: str = ""
    cue_class: str = ""
    kind: str = ""
    negated: str = ""
    source: str = ""
    cue: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph or comment of the form, where words can be picked."""

    start: int
    marks: tuple[Piece, ...]


@get("/pages/{number:int}/attributions/{own:int}", name="correct", sync_to_thread=True)
def correct_page(
    request: Request[Any, Any, Any],
    number: Number,
    own: Own,
    answers: TheAnswers,
    settings: TheSettings,
) -> Template:
    """The form for an attribution."""
    page = answers.corpus.page(number)
    one = _attribution(page, own)
    who = _who(_kept(request), settings)
    return _form(page, number, one, statement(page, one), who)


@get("/pages/{number:int}/missing", name="missing", sync_to_thread=True)
def missing_page(
    request: Request[Any, Any, Any], number: Number, answers: TheAnswers, settings: TheSettings
) -> Template:
    """The form for an attribution that is missing."""
    who = _who(_kept(request), settings)
    return _form(answers.corpus.page(number), number, None, None, who)


@post("/pages/{number:int}/attributions/{own:int}", sync_to_thread=True)
def correct(
    number: Number,
    own: Own,
    data: Annotated[Sent, Body(media_type=RequestEncodingType.URL_ENCODED)],
    answers: TheAnswers,
    settings: TheSettings,
) -> Redirect:
    """Change an attribution, or say that it is wrong."""
    page = answers.corpus.page(number)
    before = statement(page, _attribution(page, own))
    if digest(before) != data.seen:
        raise ConflictError(
            "somebody changed this attribution since the form was opened; look at it again"
        )
    after = None if data.do == "wrong" else _stated(data, before)
    if after != before:
        answers.corpus.correct(number, before=before, after=after, who=_who(data.who, settings))
    return _back(number, own if after else None, _who(data.who, settings))


@post("/pages/{number:int}/missing", sync_to_thread=True)
def add_missing(
    number: Number,
    data: Annotated[Sent, Body(media_type=RequestEncodingType.URL_ENCODED)],
    answers: TheAnswers,
    settings: TheSettings,
) -> Redirect:
    """Add an attribution."""
    after = _stated(data, None)
    made = answers.corpus.correct(number, before=None, after=after, who=_who(data.who, settings))
    page = answers.corpus.page(number)
    own = next(
        (one.id for one in page.attributions if made.after and one.content == made.after.content),
        None,
    )
    return _back(number, own, _who(data.who, settings))


@get("/corrections", name="corrections", sync_to_thread=True)
def corrections_page(answers: TheAnswers, page: PageNumber = 1) -> Template:
    """All corrections, the newest first."""
    found = answers.corpus.corrections(limit=LISTED + 1, offset=(page - 1) * LISTED)
    pages = {number: answers.corpus.page(number) for number in {one.page for one in found}}
    return Template(
        "corrections.html",
        context={
            "corrections": [told(one, pages[one.page]) for one in found[:LISTED]],
            "at": page,
            "more": len(found) > LISTED,
        },
    )


@post("/corrections/{number:int}/{action:str}", sync_to_thread=True)
def change_correction(
    request: Request[Any, Any, Any],
    number: Number,
    action: FromPath[str],
    answers: TheAnswers,
    settings: TheSettings,
) -> Redirect:
    """Undo a correction, or do it again."""
    who = _who(_kept(request), settings) or SOMEBODY
    if action == "undo":
        done = answers.corpus.undo(number, who=who)
    elif action == "redo":
        done = answers.corpus.redo(number)
    else:
        raise NotInStoreError(f"corrections can be undone and redone, and this is {action!r}")
    return Redirect(f"/pages/{done.page}#corrections", status_code=303)


def digest(one: Statement) -> str:
    """Tells two states of an attribution apart."""
    return hashlib.sha256(msgspec.json.encode(one)).hexdigest()[:16]


def _attribution(page: Page, own: int) -> Attribution:
    for one in page.attributions:
        if one.id == own:
            return one
    raise NotInStoreError(
        f"no attribution {own} in this page; it may have been corrected away. Look at the page "
        "again"
    )


def _form(
    page: Page, number: int, one: Attribution | None, before: Statement | None, who: str
) -> Template:
    return Template(
        "correct.html",
        context={
            "number": number,
            "headline": printable(page.headline or "(no headline)"),
            "one": one,
            "before": before,
            "seen": "" if before is None else digest(before),
            "roles": [(role, getattr(before, role, ())) for role in ("source", "cue", "content")],
            "quote": page.quote,
            "stretches": _stretches(page, one),
            "names": sorted({each.name for each in page.speakers if each.named}),
            "classes": get_args(CueClass),
            "kinds_of": get_args(AttributionKind),
            "who": who,
        },
    )


def _stretches(page: Page, one: Attribution | None) -> list[Stretch]:
    """The part of the page that words are picked from: the article, or the one comment.

    Of a page where an attribution is missing it is all of the page.
    """
    spans = [(each.start, each.end) for each in page.paragraphs]
    if one is None:
        spans += [(each.start, each.end) for each in page.comments]
    elif one.comment is not None:
        spans = [(each.start, each.end) for each in page.comments if each.id == one.comment]
    spans.sort()
    alone = msgspec.structs.replace(page, attributions=() if one is None else (one,))
    return [
        Stretch(start, tuple(map(_one_for_one, cut)))
        for (start, _), cut in zip(spans, pieces(alone, spans), strict=True)
    ]


def _one_for_one(piece: Piece) -> Piece:
    return replace(piece, text=piece.text.translate(_ONE_FOR_ONE))


def _stated(data: Sent, before: Statement | None) -> Statement:
    unknown = before is not None and before.negated is None  # A box cannot say so.
    return Statement(
        source=_spans("source", data.source),
        cue=_spans("cue", data.cue),
        content=_spans("content", data.content),
        kind=_choice("kind", data.kind, AttributionKind) or "indirect",
        speaker=data.speaker.strip() or None,
        source_type=_choice("source type", data.source_type, SourceType),
        cue_class=_choice("cue class", data.cue_class, CueClass),
        negated=True if data.negated else (None if unknown else False),
    )


def _choice(name: str, given: str, kind: Any) -> Any:
    if given and given not in get_args(kind):
        raise CorrectionError(f"{name} is {given!r}; give one of {', '.join(get_args(kind))}")
    return given or None


def _spans(role: str, given: str) -> tuple[Span, ...]:
    """Spans as the form writes them: "12-40, 51-60"."""
    found = []
    for part in filter(None, (part.strip() for part in given.split(","))):
        matched = _SPAN.fullmatch(part)
        if matched is None:
            raise CorrectionError(
                f"{role} is {given!r}; give the first and last place of each stretch, "
                "for instance 12-40, 51-60"
            )
        found.append((int(matched[1]), int(matched[2])))
    return tuple(sorted(found))


def _who(given: str, settings: Settings) -> str:
    """Who corrects: the name that was given; else, at this machine, that of who is logged in."""
    return printable(given)[:100].strip() or (getpass.getuser() if settings.local else "")


def _back(number: int, own: int | None, who: str) -> Redirect:
    anchor = "#corrections" if own is None else f"#e{own}"
    cookie = Cookie(
        key=WHO, value=quote(who), max_age=DAYS * 86_400, httponly=True, samesite="strict"
    )
    return Redirect(f"/pages/{number}{anchor}", status_code=303, cookies=[cookie])


def _kept(request: Request[Any, Any, Any]) -> str:
    """The name that a person gave last."""
    return unquote(request.cookies.get(WHO, ""))

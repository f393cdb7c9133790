"""What a person corrected in a page: kept beside the model's answer, and laid over it.

A correction says what an attribution was and what it is. It is found again by its words' places,
which stay when another model reads the same text, and not by its id, which does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, get_args

import msgspec

from onrecord.errors import CorrectionError
from onrecord.records import (
    Attribution,
    AttributionKind,
    CueClass,
    Page,
    SourceType,
    Span,
    Speaker,
    SpeakerKind,
)

SURE = 1.0
"""The confidence of what a person said."""

MOST_SPANS = 20
"""Stretches of a role. The model's longest have four."""
LONGEST_NAME = 300
"""Characters of a speaker's name."""

ALIKE = 0.5
"""Share of the words of two contents that must be the same for them to be one attribution: what
is said of a stretch of text is another thing where less than half of it is left."""

_UNNAMED = frozenset[SourceType | None](["unnamed_person", "unnamed_group", "unattributed"])
_SPEAKERS: dict[SourceType | None, SpeakerKind] = {
    "named_person": "person",
    "unnamed_person": "person",
    "named_group": "group",
    "unnamed_group": "group",
    "document": "document",
    "poll": "poll",
    "author": "author",
}


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution as a person states it. It has no id, and its speaker is a name."""

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...]
    kind: AttributionKind
    speaker: str | None = None
    source_type: SourceType | None = None
    cue_class: CueClass | None = None
    negated: bool | None = None


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """What a person corrected, when, and what stood there before."""

    id: int
    page: int
    """The page's number in the corpus."""
    made: str
    """ISO 8601, UTC."""
    who: str
    before: Statement | None
    """``None`` where the attribution was missing."""
    after: Statement | None
    """``None`` where it is none."""
    undone: str | None = None
    """When it was undone; ``None`` where it holds."""
    undone_by: str | None = None

    @property
    def action(self) -> Literal["change", "wrong", "missing"]:
        """What was done."""
        if self.before is None:
            return "missing"
        return "wrong" if self.after is None else "change"


class Corrected(NamedTuple):
    """A page with its corrections laid over it."""

    page: Page
    lost: tuple[Correction, ...]
    """Those that found nothing to be laid over: the model no longer says what they changed."""


def statement(page: Page, one: Attribution) -> Statement:
    """What an attribution says, without its place in the record."""
    names = {speaker.id: speaker.name for speaker in page.speakers}
    return Statement(
        source=one.source,
        cue=one.cue,
        content=one.content,
        kind=one.kind,
        speaker=None if one.speaker is None else names.get(one.speaker),
        source_type=one.source_type,
        cue_class=one.cue_class,
        negated=one.negated,
    )


def check(page: Page, given: Statement) -> Statement:
    """A statement with its spans in order, apart, and without white space at their edges.

    Raises `CorrectionError` where it cannot be of this page.
    """
    for name, kind in _CHOICES.items():
        value = getattr(given, name)
        if value not in get_args(kind) and (value is not None or name == "kind"):
            raise CorrectionError(f"{name} is {value!r}; give one of {', '.join(get_args(kind))}")
    name = " ".join((given.speaker or "").split())
    if len(name) > LONGEST_NAME:
        raise CorrectionError(
            f"the speaker has {len(name):,} characters; give a name of at most {LONGEST_NAME}"
        )
    roles = ("source", "cue", "content")
    spans = {role: _spans(page, role, getattr(given, role)) for role in roles}
    if not spans["content"]:
        raise CorrectionError("content is empty; give the words that are said")
    where = {_place(page, start) for start, _ in spans["content"]}
    where |= {_place(page, end - 1) for _, end in spans["content"]}
    if len(where) > 1:
        raise CorrectionError(
            "content goes over the border of a comment; what is said stands in the article or in "
            "one comment"
        )
    return msgspec.structs.replace(given, speaker=name or None, **spans)


def correct(page: Page, corrections: Iterable[Correction]) -> Corrected:
    """Lay corrections over the model's page, one after the other; those undone are left out.

    A correction holds for the attribution with the content that it was of, or that which shares
    most with it. Where there is none, what it says an attribution is is added all the same.
    Changed attributions keep their ids, added ones get new ones. Nested ones are told anew.
    """
    laid = _Laid(page)
    lost = []
    for one in corrections:
        if one.undone is None and not laid.lay(one):
            lost.append(one)
    return Corrected(laid.page(), tuple(lost))


_CHOICES = {"kind": AttributionKind, "source_type": SourceType, "cue_class": CueClass}


class _Laid:
    """A page while corrections are laid over it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._attributions = list(page.attributions)
        self._speakers = list(page.speakers)
        self._moved: set[int] = set()
        """Attributions whose words are others now, or that are gone."""

    def lay(self, one: Correction) -> bool:
        """Whether there was something to lay it over, or nothing was needed."""
        after = one.after
        at = None if one.before is None else self._find(one.before)
        if at is None and after is not None:
            at = self._exact(after.content)
        if after is None:
            if at is None:
                return False
            self._moved.add(self._attributions.pop(at).id)
            return True
        if at is None:
            number = max((each.id for each in self._attributions), default=-1) + 1
            number = max(number, *(each + 1 for each in self._moved), 0)
            self._attributions.append(self._attribution(number, after))
        else:
            number = self._attributions[at].id
            was = self._attributions[at].speaker
            self._attributions[at] = self._attribution(number, after, was)
        self._moved.add(number)
        return True

    def page(self) -> Page:
        """The page with all that was laid over it."""
        return msgspec.structs.replace(
            self._page,
            attributions=tuple(self._nested()),
            speakers=tuple(self._speakers),
        )

    def _find(self, before: Statement) -> int | None:
        """The attribution with that content, or most of it."""
        exact = [place for place, one in self._counted() if one.content == before.content]
        if exact:  # Two can say the same; then that with the same source and cue is meant.
            return min(exact, key=lambda place: not self._is_of(place, before))
        shares = [(_share(one.content, before.content), -place) for place, one in self._counted()]
        share, place = max(shares, default=(0.0, 0))
        return -place if share > ALIKE else None

    def _is_of(self, place: int, before: Statement) -> bool:
        one = self._attributions[place]
        return (one.source, one.cue) == (before.source, before.cue)

    def _exact(self, content: Sequence[Span]) -> int | None:
        found = (place for place, one in self._counted() if one.content == tuple(content))
        return next(found, None)

    def _counted(self) -> Iterator[tuple[int, Attribution]]:
        return enumerate(self._attributions)

    def _attribution(self, number: int, after: Statement, was: int | None = None) -> Attribution:
        return Attribution(
            id=number,
            source=after.source,
            cue=after.cue,
            content=after.content,
            kind=after.kind,
            within=None,
            speaker=self._speaker(after, was),
            source_type=after.source_type,
            cue_class=after.cue_class,
            negated=after.negated,
            confidence=SURE,
            comment=_place(self._page, after.content[0][0]),
        )

    def _speaker(self, after: Statement, was: int | None) -> int | None:
        """The speaker of that name, who is made where the page has none.

        Several of a page can have one name; who spoke before stays, if it is theirs.
        """
        if after.speaker is None:
            return None
        folded = _folded(after.speaker)
        for one in sorted(self._speakers, key=lambda one: one.id != was):
            if one.name == after.speaker:
                return one.id
        for one in self._speakers:
            if folded in {_folded(name) for name in (one.name, *one.aliases)}:
                return one.id
        made = Speaker(
            id=max((one.id for one in self._speakers), default=0) + 1,
            name=after.speaker,
            named=after.source_type not in _UNNAMED,
            kind=_SPEAKERS.get(after.source_type),
            roles=(),
            aliases=(),
            mentions=after.source,
        )
        self._speakers.append(made)
        return made.id

    def _nested(self) -> Iterator[Attribution]:
        """The attributions; what was moved, and what stood within it, is told anew."""
        for one in self._attributions:
            if one.id in self._moved or one.within in self._moved:
                one = msgspec.structs.replace(one, within=self._outer(one))
            elif one.within is None and self._moved:
                outer = self._outer(one, among=self._moved)
                one = msgspec.structs.replace(one, within=outer)
            yield one

    def _outer(self, one: Attribution, among: set[int] | None = None) -> int | None:
        """The narrowest attribution whose content holds all of another one."""
        spans = (*one.source, *one.cue, *one.content)
        holding = [
            (_length(other.content), other.id)
            for other in self._attributions
            if other.id != one.id
            and (among is None or other.id in among)
            and other.content != one.content
            and all(_holds(other.content, span) for span in spans)
        ]
        return min(holding)[1] if holding else None


def _spans(page: Page, role: str, given: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch as one, without white space at their edges."""
    if len(given) > MOST_SPANS:
        raise CorrectionError(f"{role} has {len(given)} stretches; give at most {MOST_SPANS}")
    found: list[Span] = []
    for start, end in sorted(given):
        if not 0 <= start < end <= len(page.text):
            raise CorrectionError(
                f"{role} is from {start} to {end}; give a stretch of the page's text, which has "
                f"{len(page.text):,} characters"
            )
        words = page.text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _place(page: Page, offset: int) -> int | None:
    """The comment that a place of the text stands in; none in the article."""
    return next((one.id for one in page.comments if one.start <= offset < one.end), None)


def _share(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Characters that two contents have in common, of all that they have."""
    common = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    return common / (_length(one) + _length(other) - common)


def _length(spans: Sequence[Span]) -> int:
    return sum(end - start for start, end in spans)


def _holds(spans: Sequence[Span], inner: Span) -> bool:
    return any(start <= inner[0] and inner[1] <= end for start, end in spans)

"""Who has been mentioned where, and whom a pronoun most likely stands for.

A pronoun's antecedent is the entity that fits it and is most salient: near, a subject, a
speaker, much written about. The factors are those of Lappin and Leass (1994), "An Algorithm
for Pronominal Anaphora Resolution", Computational Linguistics 20(4); the weights were set by
hand on PolNeAR's dev part.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, insort
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass

from onrecord.records import Span
from onrecord.resolving.cast import Cast
from onrecord.resolving.entities import Entity, is_person
from onrecord.resolving.nouns import Gender
from onrecord.resolving.opinion import Opinion
from onrecord.resolving.sentences import Sentences

REACH = 14
"""Sentences back to which "he" and "she" can reach; a paragraph's end counts as one."""

NEAR = 8
"""The same for "they" and "it"."""

MENTIONS = 60
"""Names before a pronoun that are weighed."""

LINK = 2.0
"""Weight of the model's opinion, which counts where nobody who fits has spoken.

As a factor everywhere it cost 1 % of the speakers on PolNeAR's dev part; there it changes
none of them, and on GAP's validation part F1 rises from 45 to 54 (docs/model.md)."""

SPEAKERS = 12
"""Sources before a pronoun that are weighed."""

_BRACKET = re.compile(r"(?:['’]s)?\s*(?:\([^)]*\)?)?,?")
_APPOSED = re.compile(r"(?: \([^)]*\))?(?:, \d{1,3})?, (?:(?:an?|the|its|his|her|their) )?")

Fits = Callable[[Entity], bool]


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity at a place: its name, or a source that stands for it."""

    at: int
    end: int
    entity: Entity
    subject: bool
    """Whether it is the first name in its sentence, or speaks."""
    quoted: bool
    """Whether it stands in another's words."""


def _agreement(entity: Entity, gender: Gender | None) -> float:
    found = entity.gender or entity.likely_gender
    if gender is None or found is None:
        return 0.0
    return 0.8 if found == gender else -3.0


class References:
    """What has been mentioned where."""

    def __init__(
        self,
        cast: Cast,
        sentences: Sentences,
        quoted: Callable[[int], bool],
        opinion: Opinion,
    ) -> None:
        self._sentences = sentences
        self._opinion = opinion
        self._names: list[Mention] = []
        begun: set[int] = set()
        for name in cast.names.all:
            entity = cast.of(name)
            if entity is None:
                continue
            number = sentences.number(name.start)
            subject = number not in begun and not name.possessive
            mention = Mention(name.start, name.end, entity, subject, quoted(name.start))
            self._names.append(mention)
            begun.add(number)
        self._places = [mention.at for mention in self._names]
        self._spoken: list[Mention] = []
        self.speakers: set[Entity] = set()
        """Those who speak by name anywhere in the page."""

    def add(self, span: Span, entity: Entity, *, quoted: bool) -> None:
        """Remember that an entity speaks; ``quoted`` tells that it does so in another's words."""
        insort(self._spoken, Mention(*span, entity, True, quoted), key=lambda one: one.at)

    def likeliest(
        self,
        at: int,
        fits: Fits,
        *,
        reach: int = REACH,
        ahead: bool = False,
        gender: Gender | None = None,
        several: bool = False,
        own: Sequence[Span] = (),
    ) -> Entity | None:
        """The most salient of the entities that fit, for a pronoun at a place.

        ``several`` prefers those who are many, ``gender`` those who are known to have it.
        ``own`` is what is said: nobody names themselves in it. ``ahead`` looks behind the
        pronoun where nobody stands before it.
        """
        here = self._sentences.number(at)
        spoken = self._spoken_before(at)
        scores: dict[Entity, float] = {}
        for mention in (*self._named_before(at), *spoken):
            distance = here - self._sentences.number(mention.at)
            if distance > reach or not fits(mention.entity):
                continue
            score = -0.8 * distance - 0.0005 * (at - mention.at)
            score += 1.2 * mention.subject - 1.5 * mention.quoted
            score -= 3.0 * any(start <= mention.at < end for start, end in own)
            scores[mention.entity] = max(score, scores.get(mention.entity, score))
        last = next((one.entity for one in reversed(spoken) if not one.quoted), None)
        for entity in scores:
            scores[entity] += 0.35 * math.log(1 + len(entity.mentions))
            scores[entity] += 1.0 * (entity is last) + 1.0 * (entity in self.speakers)
            scores[entity] += _agreement(entity, gender)
            scores[entity] += 1.0 * (several and (entity.plural or bool(entity.members)))
        if not any(
            m.entity in scores and here - self._sentences.number(m.at) <= reach for m in spoken
        ):
            for entity, link in self._linked(at, scores).items():
                scores[entity] += LINK * link
        if scores:
            return max(scores, key=lambda entity: scores[entity])
        return self._next(at, fits) if ahead else None

    def _linked(self, at: int, entities: Container[Entity]) -> dict[Entity, float]:
        """How likely the model thinks a pronoun stands for each entity, by its best mention."""
        mentions = [m for m in self._named_before(at) if m.entity in entities]
        links = self._opinion.links((at, at + 1), [(m.at, m.end) for m in mentions])
        found: dict[Entity, float] = {}
        for mention, link in zip(mentions, links, strict=True):
            found[mention.entity] = max(link, found.get(mention.entity, link))
        return found

    def last(self, at: int, fits: Fits, *, reach: int) -> Entity | None:
        """The last that fits: who spoke, or else who was named."""
        here = self._sentences.number(at)
        for mentions in (self._spoken_before(at), self._named_before(at)):
            for mention in reversed(mentions):
                if here - self._sentences.number(mention.at) > reach:
                    break
                if fits(mention.entity):
                    return mention.entity
        return None

    def speaking_at(self, at: int) -> Entity | None:
        """The one who speaks in the words at a place."""
        spoken = reversed(self._spoken_before(at + 1))
        return next((m.entity for m in spoken if m.at <= at < m.end), None)

    def ending_at(self, at: int, text: str) -> Entity | None:
        """The one whose name ends at a place, but for a bracket: "Vale (Tide List)"."""
        return next((m.entity for m in self._just_before(at, text, _BRACKET)), None)

    def apposed(self, at: int, text: str, kind: str) -> Entity | None:
        """The one of a kind to whose name the words at a place stand in apposition."""
        found = self._just_before(at, text, _APPOSED)
        return next((m.entity for m in found if m.entity.kind == kind), None)

    def last_person(self, at: int, since: int) -> Entity | None:
        """The person named last between two places."""
        named = reversed(self._named_before(at))
        people = (m.entity for m in named if m.at >= since and is_person(m.entity, None))
        return next(people, None)

    def last_subject(self, at: int, since: int, *, reach: int) -> Entity | None:
        """The person who was last the subject of a sentence between two places."""
        here = self._sentences.number(at)
        for mention in reversed(self._named_before(at)):
            if mention.at < since or here - self._sentences.number(mention.at) > reach:
                break
            if mention.subject and not mention.quoted and is_person(mention.entity, None):
                return mention.entity
        return None

    def last_people(self, at: int, number: int, gender: Gender | None) -> list[Entity]:
        """The different people named last before a place, in the order of the text."""
        found: list[Entity] = []
        for mention in reversed(self._named_before(at)):
            one = mention.entity
            fits = is_person(one, gender) and _agreement(one, gender) >= 0
            if fits and one not in found:
                found.append(one)
            if len(found) == number:
                break
        return found[::-1]

    def _named_before(self, at: int) -> list[Mention]:
        until = bisect_left(self._places, at)
        return self._names[max(0, until - MENTIONS) : until]

    def _spoken_before(self, at: int) -> list[Mention]:
        until = bisect_left(self._spoken, at, key=lambda mention: mention.at)
        return self._spoken[max(0, until - SPEAKERS) : until]

    def _just_before(self, at: int, text: str, between: re.Pattern[str]) -> Iterator[Mention]:
        for mention in reversed(self._named_before(at)[-2:]):
            if between.fullmatch(text, mention.end, max(at, mention.end)):
                yield mention

    def _next(self, at: int, fits: Fits) -> Entity | None:
        here = self._sentences.number(at)
        first = bisect_left(self._places, at)
        for mention in self._names[first : first + SPEAKERS]:
            if self._sentences.number(mention.at) - here > 2:
                break
            if fits(mention.entity):
                return mention.entity
        return None

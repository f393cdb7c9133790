"""The stage: attributions go in; the same with their speakers, and the speakers, come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from onrecord.records import Attribution, Page, Span, Speaker, Warning
from onrecord.resolving.descriptions import Descriptions
from onrecord.resolving.entities import Entity
from onrecord.resolving.names import fold
from onrecord.resolving.opinion import Opinion
from onrecord.resolving.people import People
from onrecord.resolving.phrases import Phrase
from onrecord.resolving.pronouns import pronoun_entity
from onrecord.resolving.scene import Scene, look_over

BEFORE = 3
"""Sentences between a quotation that names nobody and whoever spoke before it."""

VOICE = 14
"""The same, for a person who was quoted before others were paraphrased.

Of the texts at hand the seed page alone has the case; no speaker of PolNeAR's dev part or of
the project's own articles hangs on it."""

ROWS = 5
"""Lines of the people file that a warning names."""


class Resolved(msgspec.Struct, frozen=True):
    """What a page's attributions are when it is known who speaks."""

    attributions: tuple[Attribution, ...]
    speakers: tuple[Speaker, ...]
    warnings: tuple[Warning, ...]


def resolve(
    page: Page,
    attributions: Sequence[Attribution],
    opinion: Opinion | None = None,
    people: People | None = None,
) -> Resolved:
    """Give each attribution its speaker, where the page makes clear who it is.

    ``opinion`` is what the model thinks of the page's mentions, where it has read it.
    Speakers are numbered from 1 in the order in which they first speak. ``people`` pins
    them to a newsroom's own list; one that fits several rows is reported in a warning.
    """
    found = _Resolver(page, attributions, opinion or Opinion()).run()
    ids: dict[Entity, int] = {}
    for entity in found:
        for one in (*entity.members, entity) if entity is not None else ():
            ids.setdefault(one, len(ids) + 1)
    speakers = [_speaker(entity, ids) for entity in ids]
    warnings = []
    for at, speaker in enumerate(speakers if people is not None else ()):
        rows = people.rows_for((speaker.name, *speaker.aliases), speaker.kind) if people else ()
        if len(rows) == 1:
            speakers[at] = msgspec.structs.replace(speaker, listed=rows[0].columns)
        elif rows:
            lines = ", ".join(str(row.line) for row in rows[:ROWS])
            more = f" and {len(rows) - ROWS} more" if len(rows) > ROWS else ""
            message = f"{speaker.name!r} fits lines {lines}{more} of the people file"
            warnings.append(Warning(code="people-ambiguous", message=message))
    return Resolved(
        attributions=tuple(
            msgspec.structs.replace(one, speaker=None if who is None else ids[who])
            for one, who in zip(attributions, found, strict=True)
        ),
        speakers=tuple(speakers),
        warnings=tuple(warnings),
    )


def _speaker(entity: Entity, ids: dict[Entity, int]) -> Speaker:
    name = entity.name
    return Speaker(
        id=ids[entity],
        name=name,
        named=entity.named,
        kind=entity.kind,
        roles=tuple(entity.roles),
        aliases=tuple(form for form in entity.forms if form != name),
        mentions=tuple(sorted(entity.mentions)),
        members=tuple(ids[member] for member in entity.members),
    )


class _Resolver:
    """Asks of one attribution after the other who says it."""

    def __init__(self, page: Page, attributions: Sequence[Attribution], opinion: Opinion) -> None:
        self._attributions = attributions
        self._number = {one.id: number for number, one in enumerate(attributions)}
        self._scene: Scene = look_over(page, attributions, opinion)
        self._descriptions = Descriptions(self._scene)
        self._found: list[Entity | None] = [None] * len(attributions)
        self._last: tuple[Attribution, Entity] | None = None
        """The last who spoke and is not nested."""
        self._voice: tuple[Attribution, Entity] | None = None
        """The last person who was quoted and is not nested."""

    def run(self) -> list[Entity | None]:
        """Who says each attribution."""
        for number in self._order():
            one = self._attributions[number]
            outer = None if one.within is None else self._number[one.within]
            who = self._who(one, None if outer is None else self._found[outer])
            self._found[number] = who
            if who is not None:
                self._remember(one, who, outer)
        return self._found

    def _order(self) -> Iterator[int]:
        """By place; but what holds another comes before it."""
        done: set[int] = set()
        places = sorted((_place(one), number) for number, one in enumerate(self._attributions))
        for _, number in places:
            chain: list[int] = []
            one: int | None = number
            while one is not None and one not in done:
                done.add(one)
                chain.append(one)
                within = self._attributions[one].within
                one = None if within is None else self._number[within]
            yield from reversed(chain)

    def _who(self, one: Attribution, outer: Entity | None) -> Entity | None:
        if not one.source:
            return self._who_before(one)
        entities: dict[Entity, None] = {}
        for phrase in self._phrases(one):
            entity = self._entity(phrase, one, outer)
            if entity is not None:
                entities[entity] = None
        if len(entities) > 1:
            return self._descriptions.together(list(entities))
        return next(iter(entities), None)

    def _phrases(self, one: Attribution) -> tuple[Phrase, ...]:
        """What the source's words are; of several stretches the one with a name."""
        read = [found for span in one.source if (found := self._scene.phrases(span))]
        named = (phrases for phrases in read if phrases[0].form == "name")
        return next(named, read[0] if read else ())

    def _entity(self, phrase: Phrase, one: Attribution, outer: Entity | None) -> Entity | None:
        if phrase.form == "pronoun":
            return pronoun_entity(phrase, one, outer, self._scene, self._descriptions)
        named = self._scene.named(phrase)
        if named is not None:
            if phrase.role:
                self._scene.roles.add(named, phrase.role)
            return named
        if phrase.kind is None:  # a name in a line in capitals
            key = tuple(map(fold, self._scene.text[phrase.start : phrase.end].split()))
            if known := self._scene.cast.known(key, phrase.start):
                return known
        return self._descriptions.entity(phrase, outer)

    def _who_before(self, one: Attribution) -> Entity | None:
        """Who speaks in a quotation on its own: whom the words before it are about.

        That is who spoke last, or who has been the subject of a sentence since then.
        """
        if one.cue or one.within is not None or one.kind == "indirect":
            return None
        start, references = one.content[0][0], self._scene.references
        if self._last is None or self._last[0].comment != one.comment:
            return references.last_subject(start, 0, reach=BEFORE)
        before, who = self._last
        end = max(end for role in (before.source, before.cue, before.content) for _, end in role)
        subject = references.last_subject(start, end, reach=BEFORE)
        if subject is not None:
            return subject
        if who.kind != "person" and not self._scene.text[:start].rstrip().endswith(":"):
            # Long quotations are a person's: the one whose voice was heard last goes on.
            before, who = self._voice or (before, who)
            end = max(end for _, end in before.content)
            return who if self._since(end, start) <= VOICE else None
        return who if end <= start + 1 and self._since(end, start) <= BEFORE else None

    def _since(self, end: int, start: int) -> int:
        """Sentences between the end of one attribution and the start of another."""
        sentences = self._scene.sentences
        return sentences.number(start) - sentences.number(end - 1)

    def _remember(self, one: Attribution, who: Entity, outer: int | None) -> None:
        quoted = outer is not None and self._attributions[outer].kind == "direct"
        span = (one.source or one.cue or one.content)[0]
        self._scene.references.add(span, who, quoted=quoted)
        if outer is None:
            self._last = one, who
            if who.kind == "person" and one.kind == "direct":
                self._voice = one, who
        if not who.members:
            who.mentions.update(span for span in one.source if not self._names_in(span, who))

    def _names_in(self, span: Span, who: Entity) -> bool:
        """Whether a stretch holds a name of somebody, which is a mention already."""
        cast = self._scene.cast
        return any(cast.of(name) is who for name in cast.names.inside(span))


def _place(one: Attribution) -> int:
    return (one.source or one.cue or one.content)[0][0]

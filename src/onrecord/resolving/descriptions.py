"""Whom a description stands for: "the minister", "two officials", "the company", "a letter"."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Sequence

from onrecord.records import Comment, Page, SpeakerKind
from onrecord.resolving.entities import Entity, is_neuter, is_person, is_several
from onrecord.resolving.names import fold
from onrecord.resolving.phrases import PERSONAL, Phrase, trim_article
from onrecord.resolving.references import NEAR
from onrecord.resolving.roles import noun_forms
from onrecord.resolving.scene import Scene

FAR = sys.maxsize
"""Sentences back to which "the council" can stand for a council's name: any number."""

ALIKE = 100
"""Those described with one noun that are weighed; a page of five thousand has its limits."""

_FAMILIAR = frozenset(
    "author billionaire boy businessman businesswoman candidate celebrity chancellor contender "
    "democrat father frontrunner girl governor hopeful man mayor mogul mother native nominee "
    "politician premier president republican senator star woman".split()
)
"""Nouns by which a text calls whom it has named, though it never says that they are that."""
_TELLING = frozenset("ex former gop presidential retired then-candidate veteran".split())
_PAIRS = frozenset(["candidates", "rivals"])
_TWO = frozenset(["couple", "duo", "pair", "two"])
_GENERIC = frozenset(
    "agency airline association bank body broadcaster campaign center centre charity club "
    "coalition company federation firm foundation fund group hospital institute institution "
    "league magazine network news newspaper office operator organisation organization outlet "
    "panel paper party publication regulator school site startup station store supplier tank "
    "team think-tank union watchdog website".split()
)
"""Nouns for a group whose name does not hold them."""
_BUSINESSES = frozenset("airline bank chain company firm magazine network newspaper".split())
"""Nouns behind a name that say what it is; behind "Tide", "campaign" makes another."""
_POSSESSIVE = re.compile(r"['’]s?$")

THE_AUTHOR = "the author"
THE_COMMENTER = "the commenter"


class Descriptions:
    """Those who are described, and whom descriptions stand for."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._by_name: dict[str, Entity] = {}
        self._by_head: dict[tuple[str, str], list[Entity]] = defaultdict(list)
        """By kind and head."""
        self._joint: dict[tuple[int, ...], Entity] = {}

    def entity(self, phrase: Phrase, outer: Entity | None) -> Entity:
        """Whom a description stands for; ``outer`` says what holds the attribution."""
        people = phrase.kind == "person"
        if phrase.kind == "poll" or (people and phrase.counted):
            poll = self._scene.polls.of(phrase)
            if poll is not None:
                return poll
        found: Entity | None = None
        if people and not phrase.plural:
            found = self._person(phrase)
        elif (people or phrase.head in _TWO) and phrase.definite and not phrase.owner:
            found = self._people(phrase)
        elif phrase.kind == "group":
            found = self._group(phrase, outer)
        return found or self._describe(phrase, outer)

    def together(self, entities: Sequence[Entity]) -> Entity:
        """Those who speak jointly, as one."""
        key = tuple(sorted(map(id, entities)))
        if key not in self._joint:
            kinds = {entity.kind for entity in entities}
            self._joint[key] = Entity(
                kind=entities[0].kind if len(kinds) == 1 else "group",
                named=entities[0].named,
                plural=True,
                members=tuple(entities),
            )
        return self._joint[key]

    def author(self, page: Page, comment: Comment | None) -> Entity:
        """Who writes "I" or "we": the commenter, or the author of the article."""
        if comment is not None:
            known, nobody = comment.author, THE_COMMENTER
            key = f"comment {comment.author or comment.id}"
        else:
            known, nobody = page.byline[0] if len(page.byline) == 1 else None, THE_AUTHOR
            key = "article"
        if key not in self._by_name:
            self._by_name[key] = Entity(kind="author", named=known is not None)
            self._by_name[key].forms[known or nobody] += 1
        return self._by_name[key]

    def one_of(self, entity: Entity) -> Entity:
        """One of those who were described before."""
        one = Entity(kind="person", named=False, head="one")
        one.forms[f"one of {entity.name}"] += 1
        return one

    # People

    def _person(self, phrase: Phrase) -> Entity | None:
        """The person with a name who is meant: by what the page says that they are."""
        scene, at = self._scene, phrase.start
        gender = scene.nouns.gender(phrase.head)
        holders = [one for one in scene.roles.holders(phrase.head) if is_person(one, gender)]
        telling = phrase.definite or at < scene.headline_end
        lead = not telling and at < scene.lead_end and len(holders) == 1
        if lead and scene.cast.first_named(holders[0]) > phrase.end:
            return holders[0]
        words = scene.text[at : phrase.end].split()
        if not telling and words[0].casefold() != phrase.head:
            return None  # "a minister" is somebody else; "Minister" alone is not
        if holders:
            return max(holders, key=lambda one: self._nearness(one, phrase))
        if phrase.owner or (phrase.proper is not None and phrase.proper.possessive):
            return None
        described = self._by_head["person", phrase.head]
        if described:
            return described[0]
        if phrase.definite and self._is_familiar(phrase):
            return scene.references.likeliest(
                at, lambda one: is_person(one, gender), reach=NEAR, gender=gender
            )
        return None

    def _nearness(self, entity: Entity, phrase: Phrase) -> tuple[int, int, int]:
        last = self._scene.cast.last_before(entity, phrase.start)
        fit = self._scene.roles.fit(entity, phrase.modifiers)
        return fit, -1 if last is None else last, len(entity.mentions)

    def _is_familiar(self, phrase: Phrase) -> bool:
        """Whether a description is one that stands for whom the text has named."""
        nouns = self._scene.nouns
        telling = any(w in _TELLING or nouns.people(w.capitalize()) for w in phrase.modifiers)
        age = phrase.head.endswith("-year-old")
        return age or telling or phrase.head in _FAMILIAR or phrase.proper is not None

    def _people(self, phrase: Phrase) -> Entity | None:
        """Those who spoke jointly, or who were described before."""
        references = self._scene.references
        words = self._scene.text[phrase.start : phrase.end].casefold().split()
        if "two" in words or "both" in words or phrase.head in _PAIRS | _TWO:
            gender = self._scene.nouns.gender(phrase.head)
            pair = references.last_people(phrase.start, 2, gender)
            if len(pair) == 2:
                return self.together(pair)
        heads = noun_forms(phrase.head)

        def fits(one: Entity) -> bool:
            described = one.plural and not one.named and one.head is not None
            return bool(one.members) or (described and fold(one.head or "") in heads)

        return references.last(phrase.start, fits, reach=FAR)

    # Groups

    def _group(self, phrase: Phrase, outer: Entity | None) -> Entity | None:
        proper = phrase.proper
        if proper is not None:
            business = phrase.head in _BUSINESSES and not phrase.plural and not proper.possessive
            entity = self._scene.cast.of(proper) if business else None
            return entity if entity is not None and entity.kind == "group" else None
        if phrase.owner:
            return self._owned_group(phrase, outer)
        if not phrase.definite or phrase.plural:
            return None
        heads = noun_forms(phrase.head)

        def fits(one: Entity) -> bool:
            ends = (word for form in one.forms for word in (form.split()[0], form.split()[-1]))
            held = one in holders or any(noun_forms(word) & heads for word in ends)
            return self._is_proper_group(one) and held

        holders = self._scene.roles.holders(phrase.head)
        references = self._scene.references
        found = references.last(phrase.start, fits, reach=FAR)
        if found is None and phrase.head in _GENERIC and not phrase.modifiers:
            found = references.last(phrase.start, self._is_known_group, reach=NEAR)
        return found

    def _is_proper_group(self, one: Entity) -> bool:
        """Whether it has a name that is more than a noun for it: not "Bank"."""
        single = one.kind == "group" and one.named and not one.members and not one.plural
        kind = self._scene.nouns.kind
        return single and any(kind(form.casefold()) != "group" for form in one.forms)

    def _is_known_group(self, one: Entity) -> bool:
        """Whether it surely is a group: most names that are no person's are places or things."""
        words = [word for form in one.forms for word in form.split()]
        speaks = one in self._scene.references.speakers or len(one.mentions) > 2
        return self._is_proper_group(one) and (
            speaks or any(map(self._scene.nouns.group_name, words))
        )

    def _owned_group(self, phrase: Phrase, outer: Entity | None) -> Entity | None:
        """ "Her campaign", where the page speaks of the Marrow campaign."""
        owner = self._owner(phrase, outer)
        if owner is None or owner.kind != "person":
            return None
        surname = fold(owner.name.split()[-1])
        for entity in self._by_head["group", phrase.head][:ALIKE]:
            if any(surname in map(fold, re.split(r"[\s'’]+", form)) for form in entity.forms):
                return entity
        return None

    # Nobody with a name

    def _owner(self, phrase: Phrase, outer: Entity | None) -> Entity | None:
        """Whom "his", "her", "its", "their" or "my" before a noun stands for."""
        at, word, references = phrase.start, phrase.owner, self._scene.references
        if word in PERSONAL:
            gender = PERSONAL[word]
            return references.likeliest(at, lambda one: is_person(one, gender), gender=gender)
        if word == "its":
            return references.likeliest(at, is_neuter, reach=NEAR)
        if word == "their":
            return references.likeliest(at, is_several, reach=NEAR, several=True)
        return outer if word in ("my", "our") else None

    def _describe(self, phrase: Phrase, outer: Entity | None) -> Entity:
        """The one described in these words, or in words before that mean the same."""
        kind: SpeakerKind = phrase.kind or "document"
        if kind == "person" and phrase.plural:
            kind = "group"
        name = self._wording(phrase, outer)
        key = fold(name)
        bare = not phrase.modifiers and phrase.proper is None and not phrase.owner
        bare = bare and not name.casefold().startswith("another ")
        known = self._by_name.get(key)
        alike = self._by_head[kind, phrase.head]
        if known is None and bare and (phrase.definite or phrase.start < self._scene.lead_end):
            known = alike[-1] if alike else None
        elif known is None and kind == "document":  # "Report: ..." before "a leaked report"
            bares = (one for one in alike[:ALIKE] if not any(" " in form for form in one.forms))
            known = next(bares, None)
        if known is None:
            known = Entity(
                kind=kind,
                named=kind == "group" and self._is_body(phrase),
                gender=self._scene.nouns.gender(phrase.head),
                plural=phrase.plural,
                head=phrase.head,
            )
            alike.append(known)
        self._by_name[key] = known
        known.forms[name] += 1
        return known

    def _wording(self, phrase: Phrase, outer: Entity | None) -> str:
        """The words themselves; whose they are in place of "his", which says nothing alone."""
        words = " ".join(self._scene.text[phrase.start : phrase.end].split())
        if phrase.owner and words.casefold().startswith(phrase.owner):
            owner = self._owner(phrase, outer)
            if owner is not None and owner.named and not owner.members:
                whose = owner.name.split()[-1] if owner.kind == "person" else owner.name
                words = f"{whose}’s{words[len(phrase.owner) :]}"
        return trim_article(_POSSESSIVE.sub("", words))

    def _is_body(self, phrase: Phrase) -> bool:
        """Whether a group's description is as good as a name: "the council"."""
        if phrase.plural or phrase.owner:
            return False
        return phrase.proper is not None or (
            phrase.definite and self._scene.nouns.body(phrase.head)
        )

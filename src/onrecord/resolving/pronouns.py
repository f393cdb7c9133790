"""Whom a pronoun stands for."""

from __future__ import annotations

import re

from onrecord.records import Attribution, Span
from onrecord.resolving.descriptions import Descriptions
from onrecord.resolving.entities import Entity, is_neuter, is_person, is_several
from onrecord.resolving.noun_phrases import noun_phrase_before
from onrecord.resolving.phrases import (
    FIRST_PERSON,
    NOBODY,
    ONE_OF_THEM,
    PERSONAL,
    PLURAL,
    RELATIVE,
    Phrase,
)
from onrecord.resolving.references import NEAR
from onrecord.resolving.scene import Scene

LONGEST = 500
"""Characters of a sentence before "who" that are looked at."""

_WHO = frozenset(["who", "whom", "whose"])
_PARTITIVE = re.compile(
    r"[,;]?\s*\b(?:most|many|some|all|both|one|none|each|two|three|several|few|half) of\s*$"
)
_PREPOSITION = re.compile(r"\s(?:on|in|at|from|of|for|with) (?:the )?$")
_EXPLETIVE = re.compile(
    r"(?:\w+ ){0,2}(?:(?:is|was|be|been|being|'s|’s) (?:\w+ ){0,2}\w+(?:ed|n|t|id|ght)\b"
    r"|seem|appear|emerge|transpire|turn)",
    re.IGNORECASE,
)


def pronoun_entity(
    phrase: Phrase,
    one: Attribution,
    outer: Entity | None,
    scene: Scene,
    descriptions: Descriptions,
) -> Entity | None:
    """Whom the pronoun of an attribution's source stands for.

    ``outer`` is who says the attribution that this one is nested in.
    """
    word, at, references = phrase.head, phrase.start, scene.references
    if word in NOBODY:
        return None
    if word in FIRST_PERSON:
        if one.within is not None:
            return outer
        comment = None if one.comment is None else scene.page.comments[one.comment]
        return descriptions.author(scene.page, comment)
    if word in RELATIVE:
        return _antecedent(phrase, outer, scene, descriptions)
    if word in PERSONAL:
        gender = PERSONAL[word]
        return references.likeliest(
            at, lambda e: is_person(e, gender), gender=gender, own=one.content, ahead=True
        )
    if word == ONE_OF_THEM:
        those = references.likeliest(at, is_several, reach=NEAR, several=True)
        return None if those is None else descriptions.one_of(those)
    if word in PLURAL:
        return references.likeliest(at, is_several, reach=NEAR, several=True, ahead=True)
    if word == "it" and _is_empty(one, scene.text):
        return None
    return references.likeliest(at, is_neuter, reach=NEAR, ahead=True)


def _antecedent(
    phrase: Phrase, outer: Entity | None, scene: Scene, descriptions: Descriptions
) -> Entity | None:
    """Whom "who" or "which" is about: the words before it."""
    text, references, who = scene.text, scene.references, phrase.head in _WHO
    since = max(scene.sentences.start(phrase.start), phrase.start - LONGEST)
    before = _PARTITIVE.sub("", text[since : phrase.start]).rstrip(" ,)")
    end = since + len(before)
    named = references.ending_at(end, text)
    if named is not None and (named.kind == "person" or not who):
        return named
    span = noun_phrase_before(text, since, end, scene.nouns)
    phrases = _phrases(span, scene)
    place = _PREPOSITION.search(text[since : span[0]])
    if who and place and phrases and not _is_human(phrases[0], scene):
        # "an official at the port, who": not the port.
        span = noun_phrase_before(text, since, since + place.start(), scene.nouns)
        phrases = _phrases(span, scene)
    described = next((p for p in phrases[:1] if p.form == "description"), None)
    if described is not None and described.kind is not None:
        # "Ida Vale, a diver who": an apposition to a name.
        known = references.speaking_at(span[0])
        known = known or references.apposed(span[0], text, described.kind)
        return known or descriptions.entity(described, outer)
    person = references.last_person(phrase.start, since) if who else None
    if person is None and described is not None:
        return descriptions.entity(described, outer)
    return person


def _phrases(span: Span, scene: Scene) -> tuple[Phrase, ...]:
    return scene.phrases(span) if span[0] < span[1] else ()


def _is_human(phrase: Phrase, scene: Scene) -> bool:
    named = scene.named(phrase)
    return phrase.kind == "person" if named is None else is_person(named, None)


def _is_empty(one: Attribution, text: str) -> bool:
    """Whether "it" is nobody: "it was reported", "it seems"."""
    return any(_EXPLETIVE.match(text, *span) for span in one.cue)

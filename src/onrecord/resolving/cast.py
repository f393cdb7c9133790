"""The people and organisations that a page names, each with all its names."""

from __future__ import annotations

import math
import re
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import Literal

from nicknames import NickNamer

from onrecord.resolving.entities import Entity
from onrecord.resolving.first_names import first_names, gender_of
from onrecord.resolving.mentions import Mention
from onrecord.resolving.names import PARTICLES, SUFFIXES, Name, Names, fold, is_initial
from onrecord.resolving.nouns import Gender, Nouns

CLOSE = 250
"""Characters before a bare surname in which a bearer's full name tells whose it is."""

TELLING = 2.0
"""Evidence from which on one mention of a name tells for all."""

WEAK = 1.0
"""Evidence below which what the model takes a name for decides."""

SURE = 0.8
"""Probability from which on the model's opinion of a name counts."""

BEARERS = 100
"""People of one surname that are told apart; a page of five thousand has its limits."""

_Key = tuple[str, ...]
_Kind = Literal["person", "group"]

_UNITED = frozenset(
    "affairs agency alliance association coalition confederation council enforcement federation "
    "foundation institute league organization organisation services union".split()
)
"""Words that end a name with "and" in it; names of public bodies do so too."""

_FAMILY = re.compile(r"(?:bin|ibn|van|von|der|den|ter)$|(?:a[lnrst]|ash|el|d)[-‑'’]")
"""How a word begins inside a person's name: "Pieter van der Berg", "Omar al-Talal"."""

_APPOSITION = re.compile(
    r", (?:(?:an?|the|its|his|her|their|one of the) )?((?:[\w’'&.-]+ ){0,6}?[\w-]+)"
    r"(?=[,;.)]| (?:of|for|at|in|on|with|who|to|from|and|by|under|whose|that|which) )"
)
_AGE = re.compile(r", \d{1,2},")
_WHO = re.compile(r",? who(?:se)? ")
_BEFORE = re.compile(r"([a-z][\w-]*),? $")
_HOME = re.compile(r", (?:\d+, )?of $")
_COMPOUND = re.compile(r"(?:['’]s)? [a-z]")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+\.?")
_PLACE = re.compile(r"\b(?:in|at|from|to|near|of)\s$")
_SMALL = re.compile(r"\b[^\W\d_A-Z][\w-]+")
_PLACES = frozenset(["in", "at", "from", "near", "across"])


class Cast:
    """All that a page names, and whom each name stands for."""

    def __init__(
        self, text: str, names: Sequence[Name], nouns: Nouns, mentions: Sequence[Mention] = ()
    ) -> None:
        """Tell who is who; ``mentions`` are what the model takes for names, and of what kind."""
        self._text = text
        self._nouns = nouns
        self._hints = _Hints(mentions)
        united = _united(text, sorted(names, key=lambda name: name.start), nouns)
        self.names = Names(_cut_compounds(_without_common_nouns(text, united, nouns)))
        self.entities: list[Entity] = []
        self._of: dict[tuple[int, int], Entity] = {}
        self._by_key: dict[_Key, Entity] = {}
        self._by_word: dict[str, list[Entity]] = defaultdict(list)
        """People by each word of their names."""
        self._surnames: dict[str, list[Entity]] = defaultdict(list)
        self._titles: dict[int, set[str]] = defaultdict(set)
        self._places: dict[int, list[int]] = defaultdict(list)
        kinds = self._kinds()
        people = [name for name in self.names.all if kinds[name.key] == "person"]
        self._gather_people(filter(_is_full, people))
        self._gather_groups(name for name in self.names.all if kinds[name.key] == "group")
        self._gather_bare(name for name in people if not _is_full(name))

    def of(self, name: Name) -> Entity | None:
        """Whom a name stands for."""
        return self._of.get((name.start, name.end))

    def known(self, key: _Key, at: int) -> Entity | None:
        """Whom folded words at a place stand for, if the page names them elsewhere."""
        if key in self._by_key or len(key) != 1:
            return self._by_key.get(key)
        return self._likeliest(self._by_word.get(key[0], [])[:BEARERS], at)

    def last_before(self, entity: Entity, at: int) -> int | None:
        """Where its last name before a place stands."""
        places = self._places.get(id(entity), [])
        found = bisect_right(places, at - 1)
        return places[found - 1] if found else None

    def first_named(self, entity: Entity) -> int:
        """Where its first name stands."""
        places = self._places.get(id(entity), [])
        return places[0] if places else len(self._text)

    # Person or group

    def _kinds(self) -> dict[_Key, _Kind]:
        names = self.names.all
        evidence: dict[_Key, list[float]] = defaultdict(list)
        for name in names:
            evidence[name.key].append(self._evidence(name))
        scores = {key: _weighed(found) for key, found in evidence.items()}
        taken: dict[_Key, list[str]] = defaultdict(list)
        for name in names:
            if kind := self._hints.kind(name):
                taken[name.key].append(kind)
        for key, found in taken.items():
            if abs(scores[key]) < WEAK:  # then the model knows better
                scores[key] -= 2 * WEAK * (2 * found.count("place") > len(found))
                scores[key] += 2 * WEAK * (2 * found.count("person") > len(found))
        alone = {name.key[0] for name in names if len(name.key) == 1 and not name.article}
        for key in {name.key for name in names if _is_full(name)}:
            if len(key) < 4 and _surname(key) in alone:
                scores[key] += 1
        people = {name.key for name in names if _is_full(name) and scores[name.key] > 0}
        surnames = {name.key[-1] for name in names if name.honorific} | set(map(_surname, people))
        firsts = {key[0] for key in people}
        offices = {fold(word) for name in names for word in name.titles}
        kinds: dict[_Key, _Kind] = {}
        for key, score in scores.items():
            if len(key) > 1 and offices.issuperset(key):
                score -= 3  # "Port Sarrow President Ida Vale"
            elif len(key) == 1 and (key[0] in surnames or key[0] in firsts):
                score += 4
            elif key[-1] in surnames:
                score += 2
            kinds[key] = "person" if score > 0 else "group"
        return kinds

    def _evidence(self, name: Name) -> float:
        """How much a name looks like a person's: above 0 it is one."""
        text, nouns, words = self._text, self._nouns, name.words
        score = 5.0 * bool(name.honorific) + 3.0 * bool(name.titles)
        if not name.honorific and any(map(nouns.group_name, words)):
            score -= 4
        if nouns.thing_name(words[-1]):
            score -= 3
        joined = " & " in text[name.start : name.end]
        if joined or any(word in ("of", "for", "and", "on") for word in words):
            score -= 2
        if len(words) == 1 and len(words[0]) > 1 and words[0].isupper():
            # An acronym, but for a transcript's label: "VALE: It was never tested."
            score += 2 if text[name.end : name.end + 1] == ":" else -2
        if len(words) in (2, 3) and all(w[0].isupper() and not w.isupper() for w in words):
            score += 0.7
        if any(map(is_initial, words[:-1])):
            score += 3
        if any(map(_FAMILY.match, words[1:])):
            score += 1.5
        if words[0].casefold() in first_names():
            score += 1.5 if len(words) > 1 else 0.4
        return score + self._evidence_around(name)

    def _evidence_around(self, name: Name) -> float:
        text, nouns = self._text, self._nouns
        score = 0.0
        if name.article and not _COMPOUND.match(text, name.end):
            score -= 1.5
        if _AGE.match(text, name.end):
            score += 3
        if _WHO.match(text, name.end):
            score += 2 if len(name.words) > 1 else 1
        found = _APPOSITION.match(text, name.end)
        if found:
            kind = nouns.kind(found[1].rsplit(None, 1)[-1].casefold())
            score += {"person": 2, "group": -2}.get(kind or "", 0)
        before = text[max(0, name.start - 30) : name.start]
        if _HOME.search(before):
            score -= 3  # "Ida Vale, 59, of Norwell"
        word = _BEFORE.search(before)
        kind = nouns.kind(word[1]) if word else None
        if kind is not None:
            score += {"person": 2, "group": -2}.get(kind, 0)
        elif word and word[1] in _PLACES:
            score -= 1.3
        return score

    # Who is who

    def _add(self, entity: Entity, name: Name) -> None:
        span = (name.start, name.end)
        self._of[span] = entity
        insort(self._places[id(entity)], name.start)
        entity.mentions.add(span)
        entity.forms[" ".join(self._text[slice(*span)].split())] += 1
        entity.gender = entity.gender or self._gender(name)
        if _is_full(name):
            entity.likely_gender = entity.likely_gender or gender_of(name.words[0])
        self._by_key.setdefault(name.key, entity)
        self._titles[id(entity)].update(map(fold, name.titles))

    def _gender(self, name: Name) -> Gender | None:
        for word in (name.honorific, *name.titles):
            if word and (gender := self._nouns.gender(word.casefold())):
                return gender
        return None

    def _gather_people(self, names: Iterable[Name]) -> None:
        given_names: dict[int, list[_Key]] = {}
        suffixes: dict[int, str] = {}
        for name in sorted(names, key=lambda name: (-len(name.words), name.start)):
            surname, given = _surname(name.key), _given(name)
            suffix = name.key[-1] if name.key[-1] in SUFFIXES else ""
            bearers = self._surnames[surname]
            entity = self._by_key.get(name.key) or next(
                (
                    one
                    for one in bearers[:BEARERS]
                    if _can_be(given, given_names[id(one)])
                    and (not suffix or suffixes[id(one)] in ("", suffix))
                ),
                None,
            )
            if entity is None:
                entity = Entity(kind="person", named=True)
                given_names[id(entity)], suffixes[id(entity)] = [], ""
                bearers.append(entity)
                self.entities.append(entity)
            suffixes[id(entity)] = suffixes[id(entity)] or suffix
            if given not in given_names[id(entity)]:
                given_names[id(entity)].append(given)
            self._add(entity, name)
            for word in {surname, *given}:
                if entity not in self._by_word[word][-BEARERS:]:
                    self._by_word[word].append(entity)

    def _gather_groups(self, names: Iterable[Name]) -> None:
        groups = sorted(names, key=lambda name: (-len(name.words), name.start))
        short = _ShortNames(self._text, groups, self._nouns)
        previous = dict(zip(self.names.all[1:], self.names.all, strict=False))
        for name in groups:
            entity = self._by_key.get(name.key) or self._spelled_out(name, previous.get(name))
            entity = entity or short.of(name)
            if entity is None:
                entity = Entity(kind="group", named=True)
                self.entities.append(entity)
                short.add(name, entity)
            self._add(entity, name)
            at = _PLACE.search(self._text, max(0, name.start - 8), name.start)
            entity.placed += 1 if at else -1

    def _spelled_out(self, name: Name, before: Name | None) -> Entity | None:
        """The one whose acronym stands in brackets behind it: "Port Authority (PA)"."""
        if before is None or not name.words[0].isupper():
            return None
        return self.of(before) if self._text[before.end : name.start] == " (" else None

    def _gather_bare(self, names: Iterable[Name]) -> None:
        alone: dict[tuple[_Key, Gender | None], Entity] = {}
        # Those whose gender is written come first: they tell who is written about most.
        for name in sorted(names, key=lambda n: (self._gender(n) is None, not n.titles, n.start)):
            word, gender = _surname(name.key), self._gender(name)
            entity = self._bearer(name, word) or alone.get((name.key, gender))
            if entity is None:
                entity = Entity(kind="person", named=True)
                entity.likely_gender = gender_of(name.words[0])
                alone[name.key, gender] = entity
                self.entities.append(entity)
                self._by_word[word].append(entity)
            self._add(entity, name)

    def _bearer(self, name: Name, word: str) -> Entity | None:
        """The person of that surname, or else that first name, whom a bare name stands for."""
        bearers = (self._surnames.get(word) or self._by_word.get(word, []))[:BEARERS]
        gender = self._gender(name)
        if gender is not None:
            sure = [one for one in bearers if gender in (one.gender, one.likely_gender)]
            bearers = sure or [one for one in bearers if not (one.gender or one.likely_gender)]
        titles = set(map(fold, name.titles))
        titled = [one for one in bearers if titles & self._titles[id(one)]]
        bearers = titled or bearers
        return self._likeliest(bearers, name.start)

    def _likeliest(self, entities: Sequence[Entity], at: int) -> Entity | None:
        """Of several bearers of a name the one who is meant at a place.

        One who has been introduced comes before one who has not. Then the page's main
        bearer is meant: who is named first and most, unless another was named just before.
        """
        introduced = [one for one in entities if self.last_before(one, at) is not None]
        entities = introduced or entities
        if len(entities) < 2:
            return entities[0] if entities else None

        def rank(entity: Entity) -> float:
            last = self.last_before(entity, at)
            score = math.log(1 + len(self._places[id(entity)]))
            score -= self.first_named(entity) / (1 + len(self._text))
            return score + 0.5 * (last is not None and at - last < CLOSE)

        return max(entities, key=rank)


class _Hints:
    """What the model takes names for, where it is sure."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        names = (m for m in mentions if m.form == "name" and m.score >= SURE)
        self._names = sorted(names, key=lambda mention: mention.start)
        self._starts = [mention.start for mention in self._names]

    def kind(self, name: Name) -> str | None:
        """The kind of the mention that holds the end of a name."""
        at = bisect_right(self._starts, name.end - 1) - 1
        found = self._names[at] if at >= 0 else None
        return found.kind if found is not None and found.end >= name.end else None


class _ShortNames:
    """The groups that acronyms and parts of names stand for."""

    def __init__(self, text: str, names: Sequence[Name], nouns: Nouns) -> None:
        self._nouns = nouns
        before = {name.key: text[max(0, name.start - 6) : name.start] for name in names}
        self._places = {key for key, words in before.items() if _PLACE.search(words)}
        """Names that a place's preposition stands before: "in Washington" is no newspaper."""
        self._by_initials: dict[str, Entity] = {}
        self._by_end: dict[_Key, list[Entity]] = defaultdict(list)
        self._by_first: dict[_Key, list[Entity]] = defaultdict(list)

    def add(self, name: Name, entity: Entity) -> None:
        """Remember what can stand for a name: "Coastal Courier" for "the Courier"."""
        key, words = name.key, name.words
        for cut in range(len(key) - 1):
            self._by_initials.setdefault(_initials(words[cut:]), entity)
        if len(key) > 1 and self._nouns.group_name(words[-1]) and not name.article:
            self._by_first[key[:1]].append(entity)
        for cut in range(1, len(key)):
            self._by_end[key[cut:]].append(entity)

    def of(self, name: Name) -> Entity | None:
        """The group that a shorter name stands for, where only one is known."""
        key = name.key
        if len(key) == 1 and name.words[0].isupper() and key[0] in self._by_initials:
            return self._by_initials[key[0]]
        if name.article and len(ends := self._by_end.get(key, [])) == 1:
            return ends[0]
        begins = self._by_first.get(key, [])
        return begins[0] if len(begins) == 1 and key not in self._places else None


def _weighed(evidence: Sequence[float]) -> float:
    """What a name's mentions tell together: those that tell much decide, else the mean."""
    most, least = max(evidence), min(evidence)
    if most >= TELLING or least <= -TELLING:
        return max(0.0, most) + min(0.0, least)
    return sum(evidence) / len(evidence)


# Names as they are found, mended with what the whole page tells


def _united(text: str, names: Sequence[Name], nouns: Nouns) -> Iterator[Name]:
    """Names joined over "and" where they are one: "Citizenship and Border Services"."""
    last: Name | None = None
    for name in names:
        if last is not None and _is_united(text, last, name, nouns):
            words = (*last.words, "and", *name.words)
            last = replace(last, end=name.end, words=words, possessive=name.possessive)
            continue
        if last is not None:
            yield last
        last = name
    if last is not None:
        yield last


def _is_united(text: str, one: Name, other: Name, nouns: Nouns) -> bool:
    end = fold(other.words[-1])
    return (
        text[one.end : other.start] == " and "
        and len(other.words) > 1
        and (nouns.body(end) or end in _UNITED)
        and not (other.titles or other.honorific or one.honorific or one.possessive)
        and not nouns.group_name(one.words[-1])
        and one.words[0].casefold() not in first_names()
    )


def _without_common_nouns(text: str, names: Iterable[Name], nouns: Nouns) -> list[Name]:
    """Names without words that only begin a sentence: "Scholars say"."""
    found = list(names)
    elsewhere = {name.key for name in found if name.sure and not name.begins}
    parts = {word for name in found if len(name.words) > 1 for word in name.key}
    small = frozenset(_SMALL.findall(text))

    def common(name: Name) -> bool:
        word = name.words[0].casefold()
        if len(name.words) > 1 or not name.begins or name.words[0].isupper():
            return False
        noun = nouns.kind(word) is not None or nouns.title(word)
        if noun and (word in small or text.startswith(" of ", name.end)):
            return True
        if name.key in elsewhere or name.key[0] in parts:
            return False
        plural = word.endswith("s") and not word.endswith("ss") and not name.possessive
        adverb = word.endswith("ly") and len(word) > 5
        return noun or word in small or plural or adverb

    kept = [name for name in found if not common(name)]
    sure = {name.key for name in kept if name.sure}
    return [name for name in kept if name.sure or len(name.words) > 1 or name.key in sure]


def _cut_compounds(names: Sequence[Name]) -> list[Name]:
    """Names cut behind a person's that they begin with: "Ida Vale Day"."""
    bare = {name.key[-1] for name in names if name.honorific or name.titles}
    out = []
    for name in names:
        key = name.key
        behind = len(key) > 2 and key[-1] not in bare and key[-1] not in SUFFIXES
        if behind and not name.honorific and key[1] in bare:
            end = name.start + len(name.words[0]) + 1 + len(name.words[1])
            name = replace(name, end=end, words=name.words[:2], possessive=False, article=False)
        out.append(name)
    return out


# People's names


def _is_full(name: Name) -> bool:
    """Whether a name has more than a surname."""
    words = [word for word in name.key if word not in SUFFIXES]
    return len(words) > 1 and name.words[0].casefold() not in PARTICLES


def _surname(key: _Key) -> str:
    return next((word for word in reversed(key) if word not in SUFFIXES), key[-1])


def _given(name: Name) -> _Key:
    """What stands before the surname, initials one by one."""
    words = [word for word in name.words if fold(word) not in SUFFIXES][:-1]
    apart = ([*fold(word)] if _INITIALS.fullmatch(word) else [fold(word)] for word in words)
    return tuple(chain.from_iterable(apart))


def _can_be(given: _Key, known: Sequence[_Key]) -> bool:
    """Whether given names can be those of somebody of whom others are known."""
    held = any(set(given) <= set(one) for one in known)  # "Marcia" of "Marcia “Cia” Prence"
    return held or all(_compatible(given, one) for one in known)


def _compatible(one: _Key, other: _Key) -> bool:
    """Whether two rows of given names can be one person's."""
    if not (_same_given(one[0], other[0]) or one[0] in other or other[0] in one):
        return False
    return len(one) != len(other) or all(map(_same_given, one[1:], other[1:]))


def _same_given(one: str, other: str) -> bool:
    initial = one[:1] == other[:1] and 1 in (len(one), len(other))
    return one == other or initial or other in _related(one)


@cache
def _namer() -> NickNamer:
    return NickNamer()


@cache
def _related(name: str) -> frozenset[str]:
    """The names that a first name is short for, or that are short for it."""
    return frozenset(_namer().nicknames_of(name) | _namer().canonicals_of(name))


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words if word[0].isupper()).casefold()

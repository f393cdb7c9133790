"""What the page says that the people and groups in it are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from onrecord.resolving.cast import Cast
from onrecord.resolving.entities import Entity
from onrecord.resolving.names import Name, fold
from onrecord.resolving.noun_phrases import last_noun_phrase
from onrecord.resolving.nouns import Nouns, singulars
from onrecord.resolving.phrases import read_source, sounds_human, trim_article

HOLDERS = 100
"""Holders of one office that are weighed; a page of five thousand has its limits."""

_SAME = [
    {"sen", "senator", "lawmaker"},
    {"rep", "representative", "congressman", "congresswoman", "lawmaker"},
    {"gov", "governor"},
    {"justice", "judge", "magistrate"},
    {"nominee", "candidate", "hopeful", "contender"},
    {"president", "pres"},
    {"republican", "gop"},
    {"democrat", "democratic"},
    {"secretary", "minister"},
    {"spokesman", "spokeswoman", "spokesperson"},
    {"chairman", "chairwoman", "chair", "chairperson"},
    {"attorney", "lawyer", "counsel", "solicitor"},
    {"ceo", "executive", "boss"},
    {"mp", "lawmaker", "legislator", "deputy"},
    {"doctor", "physician", "surgeon", "dr"},
    {"professor", "prof", "academic", "scholar", "researcher"},
    {"officer", "policeman", "policewoman"},
    {"reporter", "journalist", "correspondent"},
    {"company", "firm", "corporation", "business", "inc", "corp", "maker", "giant", "ltd", "plc",
     "holdings", "foods", "motors", "airlines", "lines", "industries", "systems", "llc", "gmbh"},
    {"fund", "capital", "partners", "investments"},
    {"newspaper", "paper", "daily", "times", "post", "courier", "herald", "gazette", "chronicle",
     "tribune", "journal", "star", "telegraph", "guardian", "observer", "mail", "mirror", "sun",
     "express", "lantern", "news"},
    {"magazine", "weekly", "review"},
    {"station", "radio", "television", "tv", "broadcaster"},
    {"agency", "bureau", "service", "services", "administration", "department"},
    {"club", "athletic", "united", "fc", "city", "rovers", "wanderers"},
    {"union", "federation"},
    {"council", "authority"},
]  # fmt: skip
"""Nouns that can be said of the same one; a page varies them."""

_ALIKE: dict[str, set[str]] = defaultdict(set)
for _nouns in _SAME:
    for _noun in _nouns:
        _ALIKE[_noun] |= _nouns

_BEFORE = re.compile(r"((?:[\w’'&.-]+ ){0,4}([a-z][\w-]+)) $")
_AHEAD = re.compile(r"(?:^|[.,;:“\"] |\n)([^,;:.“”\n]{4,90}), (?:[A-Z][\w.]+ ){0,3}$")
_BEHIND = re.compile(
    r"(?:['’]s)?(?: \([^)]{1,40}\))?(?:, \d{1,3}(?=, (?:an?|the|its|his|her|their) ))?, "
    r"((?:(?:an?|the|its|his|her|their) )?[^,;:.!?()“”\"–—]{3,120})[,.;]"
)
_VERBAL = re.compile(r"\b\w+(?:ed|ing)\b")
_POSSESSIVE = re.compile(r"['’]s ")
_NO_APPOSITION = re.compile(
    r"(?:\w+(?:ed|ing)|and|or|but|who|which|then|now|where|including|[a-z]+ly) "
)
_INDEFINITE = re.compile(r"an? ", re.IGNORECASE)


def noun_forms(word: str) -> set[str]:
    """A noun folded, in the singular too, and what can be said of the same one."""
    forms = set(singulars(fold(word)))
    return forms.union(*(_ALIKE.get(form, ()) for form in forms))


class Roles:
    """The roles of entities, and who has one that holds a noun."""

    def __init__(self, text: str, cast: Cast, nouns: Nouns) -> None:
        self._nouns = nouns
        self._holders: dict[str, dict[Entity, None]] = defaultdict(dict)
        for name in cast.names.all:
            entity = cast.of(name)
            if entity is not None:
                for role in _around(text, name, entity, cast, nouns):
                    self.add(entity, role)

    def add(self, entity: Entity, role: str) -> None:
        """Give an entity a role, if the words hold a noun for what it is."""
        words = [word.strip(".,") for word in re.split(r"[\s-]+", role)]
        person = entity.kind == "person"
        office = person and any(map(self._nouns.title, words))
        human = person and any(sounds_human(word) for word in words if word.islower())
        known = any(self._nouns.kind(word.casefold()) == entity.kind for word in words)
        if office or human or known:
            entity.roles.setdefault(role)
            for word in words:
                for form in noun_forms(word):
                    self._holders[form][entity] = None

    def holders(self, head: str) -> list[Entity]:
        """Those whose role holds a noun or one like it; of very many the last."""
        forms = noun_forms(head.rsplit("-", 1)[-1])
        found = [
            one for form in sorted(forms) for one in islice(reversed(self._holders[form]), HOLDERS)
        ]
        return list(dict.fromkeys(found))

    def fit(self, entity: Entity, words: Sequence[str]) -> int:
        """How many of a description's words an entity's roles hold."""
        return sum(any(entity in self._holders[f] for f in noun_forms(word)) for word in words)


def _around(text: str, name: Name, entity: Entity, cast: Cast, nouns: Nouns) -> Iterator[str]:
    """The roles that stand around one mention: titles and nouns before, appositions."""
    person = entity.kind == "person"
    if name.titles and person:
        yield " ".join(text[name.title_start : name.start].split())
    before = _BEFORE.search(text[max(0, name.start - 60) : name.start])
    if not name.titles and before and nouns.kind(before[2]) == entity.kind:
        role = last_noun_phrase(before[1])
        if not _VERBAL.search(role) and not _POSSESSIVE.search(role):
            yield role
    since = max(0, name.start - 120)
    ahead = _AHEAD.search(text[since : name.start]) if person else None
    if ahead and not _VERBAL.search(ahead[1]):  # "The council’s leader, Ida Vale,"
        span = (since + ahead.start(1), since + ahead.end(1))
        phrases = read_source(text, span, cast.names.inside(span), nouns)
        for phrase in phrases[:1]:
            whole = phrase.start == span[0] and (phrase.definite or _INDEFINITE.match(ahead[1]))
            one_person = phrase.form == "description" and phrase.kind == "person"
            if whole and one_person and not phrase.plural:
                yield trim_article(text[span[0] : phrase.end])
    behind = _BEHIND.match(text, name.end, name.end + 160)
    if behind and not _NO_APPOSITION.match(behind[1]):
        phrases = read_source(text, behind.span(1), (), nouns)
        if phrases and phrases[0].form == "description" and phrases[0].kind == entity.kind:
            yield trim_article(behind[1])

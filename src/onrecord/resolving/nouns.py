"""The nouns that tell what a source is: a person, a group, a document, a poll."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

NounKind = Literal["person", "group", "document", "poll"]
Gender = Literal["m", "f"]

FILE = "nouns.txt"

_KINDS: tuple[tuple[str, NounKind], ...] = (
    ("poll", "poll"),
    ("group", "group"),
    ("person m", "person"),
    ("person f", "person"),
    ("person", "person"),
    ("document", "document"),
    ("title", "person"),
)
"""Classes of the file with their kinds; of a noun in several the first one counts."""

_GENDERS: tuple[tuple[str, Gender], ...] = (
    ("person m", "m"),
    ("honorific m", "m"),
    ("person f", "f"),
    ("honorific f", "f"),
)

_PLURALS = {"children": "child", "media": "media", "people": "people", "data": "data"}


class Nouns:
    """The classes of ``nouns.txt``, asked in the singular or the plural."""

    def __init__(self, classes: Mapping[str, frozenset[str]]) -> None:
        self._classes = classes
        self._kinds: dict[str, NounKind] = {}
        for name, kind in _KINDS:
            self._kinds.update((noun, kind) for noun in classes[name] if noun not in self._kinds)
        self._genders = {noun: gender for name, gender in _GENDERS for noun in classes[name]}

    def kind(self, noun: str) -> NounKind | None:
        """What a noun in small letters stands for, if that is known."""
        if noun.endswith("-year-old"):
            return "person"
        return next((self._kinds[form] for form in singulars(noun) if form in self._kinds), None)

    def gender(self, noun: str) -> Gender | None:
        """The gender of a person's noun or an honorific in small letters, if it has one."""
        forms = singulars(noun.rstrip("."))
        return next((self._genders[form] for form in forms if form in self._genders), None)

    def honorific(self, word: str) -> bool:
        """Whether a word is said before any name, such as "Mrs."."""
        form = word.rstrip(".").casefold()
        names = ("honorific", "honorific m", "honorific f")
        return any(form in self._classes[name] for name in names)

    def title(self, word: str) -> bool:
        """Whether a word stands as an office before a name, such as "Senator"."""
        return self._is("title", word)

    def group_name(self, word: str) -> bool:
        """Whether a word in a name tells that it is an organisation's."""
        return self._is("group name", word) or self._is("group", word)

    def body(self, noun: str) -> bool:
        """Whether "the" makes it a public body that its place has one of: "the council"."""
        return self._is("body", noun)

    def thing_name(self, word: str) -> bool:
        """Whether a word that ends a name tells that it is no person's: "Vale Street"."""
        return word.rstrip(".").casefold() in self._classes["thing name"]

    def people(self, word: str) -> bool:
        """Whether a word with a capital is a people, a faith or a party, or one of its members."""
        return word[:1].isupper() and self._is("people", word)

    def _is(self, name: str, word: str) -> bool:
        forms = singulars(word.rstrip(".").casefold())
        return any(form in self._classes[name] for form in forms)


def singulars(noun: str) -> Iterator[str]:
    """The noun itself, then what it can be the plural of."""
    yield noun
    if noun in _PLURALS:
        yield _PLURALS[noun]
        return
    if noun.endswith("men"):
        yield noun[:-3] + "man"
    if noun.endswith("ies"):
        yield noun[:-3] + "y"
    if noun.endswith("es"):
        yield noun[:-2]
    if noun.endswith("s") and not noun.endswith("ss"):
        yield noun[:-1]


@cache
def read_nouns() -> Nouns:
    """The packaged classes."""
    classes: dict[str, set[str]] = {}
    members: set[str] = set()
    for line in (files("onrecord.resolving") / FILE).read_text("utf-8").splitlines():
        if line.startswith("["):
            members = classes.setdefault(line.strip("[]"), set())
        elif line and not line.startswith("#"):
            members.add(line)
    return Nouns({name: frozenset(words) for name, words in classes.items()})

"""The words of a text and of a lexicon's phrase, cut alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# "n't" and "'s" are words of their own, as "not" and "is" would be.
_WORD = r"\w+?(?=n['’]t\b)|n['’]t\b|['’](?:s|re|m|ve|d|ll)\b|\w+(?:-\w+)*"
_WORDS = re.compile(_WORD)
_PHRASE = re.compile(rf"{_WORD}|\*|\?")
_LONGEST = 40
"""Characters of a word that are looked at; no word of a lexicon comes near."""


class Word(NamedTuple):
    """A word in small letters, "not" for "n't", and where it stands."""

    form: str
    start: int
    end: int


def words(text: str, start: int, end: int) -> Iterator[Word]:
    """The words of ``text[start:end]``, one by one."""
    for match in _WORDS.finditer(text, start, end):
        yield Word(_plain(match[0]), match.start(), match.end())


def phrase_words(phrase: str) -> tuple[str, ...]:
    """The words of a lexicon's phrase; "*" and "?" are words there."""
    return tuple(map(_plain, _PHRASE.findall(phrase)))


def _plain(word: str) -> str:
    form = word[:_LONGEST].casefold().replace("’", "'")
    return "not" if form == "n't" else form

"""Where the noun phrase begins that ends at a place in running text."""

from __future__ import annotations

import re

from onrecord.records import Span
from onrecord.resolving.names import FUNCTION_WORDS, fold
from onrecord.resolving.nouns import Nouns

_STOPS = frozenset(
    "the a an of for at in from on to with by and or but that which who is was were are be been "
    "has have had as according about said says told if when than this these those some".split()
)
_JOINED = re.compile(r"(?<![\w’'.-])[\w’'.-]+ and $")
_DETERMINED = re.compile(r"\b(?:the|an?|some|many|several|\d+) $", re.IGNORECASE)

LONGEST = 120
"""Characters before the place that are looked at."""


def last_noun_phrase(words: str) -> str:
    """The end of some words, from behind the last determiner, preposition or comma on."""
    start = len(words)
    pieces = list(re.finditer(r"\S+", words[-LONGEST:]))
    cut = len(words) - len(words[-LONGEST:])
    for piece in reversed(pieces):
        word = piece[0]
        first = start == len(words)
        ends = word[-1] in ',;:(“"' or (word[-1] in ".!?" and (len(word) > 5 or word.islower()))
        opens = word[0].isupper() and fold(word) in FUNCTION_WORDS
        if opens or word.casefold() in _STOPS or word in "–—―-" or (ends and not first):
            break
        start = cut + piece.start()
        opening = re.search(r"[,;:(“\"](?=\w)", word)
        if opening:
            start += opening.end()
            break
    return words[start:]


def noun_phrase_before(text: str, since: int, at: int, nouns: Nouns) -> Span:
    """The noun phrase that ends at a place, with its determiner and over one "and"."""
    start = at - len(last_noun_phrase(text[since:at]))
    joined = _JOINED.search(text[since:start])
    if joined and nouns.kind(joined[0].split()[0].casefold()):
        # "95 retired generals and admirals, who"
        behind = start - len(" and ")
        start = behind - len(last_noun_phrase(text[since:behind]))
    determiner = _DETERMINED.search(text[since:start])
    return (start - len(determiner[0]) if determiner else start), at

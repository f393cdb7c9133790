"""The polls that a page names, to which its percentages belong."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from onrecord.records import Span
from onrecord.resolving.entities import Entity
from onrecord.resolving.names import fold, in_capitals
from onrecord.resolving.noun_phrases import last_noun_phrase
from onrecord.resolving.phrases import Phrase, trim_article

_NAME = r"[A-Z][\w’'&-]*(?: (?:of |for |and )?[A-Z][\w’'&-]*)*"
_BY = re.compile(
    r"\b(?:poll|survey)\b(?: (?:conducted|published|carried out|released|of [\d,]+ [a-z]+))?"
    rf" (?:by|for|from) (?:the )?({_NAME})"
)
_POLL = re.compile(r"\b(?:[Pp]oll|[Ss]urvey)\b")
_GENERIC = frozenset(["percent", "%", "poll", "survey", "polls", "surveys"])


class Polls:
    """The polls with a name, by place."""

    def __init__(self, text: str, paragraphs: Sequence[Span]) -> None:
        known: dict[str, Entity] = {}
        found = []
        for span in paragraphs:
            if in_capitals(text[slice(*span)]):
                continue
            for at, key, name in _named(text, span):
                entity = known.setdefault(key, Entity(kind="poll", named=True, head="poll"))
                entity.forms[name] += 1
                found.append((at, entity))
        self._found = sorted(found, key=lambda one: one[0])
        self._places = [at for at, _ in self._found]

    def of(self, phrase: Phrase) -> Entity | None:
        """The poll that a source's words name, or that their percentages are from."""
        if not self._found:
            return None
        at = bisect_left(self._places, phrase.start)
        if at < len(self._found) and self._places[at] < phrase.end:
            return self._found[at][1]
        several = phrase.plural and phrase.head in ("polls", "surveys")
        if several or not (phrase.counted or phrase.head in _GENERIC):
            return None
        return self._found[max(at - 1, 0)][1]


def _named(text: str, span: Span) -> Iterator[tuple[int, str, str]]:
    """Place, folded name and wording of each mention of a poll with a name."""
    for match in _BY.finditer(text, *span):  # "a poll by Norwell Research"
        yield match.start(), fold(match[1]), " ".join(match[0].split())
    for match in _POLL.finditer(text, *span):  # "the Norwell Research poll"
        name = last_noun_phrase(text[max(span[0], match.start() - 90) : match.end()])
        key = "".join(fold(word) for word in name.split() if word[0].isupper())
        key = key.removesuffix("poll").removesuffix("survey")
        if key:
            yield match.end() - len(name), key, trim_article(name)

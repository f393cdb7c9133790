"""GUM's mentions cut down to what Onrecord looks for: a name, a short description, a pronoun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.evaluation.gum import GumDocument, GumMention, Word

KINDS = {
    "person": "person",
    "organization": "group",
    "place": "place",
    "event": "other",
    "object": "other",
    "abstract": "other",
    "animal": "other",
}
"""GUM's kinds of entities in Onrecord's words. Times, plants and substances have none."""

SPOKEN_OF = ("person", "group")
"""Kinds whose descriptions are looked for."""

_JOINS = frozenset({"ADP", "DET", "CCONJ", "ADJ", "NOUN", "NUM", "PART", "X"})
_MARKS = frozenset({"-", "–", ".", "&", "'", "’", "/"})


class ShortMention(NamedTuple):
    """Words ``first`` up to ``end``: a name without titles, or a description up to its head."""

    first: int
    end: int
    form: str
    """``name``, ``description`` or ``pronoun``."""
    kind: str | None
    entity: str
    whole: GumMention


def short_mentions(document: GumDocument) -> list[ShortMention]:
    """The mentions of a document in short, but for enumerations and verbs.

    A name has no title and no article. A description goes from its first word to its head;
    where a name stands in it, it begins after that ("the Ida Vale campaign": campaign).
    """
    words = document.words
    plain = [one for one in document.mentions if not _several(one, words)]
    names = [_name(document, one) for one in plain if words[one.core[0]].tag == "PROPN"]
    named = {at for one in names for at in range(one.first, one.end)}
    out = list(names)
    for one in plain:
        tag, kind = words[one.core[0]].tag, KINDS.get(one.kind)
        if tag == "PRON":
            at = one.core[0]
            out.append(ShortMention(at, at + 1, "pronoun", kind, one.entity, one))
        elif tag in {"NOUN", "ADJ", "NUM", "DET"} and kind in SPOKEN_OF:
            first = _description(words, one, named)
            if first is not None:
                end = one.core[0] + 1
                out.append(ShortMention(first, end, "description", kind, one.entity, one))
    return sorted(out, key=lambda one: (one.first, one.end))


def _several(one: GumMention, words: Sequence[Word]) -> bool:
    return any(
        words[at].relation == "conj" and words[at].head in one.core
        for at in range(one.first, one.end)
    )


def _name(document: GumDocument, one: GumMention) -> ShortMention:
    words, text, kind = document.words, document.text, KINDS.get(one.kind)
    core = sorted(one.core)
    titles = [at for at in core if words[at].relation == "nmod:desc" and words[at].head in core]
    if kind == "person" and titles:
        # A title before the name; "Jr." and the like come after it.
        core = [at for at in core if at > max((t for t in titles if t < core[-1]), default=-1)]
    first, end = core[0], core[0] + 1
    for at in core[1:]:
        between = range(end, at)
        marks = (text[words[i].start : words[i].end] in _MARKS for i in between)
        joins = (words[i].tag in _JOINS and kind != "person" for i in between)
        if not all(a or b for a, b in zip(marks, joins, strict=True)):
            break
        end = at + 1
    return ShortMention(first, end, "name", kind, one.entity, one)


def _description(words: Sequence[Word], one: GumMention, named: set[int]) -> int | None:
    head = one.core[0]
    if head in named:
        return None
    first = max((at + 1 for at in range(one.first, head) if at in named), default=one.first)
    while first < head and words[first].tag in {"PART", "PUNCT"}:
        first += 1
    return first

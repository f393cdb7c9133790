"""What the model's heads say of mentions when nothing else is asked.

The resolver asks them too, but decides by more than they know.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.encoder.base import Encoding
from onrecord.resolving.mentions import Mention

REACH = 60
"""Mentions before one that are weighed, as in training."""

PERSONS = frozenset("he him his himself she her hers herself who whom".split())
"""Pronouns that stand for a person alone."""

PRONOUNS = PERSONS | frozenset(
    "it its itself they them their theirs themselves whose which".split()
)

_WORD = re.compile(r"[^\W\d_]+")


class Link(NamedTuple):
    """A possible antecedent, by its place among the candidates."""

    candidate: int
    score: float
    """Log-odds that it is the one, against none at all."""


def find_pronouns(encoding: Encoding, text: str) -> list[Mention]:
    """The pronouns of the third person and relative ones, in order, whole words.

    Their kind is ``person`` where they stand for a person alone, or else ``other``.
    """
    pieces = encoding.pieces
    found = []
    for first, end in zip(pieces.bounds[:-1].tolist(), pieces.bounds[1:].tolist(), strict=True):
        if end - first < 2:
            continue
        start, stop = int(pieces.starts[first]), int(pieces.ends[end - 1])
        for match in _WORD.finditer(text, start, stop):
            word = match[0].lower()
            if word in PRONOUNS:
                place = int(pieces.ends.searchsorted(match.start(), "right"))
                kind = "person" if word in PERSONS else "other"
                span = (place, place + 1)
                found.append(Mention(match.start(), match.end(), span, "pronoun", kind, 1.0))
    return found


def antecedents(
    encoding: Encoding,
    anaphors: Sequence[Mention],
    candidates: Sequence[Mention],
    *,
    reach: int = REACH,
    ahead: int = 0,
) -> list[list[Link]]:
    """For each anaphor the candidates that it may stand for, the likeliest first.

    Candidates are in the order of the text; ``reach`` of them before an anaphor and
    ``ahead`` behind it are weighed, never one that overlaps it. A score under 0 says that
    none of them is likelier.
    """
    starts = [one.start for one in candidates]
    weighed = []
    for anaphor in anaphors:
        here = bisect_left(starts, anaphor.start)
        near = range(max(0, here - reach), min(len(candidates), here + ahead))
        weighed.append([at for at in near if not _overlap(anaphor, candidates[at])])
    scores = encoding.link_scores(
        [anaphor.pieces for anaphor in anaphors],
        [[candidates[at].pieces for at in some] for some in weighed],
    )
    return [
        sorted(
            (Link(at, float(score)) for at, score in zip(some, row, strict=True)),
            key=lambda link: (-link.score, -link.candidate),
        )
        for some, row in zip(weighed, scores, strict=True)
    ]


def clusters(encoding: Encoding, text: str, mentions: Sequence[Mention]) -> list[list[int]]:
    """Mentions of one kind of somebody together, by their places: the plainest way.

    A name goes with an earlier one of the same kind whose words it ends, or which ends its
    own; a pronoun or a description with its likeliest antecedent, if there is one.
    """
    of = list(range(len(mentions)))
    links = antecedents(encoding, mentions, mentions)
    for at, mention in enumerate(mentions):
        if mention.form == "name":
            before = reversed(range(at))
            found = next((i for i in before if _alike(text, mentions[i], mention)), None)
        else:
            found = next((link.candidate for link in links[at] if link.score > 0), None)
        if found is not None:
            of[at] = of[found]
    together: dict[int, list[int]] = {}
    for at, number in enumerate(of):
        together.setdefault(number, []).append(at)
    return list(together.values())


def _overlap(a: Mention, b: Mention) -> bool:
    return a.start < b.end and b.start < a.end


def _alike(text: str, a: Mention, b: Mention) -> bool:
    if a.form != "name" or a.kind != b.kind:
        return False
    one, other = (text[x.start : x.end].casefold().split() for x in (a, b))
    if a.kind != "person":
        return one == other
    size = min(len(one), len(other))
    return bool(size) and (one[-size:] == other[-size:] or one[:size] == other[:size])

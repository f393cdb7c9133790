"""How well a pronoun's name is found, on GAP: without its page, from the snippet alone.

Nothing is known of the two names in question: a pronoun's antecedent is chosen among all
names of persons that were found, and one of the two is right where it overlaps that name or
one that goes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from onrecord.encoder.base import Encoder, Encoding
from onrecord.evaluation.gap import GapExample
from onrecord.evaluation.heads import antecedents, clusters
from onrecord.evaluation.scores import Scores, matched
from onrecord.records import Span
from onrecord.resolving.mentions import Mention, find_mentions

AHEAD = 20
"""Names behind a pronoun that are weighed."""

Choose = Callable[[Encoding, str, Span], list[Span]]
"""The names that a pronoun stands for: one person's."""


class Judged(NamedTuple):
    """An example with the answer for each of its two names."""

    example: GapExample
    answers: tuple[bool, bool]


def choose_name(encoding: Encoding, text: str, pronoun: Span) -> list[Span]:
    """The names of the person whom a pronoun most likely stands for."""
    people = [m for m in find_mentions(encoding) if (m.form, m.kind) == ("name", "person")]
    pieces = encoding.pieces
    first = int(pieces.ends.searchsorted(pronoun[0], "right"))
    anaphor = Mention(*pronoun, (first, first + 1), "pronoun", "person", 1.0)
    (links,) = antecedents(encoding, [anaphor], people, ahead=AHEAD)
    if not links or links[0].score <= 0:
        return []
    together = clusters(encoding, text, people)
    chosen = next(one for one in together if links[0].candidate in one)
    return [people[at].span for at in chosen]


def judge_gap(
    examples: Sequence[GapExample], encoder: Encoder, choose: Choose = choose_name
) -> list[Judged]:
    """Read examples and answer each."""
    judged = []
    for example in examples:
        encoding = encoder.encode(example.text, [[(0, len(example.text))]])
        names = choose(encoding, example.text, example.pronoun)
        a, b = (any(s < end and start < e for s, e in names) for start, end in example.names)
        judged.append(Judged(example, (a, b)))
    return judged


def score_gap(judged: Sequence[Judged]) -> Scores:
    """Names said to be the pronoun's, overall and by the pronoun's gender."""
    total = Scores()
    for example, answers in judged:
        hits = sum(a and b for a, b in zip(answers, example.right, strict=True))
        counts = matched(hits, sum(answers), sum(example.right))
        gender = "feminine" if example.feminine else "masculine"
        total += Scores({"overall": counts, gender: counts})
    return total

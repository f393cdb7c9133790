"""Texts to learn mentions and links from: GUM's, GAP's, and news with another tool's names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from onrecord.encoder.mentions import MENTION_TAGS, MentionSpan, link_distances
from onrecord.encoder.pieces import Pieces
from onrecord.encoder.windows import Window
from onrecord.evaluation.gap import GapExample
from onrecord.evaluation.gum import GumDocument
from onrecord.evaluation.gum_mentions import ShortMention, short_mentions
from onrecord.records import Span
from onrecord.training.silver import KINDS, UNSURE, Name

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Halves = NDArray[np.float16]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

REACH = 60
"""Mentions before one that may be its antecedents."""

TAGS = 1 + 2 * len(MENTION_TAGS)

NAMES = [n for n, (form, _) in enumerate(MENTION_TAGS) if form == "name"]


class Hidden(NamedTuple):
    """A text as the encoder has read it, window after window."""

    pieces: Pieces
    windows: list[Window]
    layers: Halves
    """(pieces of all windows, wide), those of a window's context too."""


Look = Callable[[str, Sequence[Span]], Hidden]
"""Read a text's paragraphs."""


class Pairs(NamedTuple):
    """Anaphors with their possible antecedents, a row a pair."""

    question: Ints
    """Number of the anaphor."""
    anaphors: Ints
    """(pairs, 2): first piece and end."""
    antecedents: Ints
    right: Bools
    distance: Ints


@dataclass(frozen=True, slots=True)
class MentionText:
    """A text with all there is to learn from it."""

    hidden: Hidden
    allowed: Bools
    """(pieces, 13): the tags that a piece may have; where it is all, nothing is learned."""
    pairs: Pairs


def gum_text(document: GumDocument, look: Look) -> MentionText:
    """A document of GUM: tags of all kinds, and links between all mentions."""
    hidden = look(document.text, document.paragraphs)
    pieces, words = hidden.pieces, document.words
    shorts = short_mentions(document)
    spans = [piece_span(pieces, (words[m.first].start, words[m.end - 1].end)) for m in shorts]
    allowed = np.zeros((len(pieces.ids), TAGS), dtype=bool)
    allowed[:, 0] = True
    tagged = [
        (span, MENTION_TAGS.index((m.form, m.kind)))
        for m, span in zip(shorts, spans, strict=True)
        if m.kind is not None and (m.form, m.kind) in MENTION_TAGS
    ]
    mark(allowed, tagged)
    return MentionText(hidden, allowed, _pairs(pieces, list(_questions(shorts, spans))))


def gap_text(example: GapExample, look: Look, names: Sequence[Name]) -> MentionText:
    """An example of GAP: the pronoun's link to each of two names; another tool's names."""
    hidden = look(example.text, [(0, len(example.text))])
    spans = [piece_span(hidden.pieces, span) for span in example.names]
    question = (piece_span(hidden.pieces, example.pronoun), spans, list(example.right))
    return MentionText(hidden, _silver(hidden.pieces, names), _pairs(hidden.pieces, [question]))


def news_text(
    text: str, paragraphs: Sequence[Span], look: Look, names: Sequence[Name]
) -> MentionText:
    """A text with another tool's names and nothing else."""
    hidden = look(text, paragraphs)
    return MentionText(hidden, _silver(hidden.pieces, names), _pairs(hidden.pieces, []))


def piece_span(pieces: Pieces, span: Span) -> MentionSpan:
    """The pieces in a stretch of characters: first piece and end."""
    first = int(pieces.ends.searchsorted(span[0], "right"))
    end = int(pieces.starts.searchsorted(span[1]))
    return first, max(end, first + 1)


def mark(allowed: Bools, tagged: Iterable[tuple[MentionSpan, int]]) -> None:
    """Allow one tag alone for the pieces of each mention; the longer of two that cross wins."""
    taken = np.zeros(len(allowed), dtype=bool)
    for (first, end), number in sorted(tagged, key=lambda one: one[0][0] - one[0][1]):
        if taken[first:end].any():
            continue
        taken[first:end] = True
        allowed[first:end] = False
        allowed[first, 2 * number + 1] = True
        allowed[first + 1 : end, 2 * number + 2] = True


def _silver(pieces: Pieces, names: Sequence[Name]) -> Bools:
    allowed = np.ones((len(pieces.ids), TAGS), dtype=bool)
    for number in NAMES:  # Any description is allowed: the other tool does not look for them.
        allowed[:, [2 * number + 1, 2 * number + 2]] = False
    tagged = []
    for start, end, label in names:
        span = piece_span(pieces, (start, end))
        if label in UNSURE:
            allowed[slice(*span)] = True
        elif label in KINDS:
            tagged.append((span, MENTION_TAGS.index(("name", KINDS[label]))))
    mark(allowed, tagged)
    return allowed


Question = tuple[MentionSpan, list[MentionSpan], list[bool]]


def _questions(
    mentions: Sequence[ShortMention], spans: Sequence[MentionSpan]
) -> Iterator[Question]:
    asked = [at for at, one in enumerate(mentions) if one.kind is not None]
    for number, at in enumerate(asked):
        if mentions[at].kind == "other" and mentions[at].form != "pronoun":
            continue
        before = [i for i in asked[max(0, number - REACH) : number] if spans[i] != spans[at]]
        if before:
            right = [mentions[i].entity == mentions[at].entity for i in before]
            yield spans[at], [spans[i] for i in before], right


def _pairs(pieces: Pieces, questions: Sequence[Question]) -> Pairs:
    rows = [
        (number, *anaphor, *antecedent, correct)
        for number, (anaphor, antecedents, right) in enumerate(questions)
        for antecedent, correct in zip(antecedents, right, strict=True)
    ]
    table = np.asarray(rows, dtype=np.int64).reshape(-1, 6)
    return Pairs(
        table[:, 0],
        table[:, 1:3],
        table[:, 3:5],
        table[:, 5].astype(bool),
        link_distances(pieces, table[:, 1], table[:, 3]),
    )

"""What is wrong with what was found: each attribution, gold or predicted, in one class.

Only outer attributions are looked at, as in the figures. The first of these that holds is an
attribution's class:

right         Matched in ``full``.
wrong source  Matched in ``attr``, but the source is another one.
wrong cue     Of those left, matched one to one by content alone. The cues do not overlap; the
              source may be another one too.
split         A gold content that two or more predicted ones touch, and all that touch it.
joined        A predicted content that touches two or more gold ones, and all that it touches.
wrong edge    Of those left, a gold and a predicted one whose contents touch, though with a Dice
              under 0.5; then, one to one, those whose cues overlap.
missed        Gold that is left.
invented      Predicted that is left.

Two contents touch where they share at least half of the shorter one's tokens. A part of a
split or joined content can be right, or in an earlier class, and is then counted there; so
right and errors add up to all gold, and to all predicted.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from typing import Literal, Protocol, TypeVar, get_args

from onrecord.attributing.kinds import Marks, kind_of
from onrecord.encoder.quotation import quoted_paragraphs
from onrecord.evaluation.attributions import (
    Example,
    RoleTokens,
    Tokens,
    dice,
    match,
    parted,
    role_tokens,
    same_source,
    token_index,
)
from onrecord.evaluation.corpus import Roles
from onrecord.records import AttributionKind, Span

ErrorClass = Literal[
    "missed", "invented", "split", "joined", "wrong cue", "wrong source", "wrong edge"
]
Verdict = Literal["right", ErrorClass]

ERROR_CLASSES: tuple[ErrorClass, ...] = get_args(ErrorClass)
VERDICTS: tuple[Verdict, ...] = ("right", *ERROR_CLASSES)

TOUCHING = 0.5
"""Share of the shorter content's tokens from which two contents touch."""

COLUMNS = ("all", *get_args(AttributionKind), "no cue", "1 word", "2 words", "3+ words")
"""What the counts are broken down by: the kind, and the words of the cue."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold or predicted attribution with its class."""

    roles: Roles
    verdict: Verdict
    kind: AttributionKind
    cue_words: int
    """A mark on its own, such as a colon, is a word too."""


@dataclass(frozen=True, slots=True)
class Error:
    """A mistake, with the gold and the predicted attributions that take part in it."""

    kind: ErrorClass
    example: Example
    gold: tuple[Judged, ...]
    predicted: tuple[Judged, ...]

    @property
    def name(self) -> str:
        """The name of its text."""
        return self.example.name

    @property
    def extent(self) -> Span:
        """From the first of its characters to the last one's end."""
        return extent_of(*(one.roles for one in (*self.gold, *self.predicted)))


@dataclass(frozen=True, slots=True)
class Judgement:
    """Every outer attribution of a text with its class, and the errors among them."""

    gold: tuple[Judged, ...]
    predicted: tuple[Judged, ...]
    errors: tuple[Error, ...]


def judge(example: Example) -> Judgement:
    """Find what is wrong with what was predicted for one text."""
    outer, _ = parted(example.gold)
    index = token_index(example.text)
    sorting = _Sorting(
        [role_tokens(index, roles) for roles in outer],
        [role_tokens(index, roles) for roles in example.predicted],
    )
    sorting.run()
    marks = marks_in(example.text, example.paragraphs)
    gold = [
        _judged(example, roles, sorting.gold_verdicts[number], marks)
        for number, roles in enumerate(outer)
    ]
    predicted = [
        _judged(example, roles, sorting.predicted_verdicts[number], marks)
        for number, roles in enumerate(example.predicted)
    ]
    errors = (
        Error(kind, example, tuple(gold[g] for g in gs), tuple(predicted[p] for p in ps))
        for kind, gs, ps in sorting.errors
    )
    return Judgement(tuple(gold), tuple(predicted), tuple(sorted(errors, key=attrgetter("extent"))))


def count_errors(judged: Iterable[Judged]) -> dict[Verdict, dict[str, int]]:
    """How many attributions are in each class, a number for each of `COLUMNS`."""
    numbers: Counter[tuple[Verdict, str]] = Counter()
    for one in judged:
        words = COLUMNS[4 + min(one.cue_words, 3)]
        numbers.update((one.verdict, column) for column in ("all", one.kind, words))
    return {
        verdict: {column: numbers[verdict, column] for column in COLUMNS} for verdict in VERDICTS
    }


def pick_errors(errors: Iterable[Error], number: int) -> dict[ErrorClass, list[Error]]:
    """Some errors of each class to look at, the same ones in every run.

    They come from as many texts as can be: one of each text, then a second one of each, and
    so on. The texts' and the errors' order is that of a digest of text name and place, which
    favours no newspaper and no part of a text.
    """
    by_class: dict[ErrorClass, list[Error]] = {kind: [] for kind in ERROR_CLASSES}
    for error in errors:
        by_class[error.kind].append(error)
    return {kind: spread(some)[:number] for kind, some in by_class.items()}


def extent_of(*attributions: Roles) -> Span:
    """From the first character of attributions to the last one's end."""
    spans = [span for one in attributions for span in (*one.source, *one.cue, *one.content)]
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    return min(starts, default=0), max(ends, default=0)


class Placed(Protocol):
    """Something at a place of a text."""

    @property
    def name(self) -> str:
        """The text's name."""

    @property
    def extent(self) -> Span:
        """Where it stands in the text."""


Somewhere = TypeVar("Somewhere", bound=Placed)


def spread(some: Iterable[Somewhere]) -> list[Somewhere]:
    """The same in the order that `pick_errors` explains."""
    rank: Counter[str] = Counter()
    order: list[tuple[int, Somewhere]] = []
    for one in sorted(some, key=_digest):
        order.append((rank[one.name], one))
        rank[one.name] += 1
    return [one for _, one in sorted(order, key=itemgetter(0))]


def _digest(one: Placed) -> str:
    return hashlib.sha256(f"{one.name} {one.extent}".encode()).hexdigest()


@dataclass(slots=True)
class _Sorting:
    """Gives each attribution, told by its number, the first class that holds."""

    gold: Sequence[RoleTokens]
    predicted: Sequence[RoleTokens]
    gold_verdicts: dict[int, Verdict] = field(default_factory=dict)
    predicted_verdicts: dict[int, Verdict] = field(default_factory=dict)
    errors: list[tuple[ErrorClass, Sequence[int], Sequence[int]]] = field(default_factory=list)

    def run(self) -> None:
        self._matched()
        self._touching()
        self._same_cue()
        for g in self._gold_left():
            self._note("missed", [g], [])
        for p in self._predicted_left():
            self._note("invented", [], [p])

    def _matched(self) -> None:
        for g, p in match(self.gold, self.predicted, by_cue=True):
            if same_source(self.gold[g], self.predicted[p]):
                self.gold_verdicts[g] = self.predicted_verdicts[p] = "right"
            else:
                self._note("wrong source", [g], [p])
        gs, ps = self._gold_left(), self._predicted_left()
        there, said = [self.gold[g] for g in gs], [self.predicted[p] for p in ps]
        for g, p in match(there, said, by_cue=False):
            self._note("wrong cue", [gs[g]], [ps[p]])

    def _touching(self) -> None:
        pairs = [
            (g, p)
            for g, there in enumerate(self.gold)
            for p, said in enumerate(self.predicted)
            if _touch(there.content, said.content)
        ]
        shared, spread = Counter(g for g, _ in pairs), Counter(p for _, p in pairs)
        for g in shared:
            if shared[g] > 1:
                self._note("split", [g], [p for one, p in pairs if one == g])
        for p in spread:
            if spread[p] > 1:
                self._note("joined", [g for g, one in pairs if one == p], [p])
        for g, p in pairs:
            self._note("wrong edge", [g], [p])

    def _same_cue(self) -> None:
        pairs = sorted(
            (-dice(self.gold[g].cue, self.predicted[p].cue), g, p)
            for g in self._gold_left()
            for p in self._predicted_left()
            if self.gold[g].cue & self.predicted[p].cue
        )
        for _, g, p in pairs:
            if g not in self.gold_verdicts and p not in self.predicted_verdicts:
                self._note("wrong edge", [g], [p])

    def _note(self, kind: ErrorClass, gs: Sequence[int], ps: Sequence[int]) -> None:
        """An error, if any that take part in it have no class before."""
        new_gold = [g for g in gs if g not in self.gold_verdicts]
        new_predicted = [p for p in ps if p not in self.predicted_verdicts]
        if new_gold or new_predicted:
            self.gold_verdicts |= dict.fromkeys(new_gold, kind)
            self.predicted_verdicts |= dict.fromkeys(new_predicted, kind)
            self.errors.append((kind, gs, ps))

    def _gold_left(self) -> list[int]:
        return [g for g in range(len(self.gold)) if g not in self.gold_verdicts]

    def _predicted_left(self) -> list[int]:
        return [p for p in range(len(self.predicted)) if p not in self.predicted_verdicts]


def _touch(one: Tokens, other: Tokens) -> bool:
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) >= TOUCHING * shorter


def _judged(example: Example, roles: Roles, verdict: Verdict, marks: Marks) -> Judged:
    return Judged(
        roles,
        verdict,
        kind=kind_in(example.text, marks, roles),
        cue_words=sum(len(example.text[start:end].split()) for start, end in roles.cue),
    )


def kind_in(text: str, marks: Marks, roles: Roles) -> AttributionKind:
    """The kind of an attribution in a text, as a record gives it."""
    # Marks around a whole attribution are not its own.
    own = marks.own(extent_of(roles)) if roles.cue else marks.quoted
    return kind_of(text, own, roles.content)


def marks_in(text: str, paragraphs: Sequence[Span]) -> Marks:
    """The stretches of a text in quotation marks. It is one paragraph where none are given."""
    paragraphs = paragraphs or [(0, len(text))]
    quoted = quoted_paragraphs([text[start:end] for start, end in paragraphs])
    stretches = [
        (start + a, start + b)
        for (start, _), one in zip(paragraphs, quoted, strict=True)
        for a, b in one.stretches
    ]
    return Marks(text, stretches)

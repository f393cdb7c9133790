"""How well attributions were found, by four measures that get stricter.

token   Words and marks of a role that were found. A word has a role if any of its
        characters is in a span of the role.
exact   Distinct spans of a role with the same edges, punctuation at the edges put aside.
attr    One-to-one matching, best first, by the content's Dice over tokens (at least 0.5),
        cues overlapping or one of them missing.
full    Matched, and the source right: Dice at least 0.5, or both empty. The headline.

``*_nocue`` drops the condition on cues. ``direct/`` keeps only attributions whose first
content begins with a quotation mark, on both sides; ``direct_x/`` keeps the matching of all
and counts the direct ones in it.

All these are of the outer attributions. Those nested in another's content, told by their
place in gold and by ``within`` in a record, have ``nested/attr`` and ``nested/full``, where
the gold has any.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

import numpy as np

from onrecord.errors import CorpusError
from onrecord.evaluation.corpus import ROLES, Article, Roles, containers
from onrecord.evaluation.scores import Counts, Scores, matched
from onrecord.pipeline import Reader
from onrecord.records import Attribution, Page, Span

ALIKE = 0.5
"""Dice over tokens from which two contents, or two sources, are the same."""

NESTED = ("nested/attr", "nested/full")

_TOKEN = re.compile(r"\w+|[^\w\s]")
_MARKS = frozenset("\"“”„‟«»‘’‚‛'`＂″")

Tokens = frozenset[int]


@dataclass(frozen=True, slots=True)
class Example:
    """One text with what was predicted and what is there."""

    text: str
    predicted: tuple[Roles, ...]
    """The outer ones; a record tells them by ``within``."""
    gold: tuple[Roles, ...]
    """Outer and nested ones; `parted` tells them by their place."""
    nested: tuple[Roles, ...] = ()
    """What was predicted within another's content."""
    paragraphs: tuple[Span, ...] = ()
    """The text is one paragraph where none are given."""
    name: str = ""
    confidences: tuple[float, ...] = ()
    """Those of ``predicted``, where they are known."""


def evaluate(articles: Iterable[Article], reader: Reader) -> Scores:
    """The scores of a reader on a corpus.

    Raises `CorpusError` where a text is not kept to the letter, as HTML is not.
    """
    return score(read_examples(articles, reader))


def evaluate_records(articles: Iterable[Article], pages: Iterable[Page]) -> Scores:
    """The scores of records that were written before; they are known by their text.

    Raises `CorpusError` where an article has no record.
    """
    return score(recorded_examples(articles, pages))


def read_examples(articles: Iterable[Article], reader: Reader) -> Iterator[Example]:
    """The articles with what a reader finds in them now. Raises as `evaluate` does."""
    return (_example(*one) for one in read_articles(articles, reader.read))


def recorded_examples(articles: Iterable[Article], pages: Iterable[Page]) -> Iterator[Example]:
    """The articles with what their records say. Raises as `evaluate_records` does."""
    return (_example(*one) for one in recorded_articles(articles, pages))


def read_articles(
    articles: Iterable[Article], read: Callable[[Path], Page]
) -> Iterator[tuple[Article, Page]]:
    """The articles with their pages, read now. Raises as `evaluate` does."""
    for article in articles:
        page = read(article.path)
        if page.text != article.text:
            raise CorpusError(
                f"{article.path} is not read to the letter, so that its annotations do not "
                "fit. Make it plain text in UTF-8 without a byte-order mark."
            )
        yield article, page


def recorded_articles(
    articles: Iterable[Article], pages: Iterable[Page]
) -> Iterator[tuple[Article, Page]]:
    """The articles with their pages, from records. Raises as `evaluate_records` does."""
    by_text = {page.text: page for page in pages}
    for article in articles:
        if article.text not in by_text:
            raise CorpusError(
                f"no record has the text of {article.path}. Write the records again with: "
                f"onrecord read --format jsonl {article.path.parent}"
            )
        yield article, by_text[article.text]


def _example(article: Article, page: Page) -> Example:
    return Example(
        article.text,
        predicted_roles(page),
        article.attributions,
        nested=predicted_roles(page, nested=True),
        paragraphs=tuple((paragraph.start, paragraph.end) for paragraph in page.paragraphs),
        name=article.name,
        confidences=tuple(one.confidence for one in predicted_attributions(page, nested=False)),
    )


def predicted_roles(page: Page, *, nested: bool = False) -> tuple[Roles, ...]:
    """What a record predicts for an article, comments left out: the outer ones or the nested."""
    return tuple(
        Roles(one.source, one.cue, one.content)
        for one in predicted_attributions(page, nested=nested)
    )


def predicted_attributions(page: Page, *, nested: bool) -> list[Attribution]:
    """The attributions of a record's article: the outer ones or the nested."""
    return [
        one
        for one in page.attributions
        if one.comment is None and (one.within is not None) == nested
    ]


def parted(gold: Sequence[Roles]) -> tuple[tuple[Roles, ...], tuple[Roles, ...]]:
    """The outer attributions, and those nested in another's content."""
    around = list(zip(gold, containers(gold), strict=True))
    outer = tuple(roles for roles, container in around if container is None)
    return outer, tuple(roles for roles, container in around if container is not None)


def score(examples: Iterable[Example]) -> Scores:
    """The scores of a corpus, micro-averaged over its texts.

    ``nested/`` is left out where the gold has no nested attribution: such a corpus has none
    on principle, and says nothing of those predicted.
    """
    scores = sum((score_example(example) for example in examples), Scores())
    if any(scores[name].gold for name in NESTED):
        return scores
    return Scores({name: one for name, one in scores.counts.items() if name not in NESTED})


def score_example(example: Example) -> Scores:
    """The scores of one text, ``nested/`` among them whatever the gold has."""
    index = token_index(example.text)
    outer, inner = parted(example.gold)
    counts = _counts(example.text, outer, example.predicted, index, "")
    gold_direct = [_is_direct(example.text, roles) for roles in outer]
    predicted_direct = [_is_direct(example.text, roles) for roles in example.predicted]
    counts |= _counts(
        example.text,
        list(compress(outer, gold_direct)),
        list(compress(example.predicted, predicted_direct)),
        index,
        "direct/",
    )
    pairs, sound = _matches(index, outer, example.predicted)
    for name, kept in (("direct_x/attr", pairs), ("direct_x/full", sound)):
        counts[name] = Counts(
            sum(predicted_direct[p] for _, p in kept),
            sum(predicted_direct),
            sum(gold_direct[g] for g, _ in kept),
            sum(gold_direct),
        )
    for name, kept in zip(NESTED, _matches(index, inner, example.nested), strict=True):
        counts[name] = matched(len(kept), len(example.nested), len(inner))
    return Scores(counts)


@dataclass(frozen=True, slots=True)
class RoleTokens:
    """The numbers of the tokens that each role of an attribution holds."""

    source: Tokens
    cue: Tokens
    content: Tokens


def _counts(
    text: str,
    gold: Sequence[Roles],
    predicted: Sequence[Roles],
    index: Sequence[int],
    prefix: str,
) -> dict[str, Counts]:
    counts = {}
    for role in ROLES:
        there = _all_tokens(index, gold, role)
        said = _all_tokens(index, predicted, role)
        counts[f"{prefix}token/{role}"] = matched(len(there & said), len(said), len(there))
        edges, given = _edges(text, gold, role), _edges(text, predicted, role)
        counts[f"{prefix}exact/{role}"] = matched(len(edges & given), len(given), len(edges))
    for suffix, by_cue in (("", True), ("_nocue", False)):
        pairs, sound = _matches(index, gold, predicted, by_cue=by_cue)
        counts[f"{prefix}attr{suffix}"] = matched(len(pairs), len(predicted), len(gold))
        counts[f"{prefix}full{suffix}"] = matched(len(sound), len(predicted), len(gold))
    return counts


Pairs = list[tuple[int, int]]


def _matches(
    index: Sequence[int], gold: Sequence[Roles], predicted: Sequence[Roles], *, by_cue: bool = True
) -> tuple[Pairs, Pairs]:
    """The pairs that match, and those of them whose source is right."""
    there = [role_tokens(index, roles) for roles in gold]
    said = [role_tokens(index, roles) for roles in predicted]
    pairs = match(there, said, by_cue=by_cue)
    return pairs, [(g, p) for g, p in pairs if same_source(there[g], said[p])]


def match(gold: Sequence[RoleTokens], predicted: Sequence[RoleTokens], *, by_cue: bool) -> Pairs:
    """One-to-one pairs of gold and predicted, the most alike first."""
    candidates = []
    for g, there in enumerate(gold):
        for p, said in enumerate(predicted):
            alike = dice(there.content, said.content)
            if not alike or alike < ALIKE:
                continue
            if by_cue and there.cue and said.cue and not there.cue & said.cue:
                continue
            cues, sources = dice(there.cue, said.cue), dice(there.source, said.source)
            candidates.append((-alike, -cues, -sources, g, p))
    pairs: Pairs = []
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    for *_, g, p in sorted(candidates):
        if g not in used_gold and p not in used_predicted:
            used_gold.add(g)
            used_predicted.add(p)
            pairs.append((g, p))
    return pairs


def same_source(gold: RoleTokens, predicted: RoleTokens) -> bool:
    """Whether two sources are the same, or missing on both sides."""
    if not gold.source and not predicted.source:
        return True
    return dice(gold.source, predicted.source) >= ALIKE


def dice(one: Tokens, other: Tokens) -> float:
    """How alike two sets of tokens are; nothing is like nothing."""
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 0.0


def token_index(text: str) -> Sequence[int]:
    """The number of the token at each character, -1 between tokens."""
    index = np.full(len(text), -1, dtype=np.int64)
    for number, found in enumerate(_TOKEN.finditer(text)):
        index[found.start() : found.end()] = number
    return index.tolist()


def role_tokens(index: Sequence[int], roles: Roles) -> RoleTokens:
    """An attribution as tokens."""

    def of(spans: Iterable[Span]) -> Tokens:
        return frozenset(t for start, end in spans for t in index[start:end] if t >= 0)

    return RoleTokens(of(roles.source), of(roles.cue), of(roles.content))


def _all_tokens(index: Sequence[int], attributions: Sequence[Roles], role: str) -> Tokens:
    tokens = (getattr(role_tokens(index, roles), role) for roles in attributions)
    return frozenset().union(*tokens)


def _edges(text: str, attributions: Sequence[Roles], role: str) -> frozenset[Span]:
    spans = (_stripped(text, *span) for roles in attributions for span in getattr(roles, role))
    return frozenset(span for span in spans if span is not None)


def _stripped(text: str, start: int, end: int) -> Span | None:
    """A span without punctuation at its edges; one of punctuation alone (":") is kept."""
    return _narrowed(text, start, end, _is_mark) or _narrowed(text, start, end, str.isspace)


def _narrowed(text: str, start: int, end: int, drop: Callable[[str], bool]) -> Span | None:
    end = min(end, len(text))
    while start < end and drop(text[start]):
        start += 1
    while end > start and drop(text[end - 1]):
        end -= 1
    return (start, end) if start < end else None


def _is_mark(character: str) -> bool:
    return (
        character.isspace()
        or unicodedata.category(character).startswith("P")
        or character in _MARKS
    )


def _is_direct(text: str, roles: Roles) -> bool:
    if not roles.content:
        return False
    start, end = min(roles.content)
    return text[start:end].lstrip()[:1] in _MARKS

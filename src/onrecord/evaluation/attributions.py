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
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.errors import CorpusError
from onrecord.evaluation.corpus import ROLES, Article, Roles
from onrecord.evaluation.scores import Counts, Scores, matched
from onrecord.pipeline import Reader
from onrecord.records import Page, Span

ALIKE = 0.5
"""Dice over tokens from which two contents, or two sources, are the same."""

_TOKEN = re.compile(r"\w+|[^\w\s]")
_MARKS = frozenset("\"“”„‟«»‘’‚‛'`＂″")

Tokens = frozenset[int]


@dataclass(frozen=True, slots=True)
class Example:
    """One text with what was predicted and what is there."""

    text: str
    predicted: tuple[Roles, ...]
    gold: tuple[Roles, ...]


def evaluate(articles: Iterable[Article], reader: Reader) -> Scores:
    """The scores of a reader on a corpus.

    Raises `CorpusError` where a text is not kept to the letter, as HTML is not.
    """
    return score(_read(article, reader) for article in articles)


def _read(article: Article, reader: Reader) -> Example:
    page = reader.read(article.path)
    if page.text != article.text:
        raise CorpusError(
            f"{article.path} is not read to the letter, so that its annotations do not fit. "
            "Make it plain text in UTF-8 without a byte-order mark."
        )
    return Example(article.text, predicted_roles(page), article.attributions)


def evaluate_records(articles: Iterable[Article], pages: Iterable[Page]) -> Scores:
    """The scores of records that were written before; they are known by their text.

    Raises `CorpusError` where an article has no record.
    """
    by_text = {page.text: page for page in pages}
    examples = []
    for article in articles:
        if article.text not in by_text:
            raise CorpusError(
                f"no record has the text of {article.path}. Write the records again with: "
                f"onrecord read --format jsonl {article.path.parent}"
            )
        predicted = predicted_roles(by_text[article.text])
        examples.append(Example(article.text, predicted, article.attributions))
    return score(examples)


def predicted_roles(page: Page) -> tuple[Roles, ...]:
    """What a record predicts for an article: comments and nested attributions left out."""
    return tuple(
        Roles(attribution.source, attribution.cue, attribution.content)
        for attribution in page.attributions
        if attribution.comment is None and attribution.within is None
    )


def score(examples: Iterable[Example]) -> Scores:
    """The scores of a corpus, micro-averaged over its texts."""
    return sum((score_example(example) for example in examples), Scores())


def score_example(example: Example) -> Scores:
    """The scores of one text."""
    index = _token_index(example.text)
    gold = [_tokens(index, roles) for roles in example.gold]
    predicted = [_tokens(index, roles) for roles in example.predicted]
    counts = _counts(example, index, "")
    gold_direct = [_is_direct(example.text, roles) for roles in example.gold]
    predicted_direct = [_is_direct(example.text, roles) for roles in example.predicted]
    direct = Example(
        example.text,
        tuple(r for r, keep in zip(example.predicted, predicted_direct, strict=True) if keep),
        tuple(r for r, keep in zip(example.gold, gold_direct, strict=True) if keep),
    )
    counts |= _counts(direct, index, "direct/")
    pairs = _match(gold, predicted, by_cue=True)
    sound = [(g, p) for g, p in pairs if _same_source(gold[g], predicted[p])]
    for name, kept in (("direct_x/attr", pairs), ("direct_x/full", sound)):
        counts[name] = Counts(
            sum(predicted_direct[p] for _, p in kept),
            sum(predicted_direct),
            sum(gold_direct[g] for g, _ in kept),
            sum(gold_direct),
        )
    return Scores(counts)


@dataclass(frozen=True, slots=True)
class _RoleTokens:
    source: Tokens
    cue: Tokens
    content: Tokens


def _counts(example: Example, index: Sequence[int], prefix: str) -> dict[str, Counts]:
    gold = [_tokens(index, roles) for roles in example.gold]
    predicted = [_tokens(index, roles) for roles in example.predicted]
    counts = {}
    for role in ROLES:
        there = frozenset().union(*(getattr(tokens, role) for tokens in gold))
        said = frozenset().union(*(getattr(tokens, role) for tokens in predicted))
        counts[f"{prefix}token/{role}"] = matched(len(there & said), len(said), len(there))
        edges = _edges(example.text, example.gold, role)
        given = _edges(example.text, example.predicted, role)
        counts[f"{prefix}exact/{role}"] = matched(len(edges & given), len(given), len(edges))
    for suffix, by_cue in (("", True), ("_nocue", False)):
        pairs = _match(gold, predicted, by_cue=by_cue)
        sound = sum(_same_source(gold[g], predicted[p]) for g, p in pairs)
        counts[f"{prefix}attr{suffix}"] = matched(len(pairs), len(predicted), len(gold))
        counts[f"{prefix}full{suffix}"] = matched(sound, len(predicted), len(gold))
    return counts


def _match(
    gold: Sequence[_RoleTokens], predicted: Sequence[_RoleTokens], *, by_cue: bool
) -> list[tuple[int, int]]:
    """One-to-one pairs of gold and predicted, the most alike first."""
    candidates = []
    for g, there in enumerate(gold):
        for p, said in enumerate(predicted):
            alike = _dice(there.content, said.content)
            if not alike or alike < ALIKE:
                continue
            if by_cue and there.cue and said.cue and not there.cue & said.cue:
                continue
            cues, sources = _dice(there.cue, said.cue), _dice(there.source, said.source)
            candidates.append((-alike, -cues, -sources, g, p))
    pairs: list[tuple[int, int]] = []
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    for *_, g, p in sorted(candidates):
        if g not in used_gold and p not in used_predicted:
            used_gold.add(g)
            used_predicted.add(p)
            pairs.append((g, p))
    return pairs


def _same_source(gold: _RoleTokens, predicted: _RoleTokens) -> bool:
    if not gold.source and not predicted.source:
        return True
    return _dice(gold.source, predicted.source) >= ALIKE


def _dice(one: Tokens, other: Tokens) -> float:
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 0.0


def _token_index(text: str) -> Sequence[int]:
    """The number of the token at each character, -1 between tokens."""
    index = np.full(len(text), -1, dtype=np.int64)
    for number, found in enumerate(_TOKEN.finditer(text)):
        index[found.start() : found.end()] = number
    return index.tolist()


def _tokens(index: Sequence[int], roles: Roles) -> _RoleTokens:
    def of(spans: Iterable[Span]) -> Tokens:
        return frozenset(t for start, end in spans for t in index[start:end] if t >= 0)

    return _RoleTokens(of(roles.source), of(roles.cue), of(roles.content))


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

"""How well it is told who each attribution belongs to, over those that were found.

Predicted attributions are first matched to the gold ones, as for ``attr``. Then, over the
matched:

speaker      Right if the name is the gold one: letters and digits only, case and accents
             folded, leading articles and titles dropped; of several speakers, all. For one
             whom the text never names, if the words overlap with a Dice of at least 0.5.
             Nobody is right only for nobody.
resolved     The same, over those whose speaker is named in the text, and not in the source.
source_type, cue_class, negated
             The share that is right. ``*_macro_f1`` is the mean F1 of the gold's classes.
b3           B-cubed F1 of the grouping into speakers, within each article.
who_said_what_*
             Matched and the speaker right, over all attributions. F1 is the headline.

All these are of the outer attributions. Those nested in another's content are scored apart:
gold ones, told by their place, against predicted ones, told by ``within``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal, get_args

from onrecord.evaluation.attributions import (
    match,
    predicted_attributions,
    read_articles,
    recorded_articles,
    role_tokens,
    token_index,
)
from onrecord.evaluation.corpus import Article, Roles, containers
from onrecord.evaluation.errors import extent_of, kind_in, marks_in, spread
from onrecord.evaluation.gold_speakers import GoldArticle, GoldSpeaker, same, words
from onrecord.evaluation.scores import matched
from onrecord.evaluation.speaker_scores import Confusion, Grouping, SpeakerScores
from onrecord.options import ReadingOptions
from onrecord.pipeline import Reader
from onrecord.reading import read_page
from onrecord.records import Attribution, Page, SourceType, Span

SpeakerErrorClass = Literal[
    "wrong speaker", "wrong source type", "wrong cue class", "wrong negation"
]

SPEAKER_ERROR_CLASSES: tuple[SpeakerErrorClass, ...] = get_args(SpeakerErrorClass)

NAMED: frozenset[SourceType] = frozenset(("named_person", "named_group"))

NEGATED, PLAIN = "negated", "not negated"


@dataclass(frozen=True, slots=True)
class SpeakerExample:
    """An article with its gold, and the page with what was predicted for it."""

    gold: GoldArticle
    page: Page


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered for a gold attribution that was found."""

    example: SpeakerExample
    gold: GoldSpeaker
    roles: Roles
    """The gold's."""
    predicted: Attribution
    speaker: str | None
    """The predicted one's name."""

    @property
    def name(self) -> str:
        """The article's name."""
        return self.example.gold.article.name

    @property
    def extent(self) -> Span:
        """From the first of the gold's characters to its last one's end."""
        return extent_of(self.roles)

    @property
    def source(self) -> str:
        """The words of the gold's source."""
        return " ".join(self.example.page.text[start:end] for start, end in self.roles.source)

    @property
    def right(self) -> bool:
        """Whether the speaker is the gold's."""
        return same(self.gold.speaker, self.speaker, self.gold.source_type)

    @property
    def to_resolve(self) -> bool:
        """Whether the source is a pronoun, a description or empty, and the speaker named."""
        named = self.gold.source_type in NAMED
        return named and not set(words(self.gold.speaker)) & set(words(self.source))

    @property
    def errors(self) -> list[SpeakerErrorClass]:
        """What is wrong with it."""
        right = (
            self.right,
            self.gold.source_type == self.predicted.source_type,
            self.gold.cue_class == self.predicted.cue_class,
            self.gold.negated == bool(self.predicted.negated),
        )
        return [kind for kind, ok in zip(SPEAKER_ERROR_CLASSES, right, strict=True) if not ok]


def read_examples(gold: Iterable[GoldArticle], reader: Reader) -> Iterator[SpeakerExample]:
    """The articles as a reader reads them now, end to end.

    Raises `CorpusError` where a text is not kept to the letter, as HTML is not.
    """
    gold = list(gold)
    pages = read_articles([one.article for one in gold], reader.read)
    return (SpeakerExample(one, page) for one, (_, page) in zip(gold, pages, strict=True))


def recorded_examples(
    gold: Iterable[GoldArticle], pages: Iterable[Page]
) -> Iterator[SpeakerExample]:
    """The articles with what records say that were written before; known by their text.

    Raises `CorpusError` where an article has no record.
    """
    gold = list(gold)
    found = recorded_articles([one.article for one in gold], pages)
    return (SpeakerExample(one, page) for one, (_, page) in zip(gold, found, strict=True))


def resolved_examples(gold: Iterable[GoldArticle], reader: Reader) -> Iterator[SpeakerExample]:
    """The articles with the gold's attributions, resolved and weighed by a reader now.

    So the attributions that the model finds have no part in the figures. Raises as
    `read_examples` does.
    """
    gold = list(gold)
    pages = read_articles([one.article for one in gold], _laid_out)
    for one, (article, page) in zip(gold, pages, strict=True):
        yield SpeakerExample(one, reader.resolve(page, gold_attributions(article, page)))


def gold_attributions(article: Article, page: Page) -> tuple[Attribution, ...]:
    """An article's gold attributions as a record has them; ``page`` is the article's.

    One without a content is left out: a record has none, and it cannot be matched.
    """
    marks = marks_in(article.text, [(one.start, one.end) for one in page.paragraphs])
    numbered = enumerate(zip(article.attributions, containers(article.attributions), strict=True))
    return tuple(
        Attribution(
            id=number,
            source=_trimmed(article.text, roles.source),
            cue=_trimmed(article.text, roles.cue),
            content=content,
            kind=kind_in(article.text, marks, roles),
            within=within,
            speaker=None,
            source_type=None,
            cue_class=None,
            negated=None,
            confidence=1.0,
            comment=None,
        )
        for number, (roles, within) in numbered
        if (content := _trimmed(article.text, roles.content))
    )


def score(examples: Iterable[SpeakerExample], *, nested: bool = False) -> SpeakerScores:
    """The scores of a corpus: of its outer attributions, or of the nested ones."""
    return sum((score_example(one, nested=nested) for one in examples), SpeakerScores())


def score_example(example: SpeakerExample, *, nested: bool = False) -> SpeakerScores:
    """The scores of one article."""
    answers = judge(example, nested=nested)
    resolved = [one.right for one in answers if one.to_resolve]
    said = predicted_attributions(example.page, nested=nested)
    return SpeakerScores(
        matched(
            sum(one.right for one in answers), len(said), len(_gold(example.gold, nested=nested))
        ),
        matched(sum(resolved), len(resolved), len(resolved)),
        _confusion((one.gold.source_type, one.predicted.source_type) for one in answers),
        _confusion((one.gold.cue_class, one.predicted.cue_class) for one in answers),
        _confusion((_negation(one.gold), _negation(one.predicted)) for one in answers),
        _grouping(answers),
    )


def judge(example: SpeakerExample, *, nested: bool = False) -> list[Answer]:
    """The gold attributions of an article that were found, each with its answer."""
    gold = _gold(example.gold, nested=nested)
    predicted = predicted_attributions(example.page, nested=nested)
    names = {speaker.id: speaker.name for speaker in example.page.speakers}
    index = token_index(example.page.text)
    there = [role_tokens(index, roles) for roles, _ in gold]
    said = [role_tokens(index, Roles(one.source, one.cue, one.content)) for one in predicted]
    answers = []
    for g, p in match(there, said, by_cue=True):
        (roles, who), one = gold[g], predicted[p]
        speaker = None if one.speaker is None else names.get(one.speaker)
        answers.append(Answer(example, who, roles, one, speaker))
    return answers


def pick_answers(answers: Iterable[Answer], number: int) -> dict[SpeakerErrorClass, list[Answer]]:
    """Some wrong answers of each class to look at, chosen as `pick_errors` chooses."""
    wrong = [(one, one.errors) for one in answers]
    return {
        kind: spread(one for one, errors in wrong if kind in errors)[:number]
        for kind in SPEAKER_ERROR_CLASSES
    }


def _gold(gold: GoldArticle, *, nested: bool) -> list[tuple[Roles, GoldSpeaker]]:
    """The outer attributions with their speakers, or the nested ones."""
    attributions = gold.article.attributions
    return [
        (roles, who)
        for roles, who, within in zip(
            attributions, gold.speakers, containers(attributions), strict=True
        )
        if (within is not None) == nested
    ]


def _grouping(answers: Sequence[Answer]) -> Grouping:
    """Those without a speaker in the gold are in no group, those without an answer each alone."""
    pairs = [
        (one.gold.entity, ("alone", place) if (who := one.predicted.speaker) is None else who)
        for place, one in enumerate(answers)
        if one.gold.speaker is not None
    ]
    gold, said = Counter(there for there, _ in pairs), Counter(group for _, group in pairs)
    both = Counter(pairs)
    return Grouping(
        sum((Fraction(both[one] ** 2, said[one[1]]) for one in both), Fraction()),
        sum((Fraction(both[one] ** 2, gold[one[0]]) for one in both), Fraction()),
        len(pairs),
    )


def _confusion(pairs: Iterable[tuple[str, str | None]]) -> Confusion:
    return Confusion(Counter(pairs))


def _negation(one: GoldSpeaker | Attribution) -> str:
    return NEGATED if one.negated else PLAIN


def _laid_out(path: Path) -> Page:
    """A page with its paragraphs, without attributions."""
    return read_page(path.read_bytes(), str(path), ReadingOptions())


def _trimmed(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans as a record has them: in order, without white space at the edges."""
    out = []
    for start, end in sorted(spans):
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        if words := words.strip():
            out.append((start, start + len(words)))
    return tuple(out)

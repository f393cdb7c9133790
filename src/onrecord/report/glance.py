"""A page's sourcing in numbers: who is quoted how much, and how much has no name behind it.

Nothing here is drawn. Every report counts with these.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from onrecord.encoder.quotation import quoted_paragraphs
from onrecord.records import Attribution, Page, SourceType, Span, Speaker

Category = Literal[
    "named people",
    "named groups",
    "unnamed",
    "documents and polls",
    "author",
    "unattributed",
    "unknown",
]
"""Kinds of sources that a page leans on. News media are among the named groups: the record does
not tell them from others. ``unknown`` is where nobody has looked."""

CATEGORIES: Mapping[SourceType | None, Category] = {
    "named_person": "named people",
    "named_group": "named groups",
    "unnamed_person": "unnamed",
    "unnamed_group": "unnamed",
    "document": "documents and polls",
    "poll": "documents and polls",
    "author": "author",
    "unattributed": "unattributed",
    None: "unknown",
}

_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")
"""A word: "well-known", "minister’s", "1,200" and "U.S" are one each."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the article, headline and all, each counted once."""

    total: int
    quoted: int
    """Attributed, in quotation marks."""
    paraphrased: int
    """Attributed, outside of them."""

    @property
    def attributed(self) -> int:
        """The words in the content of an attribution."""
        return self.quoted + self.paraphrased

    @property
    def own(self) -> int:
        """The words that the article says itself."""
        return self.total - self.attributed


@dataclass(frozen=True, slots=True)
class CategoryTally:
    """How much of an article comes from one kind of source."""

    category: Category
    attributions: int
    """Nested ones too."""
    words: int
    """Of the article's attributed words. What is said within a statement is its speaker's, so
    that the words of all categories add up."""


@dataclass(frozen=True, slots=True)
class SpeakerTally:
    """How often a speaker is quoted."""

    speaker: Speaker
    members: tuple[Speaker, ...]
    """Who speaks, where several do at once. What they say alone is theirs, not counted here."""
    source_type: SourceType | None
    attributions: int
    """In the article, nested ones too."""
    in_comments: int
    words: int
    """Of the article, said by them on their own or within what another says."""


@dataclass(frozen=True, slots=True)
class Glance:
    """A page's sourcing in numbers."""

    words: Words
    categories: tuple[CategoryTally, ...]
    """Of the article: all of them, in the order of `Category`."""
    speakers: tuple[SpeakerTally, ...]
    """The most quoted first."""
    in_comments: tuple[tuple[SourceType | None, int], ...]
    """Attributions in comments by source type, the most frequent first."""
    looked: bool
    """Whether sources were looked into. Without that there are no speakers."""


def glance(page: Page) -> Glance:
    """Count a page's words and attributions, by kind of source and by speaker."""
    starts = [
        found.start()
        for paragraph in page.paragraphs
        for found in _WORD.finditer(page.text, paragraph.start, paragraph.end)
    ]
    article = [one for one in page.attributions if one.comment is None]
    comments = Counter(one.source_type for one in page.attributions if one.comment is not None)
    claims = list(_claims(article, starts))
    return Glance(
        words=_words(page, starts, claims),
        categories=tuple(_categories(article, claims)),
        speakers=tuple(_speakers(page, starts)),
        in_comments=tuple(comments.most_common()),
        looked=any(one.source_type is not None for one in page.attributions),
    )


@dataclass(frozen=True, slots=True)
class _Claim:
    """Words of the article, by number, that an outer attribution is the first to hold."""

    attribution: Attribution
    first: int
    end: int


def _claims(article: Iterable[Attribution], starts: Sequence[int]) -> Iterator[_Claim]:
    """The words of outer attributions, none of them twice.

    In order of their start, so that what is claimed before is all before one place.
    """
    spans = [
        (span, n, one)
        for n, one in enumerate(article)
        if one.within is None
        for span in one.content
    ]
    reached = 0
    for (start, stop), _, one in sorted(spans, key=lambda item: item[:2]):
        first = max(bisect_left(starts, start), reached)
        end = bisect_left(starts, stop)
        if first < end:
            yield _Claim(one, first, end)
            reached = end


def _words(page: Page, starts: Sequence[int], claims: Sequence[_Claim]) -> Words:
    """The words of an article; of a mixed content those in quotation marks are found here."""
    marked: list[int] = []
    if any(claim.attribution.kind == "mixed" for claim in claims):
        spans = [(paragraph.start, paragraph.end) for paragraph in page.paragraphs]
        quoted = quoted_paragraphs([page.text[start:end] for start, end in spans])
        marked = [
            number
            for (offset, _), one in zip(spans, quoted, strict=True)
            for start, end in one.stretches
            for number in _numbers(starts, (offset + start, offset + end))
        ]
    attributed = inside = 0
    for claim in claims:
        number = claim.end - claim.first
        attributed += number
        if claim.attribution.kind == "direct":
            inside += number
        elif claim.attribution.kind == "mixed":
            inside += bisect_left(marked, claim.end) - bisect_left(marked, claim.first)
    return Words(total=len(starts), quoted=inside, paraphrased=attributed - inside)


def _categories(
    article: Iterable[Attribution], claims: Iterable[_Claim]
) -> Iterator[CategoryTally]:
    numbers = Counter(CATEGORIES[one.source_type] for one in article)
    words: Counter[Category] = Counter()
    for claim in claims:
        words[CATEGORIES[claim.attribution.source_type]] += claim.end - claim.first
    for category in get_args(Category):
        yield CategoryTally(category, numbers[category], words[category])


def _speakers(page: Page, starts: Sequence[int]) -> list[SpeakerTally]:
    known = {speaker.id: speaker for speaker in page.speakers}
    said: dict[int, list[Attribution]] = {}
    for one in page.attributions:
        if one.speaker in known:
            said.setdefault(one.speaker, []).append(one)
    tallies = []
    for number, theirs in said.items():
        article = [one for one in theirs if one.comment is None]
        tallies.append(
            SpeakerTally(
                speaker=known[number],
                members=tuple(known[id] for id in known[number].members if id in known),
                source_type=Counter(one.source_type for one in theirs).most_common(1)[0][0],
                attributions=len(article),
                in_comments=len(theirs) - len(article),
                words=_count(starts, [span for one in article for span in one.content]),
            )
        )
    return sorted(tallies, key=lambda one: (-one.attributions, -one.words, -one.in_comments))


def _count(starts: Sequence[int], spans: Iterable[Span]) -> int:
    """The words in spans, each once."""
    number = reached = 0
    for span in sorted(spans):
        found = _numbers(starts, span)
        number += max(0, found.stop - max(found.start, reached))
        reached = max(reached, found.stop)
    return number


def _numbers(starts: Sequence[int], span: Span) -> range:
    """The words that begin in a span, by number."""
    return range(bisect_left(starts, span[0]), bisect_left(starts, span[1]))

"""Pages made up by a generator with a seed, with their records, and without any model.

Words follow Zipf's law over a made-up vocabulary, speakers and sites too, as in news.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import get_args

import numpy as np
from numpy.random import Generator, default_rng

from onrecord import Attribution, Comment, Page, Paragraph, Speaker
from onrecord.records import AttributionKind, CueClass, SourceType, Span

VOCABULARY = 60_000
SPEAKERS = 40_000
SITES = 50
ATTRIBUTIONS = 50
"""A page."""
COMMENTS = 10

_SYLLABLES = "ba de ki lo mu na pe ri so tu va we xi yo zu cha dri fle gno sta".split()
_KINDS: tuple[AttributionKind, ...] = get_args(AttributionKind)
_TYPES: tuple[SourceType, ...] = get_args(SourceType)
_CLASSES: tuple[CueClass, ...] = get_args(CueClass)


def word(number: int) -> str:
    """A made-up word; 0 is the most common one."""
    parts = []
    number += 1
    while number:
        number, at = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[at])
    return "".join(parts)


class Maker:
    """Makes pages; the same seed and number give the same page."""

    def __init__(self, seed: int = 6) -> None:
        self._seed = seed
        self.words = [word(number) for number in range(VOCABULARY)]
        self._names = [
            f"{self.words[n % 900].title()} {self.words[900 + n // 4].title()}"
            for n in range(SPEAKERS)
        ]
        self.sites = [f"{self.words[n]}.example" for n in range(SITES)]
        ranks = np.arange(1, VOCABULARY + 1)
        self._chances = np.cumsum(1 / ranks) / np.sum(1 / ranks)

    def pages(self, count: int) -> Iterator[Page]:
        """The first pages."""
        for number in range(count):
            yield self.page(number)

    def page(self, number: int) -> Page:
        """One page with its attributions, in the article and in comments."""
        random = default_rng([self._seed, number])
        text: list[str] = []
        at = 0
        paragraphs: list[Paragraph] = []
        comments: list[Comment] = []
        attributions: list[Attribution] = []
        people = [self._speaker(random, n + 1) for n in range(12)]
        contents = self._contents(random)
        for n, content in enumerate(contents):
            who = people[int(random.integers(len(people)))]
            sentence = f"{who.name} said {content}."
            start, end = at, at + len(sentence)
            in_comment = n >= ATTRIBUTIONS - COMMENTS
            if in_comment:
                comments.append(self._comment(random, len(comments), start, end))
            else:
                paragraphs.append(Paragraph(start=start, end=end, kind="body"))
            content_start = end - 1 - len(content)
            attributions.append(
                self._attribution(
                    random,
                    n,
                    who,
                    (start, start + len(who.name)),
                    (content_start - 5, content_start - 1),
                    (content_start, end - 1),
                    len(comments) - 1 if in_comment else None,
                )
            )
            text.append(sentence)
            at = end + 2
        whole = "\n\n".join(text)
        site = self.sites[int(random.zipf(1.5)) % SITES]
        day = np.datetime64("2016-01-01") + int(random.integers(3650))
        return Page(
            id=hashlib.sha256(whole.encode()).hexdigest(),
            url=f"https://{site}/{number}",
            site=site,
            headline=contents[0],
            published=str(day),
            language="en",
            text=whole,
            paragraphs=tuple(paragraphs),
            comments=tuple(comments),
            attributions=tuple(attributions),
            speakers=tuple(people),
        )

    def _contents(self, random: Generator) -> list[str]:
        lengths = random.integers(6, 32, ATTRIBUTIONS)
        ranks = np.searchsorted(self._chances, random.random(int(lengths.sum())))
        parts = np.split(ranks, np.cumsum(lengths)[:-1])
        return [" ".join(self.words[rank] for rank in part) for part in parts]

    def _speaker(self, random: Generator, number: int) -> Speaker:
        name = self._names[int(random.zipf(1.2)) % SPEAKERS]
        named = bool(random.random() < 0.8)
        return Speaker(
            id=number,
            name=name if named else f"a {name.split()[0].lower()}",
            named=named,
            kind="person",
            roles=(f"{name.split()[1].lower()} of the harbour",),
            aliases=(name.split()[1],) if named else (),
            mentions=(),
        )

    def _comment(self, random: Generator, number: int, start: int, end: int) -> Comment:
        parent = int(random.integers(number)) if number and random.random() < 0.5 else None
        return Comment(
            id=number,
            parent=parent,
            author=f"reader-{int(random.integers(100_000))}",
            posted=None,
            posted_text=None,
            start=start,
            end=end,
        )

    def _attribution(
        self,
        random: Generator,
        number: int,
        who: Speaker,
        source: Span,
        cue: Span,
        content: Span,
        comment: int | None,
    ) -> Attribution:
        unattributed = random.random() < 0.1
        return Attribution(
            id=number,
            source=() if unattributed else (source,),
            cue=(cue,),
            content=(content,),
            kind=_KINDS[int(random.integers(3))],
            within=None,
            speaker=None if unattributed else who.id,
            source_type=_TYPES[7 if unattributed else int(random.zipf(1.6)) % 7],
            cue_class=_CLASSES[int(random.zipf(1.6)) % 12],
            negated=False,
            confidence=0.9,
            comment=comment,
        )

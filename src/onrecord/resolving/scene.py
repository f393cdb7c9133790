"""What every part of resolving asks: the page's text, its cast, roles, polls and mentions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.records import Attribution, Page, Span
from onrecord.resolving.cast import Cast
from onrecord.resolving.entities import Entity
from onrecord.resolving.headlines import find_in_headlines
from onrecord.resolving.names import find_names
from onrecord.resolving.nouns import Nouns, read_nouns
from onrecord.resolving.opinion import Opinion
from onrecord.resolving.phrases import Phrase, read_source
from onrecord.resolving.polls import Polls
from onrecord.resolving.references import References
from onrecord.resolving.roles import Roles
from onrecord.resolving.sentences import Sentences

LEAD = 2
"""Paragraphs in which a description can come before the name: "A judge has ruled ..."."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A page, looked over once before its attributions are asked about."""

    page: Page
    nouns: Nouns
    cast: Cast
    sentences: Sentences
    references: References
    roles: Roles
    polls: Polls
    headline_end: int
    lead_end: int

    @property
    def text(self) -> str:
        return self.page.text

    def phrases(self, span: Span) -> tuple[Phrase, ...]:
        """What the words of a stretch are."""
        return read_source(self.text, span, self.cast.names.inside(span), self.nouns)

    def named(self, phrase: Phrase) -> Entity | None:
        """Whom the name of a phrase stands for."""
        return self.cast.of(phrase.name) if phrase.name is not None else None


def look_over(page: Page, attributions: Sequence[Attribution], opinion: Opinion) -> Scene:
    """Find the names of a page, who they are, and what is said of them."""
    nouns = read_nouns()
    article = [(one.start, one.end) for one in page.paragraphs]
    comments = [(one.start, one.end) for one in page.comments]
    spans = article + comments
    names = find_names(page.text, spans, nouns)
    names += find_in_headlines(page.text, spans, names)
    cast = Cast(page.text, names, nouns, opinion.mentions)
    sentences = Sentences(page.text, article, comments)
    quoted = _Stretches([s for one in attributions if one.kind != "indirect" for s in one.content])
    headline = [one.end for one in page.paragraphs if one.kind == "headline"]
    body = [one.end for one in page.paragraphs if one.kind == "body"]
    scene = Scene(
        page=page,
        nouns=nouns,
        cast=cast,
        sentences=sentences,
        references=References(cast, sentences, quoted.hold, opinion),
        roles=Roles(page.text, cast, nouns),
        polls=Polls(page.text, spans),
        headline_end=headline[0] if headline else 0,
        lead_end=body[:LEAD][-1] if body else 0,
    )
    for one in attributions:
        for span in one.source:
            for phrase in scene.phrases(span):
                if phrase.form == "name" and (entity := scene.named(phrase)):
                    scene.references.speakers.add(entity)
    return scene


class _Stretches:
    """Stretches of text, asked for whether they hold a place."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def hold(self, at: int) -> bool:
        found = bisect_right(self._starts, at) - 1
        return found >= 0 and at < self._spans[found][1]

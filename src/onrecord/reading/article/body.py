"""The article's paragraphs: where they begin and end, and of what kind each is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.reading.article.extraction import innermost, is_prose
from onrecord.reading.article.passages import Passage, Passages, key
from onrecord.records import ParagraphKind

if TYPE_CHECKING:
    from lxml.etree import _Element

BODY = 0.85
"""Share of what was found that the article's own element holds. What lies outside of it at
either end is most often furniture; a last section of its own is prose, and stays."""

BIO = 500
"""Characters of the longest line about an author behind the article."""

LITTLE = 6
"""Words beside the names and the time, in a line about the article: "By … for the Daily …"."""

PART = 1 / 3
"""An element with a larger share of the article is no furniture, whatever it is called."""

NEAR = 15
"""Passages before the first paragraph among which its standfirst may be."""

SHORT = 160
"""Characters of the longest line about the article: who wrote it and when, what it is about."""

_HEADING = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KINDS: dict[str, ParagraphKind] = {
    **dict.fromkeys(_HEADING, "heading"),
    **dict.fromkeys(("blockquote",), "quote"),
    **dict.fromkeys(("li", "dd", "dt"), "list"),
}

_FURNITURE = frozenset(
    """
    share shares sharing social related recommended recommendations recirc readmore tags taglist
    newsletter subscribe subscription promo promotion promoted advert advertisement advertorial
    sponsored sponsor breadcrumb breadcrumbs navigation navbar footer sidebar teaser teasers
    outbrain taboola popular trending mostread copyright favorite favorites alerts bio bios
    biography cookie cookies donate donation visuallyhidden noscreen toolbar toolbox disclaimer
    pagination pager
    .ad .ads .nav .menu .hidden .invisible .sr-only .visually-hidden .screen-reader-text
    """.split()
)
"""Words in names of elements that are about the article, or about others. Behind a dot a whole
name: ``overflow-hidden`` hides nothing."""

_STANDFIRST = frozenset(
    """
    standfirst subtitle subheadline subhead subheading dek deck vorspann chapo chapeau summary
    sottotitolo entradilla bajada
    """.split()
)
_LEAD = frozenset("intro lead lede teaser abstract description excerpt sapo einleitung".split())
"""Names of standfirsts, but also of first paragraphs."""

_CAPTION = frozenset("caption figcaption captions bildunterschrift legende".split())
_WORDS = re.compile(r"[a-zäöüßéèêçñ]+|[A-Z]+(?![a-z])|[A-Z][a-zäöüß]*")

_TAIL = re.compile(
    r"^\W*(?:topics?|tags?|tagged|filed under|categor(?:y|ies)|labels?|keywords?|related(?: \w+)?|"
    r"themen|schlagw\w+|mots[- ]cl[ée]s|etiquetas|теги?)\s*:",
    re.I,
)
"""How lines behind an article begin."""

_MORE = re.compile(
    r"^\W*(?:related|read (?:more|next|also)|more (?:on|from|stories)|see also|share this|"
    r"follow us|sign up|subscribe|lesen sie auch|mehr zum thema|lire aussi|à lire aussi|"
    r"lea también|leggi anche|читайте также)\b",
    re.I,
)
"""How they begin where they hold a link."""

_CREDIT = re.compile(
    r"^\W*(?:\w*bild(?:er)?|fotos?|photos?|photo credits?|images?|image credits?|credits?|"
    r"aufmacherfoto|crédits?(?: photos?)?)\s*:",
    re.I,
)
_DATED = re.compile(
    r"\b(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|(?:19|20)\d\d|\d{1,2}:\d\d)\b|"
    r"\b\d+\s*min(?:ute)?s?\b(?:\s+read)?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the article when its paragraphs are looked at."""

    headline: str | None
    shown: int | None
    """The passage that shows the headline."""
    titles: Sequence[str]
    descriptions: Sequence[str]
    names: Sequence[str]
    sites: Sequence[str]


def find_paragraphs(
    found: Passages, chosen: Sequence[int], about: About
) -> list[tuple[ParagraphKind, int]]:
    """The paragraphs between headline and last line, with their kinds; as passages' numbers."""
    return _Article(found, chosen, about).paragraphs() if chosen else []


class _Article:
    def __init__(self, found: Passages, chosen: Sequence[int], about: About) -> None:
        self.found, self.about = found, about
        self.weights = found.weights(chosen)
        self.inner = innermost(self.weights, BODY)
        self.kinds = self._kinds()
        self.kept = list(chosen)
        self.furniture: dict[int, bool] = {}
        self.title_keys = [key(title) for title in (*about.titles, about.headline or "")]
        self.site_keys = {key(site) for site in about.sites}

    def _kinds(self) -> list[ParagraphKind | None]:
        """What each block in the article's own element makes of its text; none outside of it."""
        kinds: list[ParagraphKind | None] = [None] * len(self.weights)
        kinds[self.inner] = "body"
        for at in range(self.inner + 1, len(kinds)):
            around = kinds[self.found.above[at]]
            if around is not None:
                kinds[at] = _KINDS.get(str(self.found.elements[at].tag), around)
        return kinds

    def paragraphs(self) -> list[tuple[ParagraphKind, int]]:
        standfirst = self._standfirst()
        self._between()
        self.kept = [n for n in self.kept if n != standfirst and not self._is_furniture(n)]
        start, end = 0, len(self.kept)
        while start < end and self._is_before(self.kept[start]):
            start += 1
        while end > start and self._is_behind(self.kept[end - 1]):
            end -= 1
        kept = [(self._kind(number), number) for number in self.kept[start:end]]
        return [("standfirst", standfirst), *kept] if standfirst is not None and kept else kept

    def _standfirst(self) -> int | None:
        """The passage before the body that the page calls one, or gives as its description.

        Descriptions are often the beginning of the first paragraph, so that a passage like
        all others is none.
        """
        told = {key(text) for text in self.about.descriptions}
        first = next(
            (n for n in self.kept if self._is_in(n) and is_prose(self._at(n))), self.kept[0]
        )
        shown = self.about.shown
        start = max(0, first - NEAR) if shown is None else max(shown + 1, first - NEAR)
        for number in range(start, first + 1):
            passage = self._at(number)
            if len(passage.text) < 20 or passage.linked >= 0.5 or len(passage.text) > 600:
                continue
            words = self._names(number, 2)
            same = passage.key in told
            marked = not words.isdisjoint(_STANDFIRST)
            lead = not words.isdisjoint(_LEAD) or self._is_apart(number, first)
            if marked or (same and lead):
                return number
        return None

    def _between(self) -> None:
        """Add what trafilatura left out: paragraphs like their neighbours, captions."""
        kept = self._beside(self.kept[0], -1)[::-1]
        for before, behind in zip(self.kept, [*self.kept[1:], None], strict=True):
            kept.append(before)
            for number in range(before + 1, behind if behind is not None else 0):
                if self._at(number).linked < 0.5 and (
                    self._is_like(number, before)
                    or (behind is not None and self._is_like(number, behind))
                    or (self._is_in(number) and self._is_caption(number))
                ):
                    kept.append(number)
        self.kept = kept + self._beside(self.kept[-1], 1)

    def _beside(self, number: int, step: int) -> list[int]:
        """The passages beside one that stand in the same block, parted by line breaks alone."""
        numbers = []
        at = self._at(number).at
        while 0 <= number + step < len(self.found.items) and self._at(number + step).at == at:
            number += step
            if self._at(number).linked < 0.5:
                numbers.append(number)
        return numbers

    def _is_before(self, number: int) -> bool:
        """Whether a passage at the front stands before the article's first paragraph."""
        passage, about = self._at(number), self.about
        text, own = passage.text, passage.key
        if about.headline and own == key(about.headline):
            return True
        if self._is_caption(number) or own in self.site_keys:
            return True
        if about.shown is not None and number < about.shown:
            return self.found.first[self.inner] > number or len(text) <= SHORT
        if len(text) > SHORT:
            return not self._is_in(number) and not is_prose(passage)
        if self._is_heading(number) and any(own in title for title in self.title_keys):
            return True
        if not self._is_in(number):
            return not is_prose(passage) or self._is_line_about(text)
        return passage.linked >= 0.5 or self._is_line_about(text)

    def _is_line_about(self, text: str) -> bool:
        """Whether it only says who wrote the article, and when."""
        rest = text.casefold()
        for name in self.about.names:
            rest = rest.replace(name.casefold(), " ")
        named = len(rest) < len(text)
        rest = _DATED.sub(" ", rest)
        letters = sum(map(str.isalpha, rest))
        return (
            letters <= 20 and len(rest.strip()) < len(text) and (named or letters <= len(text) / 2)
        )

    def _is_behind(self, number: int) -> bool:
        """Whether a passage at the end stands behind the article's last paragraph."""
        passage = self._at(number)
        text = passage.text
        if self._is_heading(number) or self._is_caption(number) or passage.linked >= 0.5:
            return True
        if len(text) <= SHORT and (
            _TAIL.match(text)
            or _CREDIT.match(text)
            or (passage.linked and _MORE.match(text))
            or self._is_signed(text)
        ):
            return True
        if passage.linked and text[0] in "([" and text[-1] in ")]":
            return True  # "(Log in to comment)"
        if not self._is_in(number) and not is_prose(passage):
            return True
        # People do not write of themselves by their whole name.
        return len(text) <= BIO and any(" " in n and text.startswith(n) for n in self.about.names)

    def _is_signed(self, text: str) -> bool:
        """Whether it begins with who wrote the article, and is no sentence about them."""
        named = any(text.startswith(name) for name in self.about.names)
        return named and len(text.split()) <= 4 + LITTLE and text[-1] not in ".!?"

    def _kind(self, number: int) -> ParagraphKind:
        return "caption" if self._is_caption(number) else self.kinds[self._at(number).at] or "body"

    def _at(self, number: int) -> Passage:
        return self.found.items[number]

    def _is_heading(self, number: int) -> bool:
        return self.found.elements[self._at(number).at].tag in _HEADING

    def _is_in(self, number: int) -> bool:
        """Whether it stands in the article's own element."""
        return self.kinds[self._at(number).at] is not None

    def _is_like(self, number: int, other: int) -> bool:
        """Whether two passages stand in elements of the same name, side by side."""
        a, b = self._at(number).at, self._at(other).at
        one, two = self.found.elements[a], self.found.elements[b]
        return a == b or (
            self.found.above[a] == self.found.above[b]
            and one.tag == two.tag
            and one.get("class") == two.get("class")
        )

    def _is_apart(self, number: int, other: int) -> bool:
        """Whether a passage is a heading, or stands in another element than another passage."""
        a, b = self._at(number).at, self._at(other).at
        return self._is_heading(number) or self.found.above[a] != self.found.above[b]

    def _names(self, number: int, levels: int) -> frozenset[str]:
        """The words in names of the elements around a passage."""
        at = self._at(number).at
        words: frozenset[str] = frozenset()
        for _ in range(levels):
            if at == self.inner or self.weights[at] > PART * self.weights[0]:
                break
            words |= _named(self.found.elements[at])
            at = self.found.above[at]
        return words

    def _is_caption(self, number: int) -> bool:
        at = self._at(number).at
        for _ in range(3):
            element = self.found.elements[at]
            if element.tag in ("figure", "figcaption") or not _named(element).isdisjoint(_CAPTION):
                return self.weights[at] <= PART * self.weights[0]
            at = self.found.above[at]
        return False

    def _is_furniture(self, number: int) -> bool:
        """Whether it stands in a small element that is called like something else."""
        at, path = self._at(number).at, []
        while at and at not in self.furniture and self.weights[at] <= PART * self.weights[0]:
            path.append(at)
            at = self.found.above[at]
        known = self.furniture.get(at, False)
        for at in reversed(path):
            known = known or not _named(self.found.elements[at]).isdisjoint(_FURNITURE)
            self.furniture[at] = known
        return known


def _named(element: _Element) -> frozenset[str]:
    names = [element.get(a) for a in ("class", "id", "itemprop")]
    return _words(" ".join(filter(None, names))[:400]) if any(names) else frozenset()


@lru_cache(maxsize=4096)
def _words(names: str) -> frozenset[str]:
    parts: Iterable[str] = _WORDS.findall(names)
    return frozenset((*(part.lower() for part in parts), *(f".{n}" for n in names.split())))

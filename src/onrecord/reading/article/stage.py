"""From a page's tree, without its comments, to its article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from onrecord.reading.article.body import About, find_paragraphs
from onrecord.reading.article.byline import find_byline
from onrecord.reading.article.declared import Declared
from onrecord.reading.article.extraction import find_article, is_prose
from onrecord.reading.article.headline import find_headline, is_heading
from onrecord.reading.article.passages import passages_of, strip_silent, unwrap_layout
from onrecord.reading.article.published import find_published
from onrecord.records import ParagraphKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LITTLE = 500
"""Characters of an article beside comments, where the page shows no headline and declares none
but its ``<title>``: less is a note about the comments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page holds beside its comments."""

    headline: str | None
    byline: tuple[str, ...]
    published: str | None
    site: str | None
    url: str | None
    paragraphs: tuple[tuple[ParagraphKind, str], ...]
    """Without the headline."""
    simplified: bool
    """The page is too large or too deep for trafilatura."""


def read_article(tree: HtmlElement, declared: Declared, *, comments: bool) -> Article:
    """Read the article. ``comments``: the page had some, so that it need not have an article."""
    strip_silent(tree)
    found = passages_of(tree)
    unwrap_layout(found)
    url, host = _address(declared)
    sites = [*declared.sites, host]
    headline, shown = find_headline(found, declared, sites)
    chosen, asked = find_article(tree, found)
    first = next((number for number in chosen if is_prose(found.items[number])), shown or 0)
    if shown is not None and shown > first and not is_heading(found, shown):
        shown = None  # Its name in a list of others.
    span = (first if shown is None else min(shown, first), first)
    byline = find_byline(tree, found, declared, span, sites)
    about = About(
        headline=headline,
        shown=shown,
        titles=[*declared.titles, declared.title],
        descriptions=declared.descriptions,
        names=byline,
        sites=sites,
    )
    numbers = find_paragraphs(found, chosen, about)
    if comments:
        prose = [len(found.items[n].text) for _, n in numbers if is_prose(found.items[n])]
        titled = shown is not None or declared.titles
        if not prose or (not titled and sum(prose) < LITTLE):
            numbers = []
    paragraphs = tuple((kind, found.items[number].text) for kind, number in numbers)
    if not paragraphs and not comments:
        paragraphs = tuple(("body", line) for line in _lines(declared.body))
    return Article(
        headline=headline,
        byline=byline,
        published=find_published(tree, found, declared, span),
        site=declared.sites[0] if declared.sites else host or None,
        url=url,
        paragraphs=paragraphs,
        simplified=not asked,
    )


def _lines(text: str) -> list[str]:
    return [line for part in text.splitlines() if (line := " ".join(part.split()))]


def _address(declared: Declared) -> tuple[str | None, str]:
    """The page's address, and its host."""
    for url in declared.urls:
        try:
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname and "." in parts.hostname:
            return url, parts.hostname.removeprefix("www.")
    return None, ""

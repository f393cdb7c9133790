"""What a page declares of itself: the ``meta`` of its head, JSON-LD, its headings."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any

from onrecord.reading.article.passages import short_text

if TYPE_CHECKING:
    from lxml.etree import _Element

SCRIPTS = 2_000_000
"""Characters of JSON-LD that are read at the most: 2 MB are parsed in 50 ms. The most in 19
saved pages is 18,000."""

OBJECTS = 5000
METAS = 500
"""``meta`` elements that are looked at; the most in 19 saved pages is 87."""

LONG = 1000
"""Characters of a value that counts: a longer one is a text, not a title or a name."""

HEADINGS = 300
"""Headings that are looked at; the most in 19 saved pages is 80."""

LEVELS = {"h1": 3, "h2": 2, "h3": 1, "h4": 1}

_ARTICLE = re.compile(r"(?:article|posting|report|review)$", re.I)
_PUBLISHER = re.compile(r"(?:organization|website|webpage)$", re.I)
_TITLE = re.compile(r"(?:^|[.:_-])(?:title|headline)$")
_AUTHOR = re.compile(r"(?:^|[.:_-])(?:authors?|creator|byl|byline|author[_-]?name)$")
_DESCRIPTION = re.compile(r"(?:^|[.:_-])(?:description|abstract)$")
_SITE = re.compile(r"^(?:og:site_name|application-name|dc[.:]publisher|publisher|copyright)$")
_PUBLISHED = re.compile(
    r"(?:^|[.:_-])(?:published(?:[_-]?(?:time|date|at))?|publish[_-]?(?:date|time)|pub[_-]?date|"
    r"date[_-]?published|publication[_-]?date|issued)$"
)
_DATE = re.compile(r"(?:^|[.:_-])(?:date|created|datecreated)$")
_NOT_THE_PAGE = re.compile(r"^(?:twitter:(?:creator|site)|apple-|msapplication|image|video|audio)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it is shown. Comments have headings too."""

    text: str
    level: int


@dataclass(slots=True)
class Declared:
    """Values as the page writes them, the likeliest first."""

    titles: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    body: str = ""
    title: str = ""
    """The text of ``<title>``, which most often names the site too."""
    headings: list[Heading] = field(default_factory=list)


def declared_by(tree: _Element) -> Declared:
    """Read it before scripts, and comments with the headings above them, are taken away."""
    found = Declared()
    objects = list(_objects(tree))
    named = {one["@id"]: one for one in objects if isinstance(one.get("@id"), str) and len(one) > 1}
    article = next((one for one in objects if _is(one, _ARTICLE)), {})
    late: list[str] = []
    _read_metas(tree, found, late)
    _read_article(article, named, found)
    for one in objects:
        if _is(one, _PUBLISHER):
            late += _texts(one.get("datePublished"))
            if not _is(one, re.compile("webpage$", re.I)):
                found.sites += _texts(one.get("name"))
    found.published += late
    title = tree.find(".//head/title")
    found.title = _clean("".join(map(str, title.itertext()))) if title is not None else ""
    for link in islice(tree.iterfind(".//head/link[@rel='canonical']"), 3):
        found.urls.insert(0, (link.get("href") or "")[:LONG].strip())
    found.headings = list(_headings(tree))
    return found


def _headings(tree: _Element) -> Iterator[Heading]:
    for element in islice(tree.iter(*LEVELS), HEADINGS):
        if text := short_text(element, LONG):
            yield Heading(text, LEVELS[str(element.tag)])


def _read_metas(tree: _Element, found: Declared, late: list[str]) -> None:
    other_titles: list[str] = []  # Search engines' and newsletters' own, often of another wording.
    for meta in islice(tree.iter("meta"), METAS):
        # Some pages write ``value`` where ``content`` is meant.
        text = _clean(meta.get("content") or meta.get("value") or "")
        if not text:
            continue
        for attribute in ("property", "name", "itemprop"):
            name = (meta.get(attribute) or "").strip().lower()[:100]
            if not name or _NOT_THE_PAGE.match(name):
                continue
            if _SITE.match(name):
                found.sites.append(text)
            elif name == "og:url":
                found.urls.append(text)
            elif name in ("og:title", "twitter:title"):
                found.titles.insert(0 if name[0] == "o" else len(found.titles), text)
            else:
                for pattern, values in (
                    (_TITLE, other_titles),
                    (_AUTHOR, found.authors),
                    (_DESCRIPTION, found.descriptions),
                    (_PUBLISHED, found.published),
                    (_DATE, late),
                ):
                    if pattern.search(name):
                        values.append(text)
    found.titles = found.titles or other_titles


def _read_article(article: dict[str, Any], named: dict[str, Any], found: Declared) -> None:
    """What JSON-LD says of the article; it comes first, since ``meta`` is often the site's."""
    found.titles[:0] = _texts(article.get("headline")) or _texts(article.get("name"))
    found.descriptions += _texts(article.get("description"))
    found.published += _texts(article.get("datePublished"))
    found.urls += _texts(article.get("url"))
    body = article.get("articleBody")
    found.body = body if isinstance(body, str) else ""
    for publisher in _listed(article.get("publisher")):
        if isinstance(publisher, dict):
            found.sites += _texts(named.get(str(publisher.get("@id")), publisher).get("name"))
    authors: list[str] = []
    for author in _listed(article.get("author") or article.get("creator"))[:50]:
        one = named.get(str(author.get("@id")), author) if isinstance(author, dict) else author
        if not isinstance(one, dict):
            authors += _texts(one)
        elif "@type" not in one or "Person" in _listed(one["@type"]):
            authors += [name for value in _listed(one.get("name")) for name in _texts(value)]
    found.authors[:0] = authors


def _objects(tree: _Element) -> Iterator[dict[str, Any]]:
    """The objects of a page's JSON-LD: those at the top, of its graph, and what they are about."""
    left, budget = OBJECTS, SCRIPTS
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text or ""
        budget -= len(text)
        if budget < 0:
            return
        try:
            queue = deque([json.loads(text, strict=False)])
        except (ValueError, RecursionError):
            continue
        while queue and left > 0:
            value = queue.popleft()
            if isinstance(value, list):
                queue.extend(value[:OBJECTS])
            elif isinstance(value, dict):
                left -= 1
                yield value
                queue.extend(value[k] for k in ("@graph", "mainEntity", "author") if k in value)


def _is(one: dict[str, Any], pattern: re.Pattern[str]) -> bool:
    return any(
        isinstance(t, str) and pattern.search(t[:100]) for t in _listed(one.get("@type"))[:9]
    )


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _texts(value: Any) -> list[str]:
    text = _clean(value) if isinstance(value, str) else ""
    return [text] if text else []


def _clean(text: str) -> str:
    """One line without markup; nothing where it is too long."""
    if len(text) > 2 * LONG:
        return ""
    text = " ".join(re.sub(r"<[a-z/][^<>]*>", " ", unescape(text), flags=re.I).split())
    return text if len(text) <= LONG else ""

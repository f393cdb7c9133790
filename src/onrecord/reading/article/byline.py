"""Who wrote a page: people only, each once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

from lxml.etree import XPath

from onrecord.reading.article.declared import Declared
from onrecord.reading.article.passages import Passages, short_text
from onrecord.reading.article.people import BY, LONG, once_each, people_in

if TYPE_CHECKING:
    from lxml.etree import _Element

AROUND = 10
"""Passages between a byline and the headline, or the first paragraph, at the most."""

MARKED = 500
"""Elements that are looked at."""

ABOVE = 4
"""Elements around one that may say that it belongs to another article."""

NEAREST = 50
"""Of those near the headline, the ones whose text is read."""

_CALLED = XPath(
    "//*[@rel or @itemprop or @class or @id][contains(@rel, 'author') or "
    "contains(@itemprop, 'author') or contains(@class, 'uthor') or contains(@id, 'uthor') or "
    "contains(@class, 'yline') or contains(@class, 'by-line') or contains(@class, 'utor') or "
    "contains(@class, 'uteur') or contains(@class, 'riter') or contains(@class, 'ournalist') or "
    "contains(@class, 'eporter')]"
)
_OTHERS = re.compile(r"quote|comment|teaser|related|bio\b|about|popular|promo|recommend", re.I)

_ELSEWHERE = re.compile(r"teaser|related|popular|recommend", re.I)


def find_byline(
    tree: _Element, found: Passages, declared: Declared, span: tuple[int, int], sites: Sequence[str]
) -> tuple[str, ...]:
    """The people that the page declares, or else shows around its headline.

    ``span`` are the passages of the headline and of the first paragraph. A page that declares
    an agency or nobody often shows who wrote it.
    """
    names = [name for value in declared.authors[:50] for name in people_in(value, sites)]
    if not names:
        names = next(
            filter(None, chain(_marked(tree, found, span, sites), _lines(found, span, sites))), []
        )
    return once_each(names)


def _marked(
    tree: _Element, found: Passages, span: tuple[int, int], sites: Sequence[str]
) -> Iterator[list[str]]:
    """The names in elements that are marked as authors, or called bylines; the nearest first."""
    near: dict[tuple[bool, int, int], list[_Element]] = defaultdict(list)
    called: list[_Element] = _CALLED(tree)  # type: ignore[assignment]
    for element in called[:MARKED]:
        if _OTHERS.search(_called(element)) or any(
            _ELSEWHERE.search(_called(around)) for around in islice(element.iterancestors(), ABOVE)
        ):
            continue
        place = found.place(element)
        if place is not None and (away := _away(place, span)) <= AROUND:
            marked = "author" in f"{element.get('rel')} {element.get('itemprop')}"
            near[not marked, away, place].append(element)
    for _, elements in sorted(near.items(), key=lambda one: one[0])[:NEAREST]:
        yield [name for element in elements[:NEAREST] for name in _names(element, sites)]


def _called(element: _Element) -> str:
    return f"{element.get('class')} {element.get('id')}"


def _names(element: _Element, sites: Sequence[str]) -> list[str]:
    """The names in an element: of the parts that are marked as names, else all its text."""
    parts = list(islice(element.iterfind(".//*[@itemprop='name']"), NEAREST)) or [element]
    return [name for part in parts for name in people_in(short_text(part, LONG), sites)]


def _lines(found: Passages, span: tuple[int, int], sites: Sequence[str]) -> Iterator[list[str]]:
    """The names in lines that begin like a byline."""
    start, end = max(0, span[0] - AROUND), min(len(found.items), span[1] + AROUND)
    for passage in found.items[start:end]:
        if len(passage.text) <= LONG and BY.match(passage.text):
            behind = BY.sub("", passage.text, count=1)
            for link in islice(found.elements[passage.at].iter("a"), 3):
                name = short_text(link, LONG)
                if name and behind.startswith(name):
                    yield people_in(name, sites)
            yield people_in(passage.text, sites, strict=True)


def _away(number: int, span: tuple[int, int]) -> int:
    """How many passages a place is outside of a span."""
    return max(span[0] - number, number - span[1], 0)

"""When a page was published; a day that it was changed on is none."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

from htmldate import find_date
from lxml.etree import LxmlError

from onrecord.reading.article.declared import Declared
from onrecord.reading.article.extraction import SMALL
from onrecord.reading.article.passages import Passages
from onrecord.reading.article.people import BY
from onrecord.reading.moments import iso_moment
from onrecord.reading.shown_moments import find_moment, read_moments

if TYPE_CHECKING:
    from lxml.html import HtmlElement

logging.getLogger("htmldate").setLevel(logging.CRITICAL)

AROUND = 10
"""Passages above the first paragraph that are looked at where no headline is shown."""

ABOVE = 3
"""Passages between the headline and a marked time above it: the head of a page has today's."""

AFTER = 4
"""Passages that may pass for the first paragraph before the day is shown."""

TIMES = 200
"""``time`` elements that are looked at."""

SHORT = 160
"""Characters of a line that says when an article was published."""

BESIDE = 5
"""Words beside a day that is not in a sentence: "Published on … by Anna Bell"."""

_CHANGED = re.compile(
    r"updat|modif|edit|aktualis|geändert|mis à jour|actualiz|aggiorn|обновл", re.I
)
_EARLIEST, _LATEST = "1990-01-01", "2100-01-01"
"""Fixed, so that a page has the same day whenever it is read."""


def find_published(
    tree: HtmlElement, found: Passages, declared: Declared, span: tuple[int, int]
) -> str | None:
    """The first moment that the page declares, or shows near its headline.

    ``span`` are the passages of the headline and of the first paragraph.
    """
    values = chain(declared.published[:20], _marked(tree), _near(tree, found, span))
    return next(filter(None, map(_likely, values)), None) or (
        _searched(tree, found) or next(filter(None, map(_likely, _written(found, span))), None)
    )


def _likely(value: str) -> str | None:
    moment = iso_moment(value)
    return moment if moment and _EARLIEST <= moment < _LATEST else None


def _marked(tree: HtmlElement) -> Iterator[str]:
    """What is marked up as the day of publication."""
    for element in tree.xpath("//*[@itemprop='datePublished'][@datetime or @content]")[:5]:
        yield element.get("datetime") or element.get("content") or ""


def _near(tree: HtmlElement, found: Passages, span: tuple[int, int]) -> Iterator[str]:
    """The times beside the headline."""
    for element in islice(tree.iter("time"), TIMES):
        place = found.place(element)
        names = f"{element.get('class')} {element.get('itemprop')}"
        if place is None or _CHANGED.search(names):
            continue
        if span[0] - ABOVE <= place <= span[1] + 1:
            yield element.get("datetime") or ""


def _written(found: Passages, span: tuple[int, int]) -> Iterator[str]:
    """The days in short lines around the headline."""
    start = span[0] if span[0] < span[1] else max(0, span[0] - AROUND)
    for passage in found.items[start : span[1] + AFTER]:
        text = passage.text
        if len(text) > SHORT or text[-1] in ".!?" or _CHANGED.search(text):
            continue
        shown = find_moment(text)
        if shown and (BY.match(text) or len(text.replace(shown, " ").split()) <= BESIDE):
            yield read_moments([shown])[0] or ""


def _searched(tree: HtmlElement, found: Passages) -> str | None:
    """What htmldate finds. Its extensive search takes any year in the text for the day."""
    if found.size > SMALL:
        return None  # It looks for every kind of date in every element.
    for element in list(tree.iter("time", "meta")):
        if _CHANGED.search(" ".join(map(str, element.attrib.values()))):
            element.drop_tree()  # It takes them for want of better.
    try:
        return find_date(
            tree,
            extensive_search=False,
            original_date=True,
            min_date=_EARLIEST,
            max_date=_LATEST,
        )
    except (LxmlError, ValueError, TypeError, AttributeError, RecursionError):
        return None

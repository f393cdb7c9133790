"""Which passages of a page are its article: what trafilatura finds, within bounds."""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

import trafilatura
from lxml.etree import LxmlError
from trafilatura.settings import Document

from onrecord.reading.article.passages import Passage, Passages, key

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

# It logs each page that it finds no text in; the warning or error says so.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

SMALL = 3000
"""Elements up to which trafilatura compares what it found with readability and justext. That
is quadratic: 0.6 s for 3,000 unclosed ``<li>``, 13 s for 16,000. The 19 saved pages have up to
1,700 without their comments, and the comparison changes nothing in them."""

SHORT = 200_000
"""Characters of a page up to which it compares: it takes 1.2 s for each million. The longest of
the 19 pages has 19,000 without its comments."""

LARGE = 20_000
"""Elements up to which trafilatura is asked at all: 0.5 s; 16 MB of paragraphs take it 30 s."""

DEEP = 150
"""Nesting up to which trafilatura is asked: it looks up all ancestors of each element, and
walks lists by recursion. The deepest of 19 saved pages has 28."""

SHARE = 0.6
"""Share of the prose that the element must hold in which an article is looked for without
trafilatura."""

_HEAD = 24
_BLOCKS = frozenset({"p", "head", "quote", "list", "item", "code"})
_ENDS = frozenset(".!?…:;。！？؟۔।”\"“«»'’)]")


def find_article(tree: HtmlElement, found: Passages) -> tuple[list[int], bool]:
    """The passages of the article in order, and whether trafilatura has had its say."""
    if found.size > LARGE or found.depth > DEEP:
        return _dense(found), False
    fast = found.size > SMALL or sum(len(passage.text) for passage in found.items) > SHORT
    try:
        document = trafilatura.bare_extraction(
            tree, fast=fast, include_comments=False, include_tables=False
        )
    except (LxmlError, ValueError, TypeError, AttributeError, RecursionError):
        return _dense(found), False
    body = document.body if isinstance(document, Document) else None
    if body is None or next(body.iter(*_BLOCKS), None) is None:
        return [], True
    return _located(list(_paragraphs(body)), found), True


def is_prose(passage: Passage) -> bool:
    """Whether it reads like sentences, not like a menu, a heading or a list of links."""
    text = passage.text
    long = len(text) >= 40 and text[-1] in _ENDS
    return passage.linked < 0.5 and (long or len(text) >= 120)


def _dense(found: Passages) -> list[int]:
    """The prose, and what stands between, of the innermost element that holds most of it."""
    prose = [number for number, passage in enumerate(found.items) if is_prose(passage)]
    if not prose:
        return []
    weights = found.weights(prose)
    inner = innermost(weights, SHARE)
    start = found.first[inner]
    within = [False] * len(weights)
    within[inner] = True
    for at in range(inner + 1, len(weights)):
        within[at] = within[found.above[at]]
    return [
        number
        for number in range(start, len(found.items))
        if within[found.items[number].at] and found.items[number].linked < 0.5
    ]


def innermost(weights: list[int], share: float) -> int:
    """The innermost element that holds at least a share, above a half, of all weight."""
    least = share * weights[0]
    return max((at for at, weight in enumerate(weights) if weight >= least), default=0)


def _paragraphs(element: _Element) -> Iterator[str]:
    """The keys of the paragraphs in trafilatura's body."""
    inline = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            yield key("".join(inline))
            inline = []
            yield from _paragraphs(child)
        else:
            inline += map(str, child.itertext(with_tail=False))
        inline.append(child.tail or "")
    yield key("".join(inline))


def _located(keys: list[str], found: Passages) -> list[int]:
    """Where the page has the paragraphs that trafilatura gives.

    It joins passages and parts them at line breaks, so that one of them can be a part of the
    other; from where it is, each is looked for forwards first.
    """
    own = [passage.key for passage in found.items]
    whole: dict[str, list[int]] = defaultdict(list)
    heads: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(own):
        whole[text].append(number)
        heads[text[:_HEAD]].append(number)
    located: set[int] = set()
    at = 0
    for text in keys:
        if not text:
            continue
        if text in whole:
            number = _next(whole[text], at)
            run = range(number, number + 1)
        else:
            run = _run(text, own, _next(heads.get(text[:_HEAD], [at]), at))
        located.update(run)
        at = run.stop
    return sorted(located)


def _next(numbers: list[int], at: int) -> int:
    """The first from a place on, or else the last before it."""
    place = bisect_left(numbers, at)
    return numbers[place] if place < len(numbers) else numbers[-1]


def _run(text: str, own: list[str], first: int) -> range:
    """The passages from one on that a paragraph is made of, or the one that it begins."""
    rest, number = text, first
    while number < len(own) and rest and own[number] and rest.startswith(own[number]):
        rest = rest[len(own[number]) :]
        number += 1
    if number < len(own) and rest and own[number].startswith(rest):
        number += 1
    return range(first, number)

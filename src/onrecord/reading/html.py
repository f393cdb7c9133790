"""HTML: the article and its metadata by trafilatura, the comments by `html_thread`."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

import trafilatura
from lxml.etree import LxmlError

from onrecord.errors import NoArticleError
from onrecord.reading.draft import Draft, lay_out
from onrecord.reading.html_thread import take_thread
from onrecord.reading.moments import iso_moment
from onrecord.records import ParagraphKind, Warning

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

# It logs each page that it finds no text in; the error below says so.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_KINDS: dict[str, ParagraphKind] = {
    "p": "body",
    "head": "heading",
    "quote": "quote",
    "item": "list",
    "figure": "caption",
    "cell": "list",
    "ab": "body",
    "code": "body",
}
"""trafilatura's elements that hold a paragraph, and what the record calls them."""


def read_html(markup: str, name: str) -> Draft:
    """Read a page's article, metadata and comments.

    The comments are taken out of the page before trafilatura looks for the article in it:
    it has taken the one for the other. Raises `NoArticleError`.
    """
    tree = trafilatura.load_html(markup)
    if tree is None:  # It refuses a fragment without a page around it.
        tree = trafilatura.load_html(f"<html><head></head><body>{markup}</body></html>")
    if tree is None:
        raise NoArticleError(name, "the HTML holds no elements. Save the page again.")
    declared = tree.get("lang") or tree.get("xml:lang")
    moment = tree.xpath("string(//meta[@property='article:published_time']/@content)")
    comments = take_thread(tree)
    document = _extract(tree, name)
    headline = _headline(document) if document else None
    blocks: list[tuple[ParagraphKind, str]] = [("headline", headline)] if headline else []
    if document is not None and document.body is not None:
        blocks += [(kind, block) for kind, block in _blocks(document.body) if block != headline]
    warnings = []
    if not any(kind != "headline" for kind, _ in blocks):
        if not comments:
            raise NoArticleError(
                name,
                "no article was found in the HTML. Save the page once it is fully loaded, "
                "or give its text as a .txt file.",
            )
        warnings.append(Warning(code="article-not-found", message="the page holds comments alone"))
    elif not headline:
        warnings.append(Warning(code="headline-not-found", message="the page names no headline"))
    text, paragraphs, thread = lay_out(blocks, comments)
    return Draft(
        text=text,
        headline=headline,
        paragraphs=paragraphs,
        comments=thread,
        byline=_byline(document.author) if document else (),
        published=_published(moment, document.date) if document else None,
        site=(document.sitename or None) if document else None,
        url=(document.url or None) if document else None,
        language=declared,
        warnings=tuple(warnings),
    )


def _extract(tree: HtmlElement, name: str) -> Document | None:
    try:
        found = trafilatura.bare_extraction(
            tree, include_comments=False, include_tables=False, with_metadata=True
        )
    except (LxmlError, ValueError, RecursionError) as error:
        raise NoArticleError(name, f"the HTML could not be read: {error}") from error
    return found if found is None or not isinstance(found, dict) else None


def _headline(document: Document) -> str | None:
    """The title without the name of the site behind it."""
    title = " ".join((document.title or "").split())
    for mark in (" - ", " | ", " – ", " — "):
        site = document.sitename
        if site and title.casefold().endswith((mark + site).casefold()):
            title = title[: -len(mark + site)].rstrip()
    return title or None


def _published(moment: str, day: str | None) -> str | None:
    """The day that trafilatura found, with the time of day where the page gives it too."""
    exact = iso_moment(moment)
    return exact if exact and exact.startswith(day or "") else day


def _byline(author: str | None) -> tuple[str, ...]:
    names = [" ".join(name.split()) for name in (author or "").split(";")]
    return tuple(dict.fromkeys(name for name in names if name))


def _blocks(body: _Element) -> Iterator[tuple[ParagraphKind, str]]:
    """The paragraphs of trafilatura's body, in order, each with its kind."""
    for element in body:
        tag = element.tag
        if tag in ("list", "table", "row") or (tag == "quote" and len(element.findall("p"))):
            for kind, block in _blocks(element):
                yield ("quote" if tag == "quote" else kind), block
        elif tag == "item" and element.find("list") is not None:
            lists = element.findall("list")
            for inner in lists:  # Its items are paragraphs of their own, after this one's.
                element.remove(inner)
            own = _text(element)
            if own:
                yield "list", own
            yield from (pair for inner in lists for pair in _blocks(inner))
        elif tag in _KINDS:
            block = _text(element)
            if block:
                yield _KINDS[tag], block
        if element.tail and element.tail.strip():
            yield "body", " ".join(element.tail.split())


def _text(element: _Element) -> str:
    """The text of an element on one line."""
    for line_break in element.iter("lb"):
        line_break.tail = " " + (line_break.tail or "")
    return " ".join("".join(map(str, element.itertext())).split())

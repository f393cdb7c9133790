"""HTML: the article and its metadata by trafilatura, the comments by `html_thread`."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import trafilatura
from lxml.etree import LxmlError
from trafilatura.settings import Document

from onrecord.errors import NoArticleError
from onrecord.reading.draft import Draft, lay_out
from onrecord.reading.html_thread import take_thread
from onrecord.reading.moments import iso_moment
from onrecord.records import ParagraphKind, Warning

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

# It logs each page that it finds no text in; the error below says so.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_KINDS: dict[str, ParagraphKind] = {
    "p": "body",
    "head": "heading",
    "quote": "quote",
    "list": "list",
    "item": "list",
    "code": "body",
}
"""trafilatura's elements that are blocks, and what the record calls their paragraphs."""

_INNER = frozenset({"quote", "list"})
"""Kinds that also go for the paragraphs inside of the block."""

_DATES = {"extensive_search": False, "original_date": True}
"""htmldate's extensive search takes any year in the text for the day of publication."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


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
    _prepare(tree)
    comments = take_thread(tree)
    document = _extract(tree, name)
    headline = _headline(document)
    article = [(kind, block) for kind, block in _article(document) if block != headline]
    if not article and not comments:
        raise NoArticleError(
            name,
            "no article was found in the HTML. Save the page once it is fully loaded, "
            "or give its text as a .txt file.",
        )
    warnings = []
    if not article:
        warnings.append(Warning(code="article-not-found", message="the page holds comments alone"))
    elif not headline:
        warnings.append(Warning(code="headline-not-found", message="the page names no headline"))
    blocks: list[tuple[ParagraphKind, str]] = [("headline", headline)] if headline else []
    text, paragraphs, thread = lay_out(blocks + article, comments)
    return Draft(
        text=text,
        headline=headline,
        paragraphs=paragraphs,
        comments=thread,
        byline=_byline(document.author),
        published=_published(moment, document.date),
        site=document.sitename or None,
        url=document.url or None,
        language=declared,
        warnings=tuple(warnings),
    )


def _extract(tree: HtmlElement, name: str) -> Document:
    """What trafilatura finds; nothing at all is an empty document."""
    try:
        found = trafilatura.bare_extraction(
            tree,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params=_DATES,
        )
    except (LxmlError, ValueError, RecursionError) as error:
        raise NoArticleError(name, f"the HTML could not be read: {error}") from error
    return found if isinstance(found, Document) else Document()


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
    return tuple(dict.fromkeys(name for name in names if any(map(str.isalpha, name))))


def _article(document: Document) -> Iterator[tuple[ParagraphKind, str]]:
    """The paragraphs of the article; text without any block around it is none."""
    body = document.body
    if body is not None and next(body.iter(*_KINDS), None) is not None:
        yield from _blocks(body)


def _blocks(element: _Element, kind: ParagraphKind = "body") -> Iterator[tuple[ParagraphKind, str]]:
    """The paragraphs below an element of trafilatura's body, in order, each with its kind."""
    inline = [element.text or ""]
    for child in element:
        inner = _KINDS.get(str(child.tag))
        if inner is None:
            inline += [" "] if child.tag == "lb" else map(str, child.itertext())
        else:
            yield from _paragraph(kind, inline)
            inline = []
            yield from _blocks(child, kind if kind in _INNER and inner != "list" else inner)
        inline.append(child.tail or "")
    yield from _paragraph(kind, inline)


def _paragraph(kind: ParagraphKind, inline: Iterable[str]) -> Iterator[tuple[ParagraphKind, str]]:
    text = " ".join("".join(inline).split())
    if text:
        yield kind, text


def _prepare(tree: _Element) -> None:
    """Make a page's tree such that nothing of its text is lost on the way.

    Characters that XML cannot hold, for which lxml and trafilatura fail, become U+FFFD.
    The marks that a browser shows around ``q`` are written out.
    """
    for element in tree.iter():
        if element.text and isinstance(element.tag, str):
            element.text = _NOT_XML.sub("\ufffd", element.text)
        if element.tail:
            element.tail = _NOT_XML.sub("\ufffd", element.tail)
    for quotation in list(tree.iter("q")):
        quotation.tag = "span"  # trafilatura would take it for a paragraph of its own.
        quotation.text = "“" + (quotation.text or "")
        if len(quotation):
            quotation[-1].tail = (quotation[-1].tail or "") + "”"
        else:
            quotation.text += "”"

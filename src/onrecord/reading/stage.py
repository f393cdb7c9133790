"""The stage: a document goes in, a page without attributions comes out."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import msgspec

from onrecord.errors import SeveralPagesError
from onrecord.options import ReadingOptions
from onrecord.reading.decoding import decode, kind_of
from onrecord.reading.document import Document, too_large
from onrecord.reading.draft import Draft
from onrecord.reading.html import read_html
from onrecord.reading.language import language_of
from onrecord.reading.markdown import read_markdown
from onrecord.reading.plain import read_plain
from onrecord.records import Page


def read_page(data: bytes, name: str, options: ReadingOptions) -> Page:
    """Read one page from its bytes.

    ``name`` is what error messages call the input. Raises a subclass of `InputError`.
    """
    kind = options.kind
    if kind == "warc" or kind == "jsonl":
        raise SeveralPagesError(name, f"{kind} holds several pages. Read it with read_each.")
    if len(data) > options.max_bytes:
        raise too_large(name, options.max_bytes, len(data))
    return read_document(Document(name=name, data=data, kind=kind), options)


def read_document(document: Document, options: ReadingOptions) -> Page:
    """Read one page, with what is known of it from outside. Raises subclasses of `InputError`."""
    text, warnings = decode(document.data, document.name, document.charset)
    draft = _draft(text, document)
    sample = draft.text
    if draft.paragraphs:
        sample = draft.text[draft.paragraphs[0].start : draft.paragraphs[-1].end]
    return Page(
        id=hashlib.sha256(document.data).hexdigest(),
        url=document.url or draft.url,
        site=draft.site,
        headline=draft.headline,
        byline=draft.byline,
        published=document.published or draft.published,
        fetched=document.fetched,
        language=options.language or language_of(sample, draft.language),
        text=draft.text,
        paragraphs=draft.paragraphs,
        comments=draft.comments,
        warnings=(*document.warnings, *warnings, *draft.warnings),
    )


def _draft(text: str, document: Document) -> Draft:
    kind = document.kind or kind_of(text)
    if kind == "text":
        draft = read_plain(text)
        return _headed(draft, document.headline) if document.headline else draft
    draft = (read_html if kind == "html" else read_markdown)(text, document.name)
    return _titled(draft, document.headline) if document.headline else draft


def _titled(draft: Draft, headline: str) -> Draft:
    """A page under a headline from outside; the one that its text shows stays marked there."""
    warnings = tuple(one for one in draft.warnings if one.code != "headline-not-found")
    return replace(draft, headline=headline, warnings=warnings)


def _headed(draft: Draft, headline: str) -> Draft:
    """A plain text under a headline from outside, which tells whether the text begins with it."""
    paragraphs = list(draft.paragraphs)
    if paragraphs:
        first = paragraphs[0]
        same = " ".join(draft.text[first.start : first.end].split()) == headline
        paragraphs[0] = msgspec.structs.replace(first, kind="headline" if same else "body")
    return replace(_titled(draft, headline), paragraphs=tuple(paragraphs))

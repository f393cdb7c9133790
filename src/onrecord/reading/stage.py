"""The stage: bytes go in, a page without attributions comes out."""

from __future__ import annotations

import hashlib

from onrecord.options import ReadingOptions
from onrecord.reading.decoding import decode, kind_of
from onrecord.reading.html import read_html
from onrecord.reading.language import language_of
from onrecord.reading.plain import read_plain
from onrecord.records import Page


def read_page(data: bytes, name: str, options: ReadingOptions) -> Page:
    """Read one page.

    ``name`` is what error messages call the input. Raises a subclass of `InputError`.
    """
    text, warnings = decode(data, name)
    kind = options.kind or kind_of(text)
    draft = read_html(text, name) if kind == "html" else read_plain(text)
    sample = draft.text
    if draft.paragraphs:
        sample = draft.text[draft.paragraphs[0].start : draft.paragraphs[-1].end]
    return Page(
        id=hashlib.sha256(data).hexdigest(),
        url=draft.url,
        site=draft.site,
        headline=draft.headline,
        byline=draft.byline,
        published=draft.published,
        language=options.language or language_of(sample, draft.language),
        text=draft.text,
        paragraphs=draft.paragraphs,
        comments=draft.comments,
        warnings=(*warnings, *draft.warnings),
    )

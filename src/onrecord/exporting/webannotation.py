"""Records as W3C Web Annotations, one a line: https://www.w3.org/TR/annotation-model/.

An attribution is an annotation of what is said. Only the standard's own terms are used::

    target      the content: a stretch of the page, styleClass "content"
    body        identifying   TextualBody: the speaker's name
                identifying   the source's words in the page, styleClass "source"
                describing    the cue's words in the page, styleClass "cue"
                classifying   TextualBody: "kind: direct", "source_type: named_person",
                              "cue_class: neutral", "negated: false", "comment: 3"
                assessing     TextualBody: "confidence: 0.93"
                linking       the annotation that this one is nested in
    stylesheet  colours for the three classes

A role in several pieces has a target, or body, for each; what is not known has no body.

Each stretch has two selectors. The quotation finds it in the page as others show it. The
position counts code points of ``Page.text``, as the standard has it; where the page was HTML
that text is the article and its comments without markup, not the text of the whole document, so
there the quotation is what finds it.
"""

# Without `from __future__ import annotations`: that would take the name of the function.
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

import msgspec

from onrecord.exporting.json import escaped
from onrecord.records import Attribution, Page, Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

NEAR = 32
"""Characters before and after a quotation, as Hypothesis writes them."""
FAR = 1024
"""Characters at the most, where fewer leave a quotation with several places in the page."""
REACH = 500_000
"""Characters before and after in which other places are looked for.

It bounds the time that a page of many megabytes takes: a millisecond an attribution."""

STYLESHEET = (
    ".source { background: #9ecae1 } .cue { background: #fdd0a2 } .content { background: #c7e9c0 }"
)

_WEB = re.compile(r"https?://[^/?#\s]", re.I)
_NOT_IN_IRIS = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f-\x9f\s]')

Resource = dict[str, Any]


def annotations(pages: Iterable[Page]) -> Iterator[bytes]:
    """Each attribution of the pages as one line of JSON-LD."""
    for page in pages:
        names = {one.id: one.name for one in page.speakers}
        for one in page.attributions:
            yield escaped(msgspec.json.encode(_annotation(page, one, names))) + b"\n"


def page_iri(page: Page) -> str:
    """What annotations call a page: its web address, or one made of its id."""
    if page.url and _WEB.match(page.url):
        return _NOT_IN_IRIS.sub(lambda found: quote(found[0]), page.url)
    return f"urn:sha256:{quote(page.id, safe='')}"


def annotation_iri(page: Page, attribution: int) -> str:
    """What the annotation of an attribution is called: the same for the same page and id."""
    return f"urn:onrecord:attribution:{quote(page.id, safe='')}:{attribution}"


def _annotation(page: Page, one: Attribution, names: Mapping[int, str]) -> Resource:
    # Imported late: the package's root imports every part.
    from onrecord import __version__

    return {
        "@context": CONTEXT,
        "id": annotation_iri(page, one.id),
        "type": "Annotation",
        "motivation": "identifying",
        "creator": {"type": "Software", "name": "Onrecord"},
        "generator": {"type": "Software", "name": f"Onrecord {__version__}"},
        "stylesheet": {"type": "CssStylesheet", "value": STYLESHEET},
        "body": list(_bodies(page, one, names)),
        "target": [_stretch(page, span, "content") for span in one.content],
    }


def _bodies(page: Page, one: Attribution, names: Mapping[int, str]) -> Iterator[Resource]:
    if one.speaker is not None and (name := names.get(one.speaker)):
        yield _text(name, "identifying")
    for span in one.source:
        yield {**_stretch(page, span, "source"), "purpose": "identifying"}
    for span in one.cue:
        yield {**_stretch(page, span, "cue"), "purpose": "describing"}
    known = {
        "kind": one.kind,
        "source_type": one.source_type,
        "cue_class": one.cue_class,
        "negated": None if one.negated is None else str(one.negated).lower(),
        "comment": one.comment,
    }
    for label, value in known.items():
        if value is not None:
            yield _text(f"{label}: {value}", "classifying")
    yield _text(f"confidence: {one.confidence}", "assessing")
    if one.within is not None:
        source = annotation_iri(page, one.within)
        yield {"type": "SpecificResource", "source": source, "purpose": "linking"}


def _text(value: str, purpose: str) -> Resource:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _stretch(page: Page, span: Span, role: str) -> Resource:
    """A stretch of the page's text, and by its class which role it has."""
    start, end = span
    prefix, suffix = _context(page.text, start, end)
    return {
        "type": "SpecificResource",
        "source": page_iri(page),
        "styleClass": role,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": page.text[start:end],
                "prefix": prefix,
                "suffix": suffix,
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }


def _context(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after: as much as makes the whole stand in one place alone."""
    size = NEAR
    while True:
        first, last = max(start - size, 0), min(end + size, len(text))
        if size >= FAR or _is_alone(text, first, last):
            return text[first:start], text[end:last]
        size *= 2


def _is_alone(text: str, first: int, last: int) -> bool:
    whole = text[first:last]
    near = text.find(whole, max(first - REACH, 0))
    return near == first and text.find(whole, first + 1, last + REACH) < 0

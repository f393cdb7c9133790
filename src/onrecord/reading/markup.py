"""From a page's markup to a tree in which nothing readable is lost, in bounded time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml.etree import LxmlError
from lxml.html import HTMLParser, document_fromstring

from onrecord.errors import NoArticleError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

WIDE = 20_000
"""Characters of a tag above which its attributes are counted; the longest tag of 19 saved pages
has 11,000."""

CROWDED = 500
"""Attributes of one tag at the most. libxml2 takes 3 s for one that has 60,000, four times as
long for twice as many; the most in 19 saved pages is 19."""

LONG = 2000
"""Characters of the longest attribute that is looked into, since some hundred words are looked
for in each. The longest class or id of 19 saved pages has 596."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ATTRIBUTE = r"""[\s/]++|[^\s/>=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"']*+)"""
_TAG = re.compile(rf"<[a-z][^\s/>]*+(?:{_ATTRIBUTE})*+>?", re.I)
"""One pass over the page: what it has taken, also of an unclosed tag, it does not take again."""
_REFERENCE = re.compile(
    r"&#(?:0*+(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)|"
    r"x0*+(?:[0-8bcef]|1[\da-f]|fff[ef])(?![\da-f]))",
    re.I,
)
"""A reference to one of them; most pages have none, so that their texts need no look."""
_INLINE = re.compile(
    r"</?(?:b|big|center|em|font|i|small|span|strike|strong|tt|u)(?=[\s>])[^<>]*+>", re.I
)
_LONG_VALUE = f"//@*[string-length(.) > {LONG}]"
_LONG_BY_NATURE = frozenset({"content", "href", "src", "srcset", "style", "value"})


def parse(markup: str, name: str) -> tuple[HtmlElement, bool]:
    """The tree of a page, and whether its end is missing.

    libxml2 stops where elements are nested 2,048 deep. A page gets there whose ``<b>`` are
    never closed: then inline elements are left out. Raises `NoArticleError`.
    """
    clean = _thinned(_NOT_XML.sub("\ufffd", markup))
    tree, cut = _parsed(clean, name)
    if cut:
        tree, cut = _parsed(_INLINE.sub("", clean), name)
    _prepare(tree, references=_REFERENCE.search(markup) is not None)
    return tree, cut


def _parsed(markup: str, name: str) -> tuple[HtmlElement, bool]:
    parser = HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        huge_tree=True,  # Without it the depth is 256, which comments do reach.
    )
    try:
        # Bytes, since lxml refuses text that declares an encoding.
        data = markup.encode("utf-8", "replace")
        tree = document_fromstring(data, parser=parser, ensure_head_body=True)
    except (LxmlError, ValueError) as error:
        raise NoArticleError(name, "the HTML holds no elements. Save the page again.") from error
    return tree, any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _thinned(markup: str) -> str:
    """Markup without the attributes of tags that have too many."""
    parts, done = [], 0
    for tag in _TAG.finditer(markup):
        start, end = tag.span()
        if end - start <= WIDE or len(re.findall(_ATTRIBUTE, tag[0])) <= 3 * CROWDED:
            continue  # An attribute is a space, a name and a value.
        element = re.match(r"<[^\s/>]{1,40}", tag[0])
        parts += [markup[done:start], element[0] + ">" if element else ""]
        done = end
    return "".join([*parts, markup[done:]]) if parts else markup


def _prepare(tree: HtmlElement, *, references: bool) -> None:
    """Make the tree such that nothing of its text is lost on the way.

    Characters that XML cannot hold, for which lxml and trafilatura fail, become U+FFFD: a
    reference can still hold them. The marks that a browser shows around ``q`` are written out.
    """
    if references:
        for element in tree.iter():
            if element.text:
                element.text = _NOT_XML.sub("\ufffd", element.text)
            if element.tail:
                element.tail = _NOT_XML.sub("\ufffd", element.tail)
    for value in tree.xpath(_LONG_VALUE):
        if value.attrname not in _LONG_BY_NATURE:
            value.getparent().set(value.attrname, value[:LONG])
    for quotation in list(tree.iter("q")):
        quotation.tag = "span"  # trafilatura would take it for a paragraph of its own.
        quotation.text = "“" + (quotation.text or "")
        if len(quotation):
            quotation[-1].tail = (quotation[-1].tail or "") + "”"
        else:
            quotation.text += "”"

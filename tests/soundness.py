"""What a page of ours may hold, whatever a stranger wrote: for tests of reports and of the app."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml import html

# What the templates write, and nothing that loads, plays, frames or animates.
ELEMENTS = frozenset(
    """a article aside bdi blockquote body button caption circle code col colgroup datalist dd defs
    details div dl dt em fieldset figcaption figure footer form g h1 h2 h3 h4 head header hr html
    input label legend li line link main mark meta nav noscript ol option output p path pattern
    polygon polyline progress rect script section select small span strong style sub summary sup
    svg table tbody td text textarea tfoot th thead time title tr tspan ul""".split()
)
_FORBIDDEN = re.compile(
    r"on.*|style|srcdoc|srcset|background|poster|ping|formaction|xlink.*|.*:.*|ng-.*|x-.*|hx-.*"
)
_LEADING = ("href", "src", "action", "data", "cite", "longdesc", "manifest")


def unsound(page: str, *, one_file: bool = False) -> list[str]:
    """What a page holds that none of our templates writes; nothing where all is well.

    A report is ``one_file`` and has its style and script in itself; `inline` gives these.
    """
    return list(_unsound(html.document_fromstring(page), one_file))


def _unsound(tree: Any, one_file: bool) -> Iterator[str]:
    for one in tree.iter():
        if not isinstance(one.tag, str):
            yield "a comment or an instruction"
            continue
        if one.tag in ("script", "style") and not one_file and one.get("src") is None:
            yield f"inline {one.tag}: {one.text_content()!r}"
        if one.tag.lower() not in ELEMENTS:
            yield f"element {one.tag}"
        for name, value in one.attrib.items():
            if _FORBIDDEN.fullmatch(name.lower()):
                yield f"{one.tag} has {name}={value!r}"
            if name.lower() in _LEADING and not _may_lead(one, value):
                yield f"{one.tag} leads to {value!r}"
        refreshes = one.get("http-equiv", "").lower() == "refresh"
        if refreshes and not one.get("content", "").isdigit():
            yield f"refreshes to {one.get('content')!r}"


def _may_lead(element: Any, value: str) -> bool:
    """Within the page or the app; a link may lead to the web, and then tells it nothing."""
    if value.startswith("#") or re.match(r"/(?![/\\])", value):
        return True
    if element.tag == "link":
        return value == "data:,"
    parts = urlsplit(value)
    elsewhere = parts.scheme in ("http", "https") and bool(parts.netloc)
    return element.tag == "a" and elsewhere and "noreferrer" in element.get("rel", "")


def inline(page: str) -> tuple[list[str], list[str]]:
    """The texts of inline style sheets and scripts."""
    tree: Any = html.document_fromstring(page)
    scripts = [one.text_content() for one in tree.iter("script") if one.get("src") is None]
    return [one.text_content() for one in tree.iter("style")], scripts

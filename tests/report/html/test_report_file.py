"""The one file: well formed, everything in it, nothing of a page run or fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given, settings

from arbitrary import pages
from onrecord.records import Page
from onrecord.report.html import report_html
from onrecord.report.html.file import environment
from onrecord.report.html.view import view
from onrecord.report.printable import in_place
from writer import Writer, story

ELEMENTS = frozenset(
    "html head meta title style body a header h1 h2 p section details summary ul li div figure "
    "figcaption svg rect defs pattern path circle table thead tbody tr th td form label select "
    "option button bdi nav h3 span main article blockquote ol strong script".split()
)
"""What the templates write. Nothing else may stand in a report."""

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "{{ 7 * 7 }}{% raw %}",
    "<!--",
    "]]><x/>",
    "&lt;b&gt; &#x3c;i&#x3e;",
]


class _Seen(HTMLParser):
    """Notes elements, their attributes, and the text outside of style and script."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._silent += tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text.append(data)


def _seen(page: Page) -> _Seen:
    seen = _Seen()
    seen.feed(report_html(page))
    seen.close()
    return seen


def _hostile(text: str) -> Page:
    """A page with a text in every place where a page's words can stand."""
    written = Writer().paragraph(text).paragraph(f"{text} said {text}!")
    written.comment(f"{text}?", author=text, posted_text=text)
    written.speaker(text, text, listed={text: text})
    written.attribution(text, "said", f"{text}!", speaker=1, source_type="unnamed_person")
    return written.page(headline=text, site=text, byline=(text,), published=text, url=text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_pages_words_are_text_and_nothing_else(text: str) -> None:
    seen = _seen(_hostile(text))
    assert {tag for tag, _ in seen.elements} <= ELEMENTS
    for tag, attributes in seen.elements:
        assert not any(name.startswith("on") or name == "style" for name in attributes), tag
        assert attributes.get("href", "#").startswith("#")  # type: ignore[union-attr]
        assert "src" not in attributes
    assert sum(tag == "script" for tag, _ in seen.elements) == 1
    assert text in "".join(seen.text)


@settings(max_examples=40)
@given(pages())
def test_any_record_has_a_report_with_all_of_its_attributions(page: Page) -> None:
    seen = _seen(page)
    ids = [attributes["id"] for _, attributes in seen.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {f"e{one.id}" for one in page.attributions} <= set(ids)
    links = {str(a["href"])[1:] for _, a in seen.elements if a.get("href")}
    assert {link for link in links if link.startswith("e")} <= set(ids)


def test_the_text_stands_as_written() -> None:
    page = story()
    text = "".join(_seen(page).text)
    whole = re.sub(r"\s+", " ", text)
    for one in page.comments:
        assert re.sub(r"\s+", " ", in_place(page.text[one.start : one.end]))[:20] in whole


def test_signs_that_turn_the_direction_of_writing_are_not_passed_on() -> None:
    page = Writer().paragraph("abc \u202egnihtemos\u202c def").page()
    assert "\u202e" not in report_html(page)


def test_the_policy_lets_nothing_in_but_the_files_own_style_and_script() -> None:
    policy = next(
        str(attributes["content"])
        for tag, attributes in _seen(story()).elements
        if attributes.get("http-equiv")
    )
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_deep_thread_has_a_report() -> None:
    written = Writer().paragraph("Piers")
    for number in range(3000):
        written.comment(f"reply {number}", parent=number - 1 if number else None)
    shown = report_html(written.page())
    assert shown.count('class="said"') == 3000
    assert "to c 2999" in shown


def test_the_same_record_has_the_same_bytes() -> None:
    page = story()
    again = msgspec.json.decode(msgspec.json.encode(page), type=Page)
    assert report_html(page) == report_html(again)


def test_whoever_shows_a_page_can_offer_to_correct_it() -> None:
    shown = environment().from_string(
        '{% from "page.html" import page_view with context %}{{ page_view(view, correct) }}'
    )
    found = shown.render(view=view(story()), correct=lambda number: f"/correct?a={number}&b")
    assert found.count('class="correct" href="/correct?a=') == 6
    assert 'href="/correct?a=5&amp;b" aria-label="Correct attribution 6"' in found
    assert 'class="correct"' not in report_html(story())

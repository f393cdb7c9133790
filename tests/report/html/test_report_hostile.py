"""Reports of pages that try to run a script or to ask the network for something."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Frame
from playwright.sync_api import Page as Tab

from browsing import Visit
from hostile import html_page, record, wordless
from onrecord import Reader
from onrecord.encoder.fake import FakeEncoder
from onrecord.errors import InputError
from onrecord.records import Page
from onrecord.report.html import report_html
from onrecord.report.html.file import asset
from onrecord.report.printable import in_place
from payloads import FIRING, FOREIGN, PAYLOADS
from soundness import inline, unsound

SIDE_BY_SIDE = 55
"""Reports that a browser opens at once."""

SAID = "h1, .block, .said, bdi, blockquote"
"""Where a stranger's words stand."""

# Whatever is measured: widths of bars, places in the text, numbers of words.
_MEASURES = frozenset(["x", "width", "data-place"])


def test_there_are_enough_of_them() -> None:
    texts = {one.text for one in PAYLOADS}
    assert len(texts) == len(PAYLOADS) >= 300
    assert len({one.family for one in PAYLOADS}) >= 15


def skeleton(page: str) -> list[tuple[str, dict[str, str]]]:
    """A page's elements and attributes, without its words."""
    tree: Any = html.document_fromstring(page)
    return [
        (one.tag, {name: one.attrib[name] for name in one.attrib if name not in _MEASURES})
        for one in tree.iter()
    ]


@pytest.mark.parametrize("family", sorted({one.family for one in PAYLOADS}))
def test_a_payload_changes_nothing_but_the_words(family: str) -> None:
    """The report's elements and attributes are those of a page with a plain word in its place."""
    plain = skeleton(report_html(record("word")))
    for one in PAYLOADS:
        if one.family != family:
            continue
        page = report_html(record(one.text))
        assert skeleton(page) == plain, one
        assert unsound(page, one_file=True) == [], one
        assert inline(page) == ([asset("page.css")], [asset("page.js")]), one


@pytest.mark.parametrize("family", sorted({one.family for one in PAYLOADS}))
def test_what_a_page_says_is_shown_to_the_letter(family: str) -> None:
    for one in PAYLOADS:
        if one.family != family:
            continue
        tree: Any = html.document_fromstring(report_html(record(one.text)))
        wanted = wordless(in_place(one.text))
        for path in ("//h1", "//p[@class='said']", "//bdi[@class='author']", "//blockquote"):
            assert wanted in wordless(tree.xpath(path)[0].text_content()), (path, one)


def test_the_policy_is_first_and_has_the_hashes_of_what_there_is() -> None:
    for one in PAYLOADS[::25]:
        page = report_html(record(one.text))
        tree: Any = html.document_fromstring(page)
        (meta,) = tree.xpath("//meta[@http-equiv]")
        policy = meta.get("content")
        assert meta.get("http-equiv") == "Content-Security-Policy"
        assert page.index("http-equiv") < page.index("<title>") < page.index("<style>")
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'; ")
        styles, scripts = inline(page)
        assert re.findall("'(sha256-[^']+)'", policy) == [
            f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
            for text in styles + scripts
        ]


def test_what_is_read_from_hostile_pages_has_a_sound_report() -> None:
    """The whole way from bytes; what cannot be read is refused in words."""
    reader, read = Reader(encoder=FakeEncoder()), 0
    for one in PAYLOADS[::3]:
        try:
            page = reader.read(html_page(one.text))
        except InputError:
            continue
        read += 1
        shown = report_html(page)
        assert unsound(shown, one_file=True) == [], one
        assert inline(shown) == ([asset("page.css")], [asset("page.js")]), one
    assert read >= 150


@pytest.fixture
def there(visit: Callable[..., Visit]) -> Visit:
    """A browser's page without a network."""
    opened = visit()
    opened.page.context.set_offline(True)
    return opened


def ran(frame: Frame | Tab) -> bool:
    """Whether a payload ran, or could put something where all objects see it."""
    return bool(frame.evaluate("window.__ran !== undefined || ({}).polluted !== undefined"))


def _is_harmless(there: Visit, page: Page, path: Path) -> None:
    path.write_text(report_html(page), encoding="utf-8")
    there.asked.clear()
    there.page.goto(path.as_uri())
    assert not ran(there.page)
    assert there.asked == [path.as_uri()]
    assert there.complaints == there.dialogs == []


def _drawn(tab: Tab) -> None:
    """Wait until all was drawn that the document begins with: what is to fire has fired."""
    tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), SIDE_BY_SIDE))
def test_no_report_runs_or_asks_for_anything(there: Visit, tmp_path: Path, first: int) -> None:
    """From disk, in frames, which is faster; the words are what the browser made of them."""
    some = PAYLOADS[first : first + SIDE_BY_SIDE]
    paths = [tmp_path / f"{number}.html" for number, _ in enumerate(some)]
    for path, one in zip(paths, some, strict=True):
        path.write_text(report_html(record(one.text)), encoding="utf-8")
    frames = tmp_path / "all.html"
    frames.write_text("<!doctype html>" + "".join(f"<iframe src={p.name}></iframe>" for p in paths))
    there.page.goto(frames.as_uri())
    for frame, one in zip(there.page.frames[1:], some, strict=True):
        assert not ran(frame), one
        shown = frame.evaluate("document.querySelector('h1').textContent")
        assert wordless(in_place(one.text)) in wordless(shown), one
    assert sorted(there.asked) == sorted(path.as_uri() for path in [frames, *paths])
    assert there.complaints == there.dialogs == []


@pytest.mark.parametrize("payload", FIRING)
def test_a_report_alone_is_harmless(there: Visit, tmp_path: Path, payload: str) -> None:
    _is_harmless(there, record(payload), tmp_path / "report.html")


def test_the_way_a_person_takes_through_a_report_sets_nothing_off(
    there: Visit, tmp_path: Path
) -> None:
    """All that can be pointed at, opened, chosen, focussed or copied, in reports of some."""
    for number, one in enumerate(PAYLOADS[::20]):
        path = tmp_path / f"{number}.html"
        _is_harmless(there, record(one.text), path)
        there.page.evaluate(
            """words => {
                const all = document.querySelectorAll(words + ", [data-a], summary, button");
                for (const one of all) {
                    for (const kind of ["pointerover", "mouseover", "focusin", "click"]) {
                        one.dispatchEvent(new MouseEvent(kind, { bubbles: true }));
                    }
                }
                for (const one of document.querySelectorAll("select")) {
                    one.selectedIndex = one.options.length - 1;
                    one.dispatchEvent(new Event("change", { bubbles: true }));
                }
            }""",
            SAID,
        )
        assert not ran(there.page), one
        assert {re.split("[?#]", asked)[0] for asked in there.asked} == {path.as_uri()}
        assert there.complaints == there.dialogs == []


def test_a_page_that_was_read_is_harmless_too(there: Visit, tmp_path: Path) -> None:
    reader = Reader(encoder=FakeEncoder())
    for number, one in enumerate(PAYLOADS[::12]):
        try:
            page = reader.read(html_page(one.text))
        except InputError:
            continue
        _is_harmless(there, page, tmp_path / f"{number}.html")


@pytest.mark.parametrize("payload", FIRING)
def test_the_policy_holds_where_escaping_would_fail(
    there: Visit, tmp_path: Path, payload: str
) -> None:
    """A second wall: the same as markup in the report does not run."""
    shown = report_html(record("word")).replace("<h2", f"{payload}<h2", 1)
    assert payload in shown
    path = tmp_path / "report.html"
    path.write_text(shown, encoding="utf-8")
    there.page.goto(path.as_uri())
    _drawn(there.page)
    assert not ran(there.page)
    assert there.dialogs == []
    assert not [one for one in there.asked if one.startswith(FOREIGN)]


def test_the_checks_can_fail(there: Visit, tmp_path: Path) -> None:
    """Without escaping and without a policy payloads run, ask, and are seen to."""
    fired = seen = 0
    path = tmp_path / "raw.html"
    for payload in FIRING:
        path.write_text(f"<!doctype html><meta charset=utf-8><p>{payload} <p>y>", encoding="utf-8")
        there.page.goto(path.as_uri())
        _drawn(there.page)
        fired += ran(there.page)
        seen += bool(unsound(path.read_text()))
    # What stands in <noscript> is markup to lxml, and words to a browser that runs scripts.
    assert seen >= len(FIRING) - 1
    assert fired >= len(FIRING) * 2 // 3
    assert there.dialogs
    path.write_text(f'<!doctype html><img src="{FOREIGN}/i.png">')
    there.page.goto(path.as_uri())
    assert f"{FOREIGN}/i.png" in there.asked
    assert there.complaints

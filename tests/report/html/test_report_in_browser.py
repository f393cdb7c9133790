"""The report as a person meets it: opened from disk in a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from browsing import NARROW, WIDE, Visit
from writer import Writer

SMALLEST, LARGEST = (320, 640), (3840, 2160)

_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

_CUT_OFF = """() => [...document.querySelectorAll("main *")].filter((one) => {
  const style = getComputedStyle(one);
  const clips = style.overflowX !== "visible" || style.overflowY !== "visible";
  return clips && !one.matches(".hear") && style.display !== "inline"
    && (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1);
}).map((one) => one.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [SMALLEST, NARROW, WIDE, LARGEST])
def test_opens_without_complaint(
    opened: Callable[..., Visit], size: tuple[int, int], scheme: str
) -> None:
    there = opened(size=size, color_scheme=scheme)
    assert there.page.title() == "Bridge Opens Late · Onrecord"
    assert there.violations() == []
    assert not there.page.evaluate(_SIDEWAYS)
    assert there.complaints == []
    assert there.asked == [there.page.url]


def test_long_words_do_not_push_the_page_sideways(opened: Callable[..., Visit]) -> None:
    word = "Donaudampfschifffahrtsgesellschaft" * 8
    page = (
        Writer()
        .speaker(word, word)
        .paragraph(word)
        .paragraph(f"{word} said {word}!")
        .attribution(word, "said", f"{word}!", speaker=1, source_type="unnamed_person")
        .comment(word, author=word)
        .comment(word, 0, author=word, posted_text=word)
        .page(site=word, url=f"https://{word}.example")
    )
    there = opened(page, SMALLEST)
    assert not there.page.evaluate(_SIDEWAYS)


def test_lines_are_not_too_long_on_a_large_screen(opened: Callable[..., Visit]) -> None:
    there = opened(Writer().paragraph("Piers").paragraph("It rained. " * 200).page(), LARGEST)
    width = there.page.evaluate("document.querySelector('.block.body').clientWidth")
    assert width <= 44 * 16


def test_headings_are_in_order(opened: Callable[..., Visit]) -> None:
    there = opened()
    found = there.page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(one => one.tagName)")
    assert found == ["H1", "H2", "H2", "H2", "H2"]


def test_without_scripts_all_can_be_read(opened: Callable[..., Visit]) -> None:
    page = opened(java_script_enabled=False).page
    assert page.locator("#ledger .entry").count() == 5
    assert page.locator(".said").count() == 4
    assert page.locator("button:visible, select:visible").count() == 0
    page.locator("a.ref").first.click()
    assert page.locator(".entry:target").count() == 1


def test_prints_the_ledger_behind_the_text_and_cuts_nothing_off(
    opened: Callable[..., Visit],
) -> None:
    page = opened().page
    page.emulate_media(media="print")
    assert page.locator("button:visible, select:visible, .skip:visible").count() == 0
    text, ledger = page.locator("#text").bounding_box(), page.locator("#ledger").bounding_box()
    assert text is not None
    assert ledger is not None
    assert ledger["y"] >= text["y"] + text["height"]
    assert page.evaluate(_CUT_OFF) == []
    styles = "one => [getComputedStyle(one).outlineStyle, getComputedStyle(one).fontStyle,"
    styles += " getComputedStyle(one).borderBottomStyle, getComputedStyle(one).textDecorationLine]"
    marks = page.locator("#text .mark")
    assert marks.nth(0).evaluate(styles)[0] == "solid"  # the source
    assert page.locator("#text .mark.cue").first.evaluate(styles)[1:3] == ["italic", "dotted"]
    assert page.locator("#text .mark.content").first.evaluate(styles)[3] == "underline"
    assert page.pdf()[:5] == b"%PDF-"


def test_nested_attributions_are_indented(opened: Callable[..., Visit]) -> None:
    page = opened().page
    outer, inner = page.locator("#e1").bounding_box(), page.locator("#e2").bounding_box()
    assert outer is not None
    assert inner is not None
    assert inner["x"] > outer["x"] + 10
    assert "within another" in page.locator("#e2").inner_text()


def test_writing_from_right_to_left_moves_nothing_around_it(
    opened: Callable[..., Visit],
) -> None:
    name, words = "\u05d0\u05e0\u05d4 \u05d1\u05dc", "\u05d9\u05e8\u05d3 \u05d2\u05e9\u05dd 12"
    page = (
        Writer()
        .speaker(name, words)
        .paragraph("Piers")
        .paragraph(f"{name} said {words}!")
        .attribution(name, "said", words, speaker=1, source_type="named_person")
        .comment(words, author=name, posted_text="2 weeks ago")
        .page()
    )
    there = opened(page).page
    for before, after in [(".where", ".name"), (".author", ".posted"), (".posted", ".count")]:
        left = there.locator(before).first.bounding_box()
        right = there.locator(after).first.bounding_box()
        assert left is not None
        assert right is not None
        assert left["x"] + left["width"] <= right["x"], (before, after)

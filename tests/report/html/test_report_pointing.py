"""Point at one, and the other lights up: with a pointer, by keyboard, by touch."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as There

from browsing import NARROW, WIDE, Visit
from writer import Writer

both_widths = pytest.mark.parametrize("size", [WIDE, NARROW])


def _lit(page: There) -> set[str]:
    """The attributions of what is lit up, entries with an e before."""
    return set(
        page.locator(".lit").evaluate_all(
            "all => all.map(one => one.matches('.entry') ? 'e' + one.dataset.a : one.dataset.a)"
        )
    )


def _inside(page: There, what: str) -> bool:
    """Whether an element can be seen in full in the ledger's box and in the window."""
    return bool(
        page.evaluate(
            """(what) => {
              const place = document.querySelector(what).getBoundingClientRect();
              const box = document.querySelector("#ledger").getBoundingClientRect();
              return place.top >= Math.max(box.top, 0) - 1
                && place.bottom <= Math.min(box.bottom, innerHeight) + 1;
            }""",
            what,
        )
    )


@both_widths
def test_pointing_at_the_text_lights_the_entry(
    opened: Callable[..., Visit], size: tuple[int, int]
) -> None:
    page = opened(size=size).page
    page.locator("#text .mark.source").first.hover()
    assert _lit(page) == {"0", "e0"}
    page.locator("h1").hover()
    assert _lit(page) == set()


@both_widths
def test_pointing_at_the_entry_lights_the_text(
    opened: Callable[..., Visit], size: tuple[int, int]
) -> None:
    page = opened(size=size).page
    page.locator("#e4 blockquote").hover()
    assert _lit(page) == {"4", "e4"}


def test_the_innermost_one_is_meant(opened: Callable[..., Visit]) -> None:
    page = opened().page
    page.get_by_text("it sways", exact=True).first.hover()
    assert _lit(page) == {"2", "1 2", "e2"}  # its number, and what stands in both


def test_what_is_lit_is_not_told_by_colour_alone(opened: Callable[..., Visit]) -> None:
    page = opened().page
    mark = page.locator("#text .mark.content").first
    thick = "one => getComputedStyle(one).textDecorationThickness"
    framed = "one => getComputedStyle(one).outlineStyle"
    before = mark.evaluate(thick)
    mark.hover()
    assert mark.evaluate(thick) != before
    assert page.locator("#e0").evaluate(framed) == "solid"


@both_widths
def test_the_focus_lights_too(opened: Callable[..., Visit], size: tuple[int, int]) -> None:
    page = opened(size=size).page
    page.locator("#a3").focus()
    assert _lit(page) == {"3", "e3"}


@both_widths
def test_a_click_pins_until_escape(opened: Callable[..., Visit], size: tuple[int, int]) -> None:
    page = opened(size=size).page
    page.locator("#text .mark.source").first.click()
    page.locator("h1").hover()
    assert _lit(page) == {"0", "e0"}
    page.keyboard.press("Escape")
    assert _lit(page) == set()


@both_widths
def test_a_click_elsewhere_unpins(opened: Callable[..., Visit], size: tuple[int, int]) -> None:
    page = opened(size=size).page
    page.locator("#text .mark.source").first.click()
    page.locator("h1").click()
    assert _lit(page) == set()


def test_a_click_on_the_entry_shows_its_place(opened: Callable[..., Visit]) -> None:
    page = opened(size=NARROW).page
    page.locator("#e4 blockquote").click()
    page.wait_for_function(
        "() => { const at = document.querySelector('#a4').getBoundingClientRect();"
        " return at.top >= 0 && at.bottom <= innerHeight; }"
    )
    assert "4" in _lit(page)


def test_a_touch_shows_the_entry_at_the_foot_of_a_telephone(
    opened: Callable[..., Visit],
) -> None:
    page = opened(size=NARROW, has_touch=True).page
    page.locator("#text .mark.source").first.tap()
    box = page.locator("#e0").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] == pytest.approx(NARROW[1], abs=1)
    fixed = "one => getComputedStyle(one).position"
    assert page.locator("#e0").evaluate(fixed) == "fixed"
    page.keyboard.press("Escape")
    assert page.locator("#e0").evaluate(fixed) == "static"


def _long() -> Writer:
    written = Writer().paragraph("Piers")
    for number in range(150):
        written.paragraph(f"Anna Bell said it rained on day {number}!")
        written.attribution("Anna Bell", "said", f"it rained on day {number}!")
    return written


def test_the_entry_comes_into_sight_and_the_text_stays(opened: Callable[..., Visit]) -> None:
    page = opened(_long().page()).page
    mark = page.locator('#text [data-a="120"]').last
    mark.scroll_into_view_if_needed()
    page.wait_for_function(
        "() => { const now = scrollY, same = now === window.before;"
        " window.before = now; return same; }"
    )
    before = page.evaluate("scrollY")
    mark.hover()
    assert "e120" in _lit(page)
    page.wait_for_function("() => document.querySelector('#ledger').scrollTop > 0")
    assert _inside(page, "#e120")
    assert page.evaluate("scrollY") == before


@both_widths
def test_by_keyboard_from_text_to_ledger_and_back(
    opened: Callable[..., Visit], size: tuple[int, int]
) -> None:
    page = opened(size=size).page
    focused = "() => document.activeElement.id || document.activeElement.className"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "a0"
    page.keyboard.press("Enter")
    assert page.evaluate(focused) == "e0"
    assert _lit(page) == {"0", "e0"}
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "where"
    page.keyboard.press("Enter")
    assert page.evaluate(focused) == "a0"


def test_everything_that_acts_can_be_reached_by_keyboard(opened: Callable[..., Visit]) -> None:
    page = opened().page
    acting = "a[href], button, select, summary"
    wanted = page.locator(acting).count()
    reached = set()
    for _ in range(wanted * 2):
        page.keyboard.press("Tab")
        found = page.evaluate(
            f"() => [...document.querySelectorAll('{acting}')].indexOf(document.activeElement)"
        )
        if found in reached:
            break
        reached.add(found)
        outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
        assert found < 0 or outline != "none", found
    assert reached - {-1} == set(range(wanted))

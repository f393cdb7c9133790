"""The ways through the app that a person takes, in a real browser."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browsing import NARROW, WIDE, Visit
from onrecord import Corpus
from store.handmade import write
from store.made_corpus import corpus
from web.serving import serving
from writer import Writer

Open = Callable[..., Visit]

PAGES = [
    "/",
    "/?q=piers",
    "/pages/1",
    "/pages/1/attributions/1",
    "/pages/1/missing",
    "/speakers",
    "/speakers/1",
    "/outlets",
    "/outlets/one?site=The+Sarrow+Lantern",
    "/audit",
    "/compare",
    "/comments",
    "/corrections",
    "/read",
    "/nowhere",
    "/sign-in",
]


@pytest.fixture
def made(tmp_path: Path) -> Corpus:
    return corpus(tmp_path / "c.db")


@pytest.fixture
def base(made: Corpus) -> Iterator[str]:
    with serving(made) as address:
        yield address


@pytest.mark.parametrize(
    ("size", "scheme"), [(WIDE, "light"), (NARROW, "dark"), ((320, 640), "light")]
)
def test_every_page_is_sound(visit: Open, base: str, size: tuple[int, int], scheme: str) -> None:
    """No complaint, nothing asked of others, nothing that shuts people out, no scrolling aside."""
    there = visit(size, color_scheme=scheme)
    for path in PAGES:
        there.complaints.clear()
        there.page.goto(base + path)
        complaints = [one for one in there.complaints if "404" not in one]
        assert complaints == [], path
        assert there.violations() == [], path
        assert there.page.evaluate("document.documentElement.scrollWidth") <= size[0], path
    assert all(address.startswith((base, "data:")) for address in there.asked)


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_find_correct_see_it_counted_and_export(
    visit: Open, base: str, made: Corpus, size: tuple[int, int]
) -> None:
    page = visit(size, accept_downloads=True).page
    page.goto(base)
    page.get_by_label("Words of what is said").fill("concr*")  # As one types, without a button.
    expect(page.get_by_role("status")).to_contain_text("1 attribution in 1 page")
    assert page.url == f"{base}/?q=concr*"
    page.get_by_role("link", name="Pia Lund").click()
    expect(page.get_by_role("heading", name="Pia Lund")).to_be_visible()
    page.get_by_role("link", name="in its page").click()
    page.locator(":target").get_by_role("link", name="Correct").click()
    page.get_by_label("Speaker").fill("Elda Marrow")
    page.get_by_label("Kind of source").select_option("named person")
    page.get_by_label("Your name").fill("Orla")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(":target")).to_contain_text("Elda Marrow")
    page.get_by_role("link", name="Audit", exact=True).click()
    row = page.get_by_role("row").filter(has_text="Elda Marrow").first
    expect(row).to_contain_text("3")
    page.goto(f"{base}/?speaker=Marrow&q=concrete")
    with page.expect_download() as download:
        page.get_by_role("link", name="As CSV").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    (exported,) = csv.DictReader(text.splitlines())
    assert exported["speaker"] == "Elda Marrow"
    page.goto(f"{base}/corrections")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Do it again")).to_be_visible()
    (correction,) = made.corrections()
    assert correction.who == "Orla"
    assert correction.undone is not None


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, selector: str, *, most: int = 80) -> None:
    """Press Tab until something has the focus, as a person without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by Tab")


def test_a_correction_by_keyboard_alone(visit: Open, base: str, made: Corpus) -> None:
    page = visit().page
    page.goto(f"{base}/?q=concrete")
    tab_to(page, ".hit a[href^='/pages/']")
    press(page, "Enter")
    page.wait_for_url("**/pages/1#e*")
    tab_to(page, "a[href*='/attributions/']")
    press(page, "Enter")
    page.wait_for_url("**/attributions/*")
    tab_to(page, "[data-role=content] [data-nudge='end,-1']")
    press(page, "Enter")
    expect(page.locator("#quoted-content")).to_have_text("the concrete was")
    tab_to(page, "button[value=save]")
    press(page, "Enter")
    page.wait_for_url("**/pages/1#e*")
    (correction,) = made.corrections()
    assert correction.after is not None
    assert made.page(1).quote(correction.after.content) == "the concrete was"


def test_words_are_picked_with_the_mouse(visit: Open, base: str, made: Corpus) -> None:
    page = visit().page
    page.goto(f"{base}/pages/1/missing")
    wanted = "ended without a vote"
    page.evaluate(
        """wanted => {
            for (const one of document.querySelectorAll("#pick [data-start]")) {
                const flat = one.textContent.replace(/\\s/g, " ");
                const at = flat.indexOf(wanted);
                if (at < 0) continue;
                getSelection().setBaseAndExtent(
                    one.firstChild, at, one.firstChild, at + wanted.length);
                return;
            }
        }""",
        wanted,
    )
    page.locator("[data-take=content]").click()
    expect(page.locator("#quoted-content")).to_have_text(wanted)
    expect(page.locator("#pick .mark.content")).to_have_text(wanted)
    page.get_by_label("Kind of source").select_option("unattributed")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/pages/1#e*")
    record = made.page(1)
    added = [one for one in record.attributions if one.source_type == "unattributed"]
    assert [" ".join(record.quote(one.content).split()) for one in added] == [wanted]


def test_places_are_counted_in_characters_whatever_the_script(visit: Open, tmp_path: Path) -> None:
    """A browser counts an emoji as two; the record counts it as one."""
    from store.made_corpus import add

    made = Corpus(tmp_path / "e.db")
    add(made, [("e.txt", "Emoji\n\n🌊🌊 Anna Bell said the 🌊 water rose and fell.\n")])
    with serving(made) as base:
        page = visit().page
        page.goto(f"{base}/pages/1/attributions/{made.page(1).attributions[0].id}")
        shown = page.locator("#quoted-content")
        expect(shown).to_have_text("the 🌊 water rose and fell")
        page.locator("[data-role=content] [data-nudge='end,-1']").click()
        expect(shown).to_have_text("the 🌊 water rose and")
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**/pages/1#e*")
    record = made.page(1)
    assert record.quote(record.attributions[0].content) == "the 🌊 water rose and"


def test_places_are_the_pages_in_a_windows_text(visit: Open, tmp_path: Path) -> None:
    """A browser makes one sign of a line's two ends; the page has both."""
    record = Writer().paragraph("Rain").paragraph("Anna Bell\r\nsaid\r\nit rained all night.")
    record.attribution("Anna Bell", "said", "it rained")
    made = write(tmp_path / "w.db", [record.page()])
    with serving(made) as base:
        page = visit().page
        page.goto(f"{base}/pages/1/attributions/0")
        shown = page.locator("#quoted-content")
        expect(shown).to_have_text("it rained")
        page.locator("[data-role=content] [data-nudge='end,1']").click()
        expect(shown).to_have_text("it rained all")
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**/pages/1#e*")
    kept = made.page(1)
    assert kept.quote(kept.attributions[0].content) == "it rained all"


def test_the_search_goes_without_scripts(visit: Open, base: str) -> None:
    page = visit(java_script_enabled=False).page
    page.goto(base)
    page.get_by_label("Words of what is said").fill("divers")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("mark")).to_have_text("nobody had asked the divers")

"""Pages that are pasted, chosen or dropped, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browsing import NARROW, WIDE, Visit
from onrecord import Corpus
from store import made_corpus
from web.serving import serving
from web.slow import endless_reader

Open = Callable[..., Visit]

STORY = """Rain comes

Anna Bell said it rained.

<script>alert(1)</script><img src=x onerror=alert(2)>
"""
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])

DROP = """([name, text]) => {
  const given = new DataTransfer();
  given.items.add(new File([text], name, {type: "text/plain"}));
  for (const kind of ["dragover", "drop"])
    document.body.dispatchEvent(
      new DragEvent(kind, {dataTransfer: given, bubbles: true, cancelable: true}));
}"""
"""What a browser does when a file is dropped on the page."""


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return made_corpus.corpus(tmp_path / "c.db")


@pytest.fixture
def home(corpus: Corpus) -> Iterator[str]:
    with serving(corpus, make_reader=endless_reader) as address:
        yield address


def quiet(there: Visit) -> None:
    """No complaint, no script of the page's, no scrolling aside."""
    assert there.complaints == []
    assert there.dialogs == []
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert there.page.evaluate(wide)


def sound(there: Visit) -> None:
    """The same, and nothing that shuts people out."""
    quiet(there)
    assert there.violations() == []
    there.complaints.clear()  # axe-core tries inline styles, which are refused.


@SIZES
def test_a_pasted_page_is_shown_and_not_kept(
    visit: Open, home: str, corpus: Corpus, size: tuple[int, int]
) -> None:
    there = visit(size)
    there.page.goto(f"{home}/read")
    sound(there)
    there.page.get_by_label("Paste a page").fill(STORY)
    there.page.get_by_role("button", name="Read").click()
    expect(there.page.get_by_role("heading", level=1)).to_have_text("Rain comes")
    expect(there.page.locator("#ledger blockquote")).to_have_text("it rained")
    expect(there.page.get_by_text("<script>alert(1)</script>")).to_be_visible()
    sound(there)
    assert corpus.overview().pages == 2
    there.page.goto(f"{home}/read")
    there.page.get_by_role("link", name="pasted text").click()
    expect(there.page.get_by_role("heading", level=1)).to_have_text("Rain comes")


def test_by_keyboard_alone(visit: Open, home: str) -> None:
    there = visit()
    there.page.goto(f"{home}/read")
    there.page.get_by_label("Paste a page").focus()
    there.page.keyboard.insert_text("Rain comes\n\nAnna Bell said it rained.")
    for _ in range(3):  # the file, what to do, the button
        there.page.keyboard.press("Tab")
    there.page.keyboard.press("Enter")
    expect(there.page.locator("#ledger blockquote")).to_have_text("it rained")


@SIZES
def test_a_chosen_file_is_added_to_the_corpus(
    visit: Open, home: str, corpus: Corpus, tmp_path: Path, size: tuple[int, int]
) -> None:
    file = tmp_path / "rain.md"
    file.write_text("# Rain comes\n\nAnna Bell said *it rained*.\n")
    there = visit(size)
    there.page.goto(f"{home}/read")
    there.page.get_by_label("Or a file").set_input_files(file)
    there.page.get_by_label("Add it to the corpus").check()
    there.page.get_by_role("button", name="Read").click()
    there.page.wait_for_url(f"{home}/pages/3")
    expect(there.page.get_by_role("heading", level=1)).to_have_text("Rain comes")
    quiet(there)
    assert corpus.overview().pages == 3


@SIZES
def test_a_dropped_file_is_read(visit: Open, home: str, size: tuple[int, int]) -> None:
    there = visit(size)
    there.page.goto(f"{home}/read")
    there.page.evaluate(DROP, ["rain.txt", STORY])
    expect(there.page.locator("#ledger blockquote")).to_have_text("it rained")
    quiet(there)


def test_a_dropped_archive_is_added_page_by_page(visit: Open, home: str, corpus: Corpus) -> None:
    there = visit()
    there.page.goto(f"{home}/read")
    there.page.get_by_label("Add it to the corpus").check()
    rows = '{"text": "Rain\\\\n\\\\nAnna Bell said it rained."}\n{"nothing": "<b>"}\n'
    there.page.evaluate(DROP, ["day.jsonl", rows])
    told = "Pages that were added: 1; that were there already: 0; that could not be read: 1."
    expect(there.page.get_by_text(told)).to_be_visible()
    quiet(there)
    assert corpus.overview().pages == 3


@SIZES
def test_long_work_shows_progress_and_can_be_cancelled(
    visit: Open, home: str, size: tuple[int, int]
) -> None:
    there, other = visit(size), visit(size)
    there.page.goto(f"{home}/read")
    there.page.get_by_label("Paste a page").fill("Endless\n\nAnna Bell said it rained.")
    there.page.get_by_role("button", name="Read").click()
    expect(there.page.get_by_role("progressbar")).to_be_visible()
    expect(there.page.locator("#how-far")).to_have_text("Reading")
    sound(there)
    other.page.goto(f"{home}/read")
    other.page.get_by_label("Paste a page").fill("Rain comes\n\nAnna Bell said it rained.")
    other.page.get_by_role("button", name="Read").click()
    expect(other.page.locator("#how-far")).to_have_text("Waiting; 1 to be read before it")
    there.page.get_by_role("button", name="Cancel").click()
    expect(there.page.get_by_text("Cancelled.")).to_be_visible()
    sound(there)
    # The server is not occupied any more, and the other page shows it without being asked.
    expect(other.page.locator("#ledger blockquote")).to_have_text("it rained")
    quiet(other)


def test_without_scripts(visit: Open, home: str) -> None:
    there = visit(java_script_enabled=False)
    there.page.goto(f"{home}/read")
    there.page.get_by_label("Paste a page").fill("Rain comes\n\nAnna Bell said it rained.")
    there.page.get_by_role("button", name="Read").click()
    expect(there.page.locator("#ledger blockquote")).to_have_text("it rained", timeout=30_000)
    quiet(there)


@SIZES
def test_errors_are_told(visit: Open, home: str, size: tuple[int, int]) -> None:
    there = visit(size)
    there.page.goto(f"{home}/read")
    there.page.get_by_role("button", name="Read").click()
    expect(there.page.get_by_role("alert")).to_have_text("Paste a page, or choose a file.")
    quiet(there)
    there.page.evaluate(DROP, ["a.pdf", "%PDF-1.7\n\0"])
    expect(there.page.get_by_role("alert")).to_contain_text("PDF")
    sound(there)


def test_a_file_that_is_too_large_is_not_sent(visit: Open, home: str) -> None:
    there = visit()
    there.page.goto(f"{home}/read")
    before = len(there.asked)
    there.page.evaluate(DROP, ["large.txt", "x" * (17 * 2**20)])
    expect(there.page.get_by_role("alert")).to_contain_text("17.0 MB, which is too large")
    assert len(there.asked) == before

"""Filters of the report, and the address that keeps them; the thread; copying."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as There

from browsing import NARROW, WIDE, Visit

both_widths = pytest.mark.parametrize("size", [WIDE, NARROW])


def _shown(page: There) -> list[str]:
    """The attributions whose entries are shown."""
    return [
        str(one)[1:] for one in page.locator(".entry:visible").evaluate_all("a => a.map(e => e.id)")
    ]


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("Speaker", "Anna Bell", ["0", "1"]),
        ("Source", "unattributed", ["3"]),
        ("Cue", "distancing", ["2"]),
        ("Quoted", "mixed: partly", ["4"]),
    ],
)
@both_widths
def test_filters(
    opened: Callable[..., Visit], size: tuple[int, int], name: str, value: str, left: list[str]
) -> None:
    page = opened(size=size).page
    assert page.locator("#shown").inner_text() == "6 of 6 attributions"
    page.get_by_role("combobox", name=name, exact=True).select_option(label=value)
    assert _shown(page) == left
    assert page.locator("#shown").inner_text() == f"{len(left)} of 6 attributions · {value}"
    marked = page.locator(".mark[data-a]:not(.off)").evaluate_all(
        "all => all.flatMap(one => one.dataset.a.split(' '))"
    )
    assert set(left) <= set(marked)
    assert page.locator(".ref:visible").count() == len(left)
    page.get_by_role("button", name="Show all").click()
    assert len(_shown(page)) == 6
    assert page.locator(".mark.off").count() == 0


def test_filters_narrow_one_another(opened: Callable[..., Visit]) -> None:
    page = opened().page
    page.get_by_role("combobox", name="Speaker", exact=True).select_option(label="Anna Bell")
    page.get_by_role("combobox", name="Quoted", exact=True).select_option("direct")
    assert _shown(page) == ["1"]


def test_the_address_keeps_the_filters_and_the_place(opened: Callable[..., Visit]) -> None:
    there = opened(after="#e1")
    page = there.page
    page.get_by_role("combobox", name="Speaker", exact=True).select_option(label="Anna Bell")
    page.get_by_role("combobox", name="Quoted", exact=True).select_option("direct")
    assert page.url.endswith("report.html?speaker=1&kind=direct#e1")
    page.goto("about:blank")
    page.go_back()
    assert page.url.endswith("?speaker=1&kind=direct#e1")
    assert _shown(page) == ["1"]
    page.get_by_role("button", name="Show all").click()
    assert page.url.endswith("report.html#e1")
    assert there.complaints == []


def test_an_address_that_was_sent(opened: Callable[..., Visit]) -> None:
    page = opened(after="?source=unattributed&cue=nonsense").page
    assert _shown(page) == ["3"]
    assert page.get_by_role("combobox", name="Cue", exact=True).input_value() == ""


def test_a_number_leads_to_what_the_filters_left_out(opened: Callable[..., Visit]) -> None:
    page = opened().page
    page.get_by_role("combobox", name="Speaker", exact=True).select_option(label="Anna Bell")
    page.locator('.sourceless a[href="#e3"]').click()
    assert len(_shown(page)) == 6
    assert page.evaluate("document.activeElement.id") == "e3"


def test_a_filtered_page_is_printed_filtered_and_says_so(opened: Callable[..., Visit]) -> None:
    page = opened(after="?speaker=1").page
    page.emulate_media(media="print")
    assert page.locator("#shown").inner_text() == "2 of 6 attributions · Anna Bell"
    assert _shown(page) == ["0", "1"]
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Show all").click()
    page.emulate_media(media="print")
    assert not page.locator("#shown").is_visible()


@both_widths
def test_the_thread_folds(opened: Callable[..., Visit], size: tuple[int, int]) -> None:
    page = opened(size=size).page
    assert page.locator(".said:visible").count() == 4
    page.get_by_role("button", name="Fold all", exact=True).click()
    assert page.locator(".said:visible").count() == 0
    page.locator(".comment summary").last.press("Enter")
    assert page.locator(".said:visible").count() == 1
    page.get_by_role("button", name="Unfold all").click()
    assert page.locator(".said:visible").count() == 4


def test_a_number_leads_into_a_folded_comment(opened: Callable[..., Visit]) -> None:
    page = opened(after="#e0").page
    page.get_by_role("button", name="Fold all", exact=True).click()
    page.evaluate("location.hash = '#a5'")
    page.wait_for_function("() => document.activeElement.id === 'a5'")
    assert page.locator("#e5").is_visible()


def test_copies_a_quotation_with_context_and_place(opened: Callable[..., Visit]) -> None:
    page = opened(permissions=["clipboard-read", "clipboard-write"]).page
    page.get_by_role("button", name="Copy attribution 2 with").press("Enter")
    page.get_by_text("Copied attribution 2 with its context and place.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").splitlines() == [
        "“Two engineers claimed it sways,” … “It does not.”",
        "— Anna Bell, Bridge Minister",
        "In: “Two engineers claimed it sways,” she said. “It does not.”",
        "Bridge Opens Late",
        "Ravenholm Post · Gil Hart, Ida Jung · 2024-03-05 · https://post.example/orla",
        "¶ 3, characters 99 to 157",
    ]


def test_copies_without_a_clipboard_of_its_own_too(opened: Callable[..., Visit]) -> None:
    there = opened(permissions=["clipboard-read"])
    page = there.page
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(Error('no')); }")
    page.locator("#e5 .copy").click()
    page.get_by_text("Copied attribution 6").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[2] == "In: The ferry leaks, Dora Finn says."
    assert page.evaluate("document.activeElement.className") == "copy"
    assert there.complaints == []

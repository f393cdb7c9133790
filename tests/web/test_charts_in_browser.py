"""Charts as they are seen: by pattern as well as by colour, at any width, and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from browsing import NARROW, WIDE, Visit
from store.handmade import Said, made_page, write
from web.serving import serving

Open = Callable[..., Visit]

HOSTILE = "\"><script>alert(1)</script><b onload='alert(2)'>"
"""An outlet's name."""


@pytest.fixture
def base(tmp_path: Path) -> Iterator[str]:
    pages = [
        made_page(
            Said("the dam holds", "Ada Bell"),
            Said("the gates are old", "an engineer", source_type="unnamed_person"),
            Said("rain is coming", None, source_type="unattributed"),
            site=site,
            published=f"2026-0{month}-05",
            headline=f"Dam {month}",
        )
        for month, site in ((1, "Aar"), (2, "Aar"), (6, HOSTILE))
    ]
    with serving(write(tmp_path / "c.db", pages)) as address:
        yield address


@pytest.mark.parametrize("size", [WIDE, NARROW, (320, 640)])
@pytest.mark.parametrize("path", ["/audit", "/compare?since=2026-01&other_since=2026-06"])
def test_patterns_are_not_stretched(
    visit: Open, base: str, path: str, size: tuple[int, int]
) -> None:
    """Stretched with the drawing, they would be thinner than a pixel."""
    page = visit(size).page
    page.goto(base + path)
    scales = page.evaluate(
        """() => [...document.querySelectorAll("rect.pattern")].map(one => {
            const m = one.getScreenCTM();
            return [m.a, m.b, m.c, m.d];
        })"""
    )
    assert scales
    assert all(one == [1, 0, 0, 1] for one in scales)
    fills = set(
        page.evaluate(
            """() => [...document.querySelectorAll("rect.pattern")]
                .map(one => one.getAttribute("fill"))"""
        )
    )
    assert len(fills) > 1


def test_words_of_charts_can_be_read_on_a_telephone(visit: Open, base: str) -> None:
    page = visit((320, 640)).page
    page.goto(f"{base}/audit")
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll(".chart *")]
            .filter(one => [...one.childNodes].some(
                node => node.nodeType === 3 && node.data.trim()))
            .map(one => parseFloat(getComputedStyle(one).fontSize)))"""
    )
    assert smallest >= 12


def test_the_table_under_columns_is_printed_though_it_is_folded(visit: Open, base: str) -> None:
    page = visit().page
    page.goto(f"{base}/audit?by=month")
    row = page.locator("#by-month tbody tr").first
    height = "one => one.checkVisibility({contentVisibilityAuto: true})"
    assert not row.evaluate(height)
    page.emulate_media(media="print")
    assert row.evaluate(height)


def test_columns_stand_at_their_months(visit: Open, base: str) -> None:
    page = visit().page
    page.goto(f"{base}/audit?by=month")
    edges = page.evaluate(
        """() => [...new Set([...document.querySelectorAll(".over-time rect")]
            .map(one => Math.round(one.getBoundingClientRect().left)))]"""
    )
    january, february, june = edges
    assert (june - january) / (february - january) == pytest.approx(5, rel=0.02)
    axis = page.locator(".axis span")
    assert axis.all_text_contents() == ["2026-01", "2026-03", "2026-06"]


def test_hostile_names_are_words_and_no_more(visit: Open, base: str) -> None:
    there = visit()
    for path, rows in (("/audit", 1), ("/outlets", 1), ("/audit?by=site&then=speaker", 2)):
        there.page.goto(base + path)
        assert there.page.locator("tbody th").filter(has_text="<script>").count() == rows
    there.page.goto(f"{base}/outlets")
    there.page.locator("tbody a").filter(has_text="<script>").click()
    assert there.page.locator("h1").text_content() == HOSTILE
    assert (there.complaints, there.dialogs) == ([], [])

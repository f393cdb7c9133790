"""The audit, outlets and comparisons: the numbers that are shown are the corpus's."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from onrecord import Corpus, Filter
from store.handmade import Said, made_page, write
from web.asked import client, found, words

ADA, BO = "Ada Bell", "Bo Carr"


@pytest.fixture
def made(tmp_path: Path) -> Corpus:
    """Two outlets: one names its sources, the other does not."""
    pages = [
        made_page(
            Said("the dam holds", ADA, kind="direct"),
            Said("the gates are old", BO),
            Said("rain is coming", None, source_type="unattributed"),
            site="Aar Post",
            published="2026-01-05",
            headline="Dam",
        ),
        made_page(
            Said("nobody was told", "an engineer", source_type="unnamed_person"),
            Said("the dam leaks", ADA, cue_class="critical"),
            site="Bode & Söhne <b>",
            published="2026-02-07",
            headline="=Leak",
        ),
    ]
    return write(tmp_path / "c.db", pages)


@pytest.fixture
def asking(made: Corpus) -> Iterator[TestClient[Litestar]]:
    with client(made) as it:
        yield it


def table(page: str, chart: str) -> list[list[str]]:
    """The rows of a chart's table, the cell with the bar left out."""
    rows = found(page, f"//section[@id='{chart}']//tbody/tr")
    return [
        [" ".join(cell.text_content().split()) for cell in row if cell.get("class") != "drawn"]
        for row in rows
    ]


def sheet(answer: Any) -> list[list[str]]:
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.reader(answer.text.removeprefix("\ufeff").splitlines()))


def test_all_of_it_is_counted(asking: TestClient[Litestar]) -> None:
    page = asking.get("/audit").text
    assert "5 attributions" in words(page)
    assert "in 2 pages by 2 speakers with a name" in words(page)
    sources = {row[0]: row[1:] for row in table(page, "of-source_type")}
    assert sources["named person"] == ["3", "60.0%"]
    assert sources["unattributed"] == ["1", "20.0%"]
    assert sum(int(row[1]) for row in table(page, "of-kind")) == 5
    assert sum(int(row[1]) for row in table(page, "of-cue_class")) == 5
    assert [row[:2] for row in table(page, "by-site")] == [
        ["Aar Post", "3"],
        ["Bode & Söhne <b>", "2"],
    ]
    assert [row[:2] for row in table(page, "by-month")] == [["2026-01", "3"], ["2026-02", "2"]]
    assert table(page, "by-speaker")[0][:2] == [ADA, "2"]


def test_a_filter_narrows_all_of_it(asking: TestClient[Litestar]) -> None:
    page = asking.get("/audit?since=2026-02&q=dam").text
    assert "1 attribution," in words(page)
    assert [row[:2] for row in table(page, "by-speaker")] == [[ADA, "1"]]


@pytest.mark.parametrize(
    ("query", "chart", "first"),
    [
        ("by=speaker", "by-speaker", [ADA, "2"]),
        ("by=site&then=month", "by-site-month", ["Aar Post, 2026-01", "3"]),
        ("by=year", "by-year", ["2026", "5"]),
        ("by=place", "by-place", ["article", "5"]),
        ("by=cue_class&site=Aar+Post", "by-cue_class", ["neutral", "3"]),
    ],
)
def test_by_what_is_asked_for(
    asking: TestClient[Litestar], query: str, chart: str, first: list[str]
) -> None:
    page = asking.get(f"/audit?{query}").text
    assert table(page, chart)[0][:2] == first
    assert len(found(page, "//section[@class='chart']")) == 1


def test_a_sheet_is_exactly_what_is_shown(asking: TestClient[Litestar]) -> None:
    page = asking.get("/audit").text
    links = found(page, "//section[@class='chart']//a[contains(@href, '.csv')]/@href")
    charts = found(page, "//section[@class='chart']/@id")
    assert len(links) == len(charts) == 6
    for link, chart in zip(links, charts, strict=True):
        head, *rows = sheet(asking.get(link))
        shown = found(page, f"//section[@id='{chart}']//thead//th/text()")
        assert head == shown
        for row, line in zip(rows, table(page, chart), strict=True):
            assert [cell.removeprefix("'") for cell in row] == [
                cell.replace(",", "") if cell[0].isdigit() else cell for cell in line
            ]


def test_rows_lead_to_what_they_count(asking: TestClient[Litestar]) -> None:
    for by in ("source_type", "cue_class", "kind", "place", "month", "site&then=kind"):
        page = asking.get(f"/audit?by={by}").text
        for row in found(page, "//section[@class='chart']//tbody/tr"):
            (link,) = row.xpath("th/a/@href")
            number = row.xpath("td[not(@class)]")[0].text_content().strip()
            assert f"{number} attribution" in words(asking.get(link).text)


def test_reprints_are_counted_once_beside_the_count_of_all(tmp_path: Path) -> None:
    wire = Said("the harbour will be closed for all ships until the end of next week", ADA)
    pages = [
        made_page(wire, site=site, published=f"2026-01-0{day}", headline=site)
        for day, site in enumerate(("Aar", "Bode", "Cher"), 1)
    ]
    with client(write(tmp_path / "c.db", pages)) as asking:
        page = asking.get("/audit?unique=yes").text
        assert "3 attributions, 1 with reprints counted once" in words(page)
        assert table(page, "by-site")[0][:3] == ["Aar", "1", "1"]


def test_what_cannot_be_counted_by(asking: TestClient[Litestar]) -> None:
    for query, told in (
        ("by=weather", "weather"),
        ("then=site", "say first what to count by"),
        ("by=site&then=site", "give each dimension once"),
        ("by=page&then=speaker", "count by page alone"),
        ("site=Nowhere", "no page of the site"),
    ):
        answer = asking.get(f"/audit?{query}")
        assert answer.status_code == 400
        assert told in words(answer.text)


def test_outlets_whatever_they_are_called(asking: TestClient[Litestar]) -> None:
    page = asking.get("/outlets").text
    links = found(page, "//tbody//th/a/@href")
    assert len(links) == 2
    own = asking.get(links[1]).text
    assert found(own, "//h1/text()") == ["Bode & Söhne <b>"]
    assert [row[:2] for row in table(own, "by-speaker")] == [[ADA, "1"], ["(no name)", "1"]]
    assert found(own, "//a[@href='/pages/2']//text()") == ["=Leak"]
    assert asking.get("/outlets/one?site=Nowhere").status_code == 400


def test_two_outlets_side_by_side(asking: TestClient[Litestar]) -> None:
    place = "site=Aar+Post&other_site=Bode+%26+S%C3%B6hne+%3Cb%3E"
    page = asking.get(f"/compare?{place}").text
    rows = {row[0]: row[1:] for row in table(page, "of-source_type")}
    assert rows["named person"] == ["2", "66.7%", "1", "50.0%", "-16.7"]
    assert rows["unnamed person"] == ["0", "0.0%", "1", "50.0%", "+50.0"]
    assert rows["poll"] == ["0", "0.0%", "0", "0.0%", "0.0"]
    (link,) = set(found(page, "//a[contains(@href, '.csv')]/@href"))
    head, *lines = sheet(asking.get(link))
    assert head[:3] == ["of", "value", "Aar Post, attributions"]
    assert ["Kind of source", "unnamed person", "0", "0.0%", "1", "50.0%"] in [
        line[:6] for line in lines
    ]
    assert len(lines) == sum(
        len(table(page, f"of-{what}")) for what in ("source_type", "kind", "cue_class")
    )


def test_two_periods_side_by_side(asking: TestClient[Litestar], made: Corpus) -> None:
    query = "since=2026-01&until=2026-01&other_since=2026-02&other_until=2026-02"
    page = asking.get(f"/compare?{query}").text
    assert "2026-01 to 2026-01 and 2026-02 to 2026-02" in words(page)
    rows = {row[0]: row[1:] for row in table(page, "of-cue_class")}
    january, february = (
        made.stats((), Filter(since=month, until=month)).total for month in ("2026-01", "2026-02")
    )
    assert rows["critical"][0] == str(january.cue_classes["critical"])
    assert rows["critical"][2] == str(february.cue_classes["critical"])


def test_a_period_of_the_other_side_is_not_mixed_with_this_sides(
    asking: TestClient[Litestar],
) -> None:
    page = asking.get("/compare?since=2026-01&until=2026-01&other_since=2026-02").text
    assert "2026-01 to 2026-01 and 2026-02" in words(page)
    assert found(page, "//input[@name='other_until']/@value") == [""]
    shown = asking.get(
        "/compare?since=2026-01&until=2026-02&other_since=2026-02&other_until=2026-02"
    ).text
    assert found(shown, "//input[@name='other_until']/@value") == ["2026-02"]


@pytest.mark.parametrize("name", ["A, share", "A, attributions", "of", "value", "Points", "=A"])
def test_outlets_called_like_columns_are_told_apart(tmp_path: Path, name: str) -> None:
    pages = [
        made_page(*[Said(f"it rained {n}", ADA) for n in range(1, count + 1)], site=site)
        for site, count in (("A", 1), (name, 3))
    ]
    with client(write(tmp_path / "c.db", pages)) as asking:
        answer = asking.get("/compare.csv", params={"site": "A", "other_site": name})
        head, first, *_ = sheet(answer)
    assert len(set(head)) == len(head) == 7
    assert not any(cell.startswith("=") for cell in head)
    assert first == ["Kind of source", "named person", "1", "100.0%", "3", "100.0%", "0.0"]


def test_an_outlets_pages_come_in_pages(tmp_path: Path) -> None:
    pages = [
        made_page(Said("it rained", ADA), site="Aar", published=f"2026-01-{n:02}", headline=str(n))
        for n in range(1, 24)
    ]
    with client(write(tmp_path / "c.db", pages)) as asking:
        first = asking.get("/outlets/one?site=Aar").text
        assert found(first, "//ol//bdi/text()") == [str(n) for n in range(23, 3, -1)]
        (link,) = found(first, "//a[@rel='next']/@href")
        last = asking.get(link).text
        assert found(last, "//ol//bdi/text()") == ["3", "2", "1"]
        assert found(last, "//a[@rel='next']") == []


def test_nothing_to_compare_yet(asking: TestClient[Litestar]) -> None:
    answer = asking.get("/compare")
    assert answer.status_code == 200
    assert "Say what the other side is" in words(answer.text)

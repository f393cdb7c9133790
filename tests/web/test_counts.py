"""Counts as charts: which groups are shown, and where their rows lead."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from onrecord import Filter
from onrecord.store import Group, Stats
from onrecord.web.counts import ROWS, TIME_ROWS, by_dimensions, of_all, percent


def group(*key: str | int | None, attributions: int = 1, once: int | None = None) -> Group:
    return Group(
        key=key,
        labels=tuple(None if one is None else str(one) for one in key),
        attributions=attributions,
        once=once,
        pages=1,
        speakers=1,
        words=2,
        in_comments=0,
        kinds={"direct": attributions},
        source_types=dict.fromkeys(("named_person", "named_group", "document", "poll", "author"), 0)
        | {"unnamed_person": 0, "unnamed_group": 0, "unattributed": attributions},
        cue_classes={"neutral": attributions},
    )


def stats(by: Sequence[str], *groups: Group, once: int | None = None) -> Stats:
    total = group(attributions=sum(one.attributions for one in groups), once=once)
    return Stats(by=tuple(by), groups=groups, total=total, ambiguous=0)


def link(by: Sequence[str], asked: Filter, *key: str | int | None) -> str | None:
    return by_dimensions(stats(by, group(*key)), asked).rows[0].href


@pytest.mark.parametrize(
    ("by", "key", "asked", "href"),
    [
        (["month"], ["2026-03"], Filter(), "/?since=2026-03&until=2026-03"),
        # What is asked for already is never widened.
        (
            ["month"],
            ["2026-03"],
            Filter(since="2026-03-04", until="2026-03-10"),
            "/?since=2026-03-04&until=2026-03-10",
        ),
        (["month"], ["2026-03"], Filter(since="2026"), "/?since=2026-03&until=2026-03"),
        (["year", "month"], ["2026", "2026-03"], Filter(), "/?since=2026-03&until=2026-03"),
        (["month", "year"], ["2026-03", "2026"], Filter(), "/?since=2026-03&until=2026-03"),
        (["month"], [None], Filter(), None),
        (["speaker"], [7], Filter(), "/speakers/7"),
        (["speaker"], [7], Filter(site="A&B", speaker="x"), "/speakers/7?site=A%26B"),
        (["site"], ["A&B"], Filter(), "/outlets/one?site=A%26B"),
        (["site"], ["A"], Filter(kind="direct"), "/?kind=direct&site=A"),
        (["site", "speaker"], ["A", 7], Filter(), "/?site=A&identity=7"),
        (["page"], [3], Filter(), "/pages/3"),
        (["language"], ["en"], Filter(), None),
    ],
)
def test_a_row_leads_to_what_it_counts(
    by: list[str], key: list[str | int | None], asked: Filter, href: str | None
) -> None:
    assert link(by, asked, *key) == href


def test_of_more_outlets_than_are_shown_those_with_most_are() -> None:
    many = [group(f"s{number}") for number in range(ROWS + 1)]
    chart = by_dimensions(stats(["site"], *many), Filter())
    assert [row.label for row in chart.rows] == [f"s{number}" for number in range(ROWS)]
    assert chart.note == f"the {ROWS} with most"
    assert by_dimensions(stats(["site"], *many[:ROWS]), Filter()).note == ""


def test_of_more_years_than_are_shown_the_newest_are() -> None:
    many = [group(f"{number:04}") for number in range(1, TIME_ROWS + 2)]
    chart = by_dimensions(stats(["year"], *many), Filter())
    assert (chart.rows[0].label, chart.rows[-1].label) == ("0002", f"{TIME_ROWS + 1:04}")
    assert chart.note == f"the newest {TIME_ROWS}"


def test_gaps_of_time_are_drawn_and_what_has_no_date_is_in_the_table_alone() -> None:
    rows = by_dimensions(
        stats(["month"], group("2026-01"), group("2026-04"), group(None)), Filter()
    ).rows
    (first,) = [part for part in rows[0].parts if part.height]
    (last,) = [part for part in rows[1].parts if part.height]
    assert last.x - first.x == pytest.approx(75, abs=0.01)
    assert rows[2].label == "no date"
    assert rows[2].parts == ()


def test_what_is_counted_once_is_called_so() -> None:
    twice = stats(["site"], group("A", attributions=2, once=1), once=1)
    assert of_all(twice, Filter(), "kind").heads == ("Once", "Share")
    assert by_dimensions(twice, Filter()).heads[:2] == ("Attributions", "Once")


def test_a_share_of_nothing_is_none() -> None:
    assert percent(0, 0) == "—"
    assert percent(1, 3) == "33.3%"

"""Below the ledger: speakers, words attributed, the sourcing at a glance."""

from __future__ import annotations

import pytest

from onrecord.records import Page
from onrecord.report.layout import NARROW, percent
from onrecord.report.summary import SPEAKERS
from writer import Writer, after, lines, show, story


def many(number: int) -> Page:
    writer = Writer().paragraph("They said so.")
    for one in range(number):
        writer.speaker(f"Speaker {one}").attribution(
            "They", "said", "so", speaker=one + 1, source_type="named_person"
        )
    return writer.page()


@pytest.mark.parametrize("width", [40, 100])
def test_the_long_tail_of_speakers_is_cut_and_told(width: int) -> None:
    shown = " ".join(show(many(SPEAKERS + 3), width).split())
    assert f"Speaker {SPEAKERS - 1}" in shown.split("Speakers")[1]
    assert f"Speaker {SPEAKERS}" not in shown.split("Speakers")[1]
    assert "and 3 more with 3 attributions (--full shows them)" in shown
    whole = " ".join(show(many(SPEAKERS + 3), width, full=True).split())
    assert f"Speaker {SPEAKERS + 2}" in whole.split("Speakers")[1]
    assert "more with" not in whole


def test_one_speaker_more_is_no_tail() -> None:
    assert "more with" not in show(many(SPEAKERS + 1))
    assert f"Speaker {SPEAKERS}" in show(many(SPEAKERS + 1)).split("Speakers")[1]


def test_speakers_have_no_column_of_comments_where_none_speaks_in_them() -> None:
    assert "in comments" in show(story())
    shown = show(many(2))
    assert "in comments" not in shown
    assert "In the comments" not in shown


@pytest.mark.parametrize("width", [60, 100])
def test_who_speaks_together_and_who_is_listed(width: int) -> None:
    row = {"name": "Anna B. Bell", "kind": "person", "role": "minister", "group": "Town"}
    page = (
        Writer()
        .speaker("Anna Bell", "Bridge Minister", "mother", listed={**row, "party": "Q", "id": "7"})
        .speaker("Ben Cole")
        .speaker("Anna Bell and Ben Cole", members=(1, 2))
        .paragraph("Anna Bell and Ben Cole said so. She said no.")
        .attribution("Anna Bell and Ben Cole", "said", "so", speaker=3, source_type="named_person")
        .attribution("She", "said", "no", speaker=1, source_type="named_person")
        .page()
    )
    shown = [line.strip() for line in after("Speakers", lines(page, width))]
    assert "together: Anna Bell, Ben Cole" in shown
    assert "listed: Anna B. Bell · minister · Town · party Q" in shown
    assert any(line.startswith("Anna Bell, Bridge Minister") for line in shown)
    whole = [line.strip() for line in after("Speakers", lines(page, width, full=True))]
    assert any(line.startswith("Anna Bell, Bridge Minister; mother") for line in whole)
    assert "· party Q · id 7" in " ".join(whole)


def test_the_author_is_told_only_where_they_speak() -> None:
    page = Writer().paragraph("I think so.").attribution("I", "think", "so", source_type="author")
    assert "the author   " in show(page.page()).split("glance")[1]
    assert "the author" not in show(story())
    assert "not looked into" not in show(story())


def test_bars_fit_and_fill() -> None:
    for width in (NARROW, 80, 84, 100, 200):
        shown = after("Words attributed", lines(story(), width))
        assert all(line.endswith("█") for line in shown[1:])
        glance = after("Sourcing", lines(story(), width))
        assert glance[2].endswith("0%")
        # The tables of words stand in line.
        assert len({line.index("%") for line in (*shown[1:], *glance[1:])}) == 1


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (0, 0, "0%"),
        (0, 9, "0%"),
        (9, 9, "100%"),
        (1, 3, "33%"),
        (1, 1000, "<1%"),
        (999, 1000, ">99%"),
        (1, 100, "1%"),
        (99, 100, "99%"),
    ],
)
def test_percent(part: int, whole: int, told: str) -> None:
    assert percent(part, whole) == told


def test_comments_alone() -> None:
    page = (
        Writer()
        .comment("It leaks, Dora says. He agrees.")
        .attribution("Dora", "says", "It leaks", comment=0, source_type="named_person")
        .attribution("He", "agrees", "It leaks", comment=0, source_type="unattributed")
        .page()
    )
    shown = show(page)
    assert "In the comments: 2 attributions (1 named person, 1 unattributed)" in shown
    assert "Sourcing at a glance" not in shown
    assert "Words attributed" not in shown

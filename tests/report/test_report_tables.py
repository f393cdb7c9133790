"""Counts as people read them: what is in them, what is left out, and what is said of nothing."""

from __future__ import annotations

import msgspec
import pytest
from rich.console import Console, RenderableType

from onrecord import Corpus
from onrecord.report.tables import (
    failures_table,
    overview_text,
    profile_text,
    replies_table,
    speakers_table,
    stats_table,
    threads_table,
)
from onrecord.store import Failure
from store.handmade import Said, made_page, write


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return write(
        tmp_path_factory.mktemp("tables") / "c.db",
        [
            made_page(
                Said("it rained on the bridge all day", "Anna Bell", "direct"),
                Said("it may snow", "Anna Bell", cue_class="mental"),
                Said("who knows", source_type="unattributed", comment=True),
                site="Aar Post",
                headline="Bridge Opens",
                published="2026-01-05",
                roles={"Anna Bell": ("Bridge Minister", "x" * 90)},
            ),
            made_page(
                Said("it rained on the bridge all day", "Bell", "mixed"),
                site="Bode Bugle",
                headline="Bridge [/bold] Opens",
            ),
        ],
    )


def shown(what: RenderableType, width: int = 100) -> list[str]:
    console = Console(width=width, highlight=False, color_system=None)
    with console.capture() as capture:
        console.print(what)
    return [line.rstrip() for line in capture.get().splitlines()]


def test_counts_with_their_total(corpus: Corpus) -> None:
    assert shown(stats_table(corpus.stats(["site"]), limit=9)) == [
        "site        attributions  pages  speakers  words  named  unnamed  nobody  direct",
        "Aar Post               3      1         1     12    67%       0%     33%     33%",
        "Bode Bugle             1      1         1      7   100%       0%      0%      0%",
        "all                    4      2         2     19    75%       0%     25%     25%",
    ]


def test_without_a_dimension_the_total_stands_once(corpus: Corpus) -> None:
    assert len(shown(stats_table(corpus.stats(), limit=9))) == 2


def test_a_dimension_leaves_out_what_it_makes_the_same(corpus: Corpus) -> None:
    assert shown(stats_table(corpus.stats(["source_type", "kind"]), limit=1)) == [
        "source type   kind    attributions  pages  speakers  words",
        "named person  direct             1      1         1      7",
        "all                              4      2         2     19",
        "and 3 groups more (--limit shows them)",
    ]


def test_speakers_and_pages_have_the_number_that_finds_them(corpus: Corpus) -> None:
    (_, first, *_), (_, page, *_) = (
        shown(stats_table(corpus.stats([by]), limit=9)) for by in ("speaker", "page")
    )
    assert first.split()[:4] == ["1", "Anna", "Bell", "2"]
    assert page.split()[:4] == ["1", "Bridge", "Opens", "3"]
    by_speaker = shown(stats_table(corpus.stats(["speaker"]), limit=9))
    assert by_speaker[-2].split()[:3] == ["(no", "name)", "1"]
    assert by_speaker[-1].startswith("     all ")


def test_no_date_stands_last(corpus: Corpus) -> None:
    lines = shown(stats_table(corpus.stats(["month"]), limit=9))
    assert [line.split("  ")[0] for line in lines] == ["month", "2026-01", "no date", "all"]


def test_once_is_a_column_and_explained(corpus: Corpus) -> None:
    head, *_, note = shown(stats_table(corpus.stats(["site"], unique=True), limit=9), 130)
    assert head.split()[1:3] == ["attributions", "once"]
    assert note.startswith("once: near-identical contents of several pages counted once")


def test_cue_classes_stand_where_there_is_room(corpus: Corpus) -> None:
    assert not any("cues" in line for line in shown(stats_table(corpus.stats(), limit=9), 129))
    head, row = shown(stats_table(corpus.stats(), limit=9), 130)
    assert head.endswith("cues")
    assert row.endswith("mental 25%")


def test_what_fits_several_rows_is_told(corpus: Corpus) -> None:
    stats = msgspec.structs.replace(corpus.stats(), ambiguous=2)
    assert shown(stats_table(stats, limit=9))[-1] == (
        "2 speakers fit several rows of the people file and got none"
    )


def test_speakers_with_their_roles(corpus: Corpus) -> None:
    head, first, *_ = shown(speakers_table(corpus.speakers()), 160)
    assert head.split() == (
        "no. speaker kind roles attributions pages words direct first last".split()
    )
    assert "Bridge Minister; xxxx" in first
    assert first.count("x") < 90
    assert first.endswith("2      1     10     50%  2026-01-05  2026-01-05")


def test_a_profile_says_all(corpus: Corpus) -> None:
    text = "\n".join(shown(profile_text(corpus.speaker("Anna Bell"))))
    assert text.startswith(
        "Anna Bell\nperson · 2 attributions · 1 page · 10 words · 2026-01-05\n\nrole "
    )
    assert "2026-01             2  ██████████████████████████████\n" in text
    assert "named person             2   100%" in text
    bell = msgspec.structs.replace(
        corpus.speaker("Anna Bell"),
        listed={"party": "Quay"},
        aliases=(("Annie", 3),),
        about=(("Ben Cole", 1),),
    )
    text = "\n".join(shown(profile_text(bell)))
    assert "\npeople file: party: Quay\nalso: Annie (3)\n" in text
    assert "Ben Cole                 1    50%" in text


def test_an_overview(corpus: Corpus) -> None:
    held = corpus.overview()
    lines = shown(overview_text("c.db", held))
    assert lines[:5] == [
        "c.db",
        "2 pages",
        "2026-01-05 · 1 page without a date",
        "4 attributions · 2 speakers with a name · 1 comment · 29 words",
        "commenters by pseudonyms",
    ]
    more = msgspec.structs.replace(
        held, versions=1, failures=2, undated=0, first=None, last=None, names=True, site_count=12
    )
    lines = shown(overview_text("c.db", more))
    assert lines[1:4] == [
        "2 pages, and 1 older version",
        "4 attributions · 2 speakers with a name · 1 comment · 29 words",
        "commenters by their names",
    ]
    assert "2 inputs failed (--failed shows them)" in lines
    assert lines[-1] == "and 10 sites more"


def test_failures_and_threads(corpus: Corpus) -> None:
    failure = Failure(
        name="a[/].txt", input="a", error="E", message="no\x1b", tries=2, last_tried="2026"
    )
    assert shown(failures_table([failure]))[1].split() == [
        "a[/].txt",
        "E:",
        "no\ufffd",
        "2",
        "2026",
    ]
    head, row = shown(threads_table(corpus.threads()))
    assert head.split()[:3] == ["page", "headline", "site"]
    assert row.split() == "1 Bridge Opens Aar Post 1 1 1 1 2 1".split()


def test_of_nothing_there_is_a_sentence() -> None:
    for table in (speakers_table, failures_table, threads_table, replies_table):
        (line,) = shown(table([]))
        assert line.startswith("no ")


def test_hostile_headlines_are_no_markup(corpus: Corpus) -> None:
    assert any(
        "Bridge [/bold] Opens" in line
        for line in shown(stats_table(corpus.stats(["page"]), limit=9))
    )

"""The ledger as a whole: its order, its widths, its closing line, its colours."""

from __future__ import annotations

import re

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console

from onrecord.records import Page, Speaker
from onrecord.report.ledger import NARROW, closing_line, print_ledger
from writer import Writer, bare, lines, show, story

WIDTHS = [20, 40, NARROW - 1, NARROW, 100, 200]


def test_wide() -> None:
    assert lines(story()) == [
        "Bridge Opens Late",
        "Ravenholm Post · Gil Hart, Ida Jung · 2024-03-05 · https://post.example/orla",
        "",
        "where  who               says                                                   authority",
        "",
        "  ¶ 2  Anna Bell         told the council on Monday"
        "                             named person",
        "       Bridge Minister     that the bridge was safe                             indirect",
        "",
        "  ¶ 3  Anna Bell         said                                                   "
        "named person",
        "       Bridge Minister     “Two engineers claimed it sways,” … “It does not.”   direct",
        "       “she”",
        "",
        "  ¶ 3  ↳ Two engineers   claimed                                                "
        "! unnamed group",
        "                           it sways                                             "
        "indirect, distancing",
        "",
        "  ¶ 4  nobody named        It may have been the storm                           "
        "! unattributed",
        " " * 80 + "indirect",
        "",
        "  ¶ 4  A report          did not say                                            document",
        "                           “how long” it takes                                  "
        "mixed, negated",
        "",
        "  c 1  Dora Finn         says                                                   "
        "named person",
        "                           The ferry leaks                                      indirect",
        "",
        "Key  ! no named source · ↳ said within the one above · ¶ paragraph · c comment",
        "     direct: all in quotation marks · mixed: partly · indirect: in the page’s words",
        "     distancing: keeps the page at a distance from it · negated: did not say or do it",
        "",
        "Comments",
        "c 1  rower  2 weeks ago  The ferry leaks, Dora Finn says.",
        "  c 2  (no name)  It does.",
        "    c 3  Emil  2024-03-06  It does not.",
        "c 4  Cleo  All is well.",
        "",
        "Speakers                    source           attributions  in comments  words",
        "Anna Bell, Bridge Minister  named person                2            —     13",
        "  listed: party Quay",
        "report                      document                    1            —      4",
        "two engineers               ! unnamed group             1            —      2",
        "Dora Finn                   named person                —            1      —",
        "",
        "Words attributed: 55%                            words  share",
        "quoted in quotation marks                           10    24%  █████",
        "reported in the article’s words                     13    31%  ██████",
        "the article’s own account                           19    45%  █████████",
        "",
        "Sourcing at a glance             attributions    words  share",
        "named people                                2       13    57%  ███████████",
        "named groups, with news media               0        0     0%",
        "! unnamed people and groups                 1        0     0%",
        "documents and polls                         1        4    17%  ███",
        "! unattributed                              1        6    26%  █████",
        "",
        "In the comments: 1 attribution (1 named person)",
        "",
        "6 attributions (1 direct, 1 mixed, 4 indirect; 1 nested) · 4 speakers · 4 paragraphs · "
        "4 comments (1",
        "attribution in them)",
        "note: read as cp1251 [encoding-guessed]",
        "",
    ]


def test_narrow() -> None:
    assert lines(story(), 40) == [
        "Bridge Opens Late",
        "Ravenholm Post · Gil Hart, Ida Jung ·",
        "2024-03-05 · https://post.example/orla",
        "",
        "¶ 2  Anna Bell · Bridge Minister",
        "  named person · indirect",
        "  told the council on Monday",
        "    that the bridge was safe",
        "",
        "¶ 3  Anna Bell · Bridge Minister · “she”",
        "  named person · direct",
        "  said",
        "    “Two engineers claimed it sways,” …",
        "    “It does not.”",
        "",
        "¶ 3  ↳ Two engineers",
        "  ! unnamed group · indirect, distancing",
        "  claimed",
        "    it sways",
        "",
        "¶ 4  nobody named",
        "  ! unattributed · indirect",
        "    It may have been the storm",
        "",
        "¶ 4  A report",
        "  document · mixed, negated",
        "  did not say",
        "    “how long” it takes",
        "",
        "c 1  Dora Finn",
        "  named person · indirect",
        "  says",
        "    The ferry leaks",
        "",
        "Key  ! no named source · ↳ said within",
        "     the one above · ¶ paragraph · c",
        "     comment",
        "     direct: all in quotation marks ·",
        "     mixed: partly · indirect: in the",
        "     page’s words",
        "     distancing: keeps the page at a",
        "     distance from it · negated: did not",
        "     say or do it",
        "",
        "Comments",
        "c 1  rower  2 weeks ago  The ferry",
        "leaks, Dora Finn says.",
        "  c 2  (no name)  It does.",
        "    c 3  Emil  2024-03-06  It does not.",
        "c 4  Cleo  All is well.",
        "",
        "Speakers",
        "  Anna Bell, Bridge Minister",
        "    listed: party Quay",
        "    named person · 2 attributions · 13",
        "    words",
        "  report",
        "    document · 1 attribution · 4 words",
        "  two engineers",
        "    ! unnamed group · 1 attribution · 2",
        "    words",
        "  Dora Finn",
        "    named person · 1 in comments",
        "",
        "Words attributed: 55%",
        "  quoted in quotation marks: 10 words,",
        "  24%",
        "  reported in the article’s words: 13",
        "  words, 31%",
        "  the article’s own account: 19 words,",
        "  45%",
        "",
        "Sourcing at a glance",
        "  named people: 2 attributions · 13",
        "  words, 57%",
        "  named groups, with news media: 0",
        "  attributions · 0 words, 0%",
        "  ! unnamed people and groups: 1",
        "  attribution · 0 words, 0%",
        "  documents and polls: 1 attribution · 4",
        "  words, 17%",
        "  ! unattributed: 1 attribution · 6",
        "  words, 26%",
        "",
        "In the comments: 1 attribution (1 named",
        "person)",
        "",
        "6 attributions (1 direct, 1 mixed, 4",
        "indirect; 1 nested) · 4 speakers · 4",
        "paragraphs · 4 comments (1 attribution",
        "in them)",
        "note: read as cp1251 [encoding-guessed]",
        "",
    ]


def test_stanzas_below_the_narrow_width_and_a_table_from_it_on() -> None:
    assert "where  who" not in show(story(), NARROW - 1)
    assert "where  who" in show(story(), NARROW)


def test_a_page_that_says_nothing() -> None:
    page = Page(id="0" * 64, text="")
    assert lines(page) == [
        "(no headline)",
        "",
        "0 attributions (0 direct, 0 mixed, 0 indirect) · 0 paragraphs · 0 comments",
        "",
    ]


def test_a_page_that_attributes_nothing_has_no_summary() -> None:
    shown = show(Writer().paragraph("Bridge Opens Late").page())
    assert "Words attributed" not in shown
    assert "Sourcing" not in shown
    assert "Key" not in shown


@pytest.mark.parametrize("width", [40, 100])
def test_where_nobody_has_looked_there_are_the_words_and_no_speakers(width: int) -> None:
    shown = show(bare(story()), width)
    for absent in ("Speakers", "Sourcing", "named", "!", "In the comments", "speaker"):
        assert absent not in shown.replace("nobody named", "")
    for there in ("Bridge Minister Anna Bell", "she", "distancing", "Words attributed: 55%"):
        assert there in shown


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("full", [False, True])
def test_no_line_is_longer_than_the_terminal(width: int, full: bool) -> None:
    writer = Writer().speaker("B" * 300, "C" * 300, members=(1,), listed={"role": "D" * 300})
    writer.paragraph("橋" * 90).paragraph("A" * 300 + " said " + "橋" * 400 + ".")
    for within in (None, 0, 1, 2, 3, 4, 5):
        writer.attribution(
            *("A" * 300, "said", "橋" * 400),
            within=within,
            speaker=1,
            source_type="unnamed_group",
            cue_class="interrogative",
            negated=True,
        )
    for number in range(12):
        writer.comment("word " * 50, number - 1 if number else None, author="B" * 60)
    for page in (story(), bare(story()), writer.page()):
        assert max(map(cell_len, lines(page, width, full=full))) <= width


def test_closing_line_counts() -> None:
    page = (
        Writer()
        .paragraph("Anna said one, two, three.")
        .attribution("Anna", "said", "one")
        .attribution("Anna", "said", "two", kind="mixed")
        .attribution("Anna", "said", "three", kind="direct")
        .page()
    )
    assert closing_line(page) == (
        "3 attributions (1 direct, 1 mixed, 1 indirect) · 1 paragraph · 0 comments"
    )
    one = msgspec.structs.replace(page, attributions=page.attributions[:1])
    assert closing_line(one).startswith("1 attribution (0 direct, 0 mixed, 1 indirect) · ")
    assert closing_line(story()) == (
        "6 attributions (1 direct, 1 mixed, 4 indirect; 1 nested) · 4 speakers · 4 paragraphs · "
        "4 comments (1 attribution in them)"
    )


def test_large_counts_are_grouped() -> None:
    writer = Writer()
    for number in range(1200):
        writer.comment("So.").attribution("", "", "So", comment=number)
    assert closing_line(writer.page()) == (
        "1,200 attributions (0 direct, 0 mixed, 1,200 indirect) · "
        "0 paragraphs · 1,200 comments (1,200 attributions in them)"
    )


def test_colour_is_the_console_s_own() -> None:
    console = Console(width=100, force_terminal=True, color_system="standard")
    with console.capture() as capture:
        print_ledger(console, story())
    shown = capture.get()
    assert shown.startswith("\x1b[1mBridge Opens Late\x1b[0m")
    assert re.sub(r"\x1b\[[\d;]*m", "", shown) == show(story())


def test_anonymous_sources_stand_out_in_colour() -> None:
    console = Console(width=100, force_terminal=True, color_system="standard")
    with console.capture() as capture:
        print_ledger(console, story())
    marked = "\x1b[1;35m"
    for words in ("Two engineers", "! unnamed group", "nobody named", "! unattributed"):
        assert f"{marked}{words}" in capture.get()
    for words in ("Anna Bell", "named person"):
        assert f"{marked}{words}" not in capture.get()


def test_speakers_that_the_record_lacks_are_told_by_their_words() -> None:
    page = story()
    page = msgspec.structs.replace(page, speakers=())
    assert "“Bridge Minister Anna Bell”" in show(page, 200)
    other = Speaker(id=99, name="No One", kind=None, roles=(), aliases=(), mentions=())
    assert "No One" not in show(msgspec.structs.replace(page, speakers=(other,)), 200)

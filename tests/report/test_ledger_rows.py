"""A row of the ledger: who, says, authority, where; and the key to its marks."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from onrecord.records import AttributionKind, CueClass, Page, SourceType
from onrecord.report.cells import ASIDE, CONTENT, Cells, cells
from onrecord.report.labels import CUES, KINDS, NESTED, NEUTRAL, SOURCES, source_label
from onrecord.report.layout import NARROW
from onrecord.report.printable import ELLIPSIS
from onrecord.report.rows import DEEPEST
from writer import Writer, after, lines, saying, show, squeezed, story

WIDTHS = [20, 40, NARROW - 1, NARROW, 100, 200]


def who(page: Page, *, full: bool = False) -> tuple[str, str, str]:
    (one,) = cells(page, full=full)
    return one.name.plain, one.role, one.wording


def row(page: Page) -> Cells:
    (one,) = cells(page, full=False)
    return one


def source(words: str, name: str, *roles: str, named: bool = True) -> Page:
    return (
        Writer()
        .speaker(name, *roles, named=named)
        .paragraph(f"It was {words} said so.")
        .attribution(words, "said", "so", speaker=1, source_type="named_person")
        .page()
    )


@pytest.mark.parametrize(
    ("words", "name", "roles", "wording"),
    [
        ("Anna Bell", "Anna Bell", (), ""),
        ("Minister Anna Bell", "Anna Bell", ("Minister",), ""),
        ("Anna Bell, the minister,", "Anna Bell", ("minister",), ""),
        ("the Coastal Courier", "Coastal Courier", (), ""),
        ("ANNA BELL’s", "Anna Bell", (), ""),
        ("she", "Anna Bell", ("Minister",), "“she”"),
        ("Bell", "Anna Bell", (), "“Bell”"),
        ("the minister", "Anna Bell", ("Minister",), "“the minister”"),
        ("Anna Bell, who had left,", "Anna Bell", ("Minister",), "“Anna Bell, who had left”"),
        ("Minister Anna Bell", "Anna Bell", (), "“Minister Anna Bell”"),
        ("", "Anna Bell", ("Minister",), "(not named here)"),
    ],
)
def test_the_source_s_words_are_shown_where_they_say_something_else(
    words: str, name: str, roles: tuple[str, ...], wording: str
) -> None:
    assert who(source(words, name, *roles)) == (name, "".join(roles), wording)


@pytest.mark.parametrize(
    ("words", "name", "named", "shown"),
    [
        ("A senior official", "senior official", False, ("A senior official", "", "")),
        ("The council", "council", True, ("The council", "", "")),
        ("his lawyer", "Bell’s lawyer", False, ("Bell’s lawyer", "", "“his lawyer”")),
        ("who", "senior official", False, ("senior official", "", "“who”")),
    ],
)
def test_who_has_no_name_is_shown_in_the_page_s_words(
    words: str, name: str, named: bool, shown: tuple[str, str, str]
) -> None:
    assert who(source(words, name, named=named)) == shown


def test_nobody_named() -> None:
    page = Writer().paragraph("It rained.").attribution("", "", "It", source_type="unattributed")
    assert who(page.page()) == ("nobody named", "", "")
    page = Writer().paragraph("He said it.").attribution("He", "", "it", source_type="unattributed")
    assert who(page.page()) == ("“He”", "", "")


def test_roles() -> None:
    page = source("she", "Anna Bell", "Minister", "the island’s member of parliament")
    assert who(page)[1] == "Minister"
    assert who(page, full=True)[1] == "Minister; the island’s member of parliament"
    long = source("she", "Anna Bell", "minister of " + "rain and " * 20 + "sun")
    assert len(who(long)[1]) <= ASIDE
    assert who(long)[1].endswith("and sun")
    assert len(who(long, full=True)[1]) > ASIDE


def test_a_long_wording_beside_a_name_is_shortened() -> None:
    page = source("the one who " + "talks and " * 20 + "rests", "Anna Bell")
    assert len(who(page)[2]) <= ASIDE + 2
    assert ELLIPSIS in who(page)[2]
    assert ELLIPSIS not in who(page, full=True)[2]


@pytest.mark.parametrize("kind", get_args(SourceType))
def test_authority_tells_the_kind_of_source_and_marks_what_has_no_name(kind: SourceType) -> None:
    page = Writer().paragraph("She said so.").attribution("She", "said", "so", source_type=kind)
    anonymous = kind in ("unnamed_person", "unnamed_group", "unattributed")
    assert row(page.page()).authority == f"{'! ' * anonymous}{SOURCES[kind]}"
    assert row(page.page()).anonymous == anonymous
    shown = show(page.page())
    assert ("! no named source" in shown) == anonymous
    assert SOURCES[kind] in shown


def test_labels() -> None:
    assert source_label(None) == ""
    assert set(SOURCES) == set(get_args(SourceType))
    assert set(KINDS) == set(get_args(AttributionKind))
    assert set(CUES) == {*get_args(CueClass), "negated"} - {NEUTRAL}


@pytest.mark.parametrize("cue_class", [None, *get_args(CueClass)])
@pytest.mark.parametrize("negated", [None, False, True])
def test_manner_leaves_out_what_is_neutral(cue_class: CueClass | None, negated: bool) -> None:
    page = Writer().paragraph("She said so.")
    page.attribution("She", "said", "so", cue_class=cue_class, negated=negated)
    expected = ["indirect"]
    expected += [cue_class] if cue_class and cue_class != NEUTRAL else []
    expected += ["negated"] if negated else []
    assert row(page.page()).manner == tuple(expected)
    told = " ".join(after("Key", lines(page.page(), 200)))
    for word in expected:
        assert f"{word}: " in told
    assert told.count(": ") == len(expected)


def test_the_cue_stands_in_its_context() -> None:
    page = (
        Writer()
        .paragraph("Anna Bell has never told the council that it rained, or not.")
        .attribution("Anna Bell", "told", "that it rained")
        .page()
    )
    cue = row(page).cue
    assert cue.plain == "has never told the council"
    spans = {cue.plain[span.start : span.end].strip(): span.style for span in cue.spans}
    assert spans == {"has never": "dim", "told": "bold", "the council": "dim"}
    long = Writer().paragraph("Anna told " + "a word " * 20 + "that it rained.")
    long.attribution("Anna", "told", "that it rained")
    assert row(long.page()).cue.plain == "told" + " a word" * 6 + " a […]"


def test_an_attribution_is_placed_where_its_content_stands() -> None:
    page = (
        Writer()
        .paragraph("Bridge Opens Late")
        .paragraph("Anna Bell said the following; Ben Cole added that it was late.")
        .paragraph("“The bridge is safe.”")
        .attribution("Anna Bell", "said", "“The bridge is safe.”")
        .attribution("Ben Cole", "added", "that it was late")
        .page()
    )
    assert [one.where for one in cells(page, full=False)] == ["¶ 3", "¶ 2"]
    rows = [line.split()[:4] for line in lines(page) if line.startswith("  ¶")]
    assert rows == [["¶", "3", "Anna", "Bell"], ["¶", "2", "Ben", "Cole"]]


def test_where_counts_comments_from_one() -> None:
    writer = Writer().paragraph("Bridge Opens Late")
    for number in range(12):
        writer.comment(f"Reader {number} says so.")
        writer.attribution(f"Reader {number}", "says", "so", comment=number)
    for width in (40, 100):
        shown = show(writer.page(), width)
        for number in range(12):
            assert re.search(rf"^ *c {number + 1}  Reader {number}\b", shown, re.M)


@pytest.mark.parametrize("width", [60, 100])
def test_an_arrow_marks_what_is_nested(width: int) -> None:
    writer = Writer().paragraph("Anna said Ben denied it.")
    for depth in range(DEEPEST + 3):
        writer.attribution("Ben", "denied", "it", within=depth - 1 if depth else None)
    shown = [line for line in lines(writer.page(), width) if re.match(r" *¶", line)]
    indents = [line.index("Ben") - line.index("1") for line in shown]
    assert indents == [3, 5, 7, 9, 11, 11, 11]
    assert [NESTED in line for line in shown] == [False] + [True] * 6
    assert f"{NESTED} said within" in show(writer.page(), 100)


def test_later_lines_of_what_is_nested_stand_under_its_name() -> None:
    page = (
        Writer()
        .speaker("Anna Bell", "Minister")
        .paragraph("She said so and so.")
        .attribution("She", "said", "so and so")
        .attribution("She", "said", "so", speaker=1, source_type="named_person", within=0)
        .page()
    )
    shown = lines(page)
    at = next(number for number, line in enumerate(shown) if NESTED in line)
    column = shown[at].index("Anna Bell")
    assert shown[at + 1][column:].startswith("Minister")
    assert shown[at + 2][column:].startswith("“She”")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(" ".join(f"w{number}" for number in range(300)), id="many words"),
        pytest.param("https://post.example/" + "abcdefghij" * 30, id="a long address"),
        pytest.param("".join(map(chr, range(0x6A4B, 0x6A4B + 200))), id="no spaces"),
    ],
)
def test_nothing_is_lost_in_full(content: str, width: int) -> None:
    shown = show(saying(content), width, full=True)
    if width >= NARROW:  # The other columns stand between the lines of this one.
        told = shown.split("authority", 1)[1].split("Key")[0]
        told = re.sub(r"¶ 1  Anna Bell  +said|indirect *$", "", told, flags=re.M)
    else:
        told = shown.split("said", 2)[-1]
    assert squeezed(content) in squeezed(told)
    assert ELLIPSIS.strip() not in shown


@pytest.mark.parametrize("width", WIDTHS)
def test_names_and_cues_are_never_cut(width: int) -> None:
    words = "the " + "z" * 150
    page = Writer().paragraph(f"{words} {'q' * 90} so.").attribution(words, "q" * 90, "so").page()
    shown = show(page, width).replace("wording", "")
    assert shown.count("z") == 150 * 2  # The headline has it too.
    assert sum(line.count("q") for line in shown.splitlines()[1:] if "quot" not in line) >= 90


@pytest.mark.parametrize("width", [NARROW, 80, 100])
def test_a_long_word_in_a_name_is_not_broken(width: int) -> None:
    page = source("she", "Aurelia Montgomery-Vantongeren", "Secretary")
    assert "Montgomery-Vantongeren" in show(page, width)


@pytest.mark.parametrize("width", WIDTHS)
def test_long_contents_are_shortened_in_the_middle(width: int) -> None:
    words = [f"w{number}" for number in range(300)]
    shown = squeezed(show(saying(" ".join(words)), width).split("said", 2)[-1])
    assert ELLIPSIS.strip() in shown
    for word in (*words[:5], *words[-5:]):
        assert word in shown
    assert "w150" not in shown


def test_a_content_is_shortened_to_its_limit() -> None:
    assert row(saying("c" * CONTENT)).content == "c" * CONTENT
    cut = row(saying("c" * (CONTENT + 1))).content
    assert ELLIPSIS in cut
    assert len(cut) <= CONTENT


@pytest.mark.parametrize("width", [40, 100])
def test_the_key_tells_only_what_is_there(width: int) -> None:
    told = " ".join(" ".join(after("Key", lines(saying("so"), width))).split())
    assert told == "Key ¶ paragraph indirect: in the page’s words"
    told = " ".join(" ".join(after("Key", lines(story(), width))).split())
    assert told == (
        "Key ! no named source · ↳ said within the one above · ¶ paragraph · c comment "
        "direct: all in quotation marks · mixed: partly · indirect: in the page’s words "
        "distancing: keeps the page at a distance from it · negated: did not say or do it"
    )

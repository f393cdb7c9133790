"""A page's sourcing in numbers, each counted by hand."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.records import AttributionKind, Page, SourceType
from onrecord.report.glance import CATEGORIES, Category, Words, glance
from writer import Writer, bare, story

BRIDGE = "Anna Bell said the old bridge was safe."


def test_words_of_an_article_are_counted_once() -> None:
    page = (
        Writer()
        .paragraph("Bridge Opens Late")  # 3
        .paragraph(BRIDGE)  # 8, of which 5 attributed
        .attribution("Anna Bell", "said", "the old bridge was safe")
        .attribution("Anna Bell", "said", "bridge was safe")
        .comment("It was not, Ben says.")
        .attribution("Ben", "says", "It was not", comment=0)
        .page()
    )
    words = glance(page).words
    assert words == Words(total=11, quoted=0, paraphrased=5)
    assert (words.attributed, words.own) == (5, 6)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("the minister’s well-known 1,200 U.S gates", 6),
        ("— … ¶ ! “”", 0),
        ("“No,” he said.", 3),
        ("rock 'n' roll", 3),
    ],
)
def test_what_a_word_is(text: str, number: int) -> None:
    assert glance(Writer().paragraph(text).page()).words.total == number


@pytest.mark.parametrize(
    ("kind", "quoted", "paraphrased"), [("direct", 6, 0), ("mixed", 2, 4), ("indirect", 0, 6)]
)
def test_quoted_and_paraphrased(kind: AttributionKind, quoted: int, paraphrased: int) -> None:
    content = "that it “was safe” all day"
    page = Writer().paragraph(f"She said {content}.").attribution("She", "said", content, kind=kind)
    assert glance(page.page()).words == Words(total=8, quoted=quoted, paraphrased=paraphrased)


def test_a_quotation_that_runs_on_is_quoted_in_each_paragraph() -> None:
    first, second = "that “it was safe", "and it is safe”"
    page = (
        Writer()
        .paragraph(f"She said {first}")
        .paragraph(f"{second}.")
        .attribution("She", "said", first, second, kind="mixed")
        .page()
    )
    assert glance(page).words == Words(total=10, quoted=7, paraphrased=1)


def test_what_is_said_within_a_statement_is_its_speaker_s() -> None:
    page = (
        Writer()
        .speaker("Anna Bell")
        .speaker("engineers", named=False, kind="group")
        .paragraph("Anna Bell said engineers warned of rust.")
        .attribution(
            "Anna Bell", "said", "engineers warned of rust", speaker=1, source_type="named_person"
        )
        .attribution(
            "engineers", "warned", "of rust", speaker=2, source_type="unnamed_group", within=0
        )
        .page()
    )
    counted = glance(page)
    assert {one.category: (one.attributions, one.words) for one in counted.categories} == {
        "named people": (1, 4),
        "named groups": (0, 0),
        "unnamed": (1, 0),
        "documents and polls": (0, 0),
        "author": (0, 0),
        "unattributed": (0, 0),
        "unknown": (0, 0),
    }
    assert [(one.speaker.name, one.words) for one in counted.speakers] == [
        ("Anna Bell", 4),
        ("engineers", 2),
    ]


def test_the_story() -> None:
    counted = glance(story())
    # “Two engineers claimed it sways,” It does not, and “how long”: 5 + 3 + 2
    # that the bridge was safe; It may have been the storm; it takes: 5 + 6 + 2
    assert counted.words == Words(total=42, quoted=10, paraphrased=13)
    assert [(one.category, one.attributions, one.words) for one in counted.categories] == [
        ("named people", 2, 13),
        ("named groups", 0, 0),
        ("unnamed", 1, 0),
        ("documents and polls", 1, 4),
        ("author", 0, 0),
        ("unattributed", 1, 6),
        ("unknown", 0, 0),
    ]
    assert [
        (one.speaker.name, one.source_type, one.attributions, one.in_comments, one.words)
        for one in counted.speakers
    ] == [
        ("Anna Bell", "named_person", 2, 0, 13),
        ("report", "document", 1, 0, 4),
        ("two engineers", "unnamed_group", 1, 0, 2),
        ("Dora Finn", "named_person", 0, 1, 0),
    ]
    assert counted.in_comments == (("named_person", 1),)
    assert counted.looked


def test_where_nobody_has_looked() -> None:
    counted = glance(bare(story()))
    assert not counted.looked
    assert counted.speakers == ()
    assert counted.words == glance(story()).words
    assert counted.categories[-1].category == "unknown"
    assert counted.categories[-1].attributions == 5


def test_an_empty_page() -> None:
    counted = glance(Page(id="0" * 64, text=""))
    assert counted.words == Words(total=0, quoted=0, paraphrased=0)
    assert not counted.looked
    assert counted.in_comments == ()


def test_each_source_type_has_a_category() -> None:
    assert set(CATEGORIES) == {*get_args(SourceType), None}
    assert set(CATEGORIES.values()) == set(get_args(Category))


def test_those_who_speak_together_are_one_speaker_with_its_members() -> None:
    page = (
        Writer()
        .speaker("Anna Bell")
        .speaker("Ben Cole")
        .speaker("Anna Bell and Ben Cole", kind="group", members=(1, 2, 99))
        .paragraph("Anna Bell and Ben Cole said so. Bell said no.")
        .attribution("Anna Bell and Ben Cole", "said", "so", speaker=3, source_type="named_person")
        .attribution("Bell", "said", "no", speaker=1, source_type="named_person")
        .attribution("Bell", "said", "no", speaker=77, source_type="named_person")
        .page()
    )
    told = [
        (one.speaker.name, [member.name for member in one.members], one.attributions)
        for one in glance(page).speakers
    ]
    assert told == [
        ("Anna Bell and Ben Cole", ["Anna Bell", "Ben Cole"], 1),
        ("Anna Bell", [], 1),
    ]


def test_the_most_quoted_come_first() -> None:
    writer = Writer()
    for name in ("Ada", "Ben", "Cleo", "Dora"):
        writer.speaker(name).paragraph(f"{name} said one two three.")
    for speaker, content in ((1, "one"), (2, "one two"), (3, "one"), (3, "two"), (4, "one")):
        writer.attribution("", "", content, speaker=speaker, source_type="named_person")
    writer.comment("so").attribution("", "", "so", speaker=4, comment=0)
    names = [one.speaker.name for one in glance(writer.page()).speakers]
    assert names == ["Cleo", "Ben", "Dora", "Ada"]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_numbers_add_up(data: st.DataObject) -> None:
    page = story()
    size = len(page.text)
    moved = []
    for one in page.attributions:
        edges = sorted(
            data.draw(st.lists(st.integers(0, size), min_size=4, max_size=4, unique=True))
        )
        moved.append(
            msgspec.structs.replace(
                one,
                content=((edges[0], edges[1]), (edges[2], edges[3])),
                kind=data.draw(st.sampled_from(get_args(AttributionKind))),
            )
        )
    counted = glance(msgspec.structs.replace(page, attributions=tuple(moved)))
    words = counted.words
    assert words.total == 42
    assert 0 <= words.attributed <= words.total
    assert sum(one.words for one in counted.categories) == words.attributed
    assert sum(one.attributions for one in counted.categories) == 5
    assert all(one.words <= words.total for one in counted.speakers)

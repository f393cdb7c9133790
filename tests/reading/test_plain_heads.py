"""Threads in plain text whose comments have heads: names and times."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import SHARED
from onrecord.evaluation.gold_pages import read_gold
from onrecord.evaluation.pages import PageExample, score_page
from onrecord.reading.draft import Draft
from onrecord.reading.plain import read_plain
from onrecord.reading.text_thread.heads import HEAD, is_name
from onrecord.records import Page

TEXTS = Path(__file__).parents[1] / "pages/text"

ARTICLE = """Bridge Opens Late

Anna Bell said on Tuesday that the bridge over the Orla would open three weeks late, in June.

"""

Row = tuple[int | None, str | None, str]


def rows(text: str) -> list[Row]:
    draft = read_plain(text)
    return [(c.parent, c.author, text[c.start : c.end]) for c in draft.comments]


def times(draft: Draft) -> list[tuple[str | None, str | None]]:
    return [(c.posted_text, c.posted) for c in draft.comments]


def thread(head: str, *, times: int = 3, foot: str = "Reply") -> str:
    names = ("ana77", "Ben Cole", "Cleo")
    comments = (f"{head.format(names[i])}\n\nI say {i} words.\n\n{foot}\n" for i in range(times))
    return ARTICLE + "\n".join(comments)


def test_a_page_with_menus_and_other_articles_around_the_thread() -> None:
    text = (TEXTS / "footbridge.inscriptis.txt").read_text(encoding="utf-8")
    draft = read_plain(text)
    found = rows(text)
    assert [(parent, author) for parent, author, _ in found] == [
        (None, "wren77"),
        (0, "Tom Osier"),
        (1, "wren77"),
        (0, "Lena P."),
        (None, "Old Ferry"),
        (None, "Cy"),
        (None, "Dee"),
        (None, "Eli"),
        (None, "Fay"),
        (None, "Gus"),
        (None, "Hal"),
        (10, "Ida"),
    ]
    assert found[0][2].endswith("Not once.")
    assert found[3][2].endswith("* at the school")
    assert [found[number][2] for number in (2, 4, 11)] == ["I work in March.", "", "It does not."]
    assert times(draft)[2] == ("4 May 2024 at 10:03 am", "2024-05-04T10:03:00")
    shown = [text[p.start : p.end] for p in draft.paragraphs]
    assert shown[-1] == "Dora Quill - 30 April 2024, 17:40"
    assert draft.warnings == ()


def test_names_and_times_in_lines_of_their_own() -> None:
    text = (TEXTS / "faehre.innertext.txt").read_text(encoding="utf-8")
    draft = read_plain(text)
    assert rows(text) == [
        (None, "Marthe L.", "Endlich! Ich warte seit März."),
        (
            None,
            "Jo Brandt",
            "@Marthe L. Und ich erst.\n\nAm 3. 6. 2024 soll noch ein Boot kommen.",
        ),
        (None, "88181 (Profil gelöscht)", ""),
        (None, "Kai", "Wer zahlt das?"),
        (None, "Orla-Freund", "Wir alle."),
    ]
    assert times(draft)[0] == ("14. 05. 2024, 13:47", "2024-05-14T13:47:00")
    assert [w.code for w in draft.warnings] == ["thread-flat"]
    assert text[draft.paragraphs[-1].start :].startswith("Der Rat hatte")


@pytest.mark.parametrize(
    "head",
    [
        "{} 4 hours ago | link",
        "{} • 2 weeks ago",
        "{} 2 weeks ago",
        "{} am 18. Oktober 2023 - 13:11  Permanenter Link",
        "{} says:\nDecember 3, 2014 at 5:01 pm",
        "{} sagt:\n\n23. Juni 2016 um 17:21 Uhr",
        "{}\n3 часа назад",
        "{}\nil y a 2 heures",
        "{}\nтолько что",
        "Posted by {} on Fri, 3 May 2024 - 10:15",
        "Submitted by {} (not verified) on 3 May 2024, 10:15",
        "{}May 31, 2024 at 12:33 PM",
        "+14 #1 {} 12.08.2022 09:17",
        "[–]{} 213 points 16 hours ago",
        "#12 {} 2024-05-03 10:15",
        "1. {} • 2 weeks ago",
        "**{}** · 3 May 2024, 10:15",
        "Date: 2023-11-02 03:12 am (UTC)\nFrom: {}",
        "{} in reply to Zoe\n1 Jun 2024 8:12",
    ],
)
def test_forms_of_heads(head: str) -> None:
    text = thread(head)
    assert [author for _, author, _ in rows(text)] == ["ana77", "Ben Cole", "Cleo"]
    assert [said for _, _, said in rows(text)] == [f"I say {i} words." for i in range(3)]
    assert all(shown for shown, _ in times(read_plain(text)))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end(end: str) -> None:
    text = thread("{} • 2 weeks ago")
    assert rows(text.replace("\n", end)) == rows(text)


@pytest.mark.parametrize("foot", ["Antworten", "Répondre", "Ответить", "Reply | Report | 3"])
def test_links_to_answer_are_no_part_of_a_comment(foot: str) -> None:
    assert rows(thread("{} • 2 weeks ago", foot=foot))[0][2] == "I say 0 words."


def test_lines_that_come_with_most_comments_are_no_part_of_them() -> None:
    said = ("Yes.", "No.", "Who pays?", "We do.", "Since when?", "Since May.")
    names = ("Ana", "Bo", "Cy", "Di", "Ed", "Flo")
    heads = "".join(
        f"{name} • 2 weeks ago\nHide user\n{text}\n\nThumbs up 3\n\n"
        for name, text in zip(names, said, strict=True)
    )
    assert [text for *_, text in rows(f"{ARTICLE}6 Comments\n\n{heads}")] == list(said)


def test_a_name_that_is_glued_to_the_time() -> None:
    text = ARTICLE + "2 Comments\n\nMA Bell2 weeks ago\n\nYes.\n\nhmm3 weeks ago\n\nNo.\n"
    assert rows(text) == [(None, "MA Bell", "Yes."), (None, "hmm", "No.")]


def test_an_article_whose_byline_looks_like_a_head() -> None:
    body = thread("{}\n3 May 2024, 10:15").removeprefix("Bridge Opens Late\n\n")
    text = "Bridge Opens Late\n\nDora Quill\n3 May 2024, 08:00\n\n" + body
    assert [author for _, author, _ in rows(text)] == ["ana77", "Ben Cole", "Cleo"]


def test_nicknames_tell_of_a_thread_without_links_and_heading() -> None:
    names = ("wren77", "hmm", "McFly", "Ben", "oldFerry", "Tom")
    text = ARTICLE + "".join(f"{name} • 2 weeks ago\nWords, and more.\n" for name in names)
    assert [author for _, author, _ in rows(text)] == list(names)


def test_names_without_times_under_a_heading() -> None:
    text = ARTICLE + "Kommentare\n\nAna am\n\nNein.\n\nBen am\n\nDoch.\n"
    assert rows(text) == [(None, "Ana", "Nein."), (None, "Ben", "Doch.")]


def test_names_between_links_to_answer() -> None:
    said = "".join(
        f"{name}\n\nReport\n\nYes, {name}.\n\nReply\n3\n\n" for name in ("Ana", "Bo", "Cy", "Di")
    )
    text = f"{ARTICLE}{said}Top\n"
    assert rows(text) == [(None, name, f"Yes, {name}.") for name in ("Ana", "Bo", "Cy", "Di")]


def test_a_nested_list_under_a_heading_that_counts_comments() -> None:
    text = ARTICLE + "3 Kommentare\n\n  1. Nein.\n    Oder?\n\n    1. Doch.\n\n  2. Aha.\n"
    assert rows(text) == [
        (None, None, "Nein.\n    Oder?"),
        (0, None, "Doch."),
        (None, None, "Aha."),
    ]


def test_a_tool_that_lets_the_indentation_grow() -> None:
    heads = (
        " " * (4 * i) + f"• Ana{i} • 2 weeks ago\n\n" + " " * (4 * i) + "  Yes.\n\n  Reply\n\n"
        for i in range(20)
    )
    draft = read_plain(ARTICLE + "".join(heads))
    assert {c.parent for c in draft.comments} == {None}
    assert [w.code for w in draft.warnings] == ["thread-flat"]


@pytest.mark.parametrize("name", ["Ana", "J.R.", "Rainer B.", "88181 (deleted)", "Save-the-Orla!"])
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "12",
        "It rained all day in town.",
        "Reply",
        "3 Comments",
        "https://orla.example",
        "a" * HEAD,
    ],
)
def test_no_names(name: str) -> None:
    assert not is_name(name)


FLOORS = {
    "inscriptis": (100, 100, 100),
    "resiliparse-bullets": (89, 88, 0),
    "innertext": (100, 100, 100),
}
"""The least of found, text and author on any page, in percent."""


@pytest.mark.shared
@pytest.mark.parametrize("form", FLOORS)
def test_forms_of_real_pages(form: str) -> None:
    for name, gold in read_gold(SHARED / "pages/gold"):
        path = SHARED / f"pages/text/{name}.{form}.txt"
        if path.exists():
            draft = read_plain(path.read_text(encoding="utf-8"))
            page = Page(id="0" * 64, language=None, text=draft.text, comments=draft.comments)
            scores = score_page(PageExample(name, page, gold))
            for figure, floor in zip(("found", "text", "author"), FLOORS[form], strict=True):
                assert 100 * scores[figure].f1 >= floor, (name, figure)

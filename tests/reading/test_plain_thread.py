"""A thread in plain text: bullets, names, indentation."""

from __future__ import annotations

import pytest

from onrecord.reading.plain import read_plain
from onrecord.reading.text_thread.heads import NAME
from onrecord.reading.text_thread.lines import BULLETS
from onrecord.reading.text_thread.stage import TextThread, find_thread

ARTICLE = """Bridge Opens Late

Anna Bell said the bridge was safe.

"""

HEADED = ARTICLE + "Comments\n\n"
"""A flat list of names is a thread where a heading says so."""

DOCUMENTED = """Last paragraph of the article.

    the first comment, which has lost its name

    • Ana

      A reply to it, two columns deeper than its bullet.

  • Ben

    A comment of the first level.
"""

NESTED = """  • Ana

    First.

    Second paragraph.

    • Ben

      Reply to Ana.

      • Cleo

        Reply to Ben.

    • Dora

      Second reply to Ana.

  • Emil

    Top.
"""

Row = tuple[int | None, str | None, str]


def rows(text: str) -> list[Row]:
    comments = find_thread(text).comments
    assert [c.id for c in comments] == list(range(len(comments)))
    return [(c.parent, c.author, text[c.start : c.end]) for c in comments]


def article(text: str) -> list[str]:
    return [text[p.start : p.end] for p in read_plain(text).paragraphs]


def test_thread_as_documented() -> None:
    assert rows(DOCUMENTED) == [
        (None, None, "the first comment, which has lost its name"),
        (0, "Ana", "A reply to it, two columns deeper than its bullet."),
        (None, "Ben", "A comment of the first level."),
    ]
    assert article(DOCUMENTED) == ["Last paragraph of the article."]


def test_nested_replies() -> None:
    assert rows(ARTICLE + NESTED) == [
        (None, "Ana", "First.\n\n    Second paragraph."),
        (0, "Ben", "Reply to Ana."),
        (1, "Cleo", "Reply to Ben."),
        (0, "Dora", "Second reply to Ana."),
        (None, "Emil", "Top."),
    ]


def test_article_ends_where_the_thread_begins() -> None:
    assert find_thread(ARTICLE + NESTED).begin == len(ARTICLE)
    draft = read_plain(ARTICLE + NESTED)
    assert draft.headline == "Bridge Opens Late"
    assert article(ARTICLE + NESTED) == [
        "Bridge Opens Late",
        "Anna Bell said the bridge was safe.",
    ]
    assert len(draft.comments) == 5
    assert draft.warnings == ()


def test_windows_line_ends() -> None:
    text = (ARTICLE + NESTED).replace("\n", "\r\n")
    unix = [(parent, author, said) for parent, author, said in rows(ARTICLE + NESTED)]
    windows = [(parent, author, said.replace("\r\n", "\n")) for parent, author, said in rows(text)]
    assert windows == unix


def test_a_nameless_first_comment_beside_named_ones() -> None:
    text = HEADED + "    lost its name\n\n  • Ana\n\n    First.\n"
    assert rows(text) == [(None, None, "lost its name"), (None, "Ana", "First.")]


@pytest.mark.parametrize("bullet", BULLETS)
def test_every_bullet(bullet: str) -> None:
    text = f"{HEADED}  {bullet} Ana\n\n    First.\n"
    assert rows(text) == [(None, "Ana", "First.")]


def test_a_list_in_a_comment_belongs_to_it() -> None:
    text = HEADED + "  • Ana\n\n    I want:\n\n    - boats\n    - trains\n\n  • Ben\n\n    No.\n"
    assert rows(text) == [
        (None, "Ana", "I want:\n\n    - boats\n    - trains"),
        (None, "Ben", "No."),
    ]


def test_a_wrapped_list_in_a_comment_belongs_to_it() -> None:
    """Text on the very next line goes on with the bullet's; a comment stands below a gap."""
    said = "I want:\n\n    - boats that go every\n      half an hour\n    - trains"
    text = f"{HEADED}  • Ana\n\n    {said}\n\n  • Ben\n\n    No.\n"
    assert rows(text) == [(None, "Ana", said), (None, "Ben", "No.")]


def test_text_deeper_in_a_comment_belongs_to_it() -> None:
    text = HEADED + "  • Ana\n\n    First.\n\n        A verse.\n\n    Last.\n"
    assert rows(text) == [(None, "Ana", "First.\n\n        A verse.\n\n    Last.")]


def test_a_name_has_its_limit() -> None:
    assert len(rows(f"{HEADED}  • {'a' * NAME}\n\n    First.\n")) == 1
    assert rows(f"{HEADED}  • {'a' * (NAME + 1)}\n\n    First.\n") == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ARTICLE, id="plain article"),
        pytest.param("", id="nothing"),
        pytest.param(ARTICLE + "    An indented quotation ends it.\n", id="indented end"),
        pytest.param(
            ARTICLE + "  • a bridge\n\n    and more of it\n\nThe mayor agreed.\n",
            id="list with text at the margin behind",
        ),
        pytest.param(
            ARTICLE + "The plan has:\n\n  • a bridge\n  • a ferry\n  • a tunnel\n",
            id="list at the end with nothing below its items",
        ),
        pytest.param(
            ARTICLE + "The plan has:\n\n  • a bridge over the Orla which is\n    a mile long\n"
            "  • a ferry\n",
            id="wrapped list at the end",
        ),
        pytest.param(
            "   Bridge Opens Late\n\n   Anna Bell said it was safe. The plan:\n\n"
            "     * a bridge over the Orla which is\n       a mile long\n     * a ferry\n",
            id="all of it indented, as browsers for terminals print it",
        ),
    ],
)
def test_no_thread(text: str) -> None:
    assert find_thread(text) == TextThread((), len(text))
    assert read_plain(text).comments == ()


def test_comments_alone() -> None:
    draft = read_plain(NESTED)
    assert draft.paragraphs == ()
    assert draft.headline is None
    assert len(draft.comments) == 5
    assert [w.code for w in draft.warnings] == ["article-not-found"]


def test_plain_text_knows_no_times() -> None:
    comments = find_thread(ARTICLE + NESTED).comments
    assert {(c.posted, c.posted_text) for c in comments} == {(None, None)}


def test_a_text_that_is_indented_as_a_whole_is_an_article() -> None:
    article = "  Rain in the Town\n\n  It rained all day.\n\n"
    text = f"{article}  Comments\n\n    • Ana\n\n      It did.\n"
    thread = find_thread(text)
    assert [text[c.start : c.end] for c in thread.comments] == ["It did."]
    assert text[: thread.begin] == article


def test_a_flat_list_of_names_in_which_one_is_addressed() -> None:
    text = ARTICLE + "• Ana Bell\n\n  First.\n\n• Ben\n\n  @Ana Bell Second.\n"
    assert rows(text) == [(None, "Ana Bell", "First."), (None, "Ben", "@Ana Bell Second.")]
    assert [w.code for w in read_plain(text).warnings] == ["thread-flat"]


def test_bullets_at_the_left_margin_are_a_level() -> None:
    text = ARTICLE + "• Ana\n\n  First.\n\n  • Ben\n\n    Second.\n\n• Cy\n\n  Top.\n"
    assert rows(text) == [(None, "Ana", "First."), (0, "Ben", "Second."), (None, "Cy", "Top.")]
    assert article(text)[-1] == "Anna Bell said the bridge was safe."


def test_a_comment_without_text_keeps_its_name() -> None:
    text = HEADED + "  • Ana\n\n    First.\n\n  • Ben\n\n  • Cy\n\n    Top.\n"
    assert rows(text) == [(None, "Ana", "First."), (None, "Ben", ""), (None, "Cy", "Top.")]


def test_comments_alone_of_which_the_first_has_lost_its_name() -> None:
    text = "    lost its name\n\n" + NESTED
    assert rows(text)[:2] == [
        (None, None, "lost its name"),
        (None, "Ana", "First.\n\n    Second paragraph."),
    ]
    assert read_plain(text).paragraphs == ()


def test_a_label_of_the_page_behind_the_thread() -> None:
    assert rows(ARTICLE + NESTED + "\nYour comment\n") == rows(ARTICLE + NESTED)

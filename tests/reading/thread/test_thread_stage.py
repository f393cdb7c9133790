"""From a tree to its thread: what is kept, what is told, what stays in the tree."""

from __future__ import annotations

import pytest
from lxml import html

from onrecord.reading.thread import Thread, take_thread


def comment(number: int, text: str = "It rained.", *, inside: str = "", names: str = "") -> str:
    return (
        f'<li class="comment {names}" id="comment-{number}"><b class="fn">reader {number}</b> '
        f'<time datetime="2024-05-03T10:0{number % 10}:00+00:00">3 May</time>'
        f'<div class="comment-content"><p>{text}</p></div><a href="#">Reply</a>{inside}</li>'
    )


def thread(items: str, before: str = "") -> Thread:
    markup = f"<html><body><p>Article.</p>{before}<ol class='list'>{items}</ol></body></html>"
    return take_thread(html.fromstring(markup))


def note(number: int, text: str, inside: str = "") -> str:
    return (
        f'<li class="comment" id="comment-{number}"><div class="comment-content">'
        f"<p>{text}</p></div>{inside}</li>"
    )


FEW = "".join(comment(number) for number in range(1, 6))


@pytest.mark.parametrize(
    "text",
    [
        "[deleted]",
        "(Deleted comment)",
        "This comment was removed by a moderator. Replies may also be removed.",
        "This comment has been deleted.",
        "Dieser Kommentar wurde gelöscht.",
        "Ce commentaire a été supprimé",
    ],
)
def test_a_removed_comment_is_an_empty_node_if_it_has_replies(text: str) -> None:
    comments = thread(FEW + note(7, text, f"<ol>{comment(8)}</ol>")).comments
    assert [(c.author, c.parent, c.paragraphs) for c in comments[5:]] == [
        (None, None, ()),
        ("reader 8", 5, ("It rained.",)),
    ]
    assert len(thread(FEW + note(7, text)).comments) == 5


@pytest.mark.parametrize(
    "text", ["Removed my lawn and it works.", "I deleted it.", "Deleted? Why?"]
)
def test_what_only_sounds_removed_is_kept(text: str) -> None:
    assert thread(FEW + comment(7, text)).comments[5].paragraphs == (text,)


def test_replies_to_a_pingback_move_up() -> None:
    ping = comment(7, inside=f"<ol>{comment(8)}</ol>", names="pingback")
    comments = thread(FEW + comment(6, inside=f"<ol>{ping}</ol>")).comments
    assert [(c.author, c.parent) for c in comments[5:]] == [("reader 6", None), ("reader 8", 5)]


def test_words_that_may_break_are_whole() -> None:
    (first, *_) = thread(comment(7, "Re\u00adpub<wbr>\u00adli\u200bcan") + FEW).comments
    assert first.paragraphs == ("Republican",)


def test_the_text_behind_a_comment_of_the_markup_is_kept() -> None:
    (first, *_) = thread(comment(7, "It <!-- not -->rained<?php 1 ?>.") + FEW).comments
    assert first.paragraphs == ("It rained.",)


def test_what_is_hidden_in_a_comment_is_not_said() -> None:
    hidden = '<div style="display: none">Share: It rained.</div><span hidden>x</span>'
    assert thread(comment(7, f"It rained.{hidden}") + FEW).comments[0].paragraphs == ("It rained.",)


def test_a_thread_that_is_hidden_until_a_click_is_read() -> None:
    markup = f"<html><body><p>A.</p><div style='display:none'><ol>{FEW}</ol></div></body></html>"
    assert len(take_thread(html.fromstring(markup)).comments) == 5


@pytest.mark.parametrize(
    ("before", "codes"),
    [
        ("<h2>5 Comments</h2>", []),
        ("<h2>Comments (5)</h2>", []),
        ("<h2>1,204 Comments</h2>", ["thread-count"]),
        ("<span class='comment-count'>7 Kommentare</span>", ["thread-count"]),
        ("<p>There were 7 comments from the council.</p>", []),
        ("", []),
    ],
)
def test_a_counter_that_says_otherwise(before: str, codes: list[str]) -> None:
    assert [warning.code for warning in thread(FEW, before).warnings] == codes


def test_a_flat_page_that_tells_of_replies() -> None:
    more = FEW.replace(">Reply<", ">View 2 replies<", 1)
    assert [warning.code for warning in thread(more).warnings] == ["thread-flat"]
    nested = more + comment(7, inside=f"<ol>{comment(8)}</ol>")
    assert thread(nested).warnings == ()


def test_a_page_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.reading.thread.stage.LARGEST", 40)
    found = thread(FEW + FEW)
    assert found.comments == ()
    assert [warning.code for warning in found.warnings] == ["thread-not-read"]
    assert len(thread(FEW).comments) == 5


def test_the_section_goes_with_its_headings_and_forms() -> None:
    tree = html.fromstring(
        f"<html><body><p>Article.</p><section id='comments'><h2>5 comments</h2><ol>{FEW}</ol>"
        "<form><label>Your comment</label><textarea></textarea></form></section><p>Imprint</p>"
        "</body></html>"
    )
    take_thread(tree)
    assert "".join(map(str, tree.itertext())) == "Article.Imprint"


def test_an_article_in_the_same_section_stays() -> None:
    story = "<p>It was opened in May, and it rained all day on the crowd.</p>" * 60
    around = f"<div class='comments'>{story}<ol>{FEW}</ol></div>"
    tree = html.fromstring(f"<html><body>{around}</body></html>")
    take_thread(tree)
    assert "".join(map(str, tree.itertext())).count("It was opened") == 60


def test_what_most_say_is_said() -> None:
    assert [c.paragraphs for c in thread(FEW).comments] == [("It rained.",)] * 5


def test_ranks_are_not_depths() -> None:
    """A forum shows how high a member stands with a class such as "level-4"."""
    items = "".join(comment(n, names=f"level-{rank}") for n, rank in enumerate((3, 9, 1, 7, 2, 9)))
    assert all(c.parent is None for c in thread(items).comments)

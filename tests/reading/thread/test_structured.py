"""Comments that a page has in JSON-LD alone."""

from __future__ import annotations

import json

from lxml import html

from onrecord.reading.draft import CommentBlock
from onrecord.reading.thread import take_thread
from onrecord.reading.thread.structured import structured_comments

ANA = {
    "@type": "Comment",
    "@id": "#c1",
    "author": {"@type": "Person", "name": "Ana &amp; Co"},
    "dateCreated": "2024-05-03T10:05:00Z",
    "text": "It leaked.<br>We all <b>saw</b> it.",
    "comment": [
        {"@type": "https://schema.org/Comment", "author": [{"name": "Ben"}], "text": "No."}
    ],
}
CLEO = {"@type": ["Comment"], "author": "Cleo", "text": "Agreed.", "parentItem": {"@id": "#c1"}}


def page(*scripts: object, body: str = "") -> str:
    data = "".join(
        f"<script type='application/ld+json'>"
        f"{script if isinstance(script, str) else json.dumps(script)}</script>"
        for script in scripts
    )
    return f"<html><head>{data}</head><body>{body}</body></html>"


def found(*scripts: object) -> list[CommentBlock]:
    return structured_comments(html.fromstring(page(*scripts)))


def test_nested_comments_and_named_parents() -> None:
    article = {"@type": "NewsArticle", "headline": "The barrier", "comment": [ANA, CLEO]}
    assert found(article) == [
        CommentBlock(
            parent=None,
            author="Ana & Co",
            posted="2024-05-03T10:05:00+00:00",
            posted_text=None,
            paragraphs=("It leaked.", "We all saw it."),
        ),
        CommentBlock(parent=0, author="Ben", posted=None, posted_text=None, paragraphs=("No.",)),
        CommentBlock(
            parent=0, author="Cleo", posted=None, posted_text=None, paragraphs=("Agreed.",)
        ),
    ]


def test_a_graph_and_several_scripts() -> None:
    assert [c.author for c in found({"@graph": [{"comment": [ANA]}]}, [CLEO])] == [
        "Ana & Co",
        "Ben",
        "Cleo",
    ]


def test_the_opening_post_of_a_forum_is_no_comment() -> None:
    post = {"@type": "DiscussionForumPosting", "text": "Who has seen it?", "comment": [CLEO]}
    assert [c.author for c in found(post)] == ["Cleo"]


def test_what_is_no_comment() -> None:
    assert found({"@type": "Review", "text": "Good."}, "{broken", "null", "[" * 5000) == []
    assert found({"@type": "Comment", "text": 7}, {"@type": "Comment"}) == []


def test_a_parent_that_comes_later_is_none() -> None:
    """A thread must not go round in circles."""
    later = {**CLEO, "@id": "#c0", "parentItem": {"@id": "#c1"}}
    assert [c.parent for c in found([later, {**ANA, "comment": []}])] == [None, None]


def test_the_page_itself_comes_first_where_it_shows_as_many() -> None:
    shown = "".join(
        f"<li class='comment' id='comment-{n}'><b class='fn'>reader {n}</b> <time>3 May 2024</time>"
        f"<p>It rained on day {n}.</p></li>"
        for n in range(3)
    )
    tree = html.fromstring(page([ANA, CLEO], body=f"<ol>{shown}</ol>"))
    assert [c.author for c in take_thread(tree).comments] == ["reader 0", "reader 1", "reader 2"]
    tree = html.fromstring(page([ANA, CLEO], body="<div id='comments'></div>"))
    assert [c.author for c in take_thread(tree).comments] == ["Ana & Co", "Ben", "Cleo"]

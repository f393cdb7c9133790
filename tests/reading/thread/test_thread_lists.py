"""Comments in HTML, as WordPress and its themes write them."""

from __future__ import annotations

import pytest
from lxml import html

from onrecord.reading.draft import CommentBlock
from onrecord.reading.thread import take_thread

MODERN = """<li id="comment-11" class="comment even thread-even depth-1 parent">
<article id="div-comment-11" class="comment-body">
<footer class="comment-meta">
<div class="comment-author vcard"><img alt="a face" src="a.png">
<b class="fn"><a href="https://ana.example" rel="nofollow" class="url">Ana Rower</a></b>
<span class="says">says:</span></div>
<div class="comment-metadata">
<a href="#comment-11"><time datetime="2024-03-05T09:00:00+01:00">March 5, 2024 at 9 am</time></a>
<span class="edit-link"><a class="comment-edit-link" href="#">Edit</a></span></div>
</footer>
<div class="comment-content"><p>First line.<br />Second line.</p>
<p>Second <em>para</em>graph &amp; more<!-- NOTE -->.</p>
<blockquote><p>A quoted bit.</p></blockquote>
<ul><li>one</li><li>two</li></ul>
<form><label>Vote</label><button>Send</button></form></div>
<div class="reply"><a rel="nofollow" class="comment-reply-link" href="#">Reply</a></div>
</article>
<ol class="children">
<li id="comment-12" class="comment odd depth-2"><article class="comment-body">
<footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Ben</b></div>
<div class="comment-metadata"><time datetime="2024-03-06T10:00:00">a day later</time></div></footer>
<div class="comment-content"><p>No.</p></div>
<div class="reply"><a class="comment-reply-link" href="#">Reply</a></div></article></li>
</ol></li>"""

OLD = """<li class="comment even" id="comment-21"><div id="div-comment-21" class="comment-body">
<div class="comment-author vcard"><cite class="fn">Cleo</cite>
<span class="says">says:</span></div>
<em class="comment-awaiting-moderation">Your comment is awaiting moderation.</em>
<div class="comment-meta commentmetadata"><a href="#comment-21">March 7, 2024 at 8:15 pm</a>
<a class="comment-edit-link" href="#">(Edit)</a></div>
<p>It leaks.</p>
<p>It always did.</p>
{}<div class="reply"><a class="comment-reply-link" href="#">Reply</a></div>
</div></li>"""


def take(items: str) -> list[CommentBlock]:
    tree = html.fromstring(f"<html><body><ol>{items}</ol></body></html>")
    return list(take_thread(tree).comments)


def comment(number: int, inside: str = "", *, said: str = "It rained.") -> str:
    return (
        f'<li class="comment" id="comment-{number}"><cite class="fn">reader {number}</cite>'
        f'<div class="comment-content">{said}</div>{inside}</li>'
    )


def said(markup: str) -> tuple[str, ...]:
    (block,) = take(comment(1, said=markup))
    return block.paragraphs


def test_modern_list() -> None:
    assert take(MODERN) == [
        CommentBlock(
            parent=None,
            author="Ana Rower",
            posted="2024-03-05T09:00:00+01:00",
            posted_text="March 5, 2024 at 9 am",
            paragraphs=(
                "First line.\nSecond line.",
                "Second paragraph & more.",
                "A quoted bit.",
                "one",
                "two",
            ),
        ),
        CommentBlock(
            parent=0,
            author="Ben",
            posted="2024-03-06T10:00:00",
            posted_text="a day later",
            paragraphs=("No.",),
        ),
    ]


def test_old_list() -> None:
    assert take(OLD.format("")) == [
        CommentBlock(
            parent=None,
            author="Cleo",
            posted="2024-03-07T20:15:00",
            posted_text="March 7, 2024 at 8:15 pm",
            paragraphs=("It leaks.", "It always did."),
        )
    ]


def test_old_list_with_more_than_paragraphs() -> None:
    """Nothing that a reader wrote is lost."""
    (block,) = take(OLD.format("<ul><li>boats</li><li>trains</li></ul>"))
    assert block.paragraphs == ("It leaks.", "It always did.", "boats", "trains")


@pytest.mark.parametrize(
    "around",
    [
        '<div class="reply"><p>Answer this</p></div>',
        "<form><p>Your name</p><textarea>Write</textarea></form>",
    ],
)
def test_old_list_with_paragraphs_around_the_comment(around: str) -> None:
    (block,) = take(OLD.format(around))
    assert block.paragraphs == ("It leaks.", "It always did.")


def test_author_in_a_paragraph_is_not_said() -> None:
    item = '<li class="comment"><p class="comment-author">Cleo</p><p>It leaks.</p></li>'
    (block,) = take(item)
    assert block.author == "Cleo"
    assert block.paragraphs == ("It leaks.",)


def test_a_time_that_is_not_given_is_not_known() -> None:
    item = MODERN.replace('<time datetime="2024-03-06T10:00:00">a day later</time>', "")
    block = take(item.replace('<div class="comment-metadata"></div>', ""))[1]
    assert (block.author, block.posted, block.posted_text) == ("Ben", None, None)


@pytest.mark.parametrize(
    ("attribute", "posted"),
    [
        ('datetime="2024-03-05T09:00:00Z"', "2024-03-05T09:00:00+00:00"),
        ('datetime=" 2024-03-05 09:00 "', "2024-03-05T09:00:00"),
        ('datetime="2024-03-05"', "2024-03-05"),
        ('datetime="yesterday"', None),
        ('datetime=""', None),
        ("", None),
    ],
)
def test_time(attribute: str, posted: str | None) -> None:
    item = comment(1, f"<time {attribute}>2 days\n ago</time>")
    (block,) = take(item)
    assert block.posted == posted
    assert block.posted_text == "2 days ago"


@pytest.mark.parametrize(
    ("markup", "paragraphs"),
    [
        ("Bare text.", ("Bare text.",)),
        ("One<br>two", ("One\ntwo",)),
        ("One<br><br>two", ("One", "two")),
        ("One<br>\n <br/>two<br>three", ("One", "two\nthree")),
        ("<p>One\nline</p> between <p>two</p>", ("One line", "between", "two")),
        ("<p>  One  &nbsp; two </p>", ("One two",)),
        ("<p>ca<b>f</b>é</p>", ("café",)),
        ("<p>One</p><script>var x;</script> <style>p {}</style><p>two</p>", ("One", "two")),
        ("<p>One</p><button>Like</button> tail", ("One", "tail")),
        ('<p>One <a class="comment-reply-link">Reply</a> two</p>', ("One two",)),
        ("<div><div><p>One</p></div>two</div>", ("One", "two")),
        ("<p></p><p> </p>", ()),
    ],
)
def test_paragraphs_and_line_breaks(markup: str, paragraphs: tuple[str, ...]) -> None:
    assert said(markup) == paragraphs


def test_replies_have_parents_and_the_order_of_the_page() -> None:
    items = (
        comment(1, f"<ul>{comment(2, f'<ul>{comment(3)}</ul>')}{comment(4)}</ul>")
        + comment(5)
        + comment(6, f"<ul>{comment(7)}</ul>")
    )
    assert [(b.author, b.parent) for b in take(items)] == [
        ("reader 1", None),
        ("reader 2", 0),
        ("reader 3", 1),
        ("reader 4", 0),
        ("reader 5", None),
        ("reader 6", None),
        ("reader 7", 5),
    ]


def test_what_a_reply_says_is_not_said_by_its_parent() -> None:
    bare = '<li class="comment"><p>{}</p><b class="fn">{}</b>{}</li>'
    items = bare.format("Outer.", "Ana", f"<ul>{bare.format('Inner.', 'Ben', '')}</ul>")
    assert [(b.author, b.paragraphs) for b in take(items)] == [
        ("Ana", ("Outer.",)),
        ("Ben", ("Inner.",)),
    ]


def test_deep_nesting() -> None:
    items = ""
    for number in reversed(range(100)):
        items = comment(number, f"<ul>{items}</ul>", said=f"Level {number}.")
    blocks = take(items)
    assert [b.parent for b in blocks] == [None, *range(99)]
    assert [b.paragraphs for b in blocks] == [(f"Level {n}.",) for n in range(100)]


@pytest.mark.parametrize("kind", ["pingback", "trackback", "comment pingback"])
def test_pingbacks_are_no_comments(kind: str) -> None:
    item = f'<li class="{kind}" id="comment-9"><p>Pingback: <b class="fn">A page</b></p></li>'
    assert [b.author for b in take(item + comment(1))] == ["reader 1"]


@pytest.mark.parametrize(
    ("item", "found"),
    [
        ('<li id="comment-7"><b class="fn">Ana</b> says</li>', 1),
        ('<li id="li-comment-7"><b class="fn">Ana</b> says</li>', 1),
        ('<li class="COMMENT"><time>1 May</time><div class="comment-text">Hello</div></li>', 1),
        ('<li class="comment"><a href="#comments">4 comments</a></li>', 0),
        ('<li id="comment-form"><b class="fn">Ana</b></li>', 0),
        ('<li class="comments"><b class="fn">Ana</b></li>', 0),
        ('<div class="comment"><b class="fn">Ana</b> says</div>', 1),
    ],
)
def test_what_is_a_comment(item: str, found: int) -> None:
    assert len(take(item)) == found


def test_comments_are_cut_out_and_all_else_stays() -> None:
    tree = html.fromstring(
        f"<html><body><p>Before.</p><ol>head {comment(1, f'<ul>{comment(2)}</ul>')} middle "
        f"{comment(3)} tail</ol><p>After.</p></body></html>"
    )
    assert len(take_thread(tree).comments) == 3
    assert " ".join("".join(map(str, tree.itertext())).split()) == "Before.head middle tailAfter."
    assert take_thread(tree).comments == ()


def test_a_name_that_is_not_given_is_not_known() -> None:
    (block,) = take('<li class="comment"><time>1 May</time><p>Hello.</p></li>')
    assert block.author is None
    (block,) = take(
        '<li class="comment"><b class="fn"> </b><div class="comment-content">Hello.</div></li>'
    )
    assert block.author is None


def test_the_form_to_reply_goes_with_the_thread() -> None:
    tree = html.fromstring(
        "<html><body><h1>Rain</h1><div id='respond'><h3>Leave a reply</h3>"
        "<form><textarea></textarea></form></div><p>After.</p></body></html>"
    )
    assert take_thread(tree).comments == ()
    assert "".join(map(str, tree.itertext())) == "RainAfter."

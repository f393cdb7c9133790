"""Which title or heading is the headline, and how it is spelled."""

from __future__ import annotations

import json

import pytest

from onrecord.reading.html import read_html

BODY = (
    "<p>The council of Ravenholm met on Monday and spoke about the old bridge for hours.</p>"
    "<p>Nobody in the town was surprised at all by what its members decided there.</p>"
)


def headline(shown: str, head: str = "") -> str | None:
    page = f"<html><head>{head}</head><body><article>{shown}{BODY}</article></body></html>"
    return read_html(page, "x").headline


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


@pytest.mark.parametrize(
    ("shown", "head"),
    [
        ("<h1>Orla bridge opens late</h1>", og("Orla bridge opens late")),
        ("<h4>Traffic</h4><h1>Orla bridge opens late</h1>", og("Traffic: Orla bridge opens late")),
        ("<h1>Traffic: Orla bridge opens late</h1>", og("Orla bridge opens late")),
        ("<h1>Orla bridge opens late</h1>", og("Orla bridge opens late - Anna Bell and Ben Cole")),
        ("<h1>Orla bridge<br>opens late</h1>", og("Orla Bridge Opens Late")),
        (
            "<h1>Post</h1><h3>Orla bridge opens late</h3>",
            "<title>Post: Orla bridge opens late</title>",
        ),
        (
            "<h1>The Ravenholm Forum</h1><h2>Orla bridge opens late</h2>",
            "<title>Orla bridge opens late - The Ravenholm Forum</title>",
        ),
        (
            "<h1>The Ravenholm Post</h1><h2>Orla bridge opens late</h2>",
            og("Orla bridge opens late")
            + '<meta property="og:site_name" content="The Ravenholm Post">',
        ),
    ],
)
def test_the_heading_that_is_declared(shown: str, head: str) -> None:
    found = headline(shown, head)
    assert found is not None
    assert found.casefold() == "orla bridge opens late"


def test_it_is_spelled_as_shown() -> None:
    assert headline("<h1>ORLA bridge opens</h1>", og("Orla Bridge Opens")) == "ORLA bridge opens"


def test_the_articles_own_title_beats_that_of_the_site() -> None:
    article = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Late bridge"}
    head = og("Ravenholm Post: all the news") + (
        f'<script type="application/ld+json">{json.dumps(article)}</script>'
    )
    assert headline("<h1>Late bridge</h1>", head) == "Late bridge"


def test_a_newsletters_title_is_not_the_pages() -> None:
    head = og("Orla bridge opens late") + '<meta name="letter.title" content="What we read">'
    assert headline("<h2>What we read</h2>", head) == "Orla bridge opens late"


def test_a_lonely_heading_is_the_headline() -> None:
    assert headline("<h1>Orla bridge opens late</h1>") == "Orla bridge opens late"


def test_a_title_without_its_site_where_no_heading_agrees() -> None:
    assert headline("", "<title>Orla bridge opens | Post</title>") == "Orla bridge opens"
    titles = og("Orla bridge opens • r/orla") + "<title>Orla bridge opens : orla</title>"
    assert headline("", titles) == "Orla bridge opens"


def test_a_line_that_is_a_part_of_the_title() -> None:
    shown = "<div>Orla bridge opens late</div>"
    assert headline(shown, "<title>anna_b: Orla bridge opens late</title>") == (
        "Orla bridge opens late"
    )


def test_a_heading_that_was_taken_with_the_comments_counts() -> None:
    posted = "<time datetime='2024-03-05T09:0{0}:00Z'>5 March</time>"
    said = f"<h4>Re: Orla bridge</h4><cite class='author'>rower{{0}}</cite> {posted}"
    replies = "".join(
        f"<li class='comment' id='comment-{n}'>{said.format(n)}<p>It leaks, {n}.</p></li>"
        for n in range(4)
    )
    page = (
        "<html><head><title>Orla bridge - Forum</title></head><body><div id='comments'>"
        f"<h2>Orla bridge</h2><ol class='commentlist'>{replies}</ol></div></body></html>"
    )
    draft = read_html(page, "x")
    assert len(draft.comments) == 4
    assert draft.headline == "Orla bridge"

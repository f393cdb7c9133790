"""People only, each once, as the page writes them."""

from __future__ import annotations

import json

import pytest

from onrecord.reading.article.people import once_each, people_in
from onrecord.reading.html import read_html

BODY = (
    "<p>The council of Ravenholm met on Monday and spoke about the old bridge for hours.</p>"
    "<p>Nobody in the town was surprised at all by what its members decided there.</p>"
)


def byline(shown: str = "", head: str = "", behind: str = "") -> tuple[str, ...]:
    page = (
        f"<html><head>{head}</head><body><article><h1>Old bridge</h1>{shown}{BODY}</article>"
        f"{behind}</body></html>"
    )
    return read_html(page, "x").byline


def linked(article: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(article)}</script>'


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Anna Bell", ["Anna Bell"]),
        ("By ANNA BELL", ["ANNA BELL"]),
        ("By Anna Bell and Ben Cole", ["Anna Bell", "Ben Cole"]),
        ("Anna Bell, Ben Cole & Cleo Dahl", ["Anna Bell", "Ben Cole", "Cleo Dahl"]),
        ("Von Anna Bell und Ben Cole", ["Anna Bell", "Ben Cole"]),
        ("Par Anna Bell", ["Anna Bell"]),
        ("Autor: Anna Bell", ["Anna Bell"]),
        ("By Anna Bell, Senior Staff Writer, The Daily", ["Anna Bell"]),
        ("By Anna Bell | 10/ 5/11 09:19 PM ET", ["Anna Bell"]),
        ("Posted by Anna Bell on Tuesday, November 12, 2013 at 07:40 AM in Harbour", ["Anna Bell"]),
        ("5 March 2024, by Anna Bell", ["Anna Bell"]),
        ("Anna Bell (anna@post.example)", ["Anna Bell"]),
        ("Bell, Anna", ["Anna Bell"]),
        ("bell moor", ["bell moor"]),
        ("Anna de la Tour", ["Anna de la Tour"]),
        ("rower", ["rower"]),
        ("Dr. Anna Bell, Professor of Rivers", ["Dr. Anna Bell"]),
        ("Ana Bell y Ben Cole", ["Ana Bell", "Ben Cole"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("AP", []),
        ("Reuters", []),
        ("The Post", []),
        ("Post Staff", []),
        ("Redaktion", []),
        ("https://post.example/anna", []),
        ("news@post.example", []),
        ("@anna", []),
        ("post.example", []),
        ("5 min read", []),
        ("caches Archive Mirror", []),
        ("", []),
        ("x" * 500, []),
    ],
)
def test_names_in_a_byline(text: str, names: list[str]) -> None:
    assert people_in(text, ["The Post"]) == names


def test_text_that_only_looks_like_a_byline_needs_a_whole_name() -> None:
    assert people_in("By Anna Bell", [], strict=True) == ["Anna Bell"]
    assert people_in("By then", [], strict=True) == []
    assert people_in("By the river bank", [], strict=True) == []


def test_each_once_in_the_fullest_form() -> None:
    assert once_each(["Anna Bell", "ANNA BELL", "Anna", "Ben", "Ben J. Cole"]) == (
        "Anna Bell",
        "Ben J. Cole",
    )


def test_people_of_the_article_not_organisations() -> None:
    article = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "NewsArticle",
                "author": [{"@id": "#a"}, {"@type": "Organization", "name": "Cole Wire"}],
            },
            {"@type": "Person", "@id": "#a", "name": "Anna Bell"},
            {"@type": "Person", "@id": "#b", "name": "Emil Finn"},
        ],
    }
    assert byline(head=linked(article)) == ("Anna Bell",)


def test_creators_as_words() -> None:
    article = {
        "@context": "https://schema.org",
        "@type": "Article",
        "creator": ["A Bell", "B Cole"],
    }
    assert byline(head=linked(article)) == ("A Bell", "B Cole")


@pytest.mark.parametrize(
    "shown",
    [
        "<p class='byline'>By <a href='/a'>Anna Bell</a> and <a href='/b'>Ben Cole</a></p>",
        "<p><a rel='author' href='/'>Anna Bell</a>, <a rel='author' href='/'>Ben Cole</a></p>",
        "<p>By ANNA BELL AND BEN COLE</p>",
        "<div><b itemprop='author'>Anna Bell</b> <b itemprop='author'>Ben Cole</b></div>",
    ],
)
@pytest.mark.parametrize("head", ["", '<meta name="author" content="AP">'])
def test_who_is_shown_where_nobody_is_declared(shown: str, head: str) -> None:
    assert [name.title() for name in byline(shown, head)] == ["Anna Bell", "Ben Cole"]


def test_a_short_name_counts_where_the_page_marks_it() -> None:
    assert byline("<div>By <a href='/user/weather'>weather box</a></div>") == ("weather box",)
    assert byline("<div class='post-author'>Von Robert</div>") == ("Robert",)


def test_authors_of_other_articles_are_none() -> None:
    others = "".join(
        f"<div class='teaser'><p>Another story, {n}</p><span class='author'>Emil Finn</span></div>"
        for n in range(12)
    )
    assert byline(behind=others) == ()


def test_commenters_are_no_authors() -> None:
    comments = "".join(
        f"<li class='comment' id='comment-{n}'><a rel='author' class='author'>Rower {n}</a> "
        f"<time datetime='2024-03-05T09:0{n}:00Z'>5 March</time><p>It leaks, {n}.</p></li>"
        for n in range(4)
    )
    assert byline(behind=f"<ol class='commentlist'>{comments}</ol>") == ()

"""Where an article begins and ends, and what its paragraphs are."""

from __future__ import annotations

import pytest

from onrecord.reading.html import read_html

FIRST = "The council of Ravenholm met on Monday and spoke about the old bridge for three hours."
MIDDLE = "Its members could not agree who should pay for the eastern pier, said Cleo Dahl."
LAST = "Nobody in the town was surprised at all by what its members decided there, she said."


def page(body: str, head: str = "") -> list[tuple[str, str]]:
    head += (
        '<meta property="og:title" content="Traffic: Old bridge">'
        '<meta name="author" content="Anna Bell">'
    )
    draft = read_html(f"<html><head>{head}</head><body>{body}</body></html>", "x")
    return [(p.kind, draft.text[p.start : p.end]) for p in draft.paragraphs]


def story(
    before: str = "", between: str = "", behind: str = "", head: str = ""
) -> list[tuple[str, str]]:
    text = f"<p>{FIRST}</p>{between}<p>{MIDDLE}</p><p>{LAST}</p>"
    return page(
        f"<article><h1>Old bridge</h1>{before}<div class=x>{text}</div>{behind}</article>", head
    )


PLAIN = [("headline", "Old bridge"), ("body", FIRST), ("body", MIDDLE), ("body", LAST)]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "<h4>Traffic</h4>",
        "<p>By Anna Bell, August 14, 2020 2:30 pm</p>",
        "<p>Anna Bell</p>",
        "<p>5 min read</p>",
        "<p><a href='/s'>Skip to the main content</a></p>",
        "<figure><img src=x.jpg><figcaption>The bridge at night.</figcaption></figure>",
        "<div class='share'><p>Tell your friends about this story of ours.</p></div>",
    ],
)
def test_what_stands_before_the_first_paragraph(before: str) -> None:
    assert story(before) == PLAIN


@pytest.mark.parametrize(
    "behind",
    [
        "<p class=terms>Topics: <a href='/b'>Bridges</a> <a href='/r'>Rivers</a></p>",
        "<p>Filed under: rivers and bridges</p>",
        "<ol class=bios><li><p>Anna Bell is a writer at the Post, and rows.</p></li></ol>",
        "<section><p>Anna Bell writes about rivers, and she has done so since 1998.</p></section>",
        "<h3>Get our letters</h3><ul><li>Anna Bell</li><li>Ben Cole</li></ul>",
        "<ul><li><a href='/1'>A ferry sinks</a></li><li><a href='/2'>A ferry swims</a></li></ul>",
        "<p>Photo: Ben Cole</p>",
        "<p>Anna Bell (Ravenholm)</p>",
        "<div>(<a href='/login'>Log in</a> to comment)</div>",
    ],
)
def test_what_stands_behind_the_last_paragraph(behind: str) -> None:
    assert story(behind=behind) == PLAIN


def test_a_last_section_of_its_own_stays() -> None:
    more = "The ferry goes on until the pier is built again, which takes two years at the least."
    assert story(behind=f"<section><p>{more}</p></section>")[-1] == ("body", more)


def test_furniture_in_the_middle_is_left_out() -> None:
    box = (
        "<div class='newsletter-box'><p>Get the news of the river by mail, each morning.</p></div>"
    )
    assert story(between=box) == PLAIN


@pytest.mark.parametrize("name", ["overflow-hidden", "paywall", "print:block"])
def test_a_name_that_only_sounds_like_furniture(name: str) -> None:
    more = "The ferry goes on until the pier is built again, which takes two years at the least."
    between = f"<div class='{name}'><p>{more}</p></div>"
    assert ("body", more) in story(between=between)


@pytest.mark.parametrize(
    "last",
    ["Topics such as this one will come back, she said.", "Subscribe or not, they said to us all."],
)
def test_a_last_line_that_only_begins_like_a_list_of_topics(last: str) -> None:
    assert story(behind=f"<p>{last}</p>")[-1] == ("body", last)


def test_a_caption_stays_where_it_is() -> None:
    figure = "<figure><img src=x.jpg><figcaption>The bridge at night.</figcaption></figure>"
    assert story(between=figure) == [
        *PLAIN[:2],
        ("caption", "The bridge at night."),
        *PLAIN[2:],
    ]


@pytest.mark.parametrize(
    ("lede", "described"),
    [
        ("<p class='intro'>{}</p>", True),
        ("<h2>{}</h2>", True),
        ("<header><p>{}</p></header>", True),
        ("<p class='standfirst'>{}</p>", False),
        ("<div class='article-subtitle'><p>{}</p></div>", False),
    ],
)
def test_a_standfirst(lede: str, described: bool) -> None:
    text = "Why the old bridge of Ravenholm stays closed for two more years"
    head = f'<meta name="description" content="{text}">' if described else ""
    assert story(lede.format(text), head=head) == [PLAIN[0], ("standfirst", text), *PLAIN[1:]]


def test_a_first_paragraph_is_no_standfirst_for_being_the_description() -> None:
    assert story(head=f'<meta name="description" content="{FIRST}">') == PLAIN


def test_a_table_that_lays_out_the_page_is_read() -> None:
    rows = "".join(f"<tr><td><p>{text}</p></td></tr>" for text in (FIRST, MIDDLE, LAST))
    assert page(f"<table><tr><td><h1>Old bridge</h1></td></tr>{rows}</table>") == PLAIN


def test_a_table_of_figures_is_not() -> None:
    table = "<table><tr><td>Year</td><td>Boats</td></tr><tr><td>1998</td><td>12</td></tr></table>"
    assert story(between=table) == PLAIN


def test_line_breaks_part_paragraphs_where_there_are_two() -> None:
    text = f"<div class=entry>{FIRST}<br><br>{MIDDLE}<br> <br>{LAST}<br>She left.</div>"
    assert page(f"<h1>Old bridge</h1>{text}") == [*PLAIN[:3], ("body", LAST + " She left.")]


def test_a_bold_line_is_not_glued_to_what_follows() -> None:
    text = f"<p>{FIRST}</p><p><b>The pier</b><br>{MIDDLE}</p><p>{LAST}</p>"
    assert page(f"<article><h1>Old bridge</h1>{text}</article>") == [
        *PLAIN[:2],
        ("body", "The pier"),
        *PLAIN[2:],
    ]


REPLIES = "<ol class='commentlist'>" + "".join(
    f'<li class="comment" id="comment-{n}"><cite class="fn">rower{n}</cite> '
    f'<time datetime="2024-03-05T09:0{n}:00Z">5 March</time><p>The ferry leaks, {n}.</p></li>'
    for n in range(4)
)


def test_menus_around_comments_are_no_article() -> None:
    menu = "<td><a href='/new'>new</a> | <a href='/ask'>ask</a> | <a href='/jobs'>jobs</a></td>"
    body = f"<table><tr>{menu}</tr><tr><td><a href='/x'>Old bridge</a> 107 points</td></tr></table>"
    draft = read_html(f"<title>Old bridge | News</title><body>{body}{REPLIES}</body>", "x")
    assert len(draft.comments) == 4
    assert [w.code for w in draft.warnings] == ["article-not-found"]
    assert [p.kind for p in draft.paragraphs] == ["headline"]


def test_a_text_that_only_json_holds_is_read() -> None:
    data = f'{{"@type": "Article", "articleBody": "{FIRST}\\n{LAST}"}}'
    assert page("<div id=app></div>", f'<script type="application/ld+json">{data}</script>')[
        1:
    ] == [
        ("body", FIRST),
        ("body", LAST),
    ]

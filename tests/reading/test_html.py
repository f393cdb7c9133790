"""HTML: article, metadata and where the comments stand."""

from __future__ import annotations

import pytest

from onrecord.errors import NoArticleError
from onrecord.reading.draft import GAP, Draft
from onrecord.reading.html import read_html

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head>
<meta charset="utf-8">
<title>Orla bridge opens late - Ravenholm Post</title>
<meta property="og:site_name" content="Ravenholm Post">
<meta property="og:title" content="Orla bridge opens late - Ravenholm Post">
<meta property="og:type" content="article">
<meta name="author" content="Anna Bell; Ben Cole">
<meta property="article:published_time" content="2024-03-05T07:30:00+01:00">
<link rel="canonical" href="https://post.example/news/orla-bridge">
<script>var tracker = "SCRIPT";</script><style>.x { color: red }</style>
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article>
<h1>Orla bridge opens late</h1>
<p>The mayor of Ravenholm, Cleo Dahl, said on Tuesday that the bridge over the Orla would
open three weeks late.</p>
<p>“The storm broke two of its piers,” she said. “We will<br>not open what is not safe.”</p>
<h2>What the engineers found</h2>
<p>The engineers <b>look</b>ed at the <a href="/piers">piers</a> for two days<!-- NOTE --> and
wrote a report of forty pages.</p>
<blockquote><p>The eastern pier has moved by a hand.</p><p>It must be held up now.</p></blockquote>
<p>Two things are planned for the coming weeks, the council said in its statement:</p>
<ul><li>a temporary ferry across the river</li><li>a new eastern pier</li></ul>
<p>Ferry owner Emil Finn said <script>document.write("SCRIPT")</script>he would run every hour.</p>
</article></main>
<section id="comments"><ol class="commentlist">
<li class="comment" id="comment-1">
<div class="comment-author"><cite class="fn">rower</cite> <span class="says">says:</span></div>
<time datetime="2024-03-05T09:00:00+01:00">5 March 2024 at 9:00</time>
<div class="comment-content"><p>The ferry leaks, as everybody in town knows.</p></div></li>
</ol></section>
<footer><p>Copyright 2024 Ravenholm Post. All rights reserved.</p></footer>
</body></html>"""

PARAGRAPHS = [
    ("headline", "Orla bridge opens late"),
    (
        "body",
        "The mayor of Ravenholm, Cleo Dahl, said on Tuesday that the bridge over the Orla would "
        "open three weeks late.",
    ),
    (
        "body",
        "“The storm broke two of its piers,” she said. “We will not open what is not safe.”",
    ),
    ("heading", "What the engineers found"),
    (
        "body",
        "The engineers looked at the piers for two days and wrote a report of forty pages.",
    ),
    ("quote", "The eastern pier has moved by a hand."),
    ("quote", "It must be held up now."),
    ("body", "Two things are planned for the coming weeks, the council said in its statement:"),
    ("list", "a temporary ferry across the river"),
    ("list", "a new eastern pier"),
    ("body", "Ferry owner Emil Finn said he would run every hour."),
]

SAID = "The ferry leaks, as everybody in town knows."

TWO = (
    "<p>The mayor of Ravenholm said on Tuesday that the bridge would open late this year.</p>"
    "<p>Nobody in the town was surprised at all by the news.</p>"
)


def paragraphs(draft: Draft) -> list[tuple[str, str]]:
    return [(p.kind, draft.text[p.start : p.end]) for p in draft.paragraphs]


def test_paragraphs_and_their_kinds() -> None:
    assert paragraphs(read_html(PAGE, "x")) == PARAGRAPHS


def test_metadata() -> None:
    draft = read_html(PAGE, "x")
    assert draft.headline == "Orla bridge opens late"
    assert draft.byline == ("Anna Bell", "Ben Cole")
    assert draft.published == "2024-03-05T07:30:00+01:00"
    assert draft.site == "Ravenholm Post"
    assert draft.url == "https://post.example/news/orla-bridge"
    assert draft.language == "en-GB"
    assert draft.warnings == ()


def test_text_is_the_paragraphs_then_the_comments() -> None:
    draft = read_html(PAGE, "x")
    assert draft.text == GAP.join([*(block for _, block in PARAGRAPHS), SAID])


def test_comments_are_no_part_of_the_article() -> None:
    draft = read_html(PAGE, "x")
    (comment,) = draft.comments
    assert draft.text[comment.start : comment.end] == SAID
    assert comment.author == "rower"
    assert draft.paragraphs[-1].end < comment.start
    assert draft.text.count("ferry leaks") == 1


def test_menus_scripts_and_notes_are_in_no_text() -> None:
    text = read_html(PAGE, "x").text
    for word in ("SCRIPT", "NOTE", "Sport", "color", "says:", "Copyright"):
        assert word not in text


@pytest.mark.parametrize("mark", [" - ", " | ", " – ", " — "])
def test_site_is_dropped_from_the_headline(mark: str) -> None:
    draft = read_html(PAGE.replace("late - Ravenholm", f"late{mark}Ravenholm"), "x")
    assert draft.headline == "Orla bridge opens late"


def test_another_ending_of_the_headline_stays() -> None:
    page = PAGE.replace("late - Ravenholm Post", "late - a chronicle")
    page = page.replace("<h1>Orla bridge opens late</h1>", "")
    assert read_html(page, "x").headline == "Orla bridge opens late - a chronicle"


def test_headline_is_written_once() -> None:
    again = "<h1>Orla bridge opens late</h1><p>Orla bridge opens late</p>"
    draft = read_html(PAGE.replace("<h1>Orla bridge opens late</h1>", again), "x")
    assert paragraphs(draft) == PARAGRAPHS


def test_items_of_a_list_inside_a_list_keep_apart() -> None:
    inner = "<li>boats of two kinds:<ul><li>big boats</li><li>small boats</li></ul></li>"
    draft = read_html(PAGE.replace("<li>a new eastern", f"{inner}<li>a new eastern"), "x")
    assert "boats of two kinds:" in draft.text
    assert "big boats" in draft.text
    assert "kinds:big" not in draft.text
    assert "boatssmall" not in draft.text


@pytest.mark.parametrize(
    ("moment", "published"),
    [
        ("2024-03-05T07:30:00Z", "2024-03-05T07:30:00+00:00"),
        ("2024-03-05T07:30:00", "2024-03-05T07:30:00"),
        ("2024-03-05", "2024-03-05"),
    ],
)
def test_published_is_iso_8601(moment: str, published: str) -> None:
    draft = read_html(PAGE.replace("2024-03-05T07:30:00+01:00", moment), "x")
    assert draft.published == published


def test_what_the_page_does_not_say_is_not_known() -> None:
    draft = read_html(f"<html><body><article>{TWO}</article></body></html>", "x")
    assert draft.headline is None
    assert draft.byline == ()
    assert (draft.site, draft.url, draft.language, draft.published) == (None, None, None, None)
    assert [w.code for w in draft.warnings] == ["headline-not-found"]
    assert [kind for kind, _ in paragraphs(draft)] == ["body", "body"]


def test_language_of_an_xhtml_page() -> None:
    page = f'<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="de"><body>{TWO}</body></html>'
    assert read_html(page, "x").language == "de"


def test_a_declaration_of_xml_is_no_obstacle() -> None:
    page = f'<?xml version="1.0" encoding="windows-1251"?>\n<html><body>{TWO}</body></html>'
    assert "Nobody in the town" in read_html(page, "x").text


@pytest.mark.parametrize(
    "frame", ["{}", "<div>{}</div>", "<article>{}</article>", "<!DOCTYPE html><title>T</title>{}"]
)
def test_parts_of_a_page_are_read(frame: str) -> None:
    draft = read_html(frame.format(TWO), "x")
    assert [block for kind, block in paragraphs(draft) if kind == "body"] == [
        "The mayor of Ravenholm said on Tuesday that the bridge would open late this year.",
        "Nobody in the town was surprised at all by the news.",
    ]


@pytest.mark.parametrize("frame", ["<p>{}</p>", "<article><p>{}</p></article>"])
def test_one_element_alone_is_read(frame: str) -> None:
    said = "The mayor of Ravenholm said on Tuesday that the bridge would open late this year."
    assert paragraphs(read_html(frame.format(said), "x")) == [("body", said)]


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<html><head><title>Menu</title></head><body><nav><a href='/'>Home</a></nav></body></html>",
        "<!-- nothing -->",
        "   ",
    ],
)
def test_a_page_without_an_article(page: str) -> None:
    with pytest.raises(NoArticleError, match=r"^story\.html: .+\. Save the page "):
        read_html(page, "story.html")


def test_comments_alone_are_a_warning() -> None:
    start, end = PAGE.index("<section"), PAGE.index("<footer")
    draft = read_html(f"<html><body>{PAGE[start:end]}</body></html>", "x")
    assert draft.text == SAID
    assert draft.paragraphs == ()
    assert len(draft.comments) == 1
    assert [w.code for w in draft.warnings] == ["article-not-found"]


def test_depth_is_no_crash() -> None:
    deep = "<div>" * 5000 + TWO + "</div>" * 5000
    with pytest.raises(NoArticleError):
        read_html(f"<html><body>{deep}</body></html>", "x")


FILL = "<p>The council met on Monday and spoke about the old bridge for three hours.</p>"


def _texts(body: str) -> list[str]:
    page = f"<html><head><title>Old Bridge</title></head><body><article>{FILL}{body}{FILL}"
    draft = read_html(page + "</article></body></html>", "x")
    return [draft.text[p.start : p.end] for p in draft.paragraphs]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<ul><li>first item <ul><li>inner item</li></ul> after it</li></ul>",
            ["first item", "inner item", "after it"],
        ),
        (
            "<blockquote>Words of hers <p>and a paragraph</p></blockquote>",
            ["Words of hers", "and a paragraph"],
        ),
        ("<ul><li><p>One thing.</p><p>Two things.</p></li></ul>", ["One thing.", "Two things."]),
    ],
)
def test_nested_blocks_are_neither_lost_nor_glued(body: str, expected: list[str]) -> None:
    texts = _texts(body)
    assert [text for text in texts if text in expected] == expected


def test_the_marks_around_q_are_kept() -> None:
    assert "She said “it never rained” here." in _texts(
        "<p>She said <q>it <b>never</b> rained</q> here.</p>"
    )


def test_what_xml_cannot_hold_is_replaced() -> None:
    assert "It rained\ufffd all day in the town." in _texts(
        "<p>It rained&#x1b; all day in the town.</p>"
    )


@pytest.mark.parametrize("text", ["It was built on 3 May 1998.", "© 2019 The Lantern"])
def test_a_date_in_the_text_is_no_day_of_publication(text: str) -> None:
    page = f"<html><head><title>Old Bridge</title></head><body><article>{FILL}<p>{text}</p>{FILL}"
    assert read_html(page + "</article></body></html>", "x").published is None

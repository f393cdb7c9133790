"""Hostile pages are read in bounded time, or refused with an error of the project's own."""

from __future__ import annotations

import time

import pytest
from lxml.html import document_fromstring

from onrecord.errors import NoArticleError
from onrecord.reading.article import declared_by, read_article
from onrecord.reading.article.extraction import LARGE
from onrecord.reading.html import read_html
from onrecord.reading.markup import parse

STORY = "<article><h1>Old bridge</h1>" + "".join(
    f"<p>The council of Ravenholm met on day {n}, and spoke about the bridge for hours.</p>"
    for n in range(12)
)
SECONDS = 5.0
"""What a page may take; each of these takes up to a second, some took minutes."""

PERSON = '{"@context": "https://schema.org", "@type": "Person", "name": "Anna Bell%d"}'
LINKED = '<script type="application/ld+json">%s</script>'

HOSTILE = {
    "unclosed table": "<table><tr><td>" * 20_000,
    "unclosed items": "<li>some words here " * 40_000,
    "unclosed paragraphs": "<p>some words here " * 40_000,
    "unclosed bold": "<p><b>some words " * 40_000,
    "deep": "<div>" * 100_000,
    "deep headings": "<h1>" * 2_000 + "words " * 100,
    "deep lists": ("<ul><li>" * 900 + "some words" + "</li></ul>" * 900) * 10,
    "deep authors": "<div class=author>" * 1_500 + "words " * 100,
    "forms": "<form>some words</form>" * 30_000,
    "line breaks": "word<br>" * 100_000,
    "links": "<a href=x>word</a>" * 40_000,
    "attributes": "<div " + " ".join(f"a{n}=x" for n in range(100_000)) + ">x</div>",
    "a long class": f"<div class='{'author byline ' * 100_000}'>some words</div>",
    "a long word": "<p>" + "w" * 3_000_000,
    "people": LINKED % f"[{','.join(PERSON % n for n in range(14_000))}]",
    "scripts of people": "".join(LINKED % (PERSON % n) for n in range(5_000)),
    "deep JSON": LINKED % ('{"a":' * 200_000),
    "broken JSON": LINKED % ('{"author":{"name":"Ann' * 50_000),
    "authors": "<a rel=author>Anna Bell</a> " * 30_000,
    "days": "<time datetime=2011-01-02 class=date>2 May 2011</time>" * 20_000,
    "half tags": "<" * 500_000 + "<a b='" * 100_000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_article_is_found_in_bounded_time(body: str) -> None:
    before = time.perf_counter()
    tree, _ = parse(f"<html><body>{STORY}</article>{body}</body></html>", "x")
    article = read_article(tree, declared_by(tree), comments=False)
    assert time.perf_counter() - before < SECONDS
    assert article.headline == "Old bridge"
    assert len(article.paragraphs) >= 12
    assert article.paragraphs[0][1].startswith("The council of Ravenholm met on day 0")


def test_time_grows_with_the_page() -> None:
    def seconds(times: int) -> float:
        tree = document_fromstring(f"<html><body><div>{'<p>' + STORY * times}</div></body></html>")
        before = time.perf_counter()
        assert read_article(tree, declared_by(tree), comments=False).paragraphs
        return time.perf_counter() - before

    small = LARGE // 10
    seconds(small)  # Warm.
    assert seconds(4 * small) < 8 * seconds(small)


def test_a_large_page_is_read_without_trafilatura() -> None:
    menu = "<ul>" + "<li><a href=x>Sport</a></li>" * LARGE + "</ul>"
    draft = read_html(f"<html><body>{menu}{STORY}</article>{menu}</body></html>", "x")
    assert [w.code for w in draft.warnings] == ["article-guessed"]
    assert [p.kind for p in draft.paragraphs] == ["headline", *["body"] * 12]


def test_a_deep_page_is_read() -> None:
    page = "<html><body>" + "<div>" * 1900 + STORY + "</article>" + "</div>" * 1900
    draft = read_html(page + "</body></html>", "x")
    assert len(draft.paragraphs) == 13
    assert [w.code for w in draft.warnings] == ["article-guessed"]


def test_what_is_lost_by_depth_is_told() -> None:
    draft = read_html(
        f"<html><body>{STORY}</article>{'<div>' * 3000}<p>Lost.</p></body></html>", "x"
    )
    assert "tree-cut" in [w.code for w in draft.warnings]
    with pytest.raises(NoArticleError, match=r"2,048 deep"):
        read_html("<html><body>" + "<div>" * 3000 + STORY, "x")


def test_what_follows_bold_words_that_never_end_is_not_lost() -> None:
    bold = "<p><b>The river rose again that year, and the ferry did not run.</p>" * 3000
    page = f"<html><body><article>{bold}<p>This is the last line of it all.</p></article>"
    assert read_html(page, "x").text.endswith("This is the last line of it all.")

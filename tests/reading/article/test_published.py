"""The moment of publication, not that of a change."""

from __future__ import annotations

import pytest

from onrecord.reading.html import read_html

FIRST = "<p>The council of Ravenholm met on Monday and spoke about the old bridge for hours.</p>"
LAST = "<p>Nobody in the town was surprised at all by what its members decided there.</p>"


def published(shown: str = "", head: str = "") -> str | None:
    page = f"<html><head>{head}</head><body><article><h1>Old bridge</h1>{shown}{FIRST}{LAST}"
    return read_html(page + "</article></body></html>", "x").published


CHANGED = '<meta property="article:modified_time" content="2024-04-09T10:00:00Z">'


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-03-05T07:30:00Z">',
        '<meta name="article:published_time" value="2024-03-05T07:30:00Z">',
        '<meta name="publish_date" content="Tue, 05 Mar 2024 07:30:00 GMT">',
        '<meta itemprop="datePublished" content="2024-03-05T07:30:00Z">',
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Article",'
        '"dateModified": "2024-04-09", "datePublished": "2024-03-05T07:30:00Z"}</script>',
    ],
)
def test_what_is_declared(head: str) -> None:
    assert published(head=CHANGED + head) == "2024-03-05T07:30:00+00:00"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ('<time datetime="2024-03-05T07:30:00Z">5 March</time>', "2024-03-05T07:30:00+00:00"),
        (
            '<time class="updated" datetime="2024-04-09">9 April</time>'
            '<time itemprop="datePublished" datetime="2024-03-05">5 March</time>',
            "2024-03-05",
        ),
        ("<div>By Anna Bell<br>March 5, 2024</div>", "2024-03-05"),
        ("<div>5. März 2024</div>", "2024-03-05"),
    ],
)
def test_what_is_shown(shown: str, expected: str) -> None:
    assert published(shown) == expected


@pytest.mark.parametrize(
    "shown",
    ["<p>It was built on 3 May 1998.</p>", '<time class="updated" datetime="2024-04-09">x</time>'],
)
def test_what_is_not_the_day(shown: str) -> None:
    assert published(shown) is None


def test_a_day_that_cannot_be_is_none() -> None:
    assert published(head='<meta name="publish_date" content="0001-01-01">') is None

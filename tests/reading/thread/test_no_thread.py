"""Pages that have authors, times and lists, but no reader comments."""

from __future__ import annotations

import pytest
from lxml import html

from onrecord.reading.thread import take_thread

TEASER = """<article class="post teaser"><a class="author" href="/author/{0}">Ana Rower {0}</a>
<time datetime="2024-05-0{0}">May {0}, 2024</time><h3><a href="/story/{0}">Barrier {0} opens</a>
</h3><p>The barrier number {0} was opened in the rain, and nobody came to see it.</p>
<a class="comments-link" href="/story/{0}#comments">{0} comments</a></article>"""

ENTRY = """<div class="live-entry" id="entry-{0}"><time datetime="2024-05-03T10:0{0}">10:0{0}</time>
<span class="author">Ben Kerr</span><p>The barrier is moving. The river stands at {0} metres.</p>
<a class="share" href="#">Share</a></div>"""

RECENT = """<li class="recentcomments"><span class="comment-author-link"><a href="/u/{0}">reader {0}
</a></span> on <a href="/story#comment-{0}">The barrier, {0} May 2024</a></li>"""

LINK = '<li><a href="/story/{0}">Barrier {0} opens</a> <time>May {0}, 2024</time></li>'

FORM = """<div id="respond" class="comment-respond"><h3>Leave a comment</h3><form>
<label for="author">Name</label><input id="author"><textarea id="comment"></textarea></form>
</div>"""

BIO = """<div class="author-box vcard"><span class="fn author">Ana Rower</span><p>Ana Rower has
written about water since 2012. She lives by the river.</p></div>"""


def page(inside: str) -> str:
    article = "<article class='story'><h1>The barrier</h1><p>It was opened in May.</p></article>"
    return f"<html><body class='single comments-open'>{article}{inside}</body></html>"


@pytest.mark.parametrize(
    "inside",
    [
        f"<section>{''.join(TEASER.format(n) for n in range(1, 7))}</section>",
        f"<div class='liveblog'>{''.join(ENTRY.format(n) for n in range(1, 7))}</div>",
        f"<aside class='widget'><ul id='recentcomments'>"
        f"{''.join(RECENT.format(n) for n in range(1, 7))}</ul></aside>",
        f"<ul class='related'>{''.join(LINK.format(n) for n in range(1, 7))}</ul>",
        FORM,
        BIO,
        f"<section id='comments'><h2>Comments</h2><p>Comments are closed.</p>{FORM}</section>",
        "<table class='results'>"
        + "".join(f"<tr><td>{n}</td><td>May {n}, 2024</td><td>won</td></tr>" for n in range(1, 9))
        + "</table>",
    ],
    ids=["teasers", "live", "recent", "related", "form", "bio", "closed", "table"],
)
def test_no_comments(inside: str) -> None:
    assert take_thread(html.fromstring(page(inside))).comments == ()


def test_an_empty_page() -> None:
    assert take_thread(html.fromstring("<html></html>")).comments == ()

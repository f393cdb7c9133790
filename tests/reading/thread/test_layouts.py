"""The same thread, laid out as different platforms lay theirs out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from lxml import html

from onrecord.reading.thread import take_thread


@dataclass
class Said:
    """A comment of the thread that every layout shows."""

    number: int
    author: str
    clock: str
    text: str
    replies: list[Said] = field(default_factory=list)

    @property
    def day(self) -> str:
        return f"2024-05-03T{self.clock}:00+00:00"


THREAD = [
    Said(
        41,
        "Ana Rower",
        "10:05",
        "The barrier leaked before it was opened. We all saw the photographs.",
        [
            Said(42, "ben_k", "10:31", "Which photographs?"),
            Said(
                43,
                "Cleo",
                "11:02",
                "The ones in the library. Ask at the desk.",
                [Said(45, "Ana Rower", "13:40", "They are back on the wall now.")],
            ),
        ],
    ),
    Said(44, "Dov", "11:59", "Agreed."),
    Said(
        46,
        "Esi M.",
        "14:15",
        "My cellar has been dry since March, so something works.",
        [Said(47, "ben_k", "14:20", "Mine has not, and I live on the hill.")],
    ),
]


def flat(thread: list[Said], depth: int = 0) -> list[tuple[Said, int]]:
    return [pair for said in thread for pair in [(said, depth), *flat(said.replies, depth + 1)]]


def rows(template: Callable[[Said, int], str]) -> str:
    return "".join(template(said, depth) for said, depth in flat(THREAD))


def nested(template: Callable[[Said, str], str], thread: list[Said], around: str = "{}") -> str:
    inner = "".join(template(said, nested(template, said.replies, around)) for said in thread)
    return around.format(inner) if inner else ""


def reddit(said: Said, replies: str) -> str:
    return f"""<div class=" thing id-t1_{said.number} noncollapsed comment"
    id="thing_t1_{said.number}" data-fullname="t1_{said.number}" data-type="comment">
    <p class="parent"><a name="{said.number}"></a></p>
    <div class="midcol unvoted"><div class="arrow up"></div></div>
    <div class="entry unvoted"><p class="tagline"><a href="javascript:void(0)" class="expand">[–]
    </a><a href="https://forum.example/user/{said.author}" class="author">{said.author}</a>
    <span class="userattrs"></span> <span class="score dislikes">3 points</span>
    <span class="score unvoted">4 points</span> <time title="Fri May 3 2024 UTC"
    datetime="{said.day}" class="live-timestamp">2 hours ago</time>&nbsp;
    <a class="numchildren">(1 child)</a></p><form class="usertext"><input type="hidden">
    <div class="usertext-body may-blank-within md-container"><div class="md"><p>{said.text}</p>
    </div></div></form><ul class="flat-list buttons"><li class="first"><a class="bylink">permalink
    </a></li><li><a>embed</a></li><li><a>save</a></li><li><a>reply</a></li></ul></div>
    <div class="child"><div class="sitetable listing">{replies}</div></div></div>"""


def levels(said: Said, depth: int) -> str:
    return f"""<div id="ljcmt{said.number}" class="cwrap" style="margin-left: {depth * 25}px">
    <div class="comment comment-depth-{depth}"><div class="comment-head"><span class="ljuser">
    <a href="https://{said.author}.journal.example/"><b>{said.author}</b></a></span>
    <span class="comment-date">May 3 2024, {said.clock}:00 UTC</span></div>
    <div class="comment-text">{said.text}</div><div class="comment-links">(<a href="#">Reply</a>)
    (<a href="#">Thread</a>)</div></div></div>"""


def indented(said: Said, depth: int) -> str:
    return f"""<tr><td><table><tr><td style="padding-left: {depth * 30}px"></td>
    <td class="said"><b>{said.author}</b> wrote on May 3 2024, {said.clock} UTC:<br><br>
    {said.text}<br><br><a href="#">Reply to this comment</a></td></tr></table></td></tr>"""


def spacers(said: Said, depth: int) -> str:
    return f"""<tr><td><table><tr><td><img src="s.gif" height="1" width="{depth * 40}"></td>
    <td><div><span class="comhead"><a href="user?id={said.author}">{said.author}</a>
    May 3 2024, {said.clock} UTC | <a href="item?id={said.number}">link</a></span></div><br>
    <span class="comment"><font>{said.text}</font></span><p><font><a href="#">reply</a></font>
    </td></tr></table></td></tr>"""


def siblings(said: Said, replies: str) -> str:
    return f"""<a id="comment-{said.number}"></a><article class="comment js-comment">
    <footer class="comment__meta"><p class="comment__submitted">Submitted by <span lang="">
    {said.author}</span> on Fri, 3 May 2024 - {said.clock}</p></footer>
    <div class="content"><div class="text-formatted field field--name-comment-body"><p>{said.text}
    </p></div><ul class="links inline"><li><a href="/reply">Reply</a></li></ul></div></article>
    {replies}"""


def spip(said: Said, replies: str) -> str:
    return f"""<li class="forum-fil"><div class="forum-message"><div class="forum-chapo">
    <strong class="forum-titre"><a href="#forum{said.number}" id="forum{said.number}">La digue</a>
    </strong><small>3 mai 2024, {said.clock}, <span class="sep">par</span>
    <span class="inscrit auteur">{said.author}</span></small></div>
    <div class="forum-texte"><p>{said.text}</p></div><p class="repondre">
    <a href="#" rel="noindex nofollow">Répondre à ce message</a></p></div>{replies}</li>"""


def footer_below(said: Said, replies: str) -> str:
    return f"""<div class="comment" id="comment-6a00{said.number}"><div class="comment-content">
    <p>{said.text}</p></div><p class="comment-footer">Posted by: <a rel="nofollow"
    href="http://home.example/{said.number}">{said.author}</a> |
    <a href="#c">May 03, 2024 at {said.clock}</a></p>{replies}</div>"""


def unnamed(said: Said, replies: str) -> str:
    return f"""<div class="Kx3f9"><div class="b2a_7"><a class="q81" href="/u/{said.number}">
    {said.author}</a><span class="zz0">3 May 2024, {said.clock}</span></div>
    <div class="w4Lr">{said.text}</div><div class="p00m"><button>Like</button><button>Reply</button>
    </div><div class="t5Hn">{replies}</div></div>"""


def microdata(said: Said, replies: str) -> str:
    return f"""<section itemprop="comment" itemscope itemtype="https://schema.org/Comment">
    <span itemprop="author" itemscope itemtype="https://schema.org/Person">
    <span itemprop="name">{said.author}</span></span>, <meta itemprop="dateCreated"
    content="{said.day}"> <span>gestern</span><div itemprop="text">{said.text}</div>{replies}
    </section>"""


def named_parent(said: Said, depth: int) -> str:
    parents = {c.number: p.number for p, _ in flat(THREAD) for c in p.replies}
    parent = parents.get(said.number, "")
    return f"""<shred-comment author="{said.author}" thingid="t1_{said.number}" depth="0"
    parentid="t1_{parent}"><div slot="meta"><a href="/user/{said.author}/">{said.author}</a>
    <time datetime="{said.day}">2h</time></div><div slot="comment"><p>{said.text}</p></div>
    <button>Reply</button></shred-comment>"""


def numbered(said: Said, depth: int) -> str:
    numbers = {41: "1", 42: "1.1", 43: "1.2", 45: "1.2.1", 44: "2", 46: "3", 47: "3.1"}
    return f"""<div class="rbox"><span class="cnum">#{numbers[said.number]}</span>
    <span class="comment-author">{said.author}</span> <span class="cdate">2024-05-03 {said.clock}
    </span><div class="comment-body">{said.text}</div><a href="#">Quote</a></div>"""


LAYOUTS = {
    "nested divs with their replies in a list": nested(reddit, THREAD),
    "a level in the class": rows(levels),
    "a padding in a table": f"<table class='comments'>{rows(indented)}</table>",
    "a spacer's width": f"<table>{rows(spacers)}</table>",
    "replies behind what they reply to": nested(siblings, THREAD, "<div class='indented'>{}</div>"),
    "nested lists": nested(spip, THREAD, "<ul class='forum'>{}</ul>"),
    "author and time below": nested(footer_below, THREAD, "<div class='replies'>{}</div>"),
    "names that mean nothing": nested(unnamed, THREAD),
    "microdata": nested(microdata, THREAD),
    "a parent's id": rows(named_parent),
    "numbers with points": rows(numbered),
}


def terms(said: Said, depth: int) -> str:
    return f"""<dt>{said.number} Name: <font color="green"><b>{said.author}</b></font>
    3 May 2024 {said.clock} ID:{said.number}</dt><dd>{said.text}<br></dd>"""


def ruled(said: Said, depth: int) -> str:
    return f"""<p><b>{said.author}</b> wrote on May 3, 2024 at {said.clock}:</p><p>{said.text}</p>
    <hr>"""


def portrayed(said: Said, depth: int) -> str:
    return f"""<div class="windowbg" id="msg{said.number}"><div class="poster"><h4><a
    href="index.php?action=profile;u=7" title="View the profile of {said.author}">{said.author}</a>
    </h4><ul class="user_info"><li>Newbie</li><li class="postcount">Posts: 7</li><li>Joined:
    Jan 2010</li></ul></div><div class="postarea"><h5><a href="#msg">Re: barrier</a></h5>
    <div class="smalltext">« <strong>Reply #3 on:</strong> May 03, 2024, {said.clock} »</div>
    <div class="post"><div class="inner">{said.text}</div></div></div>
    <div class="signature">Ships of the Orla, 1911 to 1960</div></div>"""


FLAT = {
    "terms and definitions": f"<div class='thread'><dl>{rows(terms)}</dl></div>",
    "paragraphs between rules": rows(ruled),
    "a portrait beside each post": f"<div id='forumposts'><form>{rows(portrayed)}</form></div>",
}

ARTICLE = "<article><h1>The barrier</h1>" + "<p>It was opened in May, and it rained.</p>" * 9


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_thread(layout: str) -> None:
    tree = html.fromstring(
        f"<html><body>{ARTICLE}</article><section id='discuss'>{LAYOUTS[layout]}</section>"
        "<footer><p>Imprint</p></footer></body></html>"
    )
    comments = take_thread(tree).comments
    said = [one for one, _ in flat(THREAD)]
    places = {one.number: place for place, one in enumerate(said)}
    parents = {reply.number: places[one.number] for one in said for reply in one.replies}
    assert [(c.author, c.parent, " ".join(c.paragraphs)) for c in comments] == [
        (one.author, parents.get(one.number), one.text) for one in said
    ]
    moments = [(c.posted or "")[:16] for c in comments]
    assert moments == [one.day[:16] for one in said]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_of_the_thread_stays_in_the_page(layout: str) -> None:
    tree = html.fromstring(
        f"<html><body>{ARTICLE}</article><section id='discuss'>{LAYOUTS[layout]}</section>"
        "<footer><p>Imprint</p></footer></body></html>"
    )
    take_thread(tree)
    left = " ".join("".join(map(str, tree.itertext())).split())
    assert "photographs" not in left
    assert left.count("it rained") == 9
    assert "Imprint" in left


@pytest.mark.parametrize("layout", FLAT)
def test_the_same_thread_without_its_levels(layout: str) -> None:
    section = f"<section id='comments'>{FLAT[layout]}</section>"
    tree = html.fromstring(f"<html><body>{ARTICLE}</article>{section}</body></html>")
    comments = take_thread(tree).comments
    assert [(c.author, c.parent, " ".join(c.paragraphs)) for c in comments] == [
        (one.author, None, one.text) for one, _ in flat(THREAD)
    ]

"""Markup becomes a tree in which nothing readable is lost."""

from __future__ import annotations

import pytest

from onrecord.errors import NoArticleError
from onrecord.reading.markup import CROWDED, LONG, parse


def text(markup: str) -> str:
    tree, _ = parse(markup, "x")
    return "".join(map(str, tree.itertext()))


@pytest.mark.parametrize("markup", ["<p>one", "one", "<html><body>one", "<br>one<p>", "<?xml?>one"])
def test_any_part_of_a_page_is_read(markup: str) -> None:
    assert "one" in text(markup)


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "&#27;", "&#x1B;", "&#0027;", "￿"])
def test_signs_that_xml_cannot_hold(sign: str) -> None:
    assert text(f"<p>a{sign}b</p><p>c</p>") == "a\ufffdbc"


@pytest.mark.parametrize("sign", ["&#9;", "&#xA0;", "&#270;", "&#x1f600;"])
def test_other_references_stay(sign: str) -> None:
    assert "\ufffd" not in text(f"<p>a{sign}b</p>")


def test_half_of_a_pair_is_no_crash() -> None:
    assert text("<p>a\ud800b</p>") == "a?b"


def test_tags_with_too_many_attributes_lose_them() -> None:
    many = " ".join(f"a{n}='some value > of it'" for n in range(10 * CROWDED))
    tree, _ = parse(f"<div id=one><p {many}>text</p><p id=two class='x > y'>more</p></div>", "x")
    assert [dict(p.attrib) for p in tree.iter("p")] == [{}, {"id": "two", "class": "x > y"}]
    assert "".join(map(str, tree.itertext())) == "textmore"


def test_a_long_value_alone_is_no_crowd() -> None:
    tree, _ = parse(f"<div data-page='{'word &gt; ' * 20_000}' class=kept><p>text</p></div>", "x")
    (div,) = tree.iter("div")
    assert div.get("class") == "kept"


def test_long_names_are_shortened() -> None:
    tree, _ = parse(f"<p class='{'x ' * LONG}' title=kept>text</p>", "x")
    (p,) = tree.iter("p")
    assert len(p.get("class") or "") == LONG
    assert p.get("title") == "kept"


def test_a_cut_tree_is_told() -> None:
    assert parse("<div>" * 3000 + "text", "x")[1]
    assert not parse("<div>" * 1000 + "text", "x")[1]
    assert not parse("<b>" * 3000 + "text", "x")[1]


@pytest.mark.parametrize("markup", ["", "   ", "<!-- nothing -->"])
def test_nothing_at_all(markup: str) -> None:
    try:
        tree, _ = parse(markup, "x")
    except NoArticleError:
        return
    assert not "".join(map(str, tree.itertext())).strip()

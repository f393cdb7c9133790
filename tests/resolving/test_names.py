"""Proper names in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.resolving.headlines import find_in_headlines
from onrecord.resolving.names import Names, find_names, fold, in_capitals
from onrecord.resolving.nouns import read_nouns


def names_in(text: str) -> list[str]:
    return [text[n.start : n.end] for n in find_names(text, [(0, len(text))], read_nouns())]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Then Minister Elda Marrow spoke.", ["Elda Marrow"]),
        ("They met Mrs. O’Dell-Price at noon.", ["O’Dell-Price"]),
        ("They met J. K. Vale and Anne de Witt.", ["J. K. Vale", "Anne de Witt"]),
        ("He saw Robert “Bunny” Hale there.", ["Robert “Bunny” Hale"]),
        ("He saw John Vale Jr. there.", ["John Vale Jr."]),
        ("He saw Beatrix Onslow KC there.", ["Beatrix Onslow"]),
        ("He left Vale’s house, the Millers’ Union’s.", ["Vale", "Millers’ Union"]),
        ("They asked the Council for a Dry Coast.", ["Council for a Dry Coast"]),
        ("They asked the Ministry of Ports.", ["Ministry of Ports"]),
        ("They asked Minister of Ports Ida Vale.", ["Ida Vale"]),
        ("They asked the Minister of Ports.", []),
        ("They asked Republican Ida Vale.", ["Ida Vale"]),
        ("They asked the Republicans on Monday.", []),
        ("They asked the US and the S.E.C. then.", ["US", "S.E.C."]),
        ("They asked Pell & Wraxham.", ["Pell & Wraxham"]),
        ("They asked Lord Petrie of Ness.", ["Petrie"]),
        ("Farmer Chad Smith came.", ["Chad Smith"]),
        ("But I’m sure. However, Vale is not.", ["Vale"]),
        ("PORT SELWICK, May 3 — Vale came.", ["Vale"]),
        ("They came in May to Will Vale’s port.", ["Will Vale"]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_what_stands_before_a_name() -> None:
    text = "Then Port Minister Mrs. Elda Marrow spoke, and the Courier wrote."
    marrow, courier = find_names(text, [(0, len(text))], read_nouns())
    assert (marrow.titles, marrow.honorific) == (("Port", "Minister"), "Mrs")
    assert text[marrow.title_start :].startswith("Port Minister")
    assert (courier.article, marrow.article) == (True, False)
    assert not courier.begins


def test_a_line_in_title_case_tells_no_names_but_known_ones() -> None:
    headline, story = "Ida Vale Hammers Port Chief Over Gates", "Then Vale spoke to Ben Hale."
    text = f"{headline}\n{story}"
    spans = [(0, len(headline)), (len(headline) + 1, len(text))]
    assert in_capitals(headline)
    assert not in_capitals(story)
    found = find_names(text, spans, read_nouns())
    assert [text[n.start : n.end] for n in found] == ["Vale", "Ben Hale"]
    (known,) = find_in_headlines(text, spans, found)
    assert (text[known.start : known.end], known.sure) == ("Ida Vale", False)


def test_names_inside_a_stretch() -> None:
    text = "Then Vale met Hale and Bell."
    names = Names(find_names(text, [(0, len(text))], read_nouns()))
    start, end = text.index("Hale"), text.index("Bell") + 2
    assert [text[n.start : n.end] for n in names.inside((start, end))] == ["Hale"]


def test_folding() -> None:
    assert fold("Peñón") == fold("PENON") == "penon"
    assert fold("S.E.C.") == "sec"


@given(st.text("Aa Bé.,“”’'\n-&()1Z", max_size=120))
def test_names_lie_in_the_text_in_order(text: str) -> None:
    names = find_names(text, [(0, len(text))], read_nouns())
    last = 0
    for name in names:
        assert last <= name.start < name.end <= len(text)
        assert name.words
        last = name.end

"""What a source's words are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.resolving.names import Names, find_names
from onrecord.resolving.nouns import read_nouns
from onrecord.resolving.phrases import Phrase, read_source


def read(source: str) -> tuple[Phrase, ...]:
    text = f"It met {source}"
    span = (7, len(text))
    names = Names(find_names(text, [(0, len(text))], read_nouns()))
    return read_source(text, span, names.inside(span), read_nouns())


@pytest.mark.parametrize(
    ("source", "form", "head", "kind", "plural"),
    [
        ("she", "pronoun", "she", None, False),
        ("most of whom", "pronoun", "whom", None, False),
        ("one of them", "pronoun", "one of them", None, True),
        ("a senior official at the ministry", "description", "official", "person", False),
        ("two former divers", "description", "divers", "person", True),
        ("a number of experts", "description", "experts", "person", True),
        ("one of the divers", "description", "divers", "person", False),
        ("those close to her", "description", "close", "person", True),
        ("the Selwick coast guard", "description", "guard", "group", False),
        ("the port company", "description", "company", "group", False),
        ("a letter from the port", "description", "letter", "document", False),
        ("the latest survey", "description", "survey", "poll", False),
        ("the 24-year-old", "description", "24-year-old", "person", False),
        ("a cellist", "description", "cellist", "person", False),
    ],
)
def test_one_phrase(source: str, form: str, head: str, kind: str | None, plural: bool) -> None:
    (phrase,) = read(source)
    assert (phrase.form, phrase.head, phrase.kind, phrase.plural) == (form, head, kind, plural)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Ida Vale and Ben Hale", ["Ida Vale", "Ben Hale"]),
        ("Ida Vale, Ben Hale and Sam Bell", ["Ida Vale", "Ben Hale", "Sam Bell"]),
        ("Ida Vale, a diver, and Ben Hale", ["Ida Vale", "Ben Hale"]),
        ("Ida Vale, founder and head of Divers of Sarrow", ["Ida Vale"]),
        ("lawyers for Ida Vale and Ben Hale", []),
    ],
)
def test_joint_speakers(source: str, words: list[str]) -> None:
    named = [" ".join(p.name.words) for p in read(source) if p.name is not None]
    assert named == words


@pytest.mark.parametrize(
    ("source", "role"),
    [
        ("port engineer Pia Lund", "port engineer"),
        ("Pia Lund, an engineer at the port,", "engineer at the port"),
        ("an engineer at the port, Pia Lund,", "engineer at the port"),
        ("Pia Lund", None),
        ("Pia Lund, who left,", None),
    ],
)
def test_roles(source: str, role: str | None) -> None:
    (phrase,) = read(source)
    assert phrase.name is not None
    assert (" ".join(phrase.name.words), phrase.role) == ("Pia Lund", role)


@pytest.mark.parametrize(
    ("source", "counted"),
    [
        ("58 percent of residents", True),
        ("eight of 10 voters", True),
        ("two in three drivers", True),
        ("a majority of voters", True),
        ("a group of voters", False),
        ("most voters", False),
    ],
)
def test_shares_of_many(source: str, counted: bool) -> None:
    (phrase,) = read(source)
    assert phrase.counted == counted


def test_whose_and_which() -> None:
    (lawyer,) = read("her lawyer")
    assert (lawyer.owner, lawyer.definite) == ("her", True)
    (campaign,) = read("the Marrow campaign")
    assert campaign.proper is not None
    assert campaign.proper.words == ("Marrow",)
    assert read("the") == ()


@given(st.text("Aa Bthe of,“”’'\n-&()1% ", max_size=80))
def test_any_words_are_some_phrases(source: str) -> None:
    for phrase in read(source):
        assert 7 <= phrase.start < phrase.end <= 7 + len(source)

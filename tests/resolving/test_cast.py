"""Who the names of a page stand for: one entity each, a person or a group."""

from __future__ import annotations

import pytest

from onrecord.resolving.cast import Cast
from onrecord.resolving.names import find_names, fold
from onrecord.resolving.nouns import read_nouns
from resolving.marked import said_by, speakers_of

IDA, BEN = "Ida Vale", "Ben Vale"


def cast_of(text: str) -> Cast:
    nouns = read_nouns()
    return Cast(text, find_names(text, [(0, len(text))], nouns), nouns)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("They met Mrs. Quorl.", {"Quorl": "person"}),
        ("They met Quorl, 59, there.", {"Quorl": "person"}),
        ("They met Minister Quorl.", {"Quorl": "person"}),
        ("They met Quorl Ness, a diver, there.", {"Quorl Ness": "person"}),
        ("They met Quorl Ness, who left.", {"Quorl Ness": "person"}),
        ("They met Bassim al-Quorl.", {"Bassim al-Quorl": "person"}),
        ("They met Quorl van der Ness.", {"Quorl van der Ness": "person"}),
        ("They met Quorl Ness, a company, there.", {"Quorl Ness": "group"}),
        ("They met the Quorl Institute.", {"Quorl Institute": "group"}),
        ("They met the QNA at Vale Street.", {"QNA": "group", "Vale Street": "group"}),
        ("They met Ida Quorl. Then Quorl left.", {"Ida Quorl": "person"}),
        ("VALE: It was dry. Then NORWELL came.", {"VALE": "person", "NORWELL": "group"}),
    ],
)
def test_person_or_group(text: str, kinds: dict[str, str]) -> None:
    assert {one.name: one.kind for one in cast_of(text).entities} == kinds


@pytest.mark.parametrize(
    "marked",
    [
        "[[Dr. Elda Marrow]] spoke. [[Prof. Marrow]] left. [[Elda]] ran. [[Marrow]]’s view.",
        "[[E. Marrow]] spoke. [[Elda Marrow]] left. [[E.K. Marrow]] ran.",
        "[[Sam Bell]] spoke. [[Samuel Bell]] left. [[Mr. Bell]] ran.",
        "[[Pieter van der Berg]] spoke. [[Van der Berg]] left. [[van der Berg]] ran.",
        "[[Omar bin Talal]] spoke. [[Bin Talal]] left. [[Talal]] ran.",
        "[[Omar al-Talal]] spoke. [[al-Talal]] left. [[Mr. al-Talal]] ran. [[Al-Talal]] sat.",
        "[[Mark d’Orsay]] spoke. [[D’Orsay]] left. [[Mr. d'Orsay]] ran.",
        "[[Luis de la Peña]] spoke. [[De la Pena]] left. [[Peña]] ran. [[Pena]] sat.",
        "[[Sean O'Neill]] spoke. [[O’Neill]] left. [[O'Neill]]'s view.",
        "[[Anne-Marie Holt-Vale]] spoke. [[Holt-Vale]] left. [[Anne-Marie]] ran.",
        "[[Marcia “Cia” Prence]] spoke. [[Cia Prence]] left. [[Marcia Prence]] ran.",
        '[[Marcia "Cia" Prence]] spoke. [[Prence]] left.',
        "[[John Hale II]] spoke. [[John Hale]] left. [[Hale]] ran.",
        "[[Beatrix Onslow, KC,]] spoke. [[Beatrix Onslow QC MP]] left. [[Ms Onslow]] ran.",
        "[[Ida\u00a0Vale]] spoke. [[Mrs.\u00a0Vale]] left. [[Ida Vale]] ran.",
        "[[Guadó Peñón]], 59, spoke. [[Guado Penon]] left. [[Penon]] ran.",
        "[[VALE]]: It rained. Then [[Ida Vale]] left.",
    ],
)
def test_one_person_with_many_names(marked: str) -> None:
    assert len(set(said_by(marked))) == 1


@pytest.mark.parametrize(
    "marked",
    [
        "The [[Harbour Board]] (HB) spoke. [[HB]] left. [[The board]] ran.",
        "The [[HB]] spoke. The [[Harbour Board]] left.",
        "The HB ([[Harbour Board]]) spoke. [[HB]] left.",
        "The [[North Coast Rail Service]] (NCRS) spoke. [[The NCRS]] left.",
        "[[Home and Border Services]] spoke. Later [[Home and Border Services]] left.",
        "[[Quillon Corp.]] spoke. [[Quillon]] left. [[The company]] ran. [[The firm]] sat.",
        "[[Pell & Wraxham]] spoke. [[The firm]] left. [[It]] ran.",
        "The [[Coastal Courier]] wrote. [[The Courier]] left. [[The newspaper]] ran.",
        "[[The University of Norwell]] spoke. [[The university]] left. [[It]] ran.",
    ],
)
def test_one_group_with_many_names(marked: str) -> None:
    assert len(set(said_by(marked))) == 1


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        # by title
        (
            "Mayor Ida Vale met Governor Ben Vale. [[Governor Vale]] spoke. [[Mayor Vale]] left.",
            [BEN, IDA],
        ),
        # by honorific
        ("Ida Vale met Ben Vale. [[Mr. Vale]] spoke. [[Ms. Vale]] left.", [BEN, IDA]),
        # by first name and initial
        ("Ida Vale met Ben Vale. [[Ben]] spoke. [[I. Vale]] left. [[Ida]] ran.", [BEN, IDA, IDA]),
        # by the pronoun's gender
        ("[[Ida Vale]] met Ben Vale. [[He]] spoke. [[She]] left.", [IDA, BEN, IDA]),
        # by the nearest full mention, where the page is about neither
        ("Ida Vale came. [[Vale]] spoke.\n" + "It rained. " * 40 + "Ben Vale left.", [IDA]),
        # by suffix
        (
            "[[John Vale Sr.]] met [[John Vale Jr.]] there.",
            ["John Vale Sr.", "John Vale Jr."],
        ),
    ],
)
def test_two_people_of_one_surname(marked: str, names: list[str]) -> None:
    assert said_by(marked) == names


def test_a_man_and_a_woman_of_whom_only_the_surname_is_known() -> None:
    he, she = speakers_of("[[Mr. Vale]] spoke. Later [[Mrs. Vale]] left. [[He]] ran. [[She]] sat.")
    assert (he.name, she.name) == ("Vale", "Vale")
    assert (len(he.mentions), len(she.mentions)) == (2, 2)


def test_the_name_is_the_fullest_and_not_the_one_in_capitals() -> None:
    text = "VALE: It rained. Then Vale left with IDA HALE. Then Ida Hale spoke."
    assert {one.name for one in cast_of(text).entities} == {"Vale", "Ida Hale"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Scholars say that it rains. Vale is one.", {"Vale"}),
        ("SELWICK — Scholars say that it rains.", set()),
        ("SELWICK, May 3 – Scholars met Vale.", {"Vale"}),
        ("Divers left. Many divers came.", set()),
        ("Suddenly it rained.", set()),
        ("Bell rang. They met Sam Bell.", {"Sam Bell"}),
        ("Mr. and Mrs. Vale came.", {"Vale"}),
    ],
)
def test_nouns_that_begin_a_sentence_are_no_names(text: str, names: set[str]) -> None:
    assert {one.name for one in cast_of(text).entities} == names


def test_a_name_that_is_known_elsewhere() -> None:
    cast = cast_of("Then Ida Vale spoke of Sam Bell and the Norwell Council.")
    ida, sam, council = (
        next(one for one in cast.entities if name in one.forms)
        for name in ("Ida Vale", "Sam Bell", "Norwell Council")
    )
    assert cast.known(("ida", "vale"), 60) is ida
    assert cast.known((fold("Bell"),), 60) is sam
    assert cast.known(("norwell", "council"), 60) is council
    assert cast.known(("hale",), 60) is None
    assert cast.known(("ida", "hale"), 60) is None
    assert cast.first_named(ida) < cast.first_named(sam)
    assert cast.last_before(sam, cast.first_named(sam)) is None
    assert cast.last_before(sam, 60) == cast.first_named(sam)


def test_relatives_beyond_those_told_apart_are_still_one_each() -> None:
    letters = [f"{letter}x" for letter in "abcdefghijklmno"]
    people = [f"{first}{second} Vale" for first in "BCDFGHJKLM" for second in letters]
    text = "They met " + ", ".join(people) + ". Then " + ", ".join(people) + " left."
    assert len(cast_of(text).entities) == len(people)

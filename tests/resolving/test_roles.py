"""What a page says that somebody is, and the polls that it names."""

from __future__ import annotations

import pytest

from onrecord.resolving.cast import Cast
from onrecord.resolving.names import find_names
from onrecord.resolving.noun_phrases import last_noun_phrase, noun_phrase_before
from onrecord.resolving.nouns import read_nouns, singulars
from onrecord.resolving.phrases import read_source
from onrecord.resolving.polls import Polls
from onrecord.resolving.roles import Roles
from onrecord.resolving.sentences import APART, Sentences


def cast_of(text: str) -> Cast:
    nouns = read_nouns()
    return Cast(text, find_names(text, [(0, len(text))], nouns), nouns)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Then Port Minister Elda Marrow spoke.", ["Port Minister"]),
        ("Then port engineer Elda Marrow spoke.", ["port engineer"]),
        ("Elda Marrow, a lawyer for the port, spoke.", ["lawyer for the port"]),
        ("The council’s leader, Elda Marrow, spoke.", ["council’s leader"]),
        ("Elda Marrow, 59, a lawyer for the port, spoke.", ["lawyer for the port"]),
        ("Elda Marrow, 59, told a lawyer that it rained, and left.", []),
        ("Elda Marrow, 59, had two cans, and left.", []),
        ("Elda Marrow, however, spoke.", []),
        ("He begged the mayor, Elda Marrow, to stay.", []),
    ],
)
def test_roles_around_a_name(text: str, roles: list[str]) -> None:
    cast = cast_of(text)
    Roles(text, cast, read_nouns())
    (entity,) = (one for one in cast.entities if one.name == "Elda Marrow")
    assert list(entity.roles) == roles


def test_who_holds_an_office_or_one_like_it() -> None:
    text = "Then Senator Elda Marrow met the Coastal Courier."
    cast = cast_of(text)
    roles = Roles(text, cast, read_nouns())
    (marrow,) = (one for one in cast.entities if one.kind == "person")
    assert roles.holders("lawmaker") == [marrow]
    assert roles.holders("mayor") == []
    roles.add(marrow, "continuous")
    assert list(marrow.roles) == ["Senator"]


def test_polls_by_their_name() -> None:
    text = "A poll by Norwell Research came. The Tide Institute poll was old. In it 5 percent left."
    polls = Polls(text, [(0, len(text))])

    def of(words: str) -> str | None:
        start = text.index(words)
        (phrase,) = read_source(text, (start, start + len(words)), (), read_nouns())
        found = polls.of(phrase)
        return None if found is None else found.name

    assert of("A poll by Norwell Research") == "poll by Norwell Research"
    assert of("5 percent") == "Tide Institute poll"


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("Then he met the old diver", "old diver"),
        ("He left. Fine weather", "Fine weather"),
        ("said Vale, a spokeswoman", "spokeswoman"),
        ("", ""),
    ],
)
def test_the_last_noun_phrase(words: str, phrase: str) -> None:
    assert last_noun_phrase(words) == phrase


def test_a_noun_phrase_over_and() -> None:
    text = "It lists 95 retired generals and admirals"
    start, end = noun_phrase_before(text, 0, len(text), read_nouns())
    assert text[start:end].endswith("retired generals and admirals")


def test_sentences_are_numbered_and_comments_are_far() -> None:
    text = "Mr. Vale came. He left.\nIt rained.\nA comment."
    spans = [(0, 23), (24, 34)]
    sentences = Sentences(text, spans, [(35, len(text))])
    numbers = [sentences.number(text.index(word)) for word in ("Vale", "He", "rained", "comment")]
    assert numbers[:3] == sorted(numbers[:3])
    assert numbers[1] - numbers[0] == 1
    assert numbers[2] - numbers[1] == 2
    assert numbers[3] - numbers[2] > APART
    assert sentences.start(text.index("left")) == text.index("He")


def test_nouns() -> None:
    nouns = read_nouns()
    assert nouns.kind("spokeswomen") == "person"
    assert nouns.gender("spokeswomen") == "f"
    assert nouns.kind("councils") == "group"
    assert nouns.kind("stone") is None
    assert nouns.people("Germans")
    assert not nouns.people("germans")
    assert list(singulars("cities")) == ["cities", "city", "citi", "citie"]

"""Names in lines in title case, where capitals tell none."""

from __future__ import annotations

import pytest

from onrecord.resolving.headlines import find_in_headlines
from onrecord.resolving.names import find_names, in_capitals
from onrecord.resolving.nouns import read_nouns
from resolving.marked import said_by, speakers_of


def known_in(headline: str, story: str) -> list[str]:
    """The names that are found in a headline above a story."""
    text = f"{headline}\n{story}"
    spans = [(0, len(headline)), (len(headline) + 1, len(text))]
    found = find_in_headlines(text, spans, find_names(text, spans, read_nouns()))
    return [text[name.start : name.end] for name in found]


@pytest.mark.parametrize(
    ("line", "title_case"),
    [
        ("Ida Vale Hammers Port Chief Over Gates", True),
        ("IDA VALE HAMMERS PORT CHIEF", True),
        ("Port Chief Says the Gates of Norwell Failed", True),
        ("Ida Vale met Ben Hale and Pia Lund", False),
        ("Ida Vale hammers port chief", False),
        ("Ida Vale", False),
        ("", False),
    ],
)
def test_title_case(line: str, title_case: bool) -> None:
    assert in_capitals(line) == title_case


@pytest.mark.parametrize(
    ("headline", "story", "names"),
    [
        ("Ida Vale Hammers Port Chief", "Then Ida Vale spoke.", ["Ida Vale"]),
        ("Ida Vale Hammers Port Chief", "Then Vale spoke.", ["Ida Vale"]),
        ("Port Chief Hammers Vale’s Gates", "Then Vale spoke.", ["Vale"]),
        ("IDA VALE HAMMERS PORT CHIEF", "Then Ida Vale spoke.", ["IDA VALE"]),
        ("Norwell Council Hits Back at Vale", "The Norwell Council spoke.", ["Norwell Council"]),
        ("Penon Hammers Port Chief Over Gates", "Then Álvaro Peñón and Peñón came.", ["Penon"]),
        ("Port Chief Hammers Gates", "Then Ida Vale spoke.", []),
        ("Ida Vale hammers port chief", "Then Ida Vale spoke.", []),
    ],
)
def test_only_known_names_are_found(headline: str, story: str, names: list[str]) -> None:
    assert known_in(headline, story) == names


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("# [[Vale]]: It Rained Over Norwell Gates\nThen [[Ida Vale]] spoke.", "Ida Vale"),
        ("# [[Ida Vale]] Hammers Port Chief\nThen [[Vale]] spoke.", "Ida Vale"),
        ("# [[Ida Vale Hammers]] Port Chief\nThen [[Vale]] spoke.", "Ida Vale"),
        ("# [[Port Chief]] Says It Rained\nThe port chief, [[Ida Vale]], spoke.", "Ida Vale"),
        ("# [[Mayor]]: Rain Over Norwell\nMayor [[Ida Vale]] spoke.", "Ida Vale"),
        ("# Gates Fail, [[Report]] Finds Again\n[[A new report]] says.", "new report"),
    ],
)
def test_who_speaks_in_a_headline(marked: str, name: str) -> None:
    assert set(said_by(marked)) == {name}


def test_a_noun_in_a_headline_is_no_name_because_a_sentence_begins_with_it() -> None:
    marked = "# Gates Fail, [[Experts]] Say Again\n[[The experts]] spoke. [[Experts]] left."
    (speaker,) = speakers_of(marked)
    assert (speaker.named, speaker.kind) == (False, "group")

"""Whom descriptions stand for."""

from __future__ import annotations

import pytest

from resolving.marked import said_by, speakers_of

IDA, BEN = "Ida Vale", "Ben Hale"


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        (f"Finance Minister {IDA} met {BEN}. [[The minister]] spoke.", [IDA]),
        (f"{IDA} met {BEN}, the former mayor of Norwell. [[The former mayor]] spoke.", [BEN]),
        (f"{IDA}, 59, a lawyer, met {BEN}. [[The lawyer]] spoke.", [IDA]),
        (
            f"Justice Minister {IDA} met Trade Minister {BEN}. [[The trade minister]] spoke. "
            "[[The justice minister]] left.",
            [BEN, IDA],
        ),
        (f"Sen. {IDA} came. [[The senator]] spoke. [[The lawmaker]] left.", [IDA] * 2),
        (f"[[author and diver {IDA}]] came. [[The diver]] spoke.", [IDA] * 2),
        (f"{BEN}, 24, came. [[The 24-year-old]] spoke. [[The Norwell native]] left.", [BEN] * 2),
        (f"Mayor {IDA} came. [[A mayor]] spoke.", ["mayor"]),
        ("[[A man]] came. [[Another man]] left. [[The man]] ran.", ["man", "Another man", "man"]),
        # before the name
        (f"[[A judge]] ruled.\nJudge {IDA} left. [[The judge]] ran.", [IDA] * 2),
    ],
)
def test_people(marked: str, names: list[str]) -> None:
    assert said_by(marked) == names


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("Quillon Foods grew. [[The company]] spoke.", ["Quillon Foods"]),
        ("The Coastal Lantern wrote. [[The newspaper]] spoke.", ["Coastal Lantern"]),
        ("[[Pell & Wraxham]] grew. [[The firm]] spoke.", ["Pell & Wraxham"] * 2),
        ("[[The Norwell Council]] spoke. [[The council]] left.", ["Norwell Council"] * 2),
        ("[[The council]] spoke. [[A council]] left.", ["council", "council"]),
        (
            f"{IDA} came. [[Vale’s campaign]] spoke. [[Her campaign]] left.",
            ["Vale’s campaign"] * 2,
        ),
        (f"{IDA} came. [[The Vale campaign]] spoke. [[Her campaign]] left.", ["Vale campaign"] * 2),
    ],
)
def test_groups(marked: str, names: list[str]) -> None:
    assert said_by(marked) == names


@pytest.mark.parametrize("words", ["The two men", "Both men", "The two", "The pair", "The duo"])
def test_two_who_were_named(words: str) -> None:
    pair = speakers_of(f"{BEN} met Sam Bell. [[{words}]] spoke.")
    assert [one.name for one in pair] == [BEN, "Sam Bell", f"{BEN}; Sam Bell"]
    assert pair[2].members == (1, 2)


def test_two_men_are_no_women() -> None:
    marked = f"{BEN} met Sam Bell, {IDA}, Mrs. Lund. [[The two men]] left. [[Both women]] ran."
    assert said_by(marked) == [f"{BEN}; Sam Bell", f"{IDA}; Lund"]


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        (f"{IDA} came. [[Her lawyer]] spoke. [[The lawyer]] left.", ["Vale’s lawyer"] * 2),
        (f"[[{IDA}’s lawyer]] spoke. [[The lawyer]] left.", [f"{IDA}’s lawyer"] * 2),
        (f"{IDA} came. [[her lawyer, {BEN},]] spoke. [[The lawyer]] left.", [BEN] * 2),
        (f"{IDA} came. [[Those close to her]] spoke.", ["Those close to her"]),
        ("[[An aide to Vale]] spoke. [[The aide]] left.", ["aide to Vale"] * 2),
        ("Quillon Foods grew. [[Its lawyer]] spoke.", ["Quillon Foods’s lawyer"]),
        ("[[Her lawyer]] spoke.", ["Her lawyer"]),
    ],
)
def test_those_of_somebody_else_have_no_name_of_their_own(marked: str, names: list[str]) -> None:
    assert said_by(marked) == names
    assert not any(one.named for one in speakers_of(marked) if one.name != BEN)


@pytest.mark.parametrize(
    ("source", "kind", "named"),
    [
        ("Some experts", "group", False),
        ("Norwell residents", "group", False),
        ("Republicans", "group", False),
        ("the council", "group", True),
        ("a council", "group", False),
        ("the Norwell Council", "group", True),
        ("Norwell Council members", "group", False),
        ("The Norwell Council’s spokesman", "person", False),
        ("a senior official", "person", False),
        ("a letter", "document", False),
        ("the law", "document", False),
        ("a survey", "poll", False),
        ("everyone", "group", False),
        ("someone", "person", False),
        ("neither of the divers", "person", False),
        ("one or more of the divers", "group", False),
    ],
)
def test_kinds(source: str, kind: str, named: bool) -> None:
    (speaker,) = speakers_of(f"Then [[{source}]] spoke.")
    assert (speaker.kind, speaker.named) == (kind, named)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        (f"{IDA} and {BEN}", [IDA, BEN]),
        (f"both {IDA} and {BEN}", [IDA, BEN]),
        (f"neither {IDA} nor {BEN}", [IDA, BEN]),
        (f"Mayor {IDA} and Governor {BEN}", [IDA, BEN]),
        (f"neither Mayor {IDA} nor Governor {BEN}", [IDA, BEN]),
        (f"Sens. {IDA} and {BEN}", [IDA, BEN]),
        (f"{IDA}, {BEN} and others", [IDA, BEN, "others"]),
        (f"her lawyers, {IDA} and {BEN},", [IDA, BEN]),
        ("the Norwell Council and the Quill Foundation", ["Norwell Council", "Quill Foundation"]),
    ],
)
def test_joint_speakers(source: str, names: list[str]) -> None:
    *members, both = speakers_of(f"Then [[{source}]] spoke.")
    assert [one.name for one in members] == names
    assert both.members == tuple(one.id for one in members)
    assert both.name == "; ".join(names)
    roles = [role.casefold() for one in members for role in one.roles]
    assert not any("neither" in role or "both" in role for role in roles)


@pytest.mark.parametrize("word", ["including", "like", "among them"])
def test_examples_are_not_all_who_speak(word: str) -> None:
    (speaker,) = speakers_of(f"Then [[several lawyers, {word} {IDA} and {BEN},]] spoke.")
    assert (speaker.name, speaker.kind) == ("several lawyers", "group")


def test_experts_are_the_same_in_other_words() -> None:
    marked = "[[Some experts]] spoke. [[The experts]] left. [[Experts]] ran. [[Scholars]] sat."
    assert said_by(marked) == ["Some experts"] * 3 + ["Scholars"]


def test_a_letter_is_the_same_in_other_words() -> None:
    marked = "[[A letter]] says. [[The leaked letter]] goes on. [[The law]] ends."
    assert said_by(marked) == ["leaked letter"] * 2 + ["law"]

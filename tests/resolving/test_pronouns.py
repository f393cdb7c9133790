"""Whom pronouns stand for."""

from __future__ import annotations

import pytest

from onrecord.records import Speaker
from onrecord.resolving import resolve
from resolving.marked import attribution, comment_on, page_of, said_by

IDA, BEN = "Ida Vale", "Ben Hale"


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        (f"{IDA} met {BEN}. [[She]] spoke. [[He]] left. [[Her]] view.", [IDA, BEN, IDA]),
        (f"Mayor {IDA} came. {BEN} left. [[She]] spoke.", [IDA]),
        (f"Mrs. {IDA} came. [[He]] spoke.", [None]),
        (f"[[{IDA}]] came. Pia Lund left. [[She]] spoke.", [IDA, IDA]),
        ("A spokeswoman left. [[She]] spoke.", [None]),
        ("[[A spokeswoman]] left. [[She]] spoke. [[He]] did not.", ["spokeswoman"] * 2 + [None]),
        (f"[[Pia Lund]] met {BEN}. [[Neither he nor Lund]] left.", ["Pia Lund", BEN]),
        # before whom they stand for
        (f"Before [[she]] left, {IDA} spoke.", [IDA]),
        (f"“It rained,” [[he]] said.\n{BEN} left.", [BEN]),
        (f"[[They]] left, the Norwell Council said. {IDA} ran.", ["Norwell Council"]),
        # but not far before
        ("[[She]] left. " + "It rained. " * 5 + f"{IDA} ran.", [None]),
    ],
)
def test_he_and_she(marked: str, names: list[str | None]) -> None:
    assert said_by(marked) == names


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("The [[Norwell Council]] met. [[It]] spoke. [[They]] left.", ["Norwell Council"] * 3),
        (f"{IDA} came to Norwell. [[It]] spoke. [[They]] left.", [None, None]),
        ("[[The 2019 report]] came. [[It]] ends so. [[They]] left.", ["2019 report"] * 2 + [None]),
        ("[[Two letters]] came. [[They]] end so. [[It]] left.", ["Two letters"] * 2 + [None]),
        (f"[[{IDA} and {BEN}]] came. [[They]] left. [[Both]] ran.", [f"{IDA}; {BEN}"] * 3),
        (
            "The [[Norwell Council]] met [[residents]]. [[They]] spoke. [[It]] left.",
            ["Norwell Council", "residents", "residents", "Norwell Council"],
        ),
    ],
)
def test_it_and_they(marked: str, names: list[str | None]) -> None:
    assert said_by(marked) == names


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        (f"{IDA}, [[who]] spoke, left.", IDA),
        (f"{IDA}, [[whose]] view it is, left.", IDA),
        (f"{IDA} (Tide), [[who]] spoke, left.", IDA),
        (f"{IDA}, a diver from Norwell, [[who]] spoke, left.", IDA),
        (f"{IDA}, 59, a diver [[who]] spoke, left.", IDA),
        (f"{IDA} met a diver [[who]] spoke.", "diver"),
        (f"{IDA} met a diver at the port, [[who]] spoke.", "diver"),
        (f"{IDA} of the Norwell Council, [[which]] spoke, left.", "Norwell Council"),
        ("The Norwell Council, [[which]] spoke, left.", "Norwell Council"),
        ("A letter [[that]] says so came.", "letter"),
        ("Divers, [[many of whom]] spoke, left.", "Divers"),
        ("Divers, many of [[whom]] spoke, left.", "Divers"),
        (
            "95 retired officials and divers, [[who]] spoke, left.",
            "95 retired officials and divers",
        ),
        ("[[Who]] spoke?", None),
        ("[[which]]", None),
    ],
)
def test_relatives(marked: str, name: str | None) -> None:
    assert said_by(marked) == [name]


def test_a_relative_far_from_the_beginning_of_its_sentence() -> None:
    assert said_by("it rained, and " * 100 + "a diver [[who]] spoke left.") == ["diver"]


@pytest.mark.parametrize("word", ["You", "This", "Nobody", "No one", "None", "Another", "There"])
def test_nobody(word: str) -> None:
    assert said_by(f"{IDA} came. [[{word}]] spoke.") == [None]


@pytest.mark.parametrize(
    ("cue", "name"),
    [
        ("was reported", None),
        ("is widely believed", None),
        ("seems", None),
        ("has been said", None),
        ("reported", "Norwell Council"),
    ],
)
def test_an_empty_it(cue: str, name: str | None) -> None:
    page, (council, it) = page_of(f"The [[Norwell Council]] met. [[It]] {cue} that it rained.")
    start = page.text.index(cue)
    it = attribution(1, *it.source, cue=((start, start + len(cue)),))
    resolved = resolve(page, [council, it])
    names = {speaker.id: speaker.name for speaker in resolved.speakers}
    assert names.get(resolved.attributions[1].speaker or 0) == name


def test_one_of_them() -> None:
    assert said_by("[[Two divers]] came. [[One of them]] left. [[One of them, a cook,]] ran.") == [
        "Two divers",
        "one of Two divers",
        "cook",
    ]
    assert said_by("[[One of them]] left.") == [None]
    page, attributions = page_of(f"[[{IDA} and {BEN}]] came. [[One of them]] left.")
    *_, one = resolve(page, attributions).speakers
    assert (one.named, one.kind, one.members) == (False, "person", ())


@pytest.mark.parametrize("word", ["I", "We", "My", "our"])
def test_first_person(word: str) -> None:
    def only(byline: tuple[str, ...]) -> Speaker:
        page, sources = page_of(f"{BEN} left. [[{word}]] think so.", byline=byline)
        (speaker,) = resolve(page, sources).speakers
        return speaker

    known = only((IDA,))
    assert (known.name, known.named, known.kind) == (IDA, True, "author")
    for byline in ((), (IDA, BEN)):
        author = only(byline)
        assert (author.name, author.named, author.kind) == ("the author", False, "author")

    page, (source,) = page_of(f"{BEN} left. [[{word}]] think so.", byline=(IDA,))
    one = attribution(0, *source.source, comment=0)
    for given, name in (("ferryman", "ferryman"), (None, "the commenter")):
        (speaker,) = resolve(comment_on(page, 0, author=given), [one]).speakers
        assert (speaker.name, speaker.named) == (name, given is not None)
        assert speaker.kind == "author"


def test_first_person_in_another_s_words_is_that_speaker() -> None:
    page, (ida, i, we) = page_of(f"[[{IDA}]] said: [[I]] told them that [[we]] agree.")
    nested = [ida, attribution(1, *i.source, within=0), attribution(2, *we.source, within=1)]
    for order in (nested, nested[::-1]):
        resolved = resolve(page, order)
        assert {a.speaker for a in resolved.attributions} == {1}
        assert [speaker.name for speaker in resolved.speakers] == [IDA]

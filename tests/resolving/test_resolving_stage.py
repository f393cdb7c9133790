"""The stage that gives attributions their speakers."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from onrecord import Reader
from onrecord.resolving import read_people, resolve
from resolving.marked import attribution, comment_on, page_of, said_by, speakers_of

ELDA, OSRIC = "Elda Marrow", "Osric Marrow"


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("[[Elda Marrow]] spoke. [[Marrow]] said so. [[Ms. Marrow]] left.", [ELDA] * 3),
        ("[[Minister Elda Marrow]] spoke. [[She]] said so.", [ELDA] * 2),
        ("[[Dr. E. Marrow]] spoke, and [[Elda Marrow]] said so.", [ELDA] * 2),
        ("[[Álvaro Peñón]] spoke. [[Penon]] left.", ["Álvaro Peñón"] * 2),
        ("[[Robert “Bunny” Hale]] spoke. [[Bunny Hale]] left.", ["Robert “Bunny” Hale"] * 2),
        ("[[Mary O’Dell-Price]] spoke. [[O’Dell-Price]]’s view.", ["Mary O’Dell-Price"] * 2),
        ("[[Anne de Witt]] spoke. [[De Witt]] left.", ["Anne de Witt"] * 2),
        ("[[John Vale Jr.]] spoke. [[Vale]] left.", ["John Vale Jr."] * 2),
        ("[[Beatrix Onslow KC]] spoke. [[Ms Onslow]] left.", ["Beatrix Onslow"] * 2),
    ],
)
def test_one_person_with_many_names(marked: str, names: list[str]) -> None:
    assert said_by(marked) == names


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        (
            "[[Minister Elda Marrow]] spoke. [[Deputy Osric Marrow]] left. "
            "[[Deputy Marrow]] said so. [[Minister Marrow]] agreed.",
            [ELDA, OSRIC, OSRIC, ELDA],
        ),
        ("[[Mr. Osric Marrow]] and Mrs. Elda Marrow came. [[Mrs. Marrow]] spoke.", [OSRIC, ELDA]),
        (
            "[[Elda Marrow]] spoke. [[Marrow]] left.\nLater [[Osric Marrow]] came.",
            [ELDA] * 2 + [OSRIC],
        ),
    ],
)
def test_two_people_of_one_surname_are_kept_apart(marked: str, names: list[str]) -> None:
    assert said_by(marked) == names


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        (
            "The [[Coastal Dredging Authority]] (CDA) spoke. [[The CDA]] left.",
            "Coastal Dredging Authority",
        ),
        (
            "The [[Coastal Courier]] asked. [[The Courier]] wrote. [[The paper]] left.",
            "Coastal Courier",
        ),
        ("[[Border and Customs Services]] spoke. [[It]] left.", "Border and Customs Services"),
        ("[[Quillon Foods]] grew. [[The company]] spoke. [[It]] left.", "Quillon Foods"),
    ],
)
def test_one_group_with_many_names(marked: str, name: str) -> None:
    assert set(said_by(marked)) == {name}


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("Mayor Ida Vale came. [[The mayor]] spoke.", ["Ida Vale"]),
        ("Ida Vale, a lawyer for the port, came. [[The lawyer]] spoke.", ["Ida Vale"]),
        ("The council’s leader, Ida Vale, came. [[The leader]] spoke.", ["Ida Vale"]),
        ("[[A judge]] has ruled.\nJustice Ida Vale wrote it down.", ["Ida Vale"]),
        (
            "[[Sam Vale]] and [[Ben Hale]] met Ida Bell. [[The two men]] spoke.",
            ["Sam Vale", "Ben Hale", "Sam Vale; Ben Hale"],
        ),
        ("[[Ida Vale]] came. [[Her lawyer]] spoke.", ["Ida Vale", "Vale’s lawyer"]),
        ("[[A lawyer for the papers, Ida Vale,]] spoke.", ["Ida Vale"]),
        (
            "[[Two divers]] came. [[They]] spoke. [[One of them, a cook,]] left.",
            ["Two divers"] * 2 + ["cook"],
        ),
        ("[[Ida Vale]], who spoke, came with a diver [[who]] left.", ["Ida Vale", "diver"]),
        ("An official at the port, [[who]] spoke, left.", ["official"]),
        ("[[Some experts]] spoke.", ["Some experts"]),
    ],
)
def test_descriptions(marked: str, names: list[str]) -> None:
    assert said_by(marked) == names


def test_percentages_are_a_polls() -> None:
    marked = "A poll by Norwell Research came out. [[58 percent of residents]] agree."
    (speaker,) = speakers_of(marked)
    assert (speaker.kind, speaker.name) == ("poll", "poll by Norwell Research")


def test_an_empty_it_is_nobody() -> None:
    page, (one,) = page_of("The Coastal Courier wrote. [[It]] was reported that the gate held.")
    start = page.text.index("was reported")
    cued = attribution(0, *one.source, cue=((start, start + len("was reported")),))
    assert resolve(page, [cued]).attributions[0].speaker is None


def test_joint_speakers_have_members() -> None:
    first, second, both = speakers_of("[[Ida Vale and Ben Hale]] spoke.")
    assert both.members == (first.id, second.id)
    assert both.name == "Ida Vale; Ben Hale"
    assert (first.members, first.kind, both.kind) == ((), "person", "person")


def test_what_is_known_of_a_speaker() -> None:
    text = "[[Harbour Minister Elda Marrow]] spoke. [[Marrow]], a diver, left. [[She]] sang."
    (speaker,) = speakers_of(text)
    assert (speaker.id, speaker.named, speaker.kind) == (1, True, "person")
    assert speaker.roles == ("Harbour Minister", "diver")
    assert speaker.aliases == ("Marrow",)
    page, _ = page_of(text)
    words = [page.text[start:end] for start, end in speaker.mentions]
    assert words == ["Elda Marrow", "Marrow", "She"]


def test_a_quotation_on_its_own_is_of_who_spoke_before() -> None:
    page, (one,) = page_of("[[Ida Vale]] accused them.\n“The gates never closed.”\nIt rained.")
    start = page.text.index("“")
    alone = attribution(1, content=((start, page.text.index("”") + 1),), kind="direct")
    resolved = resolve(page, [one, alone])
    assert [a.speaker for a in resolved.attributions] == [1, 1]
    assert resolve(page, [alone]).speakers[0].name == "Ida Vale"
    passive = attribution(1, content=((start, start + 5),))
    assert resolve(page, [one, passive]).attributions[1].speaker is None


QUOTED = "“The gates never closed.”"


@pytest.mark.parametrize(
    ("story", "name"),
    [
        (f"[[Ida Vale]] accused them.\n{QUOTED}", "Ida Vale"),
        (f"[[Ida Vale]] accused them. Then Ben Hale left:\n{QUOTED}", "Ben Hale"),
        (f"[[Ida Vale]] accused them. The council of Ben Hale left.\n{QUOTED}", "Ben Hale"),
        (f"[[The Norwell Council]] wrote:\n{QUOTED}", "Norwell Council"),
        (f"[[Ida Vale]] accused them.\n{'It rained. ' * 9}\n{QUOTED}", None),
        (f"{QUOTED}\n[[Ida Vale]] accused them.", None),
    ],
)
def test_a_quotation_without_a_source(story: str, name: str | None) -> None:
    page, (one,) = page_of(story)
    start = page.text.index(QUOTED)
    alone = attribution(1, content=((start, start + len(QUOTED)),), kind="direct")
    resolved = resolve(page, [one, alone])
    names = {speaker.id: speaker.name for speaker in resolved.speakers}
    assert names.get(resolved.attributions[1].speaker or 0) == name


def test_a_long_run_of_quotations_goes_on_with_one_voice() -> None:
    text = "[[Ida Vale]] spoke:\n" + "\n".join(f"“It rained on day {n}.”" for n in range(20))
    page, (one,) = page_of(text)
    spans = [(p.start, p.end) for p in page.paragraphs[1:]]
    alone = [attribution(n, content=(span,), kind="direct") for n, span in enumerate(spans, 1)]
    assert {a.speaker for a in resolve(page, [one, *alone]).attributions} == {1}


def test_a_passive_has_no_speaker() -> None:
    page, (one,) = page_of("[[Ida Vale]] left. It was said that it rained.")
    start = page.text.index("was said")
    passive = attribution(1, content=((start + 9, len(page.text)),), cue=((start, start + 8),))
    direct = msgspec.structs.replace(passive, kind="direct")
    for nobody in (passive, direct):
        assert resolve(page, [one, nobody]).attributions[1].speaker is None


def test_speakers_are_numbered_as_they_first_speak() -> None:
    page, sources = page_of("[[Sam Bell]] spoke. [[Ida Vale and Ben Hale]] left. [[Vale]] ran.")
    resolved = resolve(page, sources[::-1])
    assert [a.id for a in resolved.attributions] == [2, 1, 0]
    assert sorted(s.id for s in resolved.speakers) == [1, 2, 3, 4]
    names = [s.name for s in resolve(page, sources).speakers]
    assert names == ["Sam Bell", "Ida Vale", "Ben Hale", "Ida Vale; Ben Hale"]


def test_nesting_that_bites_its_tail_ends() -> None:
    page, (one, other) = page_of("[[Ida Vale]] said: [[I]] agree.")
    bitten = [
        msgspec.structs.replace(one, within=1),
        msgspec.structs.replace(other, within=0),
    ]
    assert len(resolve(page, bitten).attributions) == 2


def test_i_is_the_outer_speaker_the_author_or_the_commenter() -> None:
    page, (vale, i) = page_of("[[Ida Vale]] says: [[I]] believe it.", byline=("Ben Hale",))
    outer = attribution(0, *vale.source, content=((len("Ida Vale says: "), len(page.text)),))
    inner = attribution(1, *i.source, within=0)
    names = {s.id: s.name for s in resolve(page, [outer, inner]).speakers}
    assert names == {1: "Ida Vale"}
    (author,) = resolve(page, [i]).speakers
    assert (author.name, author.kind) == ("Ben Hale", "author")
    page = comment_on(page, 0, author="ferryman")
    (commenter,) = resolve(page, [attribution(1, *i.source, comment=0)]).speakers
    assert (commenter.name, commenter.kind) == ("ferryman", "author")


def test_a_comments_pronoun_does_not_reach_into_the_article() -> None:
    page, (vale, she) = page_of("[[Ida Vale]] spoke.\n[[She]] lied.")
    page = comment_on(page, she.source[0][0], author=None)
    resolved = resolve(page, [vale, attribution(1, *she.source, comment=0)])
    assert resolved.attributions[1].speaker is None


def test_the_people_file_pins_and_never_guesses(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "name,party\nElda Marrow,Quay\nBen Hale,Tide\nBen Hale,Quay\n", encoding="utf-8"
    )
    page, attributions = page_of("[[Elda Marrow]] spoke. [[Ben Hale]] left. [[Ida Vale]] too.")
    resolved = resolve(page, attributions, people=read_people(file))
    assert [s.listed for s in resolved.speakers] == [{"name": ELDA, "party": "Quay"}, {}, {}]
    (warning,) = resolved.warnings
    assert warning.code == "people-ambiguous"
    assert "'Ben Hale' fits lines 3, 4" in warning.message


def test_the_speakers_of_an_example() -> None:
    page = Reader().read(Path(__file__).parents[2] / "examples/harbour-barrier.html")
    names = {
        speaker.name for speaker in page.speakers if speaker.named and speaker.kind == "person"
    }
    assert {ELDA, OSRIC, "Pia Lund"} <= names

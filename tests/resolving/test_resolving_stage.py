"""The stage that gives attributions their speakers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Reader
from onrecord.records import Attribution, Comment, Page, Paragraph, Speaker
from onrecord.resolving import read_people, resolve

MARK = re.compile(r"\[\[(.*?)\]\]")


def page_of(marked: str, *, byline: tuple[str, ...] = ()) -> tuple[Page, list[Attribution]]:
    """A page of paragraphs, a line each, and an attribution for each [[source]] in it."""
    text, sources = "", []
    for part in re.split(r"(\[\[.*?\]\])", marked):
        found = MARK.fullmatch(part)
        if found:
            sources.append((len(text), len(text) + len(found[1])))
        text += found[1] if found else part
    paragraphs = tuple(
        Paragraph(start=m.start(), end=m.end(), kind="body") for m in re.finditer(r"[^\n]+", text)
    )
    attributions = [attribution(number, span) for number, span in enumerate(sources)]
    return Page(id="x", text=text, paragraphs=paragraphs, byline=byline), attributions


def attribution(number: int, *source: tuple[int, int], **fields: object) -> Attribution:
    content = ((source[-1][1], source[-1][1] + 1),) if source else ((0, 1),)
    given: dict[str, object] = {
        "id": number,
        "source": source,
        "cue": (),
        "content": content,
        "kind": "indirect",
        "within": None,
        "speaker": None,
        "source_type": None,
        "cue_class": None,
        "negated": None,
        "confidence": 0.5,
        "comment": None,
        **fields,
    }
    return Attribution(**given)  # type: ignore[arg-type]


def said_by(marked: str) -> list[str | None]:
    """The names of the speakers of the marked sources."""
    page, attributions = page_of(marked)
    resolved = resolve(page, attributions)
    names = {speaker.id: speaker.name for speaker in resolved.speakers}
    return [None if a.speaker is None else names[a.speaker] for a in resolved.attributions]


def speakers_of(marked: str) -> tuple[Speaker, ...]:
    page, attributions = page_of(marked)
    return resolve(page, attributions).speakers


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
    assert {"Elda Marrow", "Marrow", "She"} <= set(words)


def test_a_quotation_on_its_own_is_of_who_spoke_before() -> None:
    page, (one,) = page_of("[[Ida Vale]] accused them.\n“The gates never closed.”\nIt rained.")
    start = page.text.index("“")
    alone = attribution(1, content=((start, page.text.index("”") + 1),), kind="direct")
    resolved = resolve(page, [one, alone])
    assert [a.speaker for a in resolved.attributions] == [1, 1]
    assert resolve(page, [alone]).speakers[0].name == "Ida Vale"
    passive = attribution(1, content=((start, start + 5),))
    assert resolve(page, [one, passive]).attributions[1].speaker is None


def test_i_is_the_outer_speaker_the_author_or_the_commenter() -> None:
    page, (vale, i) = page_of("[[Ida Vale]] says: [[I]] believe it.", byline=("Ben Hale",))
    outer = attribution(0, *vale.source, content=((len("Ida Vale says: "), len(page.text)),))
    inner = attribution(1, *i.source, within=0)
    names = {s.id: s.name for s in resolve(page, [outer, inner]).speakers}
    assert names == {1: "Ida Vale"}
    (author,) = resolve(page, [i]).speakers
    assert (author.name, author.kind) == ("Ben Hale", "author")
    comment = Comment(
        id=0,
        parent=None,
        author="ferryman",
        posted=None,
        posted_text=None,
        start=0,
        end=len(page.text),
    )
    page = Page(id="x", text=page.text, comments=(comment,))
    (commenter,) = resolve(page, [attribution(1, *i.source, comment=0)]).speakers
    assert (commenter.name, commenter.kind) == ("ferryman", "author")


def test_a_comments_pronoun_does_not_reach_into_the_article() -> None:
    page, (vale, she) = page_of("[[Ida Vale]] spoke.\n[[She]] lied.")
    start = she.source[0][0]
    comment = Comment(
        id=0,
        parent=None,
        author=None,
        posted=None,
        posted_text=None,
        start=start,
        end=len(page.text),
    )
    page = Page(id="x", text=page.text, paragraphs=page.paragraphs[:1], comments=(comment,))
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


@settings(max_examples=200)
@given(
    st.text("Aa Bc. ,“”’'s\n(&-éMr1%he sWI", max_size=80),
    st.lists(st.tuples(st.integers(0, 80), st.integers(1, 30)), max_size=5),
)
def test_whatever_the_text_there_are_speakers_or_none(
    text: str, places: Sequence[tuple[int, int]]
) -> None:
    page, _ = page_of(text.replace("[", "").replace("]", ""))
    spans = [(a, min(a + n, len(page.text))) for a, n in places if a < len(page.text)]
    attributions = [attribution(number, span) for number, span in enumerate(spans)]
    resolved = resolve(page, attributions)
    assert resolved == resolve(page, attributions)
    ids = [speaker.id for speaker in resolved.speakers]
    assert ids == list(range(1, len(ids) + 1))
    assert all(a.speaker is None or a.speaker in ids for a in resolved.attributions)
    for speaker in resolved.speakers:
        assert set(speaker.members) <= set(ids)
        assert all(0 <= a < b <= len(page.text) for a, b in speaker.mentions)


def test_five_thousand_names_take_bounded_time() -> None:
    lines = [f"[[Ida{n} Vale{n}]] spoke to the press." for n in range(5_000)]
    page, attributions = page_of("\n".join(lines))
    resolved = resolve(page, attributions)
    assert len(resolved.speakers) == 5_000
    lines = [
        f"[[Ida{chr(97 + n % 26)}{chr(97 + n // 26 % 26)} Vale]] spoke so." for n in range(5_000)
    ]
    page, attributions = page_of("\n".join(lines))
    assert resolve(page, attributions).speakers


def test_the_speakers_of_an_example() -> None:
    page = Reader().read(Path(__file__).parents[2] / "examples/harbour-barrier.html")
    names = {
        speaker.name for speaker in page.speakers if speaker.named and speaker.kind == "person"
    }
    assert {ELDA, OSRIC, "Pia Lund"} <= names

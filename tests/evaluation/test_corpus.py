"""Corpora in PolNeAR's layout."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import CorpusError
from onrecord.evaluation.corpus import (
    Roles,
    containers,
    read_annotations,
    read_corpus,
    write_annotations,
)

TEXT = "Anna Bell said it rained. Ben Cole, too, said so."
ANNOTATIONS = """T1\tSource 0 9\tAnna Bell
T2\tCue 10 14\tsaid
T3\tContent 15 24\tit rained
E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3
"""


def write(folder: Path, name: str, text: str, *annotations: str) -> None:
    (folder / "text").mkdir(parents=True, exist_ok=True)
    (folder / "attributions").mkdir(exist_ok=True)
    (folder / "text" / f"{name}.txt").write_bytes(text.encode())
    for number, one in enumerate(annotations):
        path = folder / "attributions" / f"{name}_{number:04x}.ann"
        path.write_bytes(one.encode())


def roles(tmp_path: Path, annotations: str) -> tuple[Roles, ...]:
    path = tmp_path / "one_ab12.ann"
    path.write_bytes(annotations.encode())
    return read_annotations(path)


def told(tmp_path: Path, annotations: str) -> str:
    with pytest.raises(CorpusError) as caught:
        roles(tmp_path, annotations)
    assert str(tmp_path / "one_ab12.ann") in str(caught.value)
    return str(caught.value)


def test_articles_by_name(tmp_path: Path) -> None:
    write(tmp_path, "b_story", "Empty.", "")
    write(tmp_path, "a_story", TEXT, ANNOTATIONS)
    first, second = read_corpus(tmp_path)
    assert (first.name, second.name) == ("a_story", "b_story")
    assert first.path == tmp_path / "text" / "a_story.txt"
    assert first.text == TEXT
    assert first.attributions == (Roles(((0, 9),), ((10, 14),), ((15, 24),)),)
    assert second.attributions == ()


def test_a_text_is_kept_to_the_letter(tmp_path: Path) -> None:
    text = " Zoé said:\r\n“No.”\n\n"
    write(tmp_path, "one", text, "")
    assert read_corpus(tmp_path)[0].text == text


def test_the_first_annotator_counts(tmp_path: Path) -> None:
    write(tmp_path, "one", TEXT, "", ANNOTATIONS)
    write(tmp_path, "one_more", TEXT, ANNOTATIONS, "")
    assert [len(article.attributions) for article in read_corpus(tmp_path)] == [0, 1]


def test_spans_bound_before_or_after_their_event(tmp_path: Path) -> None:
    lines = ANNOTATIONS.splitlines(keepends=True)
    assert roles(tmp_path, lines[3] + "".join(lines[:3])) == roles(tmp_path, ANNOTATIONS)
    assert len(roles(tmp_path, ANNOTATIONS)) == 1


def test_notes_attributes_and_what_else_brat_writes_are_passed_over(tmp_path: Path) -> None:
    more = (
        "#2\tAnnotatorNotes T2\tsee\u2028E8\tAttribution:T88\x85T1\tSource 4\n"
        "#1\tAnnotatorNotes T1\tunsure, see\nT\nE1 again\nthe next line\n"
        "A1\tCertain E1\nR1\tNear Arg1:T1 Arg2:T2\n*\tEquiv T1 T2\n\nT9 no tab\n"
    )
    assert roles(tmp_path, more + ANNOTATIONS + more) == roles(tmp_path, ANNOTATIONS)


def test_line_ends_of_another_system(tmp_path: Path) -> None:
    crlf = ANNOTATIONS.replace("\n", "\r\n")
    assert roles(tmp_path, crlf) == roles(tmp_path, ANNOTATIONS)


def test_events_keep_the_order_of_their_lines(tmp_path: Path) -> None:
    lines = ANNOTATIONS + "T4\tContent 40 42\tso\nE0\tAttribution:T2 Content:T4\n"
    assert [one.content for one in roles(tmp_path, lines)] == [((15, 24),), ((40, 42),)]


def test_stretches_and_numbered_roles_are_joined(tmp_path: Path) -> None:
    lines = (
        "T1\tSource 26 34;36 39\tBen Cole too\nT2\tCue 41 45\tsaid\nT3\tContent 46 48\tso\n"
        "T4\tSource 0 9\tAnna Bell\n"
        "E1\tAttribution:T2 Source:T1 Source2:T4 Cue:T2 Content:T3 Other:T3\n"
    )
    assert roles(tmp_path, lines) == (
        Roles(((26, 34), (36, 39), (0, 9)), ((41, 45),), ((46, 48),)),
    )


@pytest.mark.parametrize("bound", ["Source", "Source ", "Source 4", "Source a b", "Source 1 2 3"])
def test_broken_offsets(tmp_path: Path, bound: str) -> None:
    assert "line 2:" in told(tmp_path, f"#1\tnote\nT1\t{bound}\tx\n")


@pytest.mark.parametrize("bound", ["Source 9 3", "Source -4 3", "Source 0 4;9 7"])
def test_offsets_that_are_no_stretch(tmp_path: Path, bound: str) -> None:
    assert "line 2:" in told(tmp_path, f"#1\tnote\nT1\t{bound}\tx\n")


def test_an_event_that_names_an_unknown_span(tmp_path: Path) -> None:
    message = told(tmp_path, ANNOTATIONS + "E2\tAttribution:T2 Content:T7\n")
    assert "line 5:" in message
    assert "'Content:T7'" in message


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        read_corpus(tmp_path / "none")
    assert str(tmp_path / "none") in str(caught.value)
    assert "text/*.txt" in str(caught.value)
    assert "Name the folder that holds text/ and attributions/" in str(caught.value)


def test_a_folder_without_annotations(tmp_path: Path) -> None:
    write(tmp_path, "one", TEXT)
    with pytest.raises(CorpusError, match=r"attributions/\*\.ann"):
        read_corpus(tmp_path)


def test_a_text_without_annotations(tmp_path: Path) -> None:
    write(tmp_path, "one", TEXT, ANNOTATIONS)
    write(tmp_path, "two", TEXT)
    with pytest.raises(CorpusError) as caught:
        read_corpus(tmp_path)
    assert "1 of 2 texts" in str(caught.value)
    assert "attributions/two_ANNOTATOR.ann" in str(caught.value)


@pytest.mark.parametrize("broken", ["text/one.txt", "attributions/one_0000.ann"])
def test_a_file_that_is_not_utf8(tmp_path: Path, broken: str) -> None:
    write(tmp_path, "one", TEXT, ANNOTATIONS)
    (tmp_path / broken).write_bytes(b"T1\tSource 0 1\t\xff\n")
    with pytest.raises(CorpusError) as caught:
        read_corpus(tmp_path)
    assert str(tmp_path / broken) in str(caught.value)


def test_written_annotations_are_what_brat_writes(tmp_path: Path) -> None:
    path = tmp_path / "one_a.ann"
    two = Roles(((0, 4), (5, 9)), (), ((15, 24),))
    write_annotations(path, TEXT, [Roles(((0, 9),), ((10, 14),), ((15, 24),)), Roles(), two])
    assert path.read_text("utf-8").splitlines() == [
        "T1\tAttribution 10 14\tsaid",
        "T2\tSource 0 9\tAnna Bell",
        "T3\tCue 10 14\tsaid",
        "T4\tContent 15 24\tit rained",
        "E1\tAttribution:T1 Source:T2 Cue:T3 Content:T4",
        "T5\tAttribution 15 24\tit rained",
        "T6\tSource 0 4;5 9\tAnna Bell",
        "T7\tContent 15 24\tit rained",
        "E3\tAttribution:T5 Source:T6 Content:T7",
    ]


LONG = "E1\tAttribution:T1 T9\tSource 4\r\n\u2028 “Zoé”\x85\x1d 😀\t#1\n" * 2
SPAN = st.tuples(st.integers(0, len(LONG) - 1), st.integers(1, 30)).map(
    lambda pair: (pair[0], min(sum(pair), len(LONG)))
)
SPANS = st.lists(SPAN, max_size=3).map(tuple)
ROLES = st.lists(st.builds(Roles, SPANS, SPANS, SPANS), max_size=5)


@given(ROLES)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, attributions: list[Roles]
) -> None:
    path = tmp_path_factory.mktemp("written") / "one_a.ann"
    write_annotations(path, LONG, attributions)
    assert list(read_annotations(path)) == [one for one in attributions if one != Roles()]


def test_what_an_attribution_is_nested_in() -> None:
    outer = Roles(((0, 5),), ((6, 10),), ((11, 50), (60, 80)))
    middle = Roles(((12, 16),), ((17, 20),), ((21, 49),))
    inner = Roles(((21, 25),), ((26, 30),), ((31, 49),))
    across = Roles(((40, 45),), ((46, 50),), ((60, 70),))  # two contents, and what is between
    beside = Roles(((60, 62),), ((63, 66),), ((67, 81),))  # ends a character too late
    whole = Roles(content=((60, 80),))
    assert containers([outer, inner, across, middle, beside, whole, Roles()]) == [
        *(None, 3, None, 0),
        *(None, 0, None),
    ]
    assert containers([]) == []


@given(ROLES)
def test_nothing_is_nested_in_itself_or_in_what_is_shorter(attributions: list[Roles]) -> None:
    for number, within in enumerate(containers(attributions)):
        if within is not None:
            one = attributions[number]
            spans = [*one.source, *one.cue, *one.content]
            assert within != number
            assert any(
                start <= min(spans)[0] and max(end for _, end in spans) <= stop
                for start, stop in attributions[within].content
            )

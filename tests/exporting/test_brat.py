"""Records as a brat folder that is a training corpus, too."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings

from arbitrary import pages
from conftest import SHARED
from onrecord.evaluation.corpus import Roles, read_corpus
from onrecord.exporting.brat import annotation_text, brat_spans, file_name, write_brat
from onrecord.records import CueClass, Page, SourceType
from writer import Writer, bare, story

# Every end of a line, of Python's or of a text file's, inside each role.
BROKEN = (
    Writer("It\r\nrains, said Anna\nBell, and\u2028it\x0bpours:\n\n🌧𝔘 so\x85she\x1c  added.\ttwice")
    .attribution("Anna\nBell", "said", "It\r\nrains", "it\x0bpours:\n\n🌧𝔘 so")
    .attribution("she", "she\x1c  added.\ttwice", "and\u2028it", kind="direct", negated=False)
    .page(id="1" * 64)
)


def _pieced(page: Page) -> tuple[Roles, ...]:
    """A page's attributions as brat can hold them."""
    return tuple(
        Roles(
            brat_spans(page.text, one.source),
            brat_spans(page.text, one.cue),
            brat_spans(page.text, one.content),
        )
        for one in page.attributions
    )


def _as_they_are(page: Page) -> tuple[Roles, ...]:
    return tuple(Roles(one.source, one.cue, one.content) for one in page.attributions)


def check_as_brat_does(page: Page) -> None:
    """What brat's server checks as it reads an .ann file (its ``annotation.py``)."""
    # It reads lines as `str.splitlines` does.
    lines = [line.split("\t", 2) for line in annotation_text(page).splitlines()]
    assert len({line[0] for line in lines}) == len(lines)
    types: dict[str, str] = {}
    for number, data, *tail in lines:
        if number[0] == "T":
            types[number], places = data.split(" ", 1)
            spans = [tuple(map(int, one.split(" "))) for one in places.split(";")]
            assert tail == [" ".join(page.text[start:end] for start, end in spans)]
            ends = [end for span in spans for end in span]
            assert ends == sorted(ends)
        elif number[0] == "E":
            arguments = [one.split(":") for one in data.split(" ")]
            assert [types[bound] for _, bound in arguments] == [role for role, _ in arguments]
            assert arguments[0][0] == "Attribution"
            types[number] = "event"
        elif number[0] == "A":
            name, event, value = data.split(" ")
            assert types[event] == "event"
            assert value in _values()[name]
        else:
            assert re.fullmatch(r"#\d+", number)
            assert types[data.removeprefix("AnnotatorNotes ")] == "event"


def _values() -> dict[str, list[str]]:
    return {
        "Kind": ["direct", "indirect", "mixed"],
        "SourceType": list(get_args(SourceType)),
        "CueClass": list(get_args(CueClass)),
        "Negated": ["yes", "no"],
    }


def test_it_reads_back_as_a_training_corpus(tmp_path: Path) -> None:
    other = msgspec.structs.replace(bare(story()), id="2" * 64, headline="Another")
    assert write_brat([story(), other, BROKEN], tmp_path) == 3
    articles = {article.name: article for article in read_corpus(tmp_path)}
    assert len(articles) == 3
    for page in (story(), other):
        assert articles[file_name(page)].text == page.text
        assert articles[file_name(page)].attributions == _as_they_are(page)
    assert articles[file_name(BROKEN)].text == BROKEN.text
    assert articles[file_name(BROKEN)].attributions == _pieced(BROKEN)


@settings(max_examples=50, deadline=None)
@given(page=pages())
def test_any_record_reads_back(page: Page, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("brat")
    write_brat([page], folder)
    [article] = read_corpus(folder)
    assert article.text == page.text
    assert article.attributions == _pieced(page)
    check_as_brat_does(page)
    for one in page.attributions:
        for spans in (one.source, one.cue, one.content):
            pieces = brat_spans(page.text, spans)
            assert all(len(page.text[a:b].splitlines()) == 1 for a, b in pieces)
            # The pieces are the spans without white space at the ends of lines.
            assert _bare(page.text, pieces) == _bare(page.text, spans)


def _bare(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    return "".join("".join(text[start:end] for start, end in spans).split())


@pytest.mark.parametrize("page", [story(), bare(story()), BROKEN], ids=["story", "bare", "broken"])
def test_it_is_what_brat_reads(page: Page) -> None:
    check_as_brat_does(page)


def test_spans_end_where_lines_do() -> None:
    pieces = [[BROKEN.text[a:b] for a, b in one.content] for one in _pieced(BROKEN)]
    assert pieces == [["It", "rains", "it", "pours:", "🌧𝔘 so"], ["and", "it"]]
    assert [BROKEN.text[a:b] for a, b in _pieced(BROKEN)[1].cue] == ["she", "added.\ttwice"]


@pytest.mark.shared
def test_the_reference_scorer_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(SHARED / "tools")
    import score_attributions

    write_brat([story(), BROKEN], tmp_path)
    held = {file_name(page): page for page in (story(), BROKEN)}
    loaded = score_attributions.load(str(tmp_path))
    assert [name for name, _, _ in loaded] == sorted(held)
    for name, text, [gold] in loaded:
        assert text == held[name].text
        assert [Roles(**{role: tuple(one[role]) for role in one}) for one in gold] == list(
            _pieced(held[name])
        )
    # What was found in the page scores as right, line breaks or none.
    scores = score_attributions.score_docs(
        (
            text,
            gold,
            [
                {role: getattr(one, role) for role in ("source", "cue", "content")}
                for one in held[name].attributions
            ],
        )
        for name, text, [gold] in loaded
    )
    assert scores["full"]["F1"] == scores["token/content"]["F1"] == 1


def test_attributes_and_a_note_say_the_rest() -> None:
    lines = annotation_text(story()).splitlines()
    assert lines[:9] == [
        "T1\tAttribution 45 49\ttold",
        "T2\tSource 19 44\tBridge Minister Anna Bell",
        "T3\tCue 45 49\ttold",
        "T4\tContent 72 96\tthat the bridge was safe",
        "E1\tAttribution:T1 Source:T2 Cue:T3 Content:T4",
        "A1\tKind E1 indirect",
        "A2\tSourceType E1 named_person",
        "A3\tCueClass E1 neutral",
        "#1\tAnnotatorNotes E1\tconfidence 0.900; speaker Anna Bell",
    ]
    assert "T8\tContent 99 132;143 157\t“Two engineers claimed it sways,” “It does not.”" in lines
    assert [line for line in lines if "Negated" in line] == ["A15\tNegated E5 yes"]
    assert "\tNegated E2 no\n" in annotation_text(BROKEN)


def test_an_attribution_without_a_cue_hangs_on_its_content() -> None:
    lines = annotation_text(story()).splitlines()
    assert "T13\tAttribution 159 185\tIt may have been the storm" in lines
    assert "E4\tAttribution:T13 Content:T14" in lines


def test_a_speaker_of_several_lines_is_one_line_of_the_note() -> None:
    page = Writer().speaker("Anna\u2028 Bell\x1d\nof Orla").paragraph("She said no").page()
    page = msgspec.structs.replace(
        Writer(page.text).attribution("She", "said", "no", speaker=1).page(), speakers=page.speakers
    )
    assert annotation_text(page).splitlines()[-1].endswith("; speaker Anna Bell of Orla")


def test_brat_knows_every_type_and_value(tmp_path: Path) -> None:
    write_brat([], tmp_path)
    lines = (tmp_path / "annotation.conf").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("[")] == [
        "[entities]",
        "[relations]",
        "[events]",
        "[attributes]",
    ]
    assert {"Source", "Cue", "Content"} < set(lines)
    for name, values in _values().items():
        assert f"{name}\tArg:Attribution, Value:{'|'.join(values)}" in lines
    assert "[drawing]" in (tmp_path / "visual.conf").read_text("utf-8")


def test_what_is_corrected_in_brat_is_what_is_read(tmp_path: Path) -> None:
    write_brat([story()], tmp_path)
    [annotations] = (tmp_path / "text").glob("*.ann")
    kept = [line for line in annotations.read_text("utf-8").splitlines() if "E1" not in line]
    annotations.write_text("\n".join(kept), "utf-8")
    [article] = read_corpus(tmp_path)
    assert article.attributions == _as_they_are(story())[1:]


def test_where_no_link_can_be_made_there_is_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(link: Path, target: Path) -> None:
        raise OSError

    monkeypatch.setattr(Path, "symlink_to", refused)
    write_brat([story()], tmp_path)
    [article] = read_corpus(tmp_path)
    assert article.attributions == _as_they_are(story())


def test_a_page_without_attributions_has_an_empty_file(tmp_path: Path) -> None:
    page = Page(id="3" * 64, text="It rains.")
    assert write_brat([page], tmp_path) == 1
    assert (tmp_path / "text" / f"{file_name(page)}.ann").read_bytes() == b""
    [article] = read_corpus(tmp_path)
    assert article.attributions == ()


@pytest.mark.parametrize(
    ("values", "beginning"),
    [
        ({"headline": "Bridge, Open: Late?"}, "bridge-open-late-"),
        ({"headline": "../../etc/passwd"}, "etc-passwd-"),
        ({"headline": None}, ""),
        ({"headline": "橋🌧\0"}, ""),
        ({"headline": "Café CON"}, "cafe-con-"),
        ({"headline": "a" * 99, "published": "2024-03-05T10:00:00Z"}, f"2024-03-05-{'a' * 40}-"),
        ({"headline": f"{'a' * 39} b"}, f"{'a' * 39}-"),
        ({"headline": "x", "published": "../2024"}, "x-"),
    ],
)
def test_files_have_safe_names(values: dict[str, str | None], beginning: str) -> None:
    page = msgspec.structs.replace(Page(id="4" * 64, text=""), **values)
    assert file_name(page) == f"{beginning}{page.id}"


def test_an_id_that_is_no_digest_names_no_file(tmp_path: Path) -> None:
    hostile = Page(id="../../x", text="")
    assert re.fullmatch(r"[0-9a-f]{64}", file_name(hostile))
    assert write_brat([hostile, Page(id="../../y", text="")], tmp_path / "new" / "folder") == 2
    assert sorted(one.name for one in tmp_path.iterdir()) == ["new"]


def test_a_page_that_comes_twice_is_written_once(tmp_path: Path) -> None:
    assert write_brat([story(), story()], tmp_path) == 1


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="not empty"):
        write_brat([story()], tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["notes.txt"]
    with pytest.raises(FileExistsError):
        write_brat([story()], tmp_path / "notes.txt")

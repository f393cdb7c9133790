"""The stages in their order, from bytes to record."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Input, Options, Reader, ReadingOptions, find_inputs, from_json, to_json
from onrecord.encoder.fake import FakeEncoder
from onrecord.errors import (
    EmptyInputError,
    InputNotFoundError,
    UnreadableError,
    WeightsMissingError,
)

STORY = """Council Delays New Bridge

Anna Bell said the bridge was safe. Ben Cole added that it was not.

  • rower

    Dora Finn says it leaks.
"""


def test_a_page_from_bytes_and_from_a_path_is_the_same(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(STORY.encode())
    page = reader.read(STORY.encode())
    assert reader.read(path) == reader.read(str(path)) == page
    assert [page.quote(a.source) for a in page.attributions] == [
        "Anna Bell",
        "Ben Cole",
        "Dora Finn",
    ]
    assert [a.comment for a in page.attributions] == [None, None, 0]
    assert [s.name for s in page.speakers] == ["Anna Bell", "Ben Cole", "Dora Finn"]


def test_a_page_in_another_language_has_a_warning_and_no_attributions(reader: Reader) -> None:
    data = (
        "Der Gemeinderat hat den Bau der neuen Brücke vertagt. Die Bürgermeisterin sagte, "
        "das Geld reiche nicht. Anna Bell said das Geld reicht."
    ).encode()
    page = reader.read(data)
    assert page.language == "de"
    assert page.attributions == ()
    assert [w.code for w in page.warnings].count("language-not-supported") == 1
    told = Reader(Options(reading=ReadingOptions(language="en")), encoder=FakeEncoder())
    assert len(told.read(data).attributions) == 1


def test_the_model_is_not_needed_for_a_page_in_another_language(tmp_path: Path) -> None:
    reader = Reader(weights=tmp_path / "none")
    german = "Der Gemeinderat hat den Bau der neuen Brücke noch einmal vertagt."
    assert reader.read(german.encode()).attributions == ()
    with pytest.raises(WeightsMissingError):
        reader.read(STORY.encode())


def test_one_bad_input_does_not_stop_the_rest(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.txt").write_text(STORY)
    gone = Input("gone", tmp_path / "gone.txt")
    outcomes = list(reader.read_each([*find_inputs([str(tmp_path)]), gone]))
    assert [o.page is not None for o in outcomes] == [True, False, True, False]
    assert isinstance(outcomes[1].error, EmptyInputError)
    assert isinstance(outcomes[3].error, InputNotFoundError)


def test_a_folder_is_no_page(reader: Reader, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        reader.read(tmp_path)


sentences = st.sampled_from(
    [
        "Anna Bell said the bridge was safe. ",
        "“No,” Ben Cole added. ",
        "It rained. ",
        "\n\n",
        "\n\n  • rower\n\n    Dora Finn says it leaks.\n",
        "\r\n",
        "🌧 ",
        "\u200b",
        "é\u0301",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(sentences, min_size=1, max_size=12).map("".join).filter(str.strip))
def test_the_same_bytes_give_the_same_record(text: str) -> None:
    options = Options(reading=ReadingOptions(kind="text", language="en"))
    reader = Reader(options, encoder=FakeEncoder())
    page = reader.read(text.encode())
    assert page.text == text
    assert from_json(to_json(page)) == page
    assert to_json(page) == to_json(Reader(options, encoder=FakeEncoder()).read(text.encode()))
    for attribution in page.attributions:
        for start, end in (*attribution.source, *attribution.cue, *attribution.content):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()

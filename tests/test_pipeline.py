"""The stages in their order, from bytes to record."""

from __future__ import annotations

import gzip
import hashlib
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from onrecord import (
    Input,
    Options,
    Page,
    Reader,
    ReadingOptions,
    ResolvingOptions,
    find_inputs,
    from_json,
    to_json,
)
from onrecord.encoder.fake import FakeEncoder
from onrecord.errors import (
    DamagedError,
    EmptyInputError,
    InputNotFoundError,
    NoArticleError,
    NotFetchedError,
    PeopleError,
    SeveralPagesError,
    UnreadableError,
    WeightsMissingError,
)
from warcs import http, page, record, response

STORY = """Council Delays New Bridge

Anna Bell said the bridge was safe. Ben Cole added that it was not.

Comments

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


def test_without_speakers_the_attributions_are_the_same() -> None:
    path = ROOT / "examples/harbour-barrier.html"
    plain = Reader(Options(resolving=ResolvingOptions(speakers=False))).read(path)
    full = Reader().read(path)
    assert plain.speakers == ()
    assert {(a.speaker, a.source_type) for a in plain.attributions} == {(None, None)}
    assert all(a.source_type is not None for a in full.attributions)

    def words(page: Page) -> list[tuple[object, ...]]:
        return [
            (a.source, a.cue, a.content, a.confidence, a.cue_class, a.negated)
            for a in page.attributions
        ]

    assert words(plain) == words(full)


def test_a_people_file_is_read_when_a_reader_is_made(tmp_path: Path) -> None:
    options = Options(resolving=ResolvingOptions(people=tmp_path / "none.csv"))
    with pytest.raises(PeopleError, match="no such file"):
        Reader(options)


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


def test_an_archive_is_read_page_by_page_and_not_as_one_page(reader: Reader) -> None:
    bad = record("https://b.example/", http(b"<html></html>"))
    archive = Input("news.warc", None, response("Aar") + b"no record" + bad + response("Cher"))
    outcomes = list(reader.read_each([archive, Input("rows", None, b'{"text": "It rained."}\n')]))
    assert [one.one_of_several for one in outcomes] == [True] * 5
    first, warned, failed, last, row = outcomes
    assert first.page is not None
    assert first.page.url == "https://aar.example/"
    assert first.page.id == hashlib.sha256(page("Aar")).hexdigest()
    assert first.page.published is None
    assert first.page.attributions
    assert warned.warning is not None
    assert warned.warning.code == "record-broken"
    assert isinstance(failed.error, NoArticleError)
    assert failed.name == "news.warc: https://b.example/"
    assert last.page is not None
    assert row.page is not None
    for one in outcomes:
        assert [one.page, one.error, one.warning].count(None) == 2
    for data in (response("Aar"), b'{"text": "It rained."}\n'):
        with pytest.raises(SeveralPagesError, match="read_each"):
            reader.read(data)


def test_gzip_is_the_same_page(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "story.txt.gz"
    path.write_bytes(gzip.compress(STORY.encode()))
    assert reader.read(path) == reader.read(STORY.encode())


def test_an_address_is_not_fetched(reader: Reader) -> None:
    with pytest.raises(NotFetchedError, match=r"^https://a\.example/b: nothing is fetched"):
        reader.read("https://a.example/b")


def test_a_broken_archive_ends_its_own_reading_alone(reader: Reader, tmp_path: Path) -> None:
    data = gzip.compress(b'{"text": "It rained."}\n' * 3)[:-8]
    inputs = [Input("a", Path("a.jsonl"), data), Input("b", None, STORY.encode())]
    *_, cut, last = reader.read_each(inputs)
    assert isinstance(cut.error, DamagedError)
    assert last.page is not None


def test_an_archive_of_any_length_is_read_in_flat_memory(tmp_path: Path) -> None:
    story = b"Anna Bell said the bridge was safe. " * 3000
    with gzip.open(tmp_path / "rows.jsonl.gz", "wb", 1) as file:
        for _ in range(300):
            file.write(b'{"text": "' + story + b'"}\n')
    reader = Reader(Options(reading=ReadingOptions(language="de")))  # No model.
    tracemalloc.start()
    count = sum(one.page is not None for one in reader.read_each(find_inputs([str(tmp_path)])))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 300
    assert peak < 15 * len(story)


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

"""Records as spaCy documents, read by spaCy."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import spacy
from hypothesis import given, settings
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import onrecord.exporting.spacy as exporting
from arbitrary import pages
from onrecord import Reader
from onrecord.errors import RecordError
from onrecord.exporting.spacy import annotate, attributions, page_of, register, write_docbins
from onrecord.records import Page
from writer import Writer, saying, story

NLP = spacy.blank("en")


def _document(page: Page, nlp: Language = NLP) -> Doc:
    doc = nlp(page.text)
    annotate(doc, page)
    return doc


def _read(folder: Path) -> list[Doc]:
    """The documents of a folder's files, in a vocabulary that has never met their words."""
    vocab = spacy.blank("xx").vocab
    files = sorted(folder.iterdir())
    return [doc for file in files for doc in DocBin().from_disk(file).get_docs(vocab)]


def _shown(doc: Doc) -> list[tuple[str, str, int, int]]:
    spans = doc.spans["onrecord"]
    return [(span.label_, span.id_, span.start_char, span.end_char) for span in spans]


def test_spans_are_the_stretches_by_role_and_attribution() -> None:
    page = story()
    assert _shown(_document(page)) == [
        (label, str(one.id), *span)
        for one in page.attributions
        for label, spans in [("SOURCE", one.source), ("CUE", one.cue), ("CONTENT", one.content)]
        for span in spans
    ]


def test_attributions_are_spans_and_speakers() -> None:
    page = story()
    found = _document(page)._.attributions
    told = [(one.speaker and one.speaker.name, *map(str, one.content)) for one in found]
    assert told == [
        ("Anna Bell", "that the bridge was safe"),
        ("Anna Bell", "“Two engineers claimed it sways,”", "“It does not.”"),
        ("two engineers", "it sways"),
        (None, "It may have been the storm"),
        ("report", "“how long” it takes"),
        ("Dora Finn", "The ferry leaks"),
    ]
    assert [str(span) for span in found[4].source + found[4].cue] == ["A report", "did not say"]
    assert tuple(one.record for one in found) == page.attributions
    assert all(one.exact for one in found)


def test_the_whole_record_is_there() -> None:
    page = story()
    doc = _document(page)
    assert doc._.onrecord == page
    assert doc._.speakers == page.speakers
    assert doc.user_data["onrecord"]["page"]["url"] == page.url


def test_a_span_that_tokens_do_not_fit_is_told() -> None:
    page = (
        Writer()
        .paragraph("Anna Bellsaid it rained on the harbourside.")
        .attribution("Anna Bell", "said", "it rained on the harbour")
        .page()
    )
    (one,) = _document(page)._.attributions
    assert not one.exact
    assert [str(span) for span in one.source + one.cue] == ["Anna Bellsaid", "Bellsaid"]
    assert [str(span) for span in one.content] == ["it rained on the harbourside"]
    assert [page.text[slice(*span)] for span in one.record.cue] == ["said"]


def test_a_document_of_nothing_has_no_attributions() -> None:
    doc = NLP("Anna Bell said it rained.")
    assert (doc._.attributions, doc._.speakers, doc._.onrecord) == ((), (), None)
    assert "onrecord" not in doc.spans
    annotate(empty := NLP(""), Page(id="x", text=""))
    assert empty._.attributions == ()
    assert list(empty.spans["onrecord"]) == []


def test_another_text_is_refused() -> None:
    with pytest.raises(RecordError, match="text"):
        annotate(NLP("Anna Bell said it  rained."), saying("it rained"))


def test_a_second_reading_takes_the_first_ones_place() -> None:
    page = story()
    doc = _document(page)
    annotate(doc, msgspec.structs.replace(page, attributions=page.attributions[:1]))
    assert len(doc._.attributions) == 1
    assert len(doc.spans["onrecord"]) == 3


def test_spans_can_go_to_another_group() -> None:
    doc = NLP(story().text)
    annotate(doc, story(), spans_key="sc")
    assert list(doc.spans) == ["sc"]
    assert len(doc._.attributions) == 6


def test_a_part_of_a_document_has_none_of_the_wholes_attributions() -> None:
    doc = _document(story())
    part = doc[5:20].as_doc(copy_user_data=True)
    assert part._.attributions == ()
    assert part._.onrecord is None


def test_a_record_of_another_form_is_an_error_of_its_own() -> None:
    doc = _document(story())
    doc.user_data["onrecord"]["page"]["schema"] = "onrecord/page/9"
    with pytest.raises(RecordError, match="onrecord/page/1"):
        _ = doc._.attributions


@settings(max_examples=40, deadline=None)
@given(page=pages())
def test_any_record_comes_back_from_bytes_and_from_a_docbin(page: Page) -> None:
    doc = _document(page)
    kept = DocBin(store_user_data=True)
    kept.add(doc)
    (from_bin,) = DocBin().from_bytes(kept.to_bytes()).get_docs(spacy.blank("xx").vocab)
    for one in (doc, Doc(NLP.vocab).from_bytes(doc.to_bytes()), from_bin):
        assert page_of(one) == page
        assert _shown(one) == _shown(doc)
        for attribution in attributions(one):
            record = attribution.record
            spans = attribution.source + attribution.cue + attribution.content
            stretches = record.source + record.cue + record.content
            for span, (start, end) in zip(spans, stretches, strict=True):
                assert span.start_char <= start < end <= span.end_char


def test_files_are_read_back_by_spacy(tmp_path: Path) -> None:
    held = [story(), Page(id="bare", text=""), saying("it rained")]
    assert write_docbins(held, tmp_path / "new" / "docs") == 3
    docs = _read(tmp_path / "new" / "docs")
    assert [doc._.onrecord for doc in docs] == held
    assert [_shown(doc) for doc in docs] == [_shown(_document(page)) for page in held]
    assert str(docs[2]._.attributions[0].cue[0]) == "said"


def test_files_have_so_many_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = [msgspec.structs.replace(saying("it rained"), id=str(number)) for number in range(5)]
    assert write_docbins(iter(held), tmp_path / "two", pages_per_file=2) == 5
    names = [file.name for file in sorted((tmp_path / "two").iterdir())]
    assert names == [f"part-0000{number}.spacy" for number in range(3)]
    assert [doc._.onrecord for doc in _read(tmp_path / "two")] == held
    monkeypatch.setattr(exporting, "CHARACTERS", 1)
    write_docbins(held, tmp_path / "one")
    assert len(list((tmp_path / "one").iterdir())) == 5
    assert write_docbins([], tmp_path / "none") == 0
    assert list((tmp_path / "none").iterdir()) == []


@pytest.mark.parametrize("language", ["en", "de", "ja", "qq", None, "../en", "en.examples", ""])
def test_any_language_can_be_written(language: str | None, tmp_path: Path) -> None:
    page = msgspec.structs.replace(saying("it didn't rain"), language=language)
    write_docbins([page], tmp_path)
    (doc,) = _read(tmp_path)
    assert doc._.onrecord == page
    assert ("n't" in [token.text for token in doc]) == (language == "en")


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_docbins([story(), saying("it rained")], tmp_path / name)
    first, second = (tmp_path / name / "part-00000.spacy" for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    with pytest.raises(FileExistsError, match="not empty"):
        write_docbins([story()], tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: DocBin, path: Path) -> None:
        path.write_bytes(b"begun")
        raise KeyboardInterrupt

    monkeypatch.setattr(DocBin, "to_disk", broken)
    with pytest.raises(KeyboardInterrupt):
        write_docbins([story()], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_pages_are_taken_as_files_are_written(tmp_path: Path) -> None:
    seen: list[int] = []

    def one_by_one() -> Iterator[Page]:
        for _ in range(3):
            seen.append(len(list(tmp_path.iterdir())))
            yield story()

    write_docbins(one_by_one(), tmp_path, pages_per_file=1)
    assert seen == [0, 1, 2]


def test_a_record_that_spacy_cannot_hold_is_an_error_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="spaCy"):
        write_docbins([saying("\ud800")], tmp_path)
    with pytest.raises(RecordError, match="spaCy"):
        write_docbins([msgspec.structs.replace(story(), site="\ud800")], tmp_path)


def test_a_page_as_it_is_read(reader: Reader, tmp_path: Path) -> None:
    page = reader.read(
        b"\xef\xbb\xbfHarbour Bridge\r\n\r\nAnna Bell said the bridge\twas safe.\r\n"
    )
    write_docbins([page], tmp_path)
    (doc,) = _read(tmp_path)
    (one,) = doc._.attributions
    assert doc._.onrecord == page
    assert str(one.content[0]) == "the bridge\twas safe"
    assert one.speaker is not None
    assert one.speaker.name == "Anna Bell"


@pytest.fixture
def foreign() -> Iterator[None]:
    """Another package's `doc._.attributions`."""
    Doc.set_extension("attributions", default="theirs", force=True)
    yield
    Doc.remove_extension("attributions")
    register()


@pytest.mark.usefixtures("foreign")
def test_an_attribute_of_another_package_stays_its_own() -> None:
    with pytest.warns(UserWarning, match=r"doc\._\.attributions belongs to another package"):
        register()
    doc = _document(story())
    assert doc._.attributions == "theirs"
    assert len(attributions(doc)) == 6
    assert len(doc._.speakers) == 4


def test_registering_again_changes_nothing() -> None:
    register()
    assert len(_document(story())._.attributions) == 6


@pytest.mark.parametrize("module", ["onrecord.exporting.spacy", "onrecord.component"])
def test_without_spacy_it_says_what_to_install(module: str) -> None:
    program = f"""
import sys
sys.modules["spacy"] = None
import onrecord, onrecord.cli
try:
    import {module}
except onrecord.OnrecordError as error:
    assert type(error).__name__ == "ExtraMissingError"
    sys.exit(str(error))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "pip install 'onrecord[spacy]'" in done.stderr
    assert "Traceback" not in done.stderr

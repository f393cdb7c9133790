"""Onrecord in a spaCy pipeline, in real spaCy. Where no model is named, a tiny one reads."""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import spacy
from confection import ConfigValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from onrecord import Options, Reader, component
from onrecord.component import AttributionFinder
from onrecord.encoder.fake import FakeEncoder
from onrecord.errors import OptionsError, PeopleError, WeightsMissingError
from onrecord.exporting.spacy import annotate
from onrecord.records import Page
from writer import story

TEXT = "Bridge Opens\n\nAnna Bell said the bridge was safe.\n\nRain fell. Emil Hart added he knew."
GERMAN = "Die Brücke ist sicher, und der Regen fiel den ganzen Tag auf den alten Kai. " * 5

BLANK = spacy.blank("en")
FakeReader = partial(Reader, encoder=FakeEncoder())
Pipeline = Callable[..., Language]


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    """Makes a pipeline with the component, which reads without the model."""
    monkeypatch.setattr(component, "Reader", FakeReader)

    def made(spoken: str = "en", /, **config: Any) -> Language:
        nlp = spacy.blank(spoken)
        nlp.add_pipe("onrecord", config=config)
        return nlp

    return made


def _said(doc: Doc) -> list[tuple[str | None, str]]:
    return [
        (one.speaker and one.speaker.name, " … ".join(map(str, one.content)))
        for one in doc._.attributions
    ]


def test_it_works_on_a_blank_pipeline(pipeline: Pipeline) -> None:
    doc = pipeline()(TEXT)
    assert _said(doc) == [("Anna Bell", "the bridge was safe"), ("Emil Hart", "he knew")]
    assert [(str(span), span.label_, span.id_) for span in doc.spans["onrecord"]] == [
        ("Anna Bell", "SOURCE", "0"),
        ("said", "CUE", "0"),
        ("the bridge was safe", "CONTENT", "0"),
        ("Emil Hart", "SOURCE", "1"),
        ("added", "CUE", "1"),
        ("he knew", "CONTENT", "1"),
    ]
    assert [one.name for one in doc._.speakers] == ["Anna Bell", "Emil Hart"]


def test_the_record_is_that_of_the_text_as_a_file(pipeline: Pipeline, reader: Reader) -> None:
    assert pipeline()(TEXT)._.onrecord == reader.read(TEXT.encode())
    assert pipeline(language="xx")(TEXT)._.onrecord == reader.read(TEXT.encode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\r\n\t \u2028\n",
        "\ufeffAnna Bell said the bridge was safe.",
        "Rain.\r\n\r\nAnna Bell said the bridge was safe.\r\n",
        "Rain.\rAnna Bell said the bridge was safe.",
        "Ra\x00in.\n\nAnna Bell said the bridge was safe.",
        "<p>Rain</p> 🌧\n\nAnna Bell said the bridge was safe.",
        "\n\n   Anna Bell said the bridge was safe.   ",
    ],
)
def test_characters_are_the_documents_own(text: str, pipeline: Pipeline) -> None:
    doc = pipeline()(text)
    assert doc._.onrecord.text == doc.text == text
    found = [text[slice(*one.record.content[0])] for one in doc._.attributions]
    assert found == (["the bridge was safe"] if "said the" in text else [])


@settings(max_examples=60, deadline=None)
@given(
    parts=st.lists(
        st.sampled_from(["Anna Bell said it rained.", "\r\n", "\n\n", "\ufeff", "\x00", "> ", "🌧"])
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
        max_size=8,
    )
)
def test_any_text_can_be_read(parts: list[str]) -> None:
    doc = AttributionFinder(FakeReader)(BLANK("".join(parts)))
    assert doc._.onrecord.text == "".join(parts)
    for one in doc._.attributions:
        for span, (start, end) in zip(one.content, one.record.content, strict=True):
            assert span.start_char <= start < end <= span.end_char


def test_a_long_document_is_read(pipeline: Pipeline) -> None:
    doc = pipeline()("Rain fell on the quay.\n\n" * 12_000 + "Anna Bell said the bridge was safe.")
    assert _said(doc) == [("Anna Bell", "the bridge was safe")]
    assert doc._.attributions[0].exact


def test_a_record_that_came_with_the_document_is_read_anew(pipeline: Pipeline) -> None:
    path = Path(__file__).parents[1] / "examples/harbour-barrier.html"
    page = Reader(encoder=FakeEncoder()).read(path)
    assert page.comments
    doc = BLANK(page.text)
    annotate(doc, page)
    again = pipeline()(doc)
    assert again._.onrecord == page


def test_a_document_is_read_anew(pipeline: Pipeline) -> None:
    nlp = pipeline()
    doc = nlp(nlp(TEXT))
    assert len(doc._.attributions) == 2
    assert len(doc.spans["onrecord"]) == 6
    other = pipeline(min_confidence=1.0)
    assert _said(other(doc)) == []
    assert list(doc.spans["onrecord"]) == []


def test_settings(pipeline: Pipeline, tmp_path: Path) -> None:
    assert pipeline(speakers=False)(TEXT)._.speakers == ()
    assert _said(pipeline(min_confidence=1.0)(TEXT)) == []
    assert list(pipeline(spans_key="sc")(TEXT).spans) == ["sc"]
    people = tmp_path / "people.csv"
    people.write_text("name,party\nAnna Bell,Quay\n", "utf-8")
    cues = tmp_path / "cues.tsv"
    cues.write_text("add\tcritical\n", "utf-8")
    doc = pipeline(people=str(people), cues=str(cues))(TEXT)
    assert doc._.speakers[0].listed["party"] == "Quay"
    assert doc._.attributions[1].record.cue_class == "critical"


@pytest.mark.parametrize(
    ("config", "error"),
    [
        ({"people": "none.csv"}, PeopleError),
        ({"cues": "none.tsv"}, OptionsError),
        ({"min_confidence": 2.0}, OptionsError),
        ({"min_confidence": "much"}, ConfigValidationError),
        ({"colour": "red"}, ConfigValidationError),
    ],
)
def test_a_setting_that_cannot_be_is_told_at_once(
    config: dict[str, Any], error: type[Exception], pipeline: Pipeline
) -> None:
    with pytest.raises(error):
        pipeline(**config)


def test_a_pipeline_of_another_language_says_that_there_is_nothing(pipeline: Pipeline) -> None:
    with pytest.warns(UserWarning, match="'de' and attributions are found in 'en' alone"):
        nlp = pipeline("de")
    doc = nlp(TEXT)
    assert _said(doc) == []
    assert [one.code for one in doc._.onrecord.warnings] == ["language-not-supported"]
    assert len(_said(pipeline("de", language="en")(TEXT))) == 2


def test_with_any_language_each_documents_is_detected(pipeline: Pipeline) -> None:
    nlp = pipeline("xx")
    assert _said(nlp(GERMAN + "Anna Bell said the bridge was safe.")) == []
    assert len(_said(nlp(TEXT))) == 2


def test_a_pipeline_is_saved_and_loaded(pipeline: Pipeline, tmp_path: Path) -> None:
    nlp = pipeline(min_confidence=0.25, spans_key="sc")
    nlp.to_disk(tmp_path / "nlp")
    loaded = spacy.load(tmp_path / "nlp")
    assert loaded.config["components"]["onrecord"]["min_confidence"] == 0.25
    assert _said(loaded(TEXT)) == _said(nlp(TEXT))
    assert list(loaded(TEXT).spans) == ["sc"]


def test_documents_keep_what_was_found(pipeline: Pipeline) -> None:
    doc = pipeline()(TEXT)
    kept = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (read,) = DocBin().from_bytes(kept).get_docs(spacy.blank("en").vocab)
    assert _said(read) == _said(doc)
    assert _said(pickle.loads(pickle.dumps(doc))) == _said(doc)  # noqa: S301
    assert _said(doc.copy()) == _said(doc)


def test_a_component_goes_to_another_process_with_its_settings() -> None:
    finder = AttributionFinder(FakeReader, "xx", "sc")
    copied = pickle.loads(pickle.dumps(finder))  # noqa: S301
    doc = copied(BLANK(GERMAN))
    assert doc._.onrecord.language == "de"
    assert list(doc.spans) == ["sc"]
    assert len(_said(copied(BLANK(TEXT)))) == 2


def test_pipe_gives_what_one_by_one_gives(pipeline: Pipeline) -> None:
    nlp = pipeline()
    texts = [TEXT, "", "Emil Hart said so.", " \n"]
    assert [_said(doc) for doc in nlp.pipe(texts, batch_size=2)] == [_said(nlp(t)) for t in texts]


def test_it_stands_beside_other_components(pipeline: Pipeline) -> None:
    nlp = pipeline()
    nlp.add_pipe("sentencizer", first=True)
    doc = nlp(TEXT)
    assert len(list(doc.sents)) > 1
    assert len(_said(doc)) == 2
    told = nlp.get_pipe_meta("onrecord")
    assert {"doc.spans", "doc._.attributions", "doc._.speakers"} <= set(told.assigns)


class AtHome(Reader):
    """A reader that works in the process alone that made it, as a loaded model does."""

    def __init__(self, options: Options, **_: object) -> None:
        super().__init__(options, encoder=FakeEncoder())
        self.home = os.getpid()

    def attribute(self, page: Page) -> Page:
        assert os.getpid() == self.home
        return super().attribute(page)


@pytest.fixture
def start_method() -> Iterator[Callable[[str], None]]:
    """Sets how processes start, which spaCy leaves to Python."""
    before = multiprocessing.get_start_method()
    yield partial(multiprocessing.set_start_method, force=True)
    multiprocessing.set_start_method(before, force=True)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_process_makes_its_own_reader(
    start_method: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    start_method("fork")
    monkeypatch.setattr(component, "Reader", AtHome)
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord")
    alone = [_said(nlp(TEXT))] * 6
    assert [_said(doc) for doc in nlp.pipe([TEXT] * 6, n_process=2, batch_size=2)] == alone


MODEL_TEXT = (
    "Elda Marrow, the harbour minister, said on Monday that the piers were safe.\n\n"
    "“They will hold,” she told reporters."
)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_with_the_model_and_several_processes(start_method: Callable[[str], None]) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord", config={"threads": 1})
    alone = nlp(MODEL_TEXT)
    assert _said(alone) == [
        ("Elda Marrow", "that the piers were safe"),
        ("Elda Marrow", "“They will hold,”"),
    ]
    assert alone._.onrecord == Reader(threads=1).read(MODEL_TEXT.encode())
    for method in ("fork", "spawn"):
        start_method(method)
        docs = list(nlp.pipe([MODEL_TEXT] * 3, n_process=2, batch_size=1))
        assert [doc._.onrecord for doc in docs] == [alone._.onrecord] * 3
        assert [str(span) for doc in docs for span in doc.spans["onrecord"]] == [
            str(span) for span in alone.spans["onrecord"]
        ] * 3


def test_the_model_is_loaded_with_the_first_words(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord", config={"weights": str(tmp_path)})
    assert _said(nlp("  \n")) == []
    with pytest.raises(WeightsMissingError):
        nlp(story().text)

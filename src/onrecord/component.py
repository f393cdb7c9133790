"""Onrecord as a component of a spaCy pipeline: ``nlp.add_pipe("onrecord")``. The extra ``spacy``.

It needs nothing of the pipeline but a tokeniser, and works with ``spacy.blank("en")``. What it
writes into a document is told in `onrecord.exporting.spacy`. Onrecord's own model reads the
text; it is loaded with the first document that needs it.
"""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.exporting.spacy import SPANS_KEY, annotate, page_of, register
from onrecord.options import AttributingOptions, Options, ResolvingOptions, WeighingOptions
from onrecord.pipeline import LANGUAGE, Reader
from onrecord.reading.language import language_of
from onrecord.reading.plain import read_plain
from onrecord.records import Page

# Behind onrecord.exporting.spacy, which says what to install where spaCy is missing.
from spacy.language import Language  # isort: skip

if TYPE_CHECKING:
    from spacy.tokens import Doc

DETECT = "xx"
"""spaCy's code for any language: each document's own is detected."""

DEFAULTS = {
    "min_confidence": 0.0,
    "speakers": True,
    "people": None,
    "cues": None,
    "language": None,
    "threads": None,
    "weights": None,
    "spans_key": SPANS_KEY,
}


class AttributionFinder:
    """Adds who says what to documents, whatever they hold of that before.

    A document's text is read as plain text is: blank lines part its paragraphs, and a thread of
    comments in it is found. Every text can be read, one without words too; it has no attributions.
    """

    def __init__(
        self, make_reader: Callable[[], Reader], language: str = LANGUAGE, key: str = SPANS_KEY
    ) -> None:
        """Make a component.

        ``language`` is the ISO 639-1 code of every document, or `DETECT`; ``key`` names the group
        in ``doc.spans``.
        """
        self._make_reader = make_reader
        self._language = language
        self._key = key
        self._reader, self._process = make_reader(), os.getpid()

    def __call__(self, doc: Doc) -> Doc:
        """Find a document's attributions. Raises `WeightsError` where the model cannot be used."""
        page = page_of(doc) or _plain_page(doc.text, self._language)
        if page.text.strip():
            page = self._own_reader().attribute(page)
        annotate(doc, page, spans_key=self._key)
        return doc

    def __reduce__(self) -> tuple[type[AttributionFinder], tuple[object, ...]]:
        """Go to another process, or into a copy, without the model."""
        return type(self), (self._make_reader, self._language, self._key)

    def _own_reader(self) -> Reader:
        """A reader of this process: a fork's copy of a loaded model waits for threads forever."""
        if self._process != os.getpid():
            self._reader, self._process = self._make_reader(), os.getpid()
        return self._reader


@Language.factory(
    "onrecord",
    default_config=DEFAULTS,
    assigns=["doc.spans", "doc._.attributions", "doc._.speakers", "doc._.onrecord"],
)
def make_finder(
    nlp: Language,
    name: str,  # noqa: ARG001 - spaCy passes it
    *,
    min_confidence: float,
    speakers: bool,
    people: str | None,
    cues: str | None,
    language: str | None,
    threads: int | None,
    weights: str | None,
    spans_key: str,
) -> AttributionFinder:
    """Make the component from a pipeline's settings.

    ``min_confidence``, ``speakers``, ``people`` (a path to CSV) and ``cues`` (a path) are those of
    `onrecord.Options`, ``threads`` and ``weights`` (a path) those of `onrecord.Reader`.
    ``language`` is the documents', ``None`` the pipeline's own; with `DETECT` each document's is
    detected. ``spans_key`` names the group in ``doc.spans``.

    Raises `PeopleError` or `OptionsError` where a setting or a file cannot be used.
    """
    register()
    spoken = language or nlp.lang or DETECT
    if spoken not in (LANGUAGE, DETECT):
        warnings.warn(
            f"the documents' language is {spoken!r} and attributions are found in {LANGUAGE!r} "
            f"alone, so there will be none; set language to {LANGUAGE!r} to look for them all "
            f"the same, or to {DETECT!r} to detect each document's",
            stacklevel=2,
        )
    options = Options(
        attributing=AttributingOptions(min_confidence=min_confidence),
        resolving=ResolvingOptions(speakers=speakers, people=_path(people)),
        weighing=WeighingOptions(cues=_path(cues)),
    )
    make_reader = partial(Reader, options, weights=_path(weights), threads=threads)
    return AttributionFinder(make_reader, spoken, spans_key)


def _plain_page(text: str, language: str) -> Page:
    """A page of which ``text`` is the text, to the letter."""
    draft = read_plain(text)
    return Page(
        id=hashlib.sha256(text.encode()).hexdigest(),
        headline=draft.headline,
        language=language_of(text.strip(), None) if language == DETECT else language,
        text=text,
        paragraphs=draft.paragraphs,
        comments=draft.comments,
        warnings=draft.warnings,
    )


def _path(path: str | None) -> Path | None:
    return None if path is None else Path(path)

"""The one file that knows the order of the stages and what each requires.

::

    bytes → reading → page → attributing → attributions → resolving → speakers → weighing → page
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord.attributing import attribute
from onrecord.encoder.base import Encoder, Encoding
from onrecord.encoder.weights import PACKAGED
from onrecord.errors import InputError, SeveralPagesError
from onrecord.options import Options
from onrecord.reading import Document, Input, Notice, open_documents, read_document
from onrecord.records import Attribution, Page, Span, Speaker, Warning
from onrecord.resolving import Opinion, read_people, resolve
from onrecord.weighing import read_lexicon, weigh

LANGUAGE = "en"
"""The language that attributions are looked for in."""

LATER_WARNINGS = frozenset(["language-not-supported", "people-ambiguous"])
"""Codes of the warnings that the stages behind reading give."""

BYTES = "<bytes>"


class Outcome(NamedTuple):
    """What became of a page, or of what is none: exactly one of the three is there."""

    name: str
    page: Page | None = None
    error: InputError | None = None
    warning: Warning | None = None
    """What is to be known of an archive and belongs to none of its pages."""
    one_of_several: bool = False
    """Whether it came from an archive or JSONL, which can hold any number of pages."""


class Reader:
    """Reads pages: bytes in, records out.

    The model is loaded with the first page that needs it. A reader holds no state between
    pages, and may be shared by threads.
    """

    def __init__(
        self,
        options: Options = Options(),  # noqa: B008 - frozen
        *,
        weights: Path | None = None,
        encoder: Encoder | None = None,
        threads: int | None = None,
    ) -> None:
        """Make a reader.

        ``weights`` is a model's folder, the shipped one by default; ``encoder`` takes the
        place of any. ``threads`` run side by side in the model, all cores by default; the
        record does not hang on their number.

        Raises `PeopleError` or `OptionsError` where a file that the options name cannot be
        used.
        """
        self._options = options
        self._weights = weights
        self._encoder = encoder
        self._threads = threads or os.cpu_count() or 1
        people = options.resolving.people
        self._people = None if people is None else read_people(people)
        self._lexicon = read_lexicon(options.weighing.cues)

    def read(self, source: str | os.PathLike[str] | bytes) -> Page:
        """Read one page from a path or from its bytes.

        Raises `InputError` where the input cannot become a page, or is an archive or JSONL,
        for which there is `read_each`, and `WeightsError` where the model cannot be used.
        """
        if isinstance(source, bytes):
            one = Input(BYTES, None, source)
        else:
            one = Input(os.fspath(source), Path(source))
        with open_documents(one, self._options.reading) as opened:
            if opened.several:
                raise SeveralPagesError(
                    one.name,
                    "this is an archive or JSONL, which can hold any number of pages. "
                    "Read them with Reader.read_each, or with: onrecord read",
                )
            for found in opened.found:
                if isinstance(found, Document):
                    return self.attribute(self.parse(found))
        raise AssertionError("an input that is one page has one document")

    def read_each(self, inputs: Iterable[Input | InputError]) -> Iterator[Outcome]:
        """Read inputs one after the other, one page at a time in memory.

        An input that fails, or a page of an archive, does not stop the rest.
        """
        for one in inputs:
            if isinstance(one, InputError):
                yield Outcome(one.input, error=one)
                continue
            several = False
            try:
                with open_documents(one, self._options.reading) as opened:
                    several = opened.several
                    for found in opened.found:
                        yield self._outcome(found, several)
            except InputError as error:
                yield Outcome(one.name, error=error, one_of_several=several)

    def _outcome(self, found: Document | InputError | Notice, several: bool) -> Outcome:
        if isinstance(found, InputError):
            return Outcome(found.input, error=found, one_of_several=several)
        if isinstance(found, Notice):
            return Outcome(found.name, warning=found.warning, one_of_several=several)
        try:
            page = self.attribute(self.parse(found))
            return Outcome(found.name, page=page, one_of_several=several)
        except InputError as error:
            return Outcome(found.name, error=error, one_of_several=several)

    def parse(self, document: Document) -> Page:
        """A page with its text and comments, and nothing said of who says what.

        Raises `InputError` where the document cannot become a page.
        """
        return read_document(document, self._options.reading)

    def attribute(self, page: Page) -> Page:
        """The page with who says what, whatever it held of that before.

        Raises `WeightsError` where the model cannot be used.
        """
        page = _bare(page)
        if page.language not in (LANGUAGE, None):
            message = (
                f"the page's language is {page.language!r} and attributions are found in "
                f"{LANGUAGE!r} alone; --language {LANGUAGE} looks for them all the same"
            )
            return _warned(page, Warning(code="language-not-supported", message=message))
        listener = _Listener(self._model())
        found = attribute(page, listener, self._options.attributing)
        return self._resolve(page, found, listener.opinion)

    def resolve(self, page: Page, attributions: Sequence[Attribution]) -> Page:
        """The page with these attributions in place of its own, resolved and weighed."""
        listener = _Listener(self._model())
        attribute(page, listener)
        return self._resolve(page, attributions, listener.opinion)

    def _resolve(self, page: Page, attributions: Sequence[Attribution], opinion: Opinion) -> Page:
        speakers: tuple[Speaker, ...] = ()
        if looked := self._options.resolving.speakers:
            resolved = resolve(page, attributions, opinion, self._people)
            attributions, speakers = resolved.attributions, resolved.speakers
            page = _warned(page, *resolved.warnings)
        asked = speakers if looked else None
        weighed = weigh(page.text, attributions, asked, self._lexicon)
        return msgspec.structs.replace(page, attributions=weighed, speakers=speakers)

    def _model(self) -> Encoder:
        if self._encoder is None:
            # The model takes half a second, and a page that is not in English needs none.
            from onrecord.encoder.onnx import OnnxEncoder

            self._encoder = OnnxEncoder(
                self._weights or PACKAGED,
                threads=self._threads,
                mentions=self._options.resolving.speakers,
            )
        return self._encoder


def _bare(page: Page) -> Page:
    """The page as `Reader.parse` made it."""
    warnings = tuple(one for one in page.warnings if one.code not in LATER_WARNINGS)
    return msgspec.structs.replace(page, attributions=(), speakers=(), warnings=warnings)


def _warned(page: Page, *warnings: Warning) -> Page:
    return msgspec.structs.replace(page, warnings=(*page.warnings, *warnings))


class _Listener:
    """An encoder that keeps what it says of mentions, so that a page is read once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.opinion = Opinion()

    def encode(self, text: str, groups: Sequence[Sequence[Span]]) -> Encoding:
        encoding = self._encoder.encode(text, groups)
        self.opinion.hear(encoding)
        return encoding

"""Records as spaCy documents: spans, attributions, DocBin files. The extra ``spacy``.

::

    doc.spans["onrecord"]   a span for each stretch, label SOURCE, CUE or CONTENT, and the
                            attribution's number as its id
    doc._.attributions      a tuple of `DocAttribution`
    doc._.speakers          a tuple of `onrecord.Speaker`
    doc._.onrecord          the page's record

Importing this module makes the three attributes known to spaCy, also for documents that come
from a file. They are read from ``doc.user_data["onrecord"]``: the page's record without its text,
in types that msgpack knows, so that ``Doc.to_bytes`` and a DocBin with user data keep them.
"""

from __future__ import annotations

import errno
import re
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord import records
from onrecord.errors import ExtraMissingError, RecordError
from onrecord.records import Attribution, Page, Speaker

try:
    import spacy
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc, DocBin, Span, SpanGroup
except ImportError as error:
    raise ExtraMissingError("spacy", "spacy") from error

SPANS_KEY = "onrecord"
"""The group of ``doc.spans``, unless another is asked for."""

DATA_KEY = "onrecord"
"""Where ``doc.user_data`` has the record."""

PAGES = 1000
"""Pages in a DocBin file at most."""
CHARACTERS = 16_000_000
"""Characters of the pages in a file, about: what bounds the memory."""

_ANY_LANGUAGE = "xx"


class DocAttribution(NamedTuple):
    """Who says what, in tokens of a document."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: Speaker | None
    record: Attribution
    """The attribution as the record has it, with the characters where each stretch is."""
    exact: bool
    """Whether every span begins and ends where its stretch does.

    Where not, a token goes over the stretch's edge, and the span holds the whole token.
    """


def annotate(doc: Doc, page: Page, *, spans_key: str = SPANS_KEY) -> None:
    """Write a page's attributions into a document of the same text.

    What stood there of another reading is replaced. Raises `RecordError` where the texts differ.
    """
    if doc.text != page.text:
        raise RecordError(
            "the document's text is not the record's; make it from page.text, to the letter"
        )
    record = msgspec.to_builtins(msgspec.structs.replace(page, text=""))
    # The length tells whether a document that the data were copied to is still the same one.
    doc.user_data[DATA_KEY] = {"length": len(page.text), "page": record}
    spans = [
        span
        for one in page.attributions
        for role in ("source", "cue", "content")
        for span in _spans(doc, one, role)
    ]
    doc.spans[spans_key] = SpanGroup(doc, name=spans_key, spans=spans)


def page_of(doc: Doc) -> Page | None:
    """The record that was written into a document: what ``doc._.onrecord`` gives.

    ``None`` where there is none, or only that of the longer document that this one was cut from.
    Raises `RecordError` where another version of the program wrote it in another form.
    """
    data = doc.user_data.get(DATA_KEY)
    if data is None or data["length"] != len(doc.text):
        return None
    try:
        page = msgspec.convert(data["page"], Page)
    except msgspec.ValidationError as error:
        raise RecordError(f"not a record of schema {records.SCHEMA}: {error}") from error
    return msgspec.structs.replace(page, text=doc.text)


def attributions(doc: Doc) -> tuple[DocAttribution, ...]:
    """What ``doc._.attributions`` gives; no attribution where nobody has looked."""
    page = page_of(doc)
    if page is None:
        return ()
    known = {speaker.id: speaker for speaker in page.speakers}
    return tuple(_attribution(doc, one, known) for one in page.attributions)


def speakers(doc: Doc) -> tuple[Speaker, ...]:
    """What ``doc._.speakers`` gives: those that the sources stand for."""
    page = page_of(doc)
    return () if page is None else page.speakers


def write_docbins(pages: Iterable[Page], folder: Path, *, pages_per_file: int = PAGES) -> int:
    """Write pages as DocBin files to a folder that is new or empty; how many pages they were.

    Each page is tokenised by spaCy's rules for its language, or for any where spaCy has none.
    The files are ``part-00000.spacy`` and so on; each appears when it is complete. Raises
    `OSError` where the folder cannot be written, or holds something, and `RecordError` for a
    record that spaCy cannot hold.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(errno.EEXIST, "The folder is not empty; name a new one", str(folder))
    written = 0
    for number, part in enumerate(_parts(pages, pages_per_file)):
        path = folder / f"part-{number:05}.spacy"
        unfinished = path.with_name(f"{path.name}.part")
        try:
            part.to_disk(unfinished)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
        written += len(part)
    return written


def register() -> None:
    """Make the attributes known to spaCy. One that another package has taken stays its own.

    Then `attributions`, `speakers` and `page_of` give the same, and a warning says so.
    """
    for name, getter in _EXTENSIONS.items():
        held = Doc.get_extension(name)[2] if Doc.has_extension(name) else None
        if Doc.has_extension(name) and getattr(held, "__module__", None) != __name__:
            warnings.warn(
                f"doc._.{name} belongs to another package and stays so; "
                f"{__name__}.{getter.__name__}(doc) gives what Onrecord found",
                stacklevel=2,
            )
        else:
            Doc.set_extension(name, getter=getter, force=True)


_EXTENSIONS = {"attributions": attributions, "speakers": speakers, "onrecord": page_of}


def _spans(doc: Doc, one: Attribution, role: str) -> Iterator[Span]:
    """The tokens that a role's stretches touch."""
    for start, end in getattr(one, role):
        span = doc.char_span(
            start, end, label=role.upper(), span_id=str(one.id), alignment_mode="expand"
        )
        if span is not None:
            yield span


def _attribution(doc: Doc, one: Attribution, known: dict[int, Speaker]) -> DocAttribution:
    source, cue, content = (tuple(_spans(doc, one, role)) for role in ("source", "cue", "content"))
    spans = [(span.start_char, span.end_char) for span in source + cue + content]
    return DocAttribution(
        source=source,
        cue=cue,
        content=content,
        speaker=None if one.speaker is None else known.get(one.speaker),
        record=one,
        exact=spans == [*one.source, *one.cue, *one.content],
    )


def _parts(pages: Iterable[Page], most: int) -> Iterator[DocBin]:
    rest = iter(pages)
    for first in rest:
        yield _part(chain([first], rest), most)


def _part(pages: Iterable[Page], most: int) -> DocBin:
    """As many of the pages as one file holds."""
    # New ones for each part: a vocabulary keeps every word that it has met.
    tokenisers = cache(_tokeniser)
    part = DocBin(attrs=["ORTH"], store_user_data=True)
    characters = 0
    for page in pages:
        _add(page, part, tokenisers(page.language))
        characters += len(page.text)
        if len(part) >= most or characters >= CHARACTERS:
            break
    return part


def _add(page: Page, part: DocBin, tokeniser: Tokenizer) -> None:
    try:
        doc = tokeniser(page.text)
        annotate(doc, page)
        part.add(doc)
    except UnicodeEncodeError as error:
        raise RecordError(f"a record that spaCy cannot hold: {error}") from error


def _tokeniser(language: str | None) -> Tokenizer:
    """spaCy's rules for a language; those for any where it has none, or not their packages."""
    if language is not None and re.fullmatch(r"[a-z]{2,3}", language):
        try:
            return spacy.blank(language).tokenizer
        except ImportError:
            pass
    return spacy.blank(_ANY_LANGUAGE).tokenizer


register()

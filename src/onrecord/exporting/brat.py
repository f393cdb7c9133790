"""Records as a brat folder, to look at, correct, and train on.

::

    FOLDER/annotation.conf, visual.conf       what brat shows and offers
    FOLDER/text/NAME.txt, NAME.ann            a page's text and its attributions
    FOLDER/attributions/NAME_onrecord.ann     a link to the same, where corpora have them

Put the folder into brat's ``data`` and open ``text``. `onrecord.evaluation.corpus` reads the
folder as a corpus in PolNeAR's layout, with what was corrected in brat. An attribution is an
event with its source, cue and content as arguments, at most one each, in several pieces where
need be; kind, source type, cue class and negation are its attributes; a note on it has the
confidence and the speaker.

Offsets count code points. brat's browser side counts UTF-16, so that it draws what stands
behind an emoji too far left (https://github.com/nlplab/brat/issues/1115); the files are right.
"""

from __future__ import annotations

import errno
import hashlib
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

from onrecord.records import Attribution, AttributionKind, CueClass, Page, SourceType, Span

ANNOTATOR = "onrecord"
"""Whose annotations they are, by the file's name."""

_SLUG = 40
"""How many characters of a headline stand in a file's name."""
_HEXADECIMAL = re.compile(r"[0-9a-f]{64}")

_ATTRIBUTES = {
    "Kind": get_args(AttributionKind),
    "SourceType": get_args(SourceType),
    "CueClass": get_args(CueClass),
    "Negated": ("yes", "no"),
}
_ANNOTATION_CONF = """\
[entities]
Source
Cue
Content

[relations]
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]
Attribution\tSource?:Source, Cue?:Cue, Content:Content

[attributes]
""" + "".join(
    f"{name}\tArg:Attribution, Value:{'|'.join(values)}\n" for name, values in _ATTRIBUTES.items()
)
_VISUAL_CONF = """\
[labels]
Attribution | Attribution | Attr
SourceType | Source type
CueClass | Cue class

[drawing]
SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken
ARC_DEFAULT\tcolor:black, dashArray:-, arrowHead:triangle-5
Source\tbgColor:#9ecae1
Cue\tbgColor:#fdd0a2
Content\tbgColor:#c7e9c0
Attribution\tbgColor:#fdae6b
"""


def write_brat(pages: Iterable[Page], folder: Path) -> int:
    """Write pages to a folder that is new or empty; how many they were.

    A page that comes twice is written once. Raises `OSError` where the folder cannot be
    written, or holds something.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(errno.EEXIST, "The folder is not empty; name a new one", str(folder))
    (folder / "annotation.conf").write_text(_ANNOTATION_CONF, "utf-8", newline="\n")
    (folder / "visual.conf").write_text(_VISUAL_CONF, "utf-8", newline="\n")
    texts, corpus = folder / "text", folder / "attributions"
    texts.mkdir()
    corpus.mkdir()
    written = 0
    for page in pages:
        name = file_name(page)
        if (texts / f"{name}.txt").exists():
            continue
        annotations = texts / f"{name}.ann"
        annotations.write_bytes(annotation_text(page).encode())
        _link(corpus / f"{name}_{ANNOTATOR}.ann", annotations)
        # The text comes last: where it stands, the page is whole.
        (texts / f"{name}.txt").write_bytes(page.text.encode())
        written += 1
    return written


def annotation_text(page: Page) -> str:
    """A page's attributions in brat's standoff format: what an .ann file holds."""
    lines: list[str] = []
    numbers = {"T": 0, "E": 0, "A": 0, "#": 0}

    def line(kind: str, *parts: str) -> str:
        numbers[kind] += 1
        lines.append("\t".join([f"{kind}{numbers[kind]}", *parts]))
        return f"{kind}{numbers[kind]}"

    speakers = {one.id: one.name for one in page.speakers}
    for one in page.attributions:
        roles = [("Source", one.source), ("Cue", one.cue), ("Content", one.content)]
        found = {role: brat_spans(page.text, spans) for role, spans in roles}
        found = {role: spans for role, spans in found.items() if spans}
        if not found:
            continue
        # brat wants a stretch of text for the event itself; PolNeAR takes the cue's, too.
        trigger = found.get("Cue") or found.get("Content") or found["Source"]
        bounds = [
            f"{role}:{line('T', *_bound(page.text, role, spans))}"
            for role, spans in [("Attribution", trigger), *found.items()]
        ]
        event = line("E", " ".join(bounds))
        for attribute, value in _attributes(one):
            line("A", f"{attribute} {event} {value}")
        speaker = speakers.get(one.speaker) if one.speaker is not None else None
        line("#", f"AnnotatorNotes {event}", _note(one, speaker))
    return "".join(f"{one}\n" for one in lines)


def brat_spans(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans as brat can hold them: none goes over the end of a line.

    A line ends where `str.splitlines` ends one: brat reads its files so. White space at the
    pieces' ends falls away.
    """
    return tuple(piece for start, end in spans for piece in _pieces(text, start, end))


def file_name(page: Page) -> str:
    """What a page's files are called: its day, headline and id, where it has them.

    It has small letters, digits and hyphens alone, and is no beginning of another's. An id that
    is no SHA-256 in hexadecimal is replaced by its own.
    """
    known = page.id if _HEXADECIMAL.fullmatch(page.id) else _digest(page.id)
    day = re.match(r"\d{4}-\d{2}-\d{2}", page.published or "", re.ASCII)
    plain = unicodedata.normalize("NFKD", page.headline or "").encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))[:_SLUG].strip("-")
    return "-".join(part for part in (day and day[0], slug, known) if part)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    for line in text[start:end].splitlines(keepends=True):
        words = line.strip()
        if words:
            first = start + len(line) - len(line.lstrip())
            yield first, first + len(words)
        start += len(line)


def _bound(text: str, role: str, spans: tuple[Span, ...]) -> tuple[str, str]:
    places = ";".join(f"{start} {end}" for start, end in spans)
    return f"{role} {places}", " ".join(text[start:end] for start, end in spans)


def _attributes(one: Attribution) -> Iterator[tuple[str, str]]:
    yield "Kind", one.kind
    if one.source_type:
        yield "SourceType", one.source_type
    if one.cue_class:
        yield "CueClass", one.cue_class
    if one.negated is not None:
        yield "Negated", "yes" if one.negated else "no"


def _note(one: Attribution, speaker: str | None) -> str:
    note = f"confidence {one.confidence:.3f}"
    return f"{note}; speaker {' '.join(speaker.split())}" if speaker else note


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _link(link: Path, file: Path) -> None:
    """A link, so that what is corrected in brat is what is read; a copy where none can be."""
    try:
        link.symlink_to(Path("..", file.parent.name, file.name))
    except (OSError, NotImplementedError):
        shutil.copyfile(file, link)

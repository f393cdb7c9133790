"""Documents of GUM: CoNLL-U, with entities and coreference in the last column.

GUM (Zeldes 2017, "The GUM Corpus: creating multilayer resources in the classroom",
Language Resources and Evaluation 51). An entity is written as
``(GRP-etype-infstat-salience-centering-minspan-link-identity``, where the header names
the parts; ``GRP`` alone with a bracket closes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from onrecord.errors import CorpusError
from onrecord.records import Span

HEADER = "# global.Entity = "
PARTS = ("GRP", "etype", "minspan")

_ENTITY = re.compile(r"(?:^|\|)Entity=([^|]*)")
_BRACKET = re.compile(r"\(([^()]+)(\)?)|([^()]+)\)")


class Word(NamedTuple):
    """A word with its place in the text and in its sentence's tree."""

    start: int
    end: int
    tag: str
    """Universal part of speech."""
    relation: str
    """Universal dependency relation to its head."""
    head: int | None
    """Number of its head in the document, none for a root."""


class GumMention(NamedTuple):
    """Words ``first`` up to ``end`` refer to an entity."""

    first: int
    end: int
    core: tuple[int, ...]
    """The words that GUM holds for its least part, the head first."""
    entity: str
    kind: str
    """GUM's own: person, organization, place, ..."""


@dataclass(frozen=True, slots=True)
class GumDocument:
    """A text with its paragraphs, words and mentions, all in order."""

    name: str
    text: str
    paragraphs: tuple[Span, ...]
    words: tuple[Word, ...]
    mentions: tuple[GumMention, ...]


def read_gum(folder: Path) -> list[GumDocument]:
    """The documents of a folder, by name. Raises `CorpusError` where there are none."""
    paths = sorted(folder.glob("*.conllu"))
    if not paths:
        raise CorpusError(f"{folder} holds no documents of GUM (*.conllu).")
    return [read_document(path) for path in paths]


def read_document(path: Path) -> GumDocument:
    """One document. Raises `CorpusError` with the line at fault."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} cannot be read as UTF-8: {error}") from error
    reader = _Reader(path)
    for number, line in enumerate(lines, 1):
        try:
            reader.read(line.rstrip("\r"))
        except (ValueError, IndexError) as error:
            raise CorpusError(f"{path}, line {number}: {error}") from error
    return reader.document()


class _Reader:
    """What has been read of a document so far."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._names: list[str] = []
        self._text = ""
        self._paragraphs: list[Span] = []
        self._start = 0
        self._words: list[Word] = []
        self._sentence = 0  # its first word
        self._open: list[tuple[int, dict[str, str]]] = []
        self._mentions: list[GumMention] = []
        self._glued_until = 0  # the last word of a token such as "don't"
        self._glued_space = True
        self._space = False

    def read(self, line: str) -> None:
        if line.startswith(HEADER):
            self._names = line.removeprefix(HEADER).split("-")
        elif line.startswith("# newpar_block") or line == "# newpar":
            self._close_paragraph()
        elif not line:
            self._sentence = len(self._words)
        elif not line.startswith("#"):
            self._word(line.split("\t"))

    def document(self) -> GumDocument:
        self._close_paragraph()
        return GumDocument(
            name=self._path.stem,
            text=self._text,
            paragraphs=tuple(self._paragraphs),
            words=tuple(self._words),
            mentions=tuple(sorted(self._mentions, key=lambda one: (one.first, -one.end))),
        )

    def _close_paragraph(self) -> None:
        if len(self._text) > self._start:
            self._paragraphs.append((self._start, len(self._text)))
            self._text += "\n\n"
        self._start = len(self._text)
        self._space = False

    def _word(self, columns: Sequence[str]) -> None:
        number, form, *_, misc = columns
        space = "SpaceAfter=No" not in misc.split("|")
        if "-" in number:  # "1-2 don't": its words follow
            self._glued_until = int(number.split("-")[1])
            self._glued_space = space
            return
        if "." in number:  # a word that is left out
            return
        at = int(number)
        if at < self._glued_until:
            space = False
        elif at == self._glued_until:
            space, self._glued_until = self._glued_space, 0
        if self._space:
            self._text += " "
        start = len(self._text)
        self._text += form
        head = int(columns[6])
        self._words.append(
            Word(
                start,
                len(self._text),
                columns[3],
                columns[7],
                self._sentence + head - 1 if head else None,
            )
        )
        self._space = space
        found = _ENTITY.search(misc)
        if found:
            self._brackets(found[1])

    def _brackets(self, value: str) -> None:
        here = len(self._words) - 1
        for opening, closed, closing in _BRACKET.findall(value):
            if opening:
                fields = dict(zip(self._names, opening.split("-"), strict=False))
                if not all(part in fields for part in PARTS):
                    raise ValueError(f"{opening!r} does not have the parts of the header")
                self._open.append((here, fields))
            if closed or closing:
                self._close(fields["GRP"] if closed else closing)

    def _close(self, entity: str) -> None:
        at = next((i for i, (_, f) in _last(self._open) if f["GRP"] == entity), None)
        if at is None:
            raise ValueError(f"entity {entity!r} ends and never began")
        first, fields = self._open.pop(at)
        heads = [first + int(part) - 1 for part in fields["minspan"].split(",")]
        end = len(self._words)
        self._mentions.append(
            GumMention(first, end, self._core(heads, first, end), entity, fields["etype"])
        )

    def _core(self, heads: Sequence[int], first: int, end: int) -> tuple[int, ...]:
        inside = [head for head in heads if first <= head < end] or [end - 1]
        # The head hangs on a word outside; the others stay in order.
        return tuple(sorted(inside, key=lambda at: self._words[at].head in inside))


def _last(
    stack: Sequence[tuple[int, dict[str, str]]],
) -> Iterator[tuple[int, tuple[int, dict[str, str]]]]:
    return reversed(list(enumerate(stack)))

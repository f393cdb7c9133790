"""The texts that mentions and links are learned from, read once by the encoder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from onrecord.encoder.onnx import ENCODER_FILE, HIDDEN, TOKENIZER_FILE, graph_session
from onrecord.encoder.pieces import cut_pieces, edge_ids, open_tokenizer
from onrecord.encoder.weights import read_weights
from onrecord.encoder.windows import plan_groups
from onrecord.errors import CorpusError
from onrecord.evaluation.gap import read_gap
from onrecord.evaluation.gum import read_gum
from onrecord.records import Span
from onrecord.training.hidden import show_hidden
from onrecord.training.mention_data import Hidden, MentionText, gap_text, gum_text, news_text
from onrecord.training.silver import spacy_names

EVERY = 3
"""One news text in so many gives its opening again, as a headline is written."""

OPENING = 3
"""Paragraphs of it."""


class Looker:
    """Reads texts with the encoder of some weights and keeps what its layers hold."""

    def __init__(self, weights: Path) -> None:
        files = read_weights(weights)
        self._tokenizer = open_tokenizer(files[TOKENIZER_FILE])
        self._edges = edge_ids(self._tokenizer)
        graph = show_hidden(files[ENCODER_FILE])
        self._session = graph_session(graph, {"ids", "surfaces"}, (HIDDEN,))

    def __call__(self, text: str, paragraphs: Sequence[Span]) -> Hidden:
        pieces = cut_pieces(self._tokenizer, text, [paragraphs])
        windows = plan_groups(pieces.bounds.tolist(), [len(paragraphs)])
        read = []
        for start, _, end in windows:
            ids = np.pad(pieces.ids[start:end], 1, constant_values=self._edges)
            surfaces = np.pad(pieces.surfaces[start:end], 1)
            inputs = {"ids": ids[None], "surfaces": surfaces[None]}
            (hidden,) = self._session.run([HIDDEN], inputs)
            read.append(hidden[0, 1:-1].astype(np.float16))
        return Hidden(pieces, windows, np.concatenate(read))


def gum_texts(folder: Path, look: Looker) -> list[MentionText]:
    """GUM's documents. Raises `CorpusError`."""
    return [gum_text(document, look) for document in read_gum(folder)]


def gap_texts(path: Path, look: Looker) -> list[MentionText]:
    """GAP's examples, with spaCy's names. Raises `CorpusError` or `ExtraMissingError`."""
    examples = read_gap(path)
    names = spacy_names(example.text for example in examples)
    return [gap_text(one, look, found) for one, found in zip(examples, names, strict=True)]


def news_texts(folder: Path, look: Looker) -> list[MentionText]:
    """Texts ``text/*.txt`` with spaCy's names, some openings in capitals too.

    Raises `CorpusError` or `ExtraMissingError`.
    """
    paths = sorted((folder / "text").glob("*.txt"))
    if not paths:
        raise CorpusError(f"{folder} holds no texts (text/*.txt).")
    texts = [path.read_text(encoding="utf-8") for path in paths]
    out = []
    for number, (text, names) in enumerate(zip(texts, spacy_names(texts), strict=True)):
        paragraphs = line_spans(text)
        if not paragraphs:
            continue
        out.append(news_text(text, paragraphs, look, names))
        if number % EVERY == 0:
            opening = paragraphs[:OPENING]
            above = [name for name in names if name.end <= opening[-1][1]]
            heading = in_capitals(text) if number % (2 * EVERY) else in_title_case(text)
            out.append(news_text(heading, opening, look, above))
    return out


def line_spans(text: str) -> list[Span]:
    """The lines of a text that hold anything."""
    spans = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def in_capitals(text: str) -> str:
    """Capitals alone, character for character."""
    return "".join(_upper(letter) for letter in text)


def in_title_case(text: str) -> str:
    """A capital at the beginning of each word, character for character."""
    return "".join(
        _upper(letter) if not before.isalpha() and before not in "'’" else letter
        for before, letter in zip(" " + text, text, strict=False)
    )


def _upper(letter: str) -> str:
    return letter.upper() if len(letter.upper()) == 1 else letter

"""Text to word pieces: what the encoder reads, and where each piece stands.

The encoder's vocabulary is lower-cased and knows no paragraphs. Two additions give back
what that loses: a spare vocabulary piece after each paragraph, and a *surface* number for
each piece (letter case, inside or outside quotation marks) in place of BERT's token type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Tokenizer

from onrecord.encoder.quotation import Stretch, quoted_paragraphs
from onrecord.errors import WeightsAlteredError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from onrecord.records import Span

    Ints = NDArray[np.int64]

BREAK = "[unused0]"
"""The vocabulary piece that ends a paragraph."""

CASES = 3
"""No capital first, a capital first, all capitals (two letters and more)."""

SURFACES = 2 * CASES
"""The cases outside quotation marks, then the same inside."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a text, paragraph after paragraph.

    All arrays but ``bounds`` have one entry a piece. A break piece closes each paragraph;
    it starts and ends where the paragraph ends.
    """

    ids: Ints
    surfaces: Ints
    starts: Ints
    ends: Ints
    words: Ints
    """Number of the word that the piece belongs to, rising; a break is a word of its own."""
    bounds: Ints
    """First piece of each paragraph, then the number of all pieces."""


def cut_pieces(tokenizer: Tokenizer, text: str, groups: Sequence[Sequence[Span]]) -> Pieces:
    """Cut groups of paragraphs of a text into pieces.

    A group's paragraphs are spans of ``text`` in order; what lies between them is not
    read. Offsets in the result are characters of ``text``.
    """
    break_id = _special_id(tokenizer, BREAK)
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    words: list[int] = []
    surfaces: list[int] = []
    bounds = [0]
    word = 0
    paragraphs = [paragraph for group in groups for paragraph in group]
    read = [[text[start:end] for start, end in group] for group in groups]
    quoted = [one.stretches for group in read for one in quoted_paragraphs(group)]
    cuts = tokenizer.encode_batch(
        [one for group in read for one in group], add_special_tokens=False
    )
    for cut, (start, end), stretches in zip(cuts, paragraphs, quoted, strict=True):
        ids += [*cut.ids, break_id]
        offsets += [(start + a, start + b) for a, b in cut.offsets]
        offsets.append((end, end))
        local = [number or 0 for number in cut.word_ids]
        words += [word + number for number in local]
        word += local[-1] + 1 if local else 0
        words.append(word)
        word += 1
        surfaces += [*_surfaces(text[start:end], cut.offsets, local, stretches), 0]
        bounds.append(len(ids))
    starts, ends = zip(*offsets, strict=True) if offsets else ((), ())
    columns = (ids, surfaces, starts, ends, words, bounds)
    return Pieces(*(np.asarray(column, dtype=np.int64) for column in columns))


def open_tokenizer(data: bytes) -> Tokenizer:
    """The tokenizer in a ``tokenizer.json``. Raises `WeightsAlteredError` if it lacks a piece."""
    tokenizer = Tokenizer.from_str(data.decode("utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True  # "[SEP]" in a page is a word.
    _special_id(tokenizer, BREAK)
    return tokenizer


def edge_ids(tokenizer: Tokenizer) -> tuple[int, int]:
    """The ids of the pieces that open and close a window, in BERT's or RoBERTa's names."""
    # MPNet's vocabulary holds BERT's names too, as pieces that it was never trained on.
    bert = tokenizer.token_to_id("<s>") is None
    opening, closing = ("[CLS]", "[SEP]") if bert else ("<s>", "</s>")
    return _special_id(tokenizer, opening), _special_id(tokenizer, closing)


def _special_id(tokenizer: Tokenizer, piece: str) -> int:
    found = tokenizer.token_to_id(piece)
    if found is None:
        raise WeightsAlteredError(f"the vocabulary has no piece {piece!r}")
    return found


def _surfaces(
    paragraph: str,
    offsets: Sequence[tuple[int, int]],
    words: Sequence[int],
    quoted: Sequence[Stretch],
) -> list[int]:
    last_end = dict(zip(words, (end for _, end in offsets), strict=True))
    cases: dict[int, int] = {}
    for (start, _), word in zip(offsets, words, strict=True):
        if word not in cases:
            cases[word] = _case(paragraph[start : last_end[word]])
    if not quoted:
        return [cases[word] for word in words]
    at = [start for start, _ in offsets]
    opened = np.searchsorted([a for a, _ in quoted], at, side="right")
    closed = np.searchsorted([b for _, b in quoted], at, side="right")
    return [
        cases[word] + CASES * int(inside)
        for word, inside in zip(words, opened > closed, strict=True)
    ]


def _case(word: str) -> int:
    if not word[:1].isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1

"""A tiny encoder without a model, for tests: Onrecord's own and those of its users.

It knows one sentence form, ``Name said something.``, and gives the right tags to that.
Words with a capital are names of persons to it, and no mention is linked to another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from onrecord.encoder.base import CUE_ROLES, TAG_ROLES, CueReading, Encoding
from onrecord.encoder.mentions import MENTION_TAGS
from onrecord.encoder.pieces import BREAK, Pieces, cut_pieces
from onrecord.encoder.windows import SIZE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from onrecord.records import Span

    Floats = NDArray[np.float32]

SENTENCE = re.compile(
    r"(?P<source>[A-Z]\w*(?: [A-Z]\w*)*) (?P<cue>said|says|added):? "
    r"(?P<content>[^.\n]+(?:\.?[”\"])?)"
)

SURE, UNSURE = np.log(np.float32(0.9)), np.log(np.float32(0.01))


class FakeEncoder:
    """Reads ``Name said something.`` and nothing else.

    A cue is read together with the pieces up to a window before and after its sentence.
    """

    def __init__(self) -> None:
        vocabulary = {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, BREAK: 3}
        self._tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106
        self._tokenizer.normalizer = normalizers.BertNormalizer()
        self._tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()

    def encode(self, text: str, groups: Sequence[Sequence[Span]]) -> Encoding:
        """Tag every sentence of the known form."""
        paragraphs = [paragraph for group in groups for paragraph in group]
        pieces = cut_pieces(self._tokenizer, text, groups)
        found = [m for start, end in paragraphs for m in SENTENCE.finditer(text, start, end)]
        tags = _scores(len(pieces.ids), TAG_ROLES)
        for match in found:
            _mark(tags, pieces, match, TAG_ROLES)
        return Encoding(
            pieces=pieces,
            tags=tags,
            inner=_scores(len(pieces.ids), TAG_ROLES),
            read_cues=partial(_read_cues, pieces, {match.start("cue"): match for match in found}),
            mentions=_names(pieces, text),
        )


def _names(pieces: Pieces, text: str) -> Floats:
    """Runs of words with a capital in a paragraph as names of persons."""
    mentions = _scores(len(pieces.ids), MENTION_TAGS)
    before = False
    for at, (start, end) in enumerate(zip(pieces.starts, pieces.ends, strict=True)):
        capital = text[start:end][:1].isupper()
        if capital:
            mentions[at] = UNSURE
            mentions[at, 2 if before else 1] = SURE
        before = capital
    return mentions


def _read_cues(
    pieces: Pieces, found: Mapping[int, re.Match[str]], cues: Sequence[tuple[int, int]]
) -> list[CueReading]:
    readings = []
    for cue in cues:
        match = found.get(int(pieces.starts[cue[0]]))
        first, end = _inside(pieces, match.span()) if match else cue
        start, stop = max(first - SIZE, 0), min(end + SIZE, len(pieces.ids))
        scores = _scores(stop - start, CUE_ROLES)
        if match:
            _mark(scores, pieces, match, CUE_ROLES, start=start)
        readings.append(CueReading(start, scores))
    return readings


def _scores(length: int, roles: Sequence[object]) -> Floats:
    scores = np.full((length, 1 + 2 * len(roles)), UNSURE, dtype=np.float32)
    scores[:, 0] = SURE
    return scores


def _mark(
    scores: Floats, pieces: Pieces, match: re.Match[str], roles: Sequence[str], *, start: int = 0
) -> None:
    """Tag a sentence in the scores of the pieces from ``start`` on."""
    for number, role in enumerate(roles):
        first, end = _inside(pieces, match.span(role))
        inside = np.arange(first - start, end - start)
        scores[inside] = UNSURE
        scores[inside[:1], 2 * number + 1] = SURE
        scores[inside[1:], 2 * number + 2] = SURE


def _inside(pieces: Pieces, span: Span) -> tuple[int, int]:
    """The pieces in a stretch of characters: first piece and end."""
    first, end = pieces.ends.searchsorted(span[0], "right"), pieces.starts.searchsorted(span[1])
    return int(first), int(end)

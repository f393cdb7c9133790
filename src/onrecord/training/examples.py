"""A corpus as what the network learns from: windows of pieces with their labels.

A label is a distribution over tags, so that what a teacher thinks (`onrecord.training.soft`)
can stand beside what the annotator marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import torch

from onrecord.encoder.base import CUE_ROLES, TAG_ROLES, cue_distances
from onrecord.encoder.pieces import Pieces, cut_pieces
from onrecord.encoder.windows import SIZE, Window, plan_windows
from onrecord.errors import TrainingError
from onrecord.evaluation.corpus import containers

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer
    from torch import Tensor

    from onrecord.evaluation.corpus import Article, Roles
    from onrecord.records import Span
    from onrecord.training.soft import SoftLabels

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]

LIKE = 16
"""Windows whose lengths differ by less than this many pieces may share a batch."""

PARAGRAPH = re.compile(r"\S(?:.*\S)?")

_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class LabelledCue:
    """A cue, and what the pieces around it are to it."""

    first: int
    last: int
    """Its first and last piece."""
    start: int
    """The first piece with a label."""
    roles: Floats
    """Labels (pieces, 5) from ``start`` on; they reach as far as a window can."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """The pieces of an article with their labels (pieces, 7), and each cue with its roles."""

    pieces: Pieces
    tags: Floats
    inner: Floats
    cues: tuple[LabelledCue, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side, padded to the longest, and the cues in them.

    Labels are distributions; those of padding are all 0.
    """

    ids: Tensor
    surfaces: Tensor
    mask: Tensor
    tags: Tensor
    inner: Tensor
    cues: Tensor
    """Rows of window, first and last piece."""
    distance: Tensor
    """For each cue, how far each piece of its window is."""
    roles: Tensor
    """For each cue, the role of each piece of its window."""

    def to(self, device: torch.device) -> Batch:
        """The same on another device."""
        return Batch(*(getattr(self, one.name).to(device) for one in fields(self)))


def label_article(
    tokenizer: Tokenizer,
    article: Article,
    soft: SoftLabels | None = None,
    *,
    softness: float = 0.0,
) -> LabelledText:
    """Cut an article into pieces and label them with its attributions.

    ``softness`` is the share of a teacher's labels in those that the network learns.
    Raises `TrainingError` where they are labels of another text.
    """
    pieces = cut_article(tokenizer, article.text)
    within = containers(article.attributions)
    outer = [a for a, one in zip(article.attributions, within, strict=True) if one is None]
    inner = [  # of nested ones those of the first depth: a piece has one label
        a
        for a, one in zip(article.attributions, within, strict=True)
        if one is not None and within[one] is None
    ]
    tags = _one_hot(_labels(article.text, pieces, outer, TAG_ROLES), TAG_ROLES)
    cues = [_label_cue(article.text, pieces, a) for a in (*outer, *inner)]
    known = [cue for cue in cues if cue is not None]
    if soft is not None:
        if len(soft.tags) != len(tags):
            raise TrainingError(
                f"the soft labels of {article.name!r} are for {len(soft.tags)} pieces, and the "
                f"text has {len(tags)}. Write them again with: onrecord train teacher"
            )
        tags = (1 - softness) * tags + softness * soft.tags
        for cue in known:
            _soften(cue, soft, softness)
    return LabelledText(
        pieces=pieces,
        tags=tags,
        inner=_one_hot(_labels(article.text, pieces, inner, TAG_ROLES), TAG_ROLES),
        cues=tuple(known),
    )


def cut_article(tokenizer: Tokenizer, text: str) -> Pieces:
    """The pieces of an article's text, each line a paragraph."""
    return cut_pieces(tokenizer, text, [[found.span() for found in PARAGRAPH.finditer(text)]])


def cue_pieces(pieces: Pieces, cue: Sequence[Span]) -> tuple[int, int] | None:
    """First and last piece of a cue; None where it has none."""
    spots = [_covered(pieces, span) for span in cue]
    spots = [(first, end) for first, end in spots if first < end]
    if not spots:
        return None
    return min(a for a, _ in spots), max(b for _, b in spots) - 1


def batches(
    texts: Sequence[LabelledText], *, size: int, edges: tuple[int, int], seed: int
) -> Iterator[Batch]:
    """One epoch of batches of ``size`` windows, each text cut anew by ``seed``.

    ``edges`` are the ids of the pieces that open and close a window.
    """
    random = Random(seed)  # noqa: S311
    windows = []
    for text in texts:
        plan = plan_windows(text.pieces.bounds.tolist(), first=random.randint(SIZE // 4, SIZE))
        windows += [(text, window) for window in plan]
    random.shuffle(windows)
    windows.sort(key=lambda pair: (pair[1].end - pair[1].start) // LIKE)
    groups = [windows[i : i + size] for i in range(0, len(windows), size)]
    random.shuffle(groups)
    for group in groups:
        yield _batch(group, edges)


def _batch(group: Sequence[tuple[LabelledText, Window]], edges: tuple[int, int]) -> Batch:
    length = max(window.end - window.start for _, window in group) + len(edges)
    ids, surfaces, mask = (np.zeros((len(group), length), dtype=np.int64) for _ in range(3))
    kinds = 1 + 2 * len(TAG_ROLES)
    tags, inner = (np.zeros((len(group), length, kinds), dtype=np.float32) for _ in range(2))
    cues: list[tuple[int, int, int]] = []
    roles: list[Floats] = []
    for row, (text, (start, _, end)) in enumerate(group):
        inside = slice(1, end - start + 1)
        ids[row, : end - start + 2] = [edges[0], *text.pieces.ids[start:end], edges[1]]
        surfaces[row, inside] = text.pieces.surfaces[start:end]
        mask[row, : end - start + 2] = 1
        tags[row, inside] = text.tags[start:end]
        inner[row, inside] = text.inner[start:end]
        for cue in text.cues:
            if start <= cue.first and cue.last < end:
                cues.append((row, cue.first - start + 1, cue.last - start + 1))
                roles.append(np.zeros((length, cue.roles.shape[1]), dtype=np.float32))
                roles[-1][inside] = cue.roles[start - cue.start : end - cue.start]
    places = np.asarray(cues, dtype=np.int64).reshape(-1, 3)
    arrays = (
        ids,
        surfaces,
        mask,
        tags,
        inner,
        places,
        cue_distances(places[:, 1], places[:, 2], length),
        np.asarray(roles, dtype=np.float32).reshape(-1, length, 1 + 2 * len(CUE_ROLES)),
    )
    return Batch(*map(torch.from_numpy, arrays))


def _label_cue(text: str, pieces: Pieces, attribution: Roles) -> LabelledCue | None:
    place = cue_pieces(pieces, attribution.cue)
    if place is None:
        return None
    first, last = place
    if last - first >= SIZE:
        return None  # No window holds it.
    # A window that holds the cue reaches no further; padded, so that it can be cut anywhere.
    start, end = last - SIZE, first + SIZE + 1
    labels = np.zeros((end - start, 1 + 2 * len(CUE_ROLES)), dtype=np.float32)
    inside = slice(max(start, 0), min(end, len(pieces.ids)))
    seen = _one_hot(_labels(text, pieces, [attribution], CUE_ROLES)[inside], CUE_ROLES)
    labels[inside.start - start : inside.stop - start] = seen
    return LabelledCue(first, last, start, labels)


def _soften(cue: LabelledCue, soft: SoftLabels, softness: float) -> None:
    """Mix into a cue's labels what the teacher reads for it, where it has read it."""
    reading = soft.cues.get((cue.first, cue.last))
    if reading is None:
        return
    start, roles = reading
    first = max(start, cue.start)
    last = min(start + len(roles), cue.start + len(cue.roles))
    mine = cue.roles[first - cue.start : last - cue.start]
    mine *= 1 - softness
    mine += softness * roles[first - start : last - start]


def _labels(text: str, pieces: Pieces, attributions: Iterable[Roles], roles: Sequence[str]) -> Ints:
    """Tag of each piece: 0 outside, 2k + 1 begins role k, 2k + 2 goes on with it."""
    labels = np.zeros(len(pieces.ids), dtype=np.int64)
    for attribution in attributions:
        for number, role in enumerate(roles):
            for span in _joined(text, getattr(attribution, role)):
                first, end = _covered(pieces, span)
                labels[first:end] = 2 * number + 2
                labels[first : min(first + 1, end)] = 2 * number + 1
    return labels


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Spans with no word and no line's end between them are one, however they were marked.

    Some of PolNeAR's annotators marked each sentence of a quotation, others the whole.
    """
    out: list[Span] = []
    for start, end in sorted(spans):
        between = text[out[-1][1] : start] if out else ""
        if out and "\n" not in between and not _WORD.search(between):
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _one_hot(labels: Ints, roles: Sequence[str]) -> Floats:
    return np.eye(1 + 2 * len(roles), dtype=np.float32)[labels]


def _covered(pieces: Pieces, span: Span) -> tuple[int, int]:
    """First piece and end of the pieces that a span touches; empty where it touches none."""
    first = int(np.searchsorted(pieces.ends, span[0], side="right"))
    end = int(np.searchsorted(pieces.starts, span[1], side="left"))
    return first, max(first, end)

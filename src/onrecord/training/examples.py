"""A corpus as what the network learns from: windows of pieces with their labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import torch

from onrecord.encoder.base import CUE_ROLES, TAG_ROLES
from onrecord.encoder.pieces import Pieces, cut_pieces
from onrecord.encoder.windows import SIZE, Window, plan_windows

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer
    from torch import Tensor

    from onrecord.evaluation.corpus import Article, Roles
    from onrecord.records import Span

    Ints = NDArray[np.int64]

IGNORED = -100
"""The label that the loss passes over."""

LIKE = 16
"""Windows whose lengths differ by less than this many pieces may share a batch."""

_PARAGRAPH = re.compile(r"\S(?:.*\S)?")


@dataclass(frozen=True, slots=True)
class LabelledText:
    """The pieces of an article, their tags, and each cue with the roles seen from it."""

    pieces: Pieces
    tags: Ints
    cues: tuple[tuple[int, int, Ints], ...]
    """First and last piece of a cue, and the role of each piece of the text for it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side, padded to the longest, and the cues in them."""

    ids: Tensor
    surfaces: Tensor
    mask: Tensor
    tags: Tensor
    cues: Tensor
    """Rows of window, first and last piece."""
    roles: Tensor
    """For each cue, the role of each piece of its window."""


def label_article(tokenizer: Tokenizer, article: Article) -> LabelledText:
    """Cut an article into pieces and label them with its attributions."""
    paragraphs = [found.span() for found in _PARAGRAPH.finditer(article.text)]
    pieces = cut_pieces(tokenizer, article.text, paragraphs)
    tags = _labels(pieces, article.attributions, TAG_ROLES)
    cues = []
    for attribution in article.attributions:
        spots = [_covered(pieces, span) for span in attribution.cue]
        spots = [(first, end) for first, end in spots if first < end]
        if spots:
            first, last = min(a for a, _ in spots), max(b for _, b in spots) - 1
            cues.append((first, last, _labels(pieces, [attribution], CUE_ROLES)))
    return LabelledText(pieces, tags, tuple(cues))


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
    tags = np.full((len(group), length), IGNORED, dtype=np.int64)
    cues: list[tuple[int, int, int]] = []
    roles: list[Ints] = []
    for row, (text, (start, _, end)) in enumerate(group):
        inner = slice(1, end - start + 1)
        ids[row, : end - start + 2] = [edges[0], *text.pieces.ids[start:end], edges[1]]
        surfaces[row, inner] = text.pieces.surfaces[start:end]
        mask[row, : end - start + 2] = 1
        tags[row, inner] = text.tags[start:end]
        for first, last, labels in text.cues:
            if start <= first and last < end:
                cues.append((row, first - start + 1, last - start + 1))
                roles.append(np.full(length, IGNORED, dtype=np.int64))
                roles[-1][inner] = labels[start:end]
    return Batch(
        ids=torch.from_numpy(ids),
        surfaces=torch.from_numpy(surfaces),
        mask=torch.from_numpy(mask),
        tags=torch.from_numpy(tags),
        cues=torch.tensor(cues, dtype=torch.long).reshape(-1, 3),
        roles=torch.from_numpy(np.asarray(roles, dtype=np.int64).reshape(-1, length)),
    )


def _labels(pieces: Pieces, attributions: Iterable[Roles], roles: Sequence[str]) -> Ints:
    """Tag of each piece: 0 outside, 2k + 1 begins role k, 2k + 2 goes on with it."""
    labels = np.zeros(len(pieces.ids), dtype=np.int64)
    for attribution in attributions:
        for number, role in enumerate(roles):
            for span in getattr(attribution, role):
                first, end = _covered(pieces, span)
                labels[first:end] = 2 * number + 2
                labels[first : min(first + 1, end)] = 2 * number + 1
    return labels


def _covered(pieces: Pieces, span: Span) -> tuple[int, int]:
    """First piece and end of the pieces that a span touches; empty where it touches none."""
    first = int(np.searchsorted(pieces.ends, span[0], side="right"))
    end = int(np.searchsorted(pieces.starts, span[1], side="left"))
    return first, max(first, end)

"""A network in torch as an encoder: for scoring while training, and for teachers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from onrecord.encoder.base import CueReading, Encoding, cue_distances
from onrecord.encoder.mentions import outside
from onrecord.encoder.pieces import cut_pieces, edge_ids
from onrecord.encoder.windows import Window, owners, plan_groups, reading_windows

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer
    from torch import Tensor

    from onrecord.encoder.pieces import Pieces
    from onrecord.records import Span
    from onrecord.training.network import AttributionNetwork

    Floats = NDArray[np.float32]

TOGETHER = 32
"""Windows that are read at a time."""


class _Read(NamedTuple):
    hidden: Tensor
    tags: Floats
    inner: Floats


class TorchEncoder:
    """Reads as the shipped model does, with a network that has not been exported."""

    def __init__(self, network: AttributionNetwork, tokenizer: Tokenizer) -> None:
        self._network = network.eval()
        self._tokenizer = tokenizer
        self._edges = edge_ids(tokenizer)
        self._device = next(network.parameters()).device

    def encode(self, text: str, groups: Sequence[Sequence[Span]]) -> Encoding:
        """Read groups of paragraphs; see `onrecord.encoder.base.Encoder`."""
        pieces = cut_pieces(self._tokenizer, text, groups)
        windows = plan_groups(pieces.bounds.tolist(), [len(group) for group in groups])
        order = sorted(range(len(windows)), key=lambda i: windows[i].end - windows[i].start)
        reads: dict[int, _Read] = {}
        for at in range(0, len(order), TOGETHER):
            some = order[at : at + TOGETHER]
            reads.update(zip(some, self._read(pieces, [windows[i] for i in some]), strict=True))
        tags, inner = (
            np.zeros((len(pieces.ids), self._network.tags.out_features), dtype=np.float32)
            for _ in range(2)
        )
        for number, window in enumerate(windows):
            own = slice(window.own - window.start, None)
            tags[window.own : window.end] = reads[number].tags[own]
            inner[window.own : window.end] = reads[number].inner[own]
        return Encoding(
            pieces=pieces,
            tags=tags,
            inner=inner,
            read_cues=partial(self._read_cues, windows, reads),
            mentions=outside(len(pieces.ids)),  # It has no heads for them.
        )

    def _read(self, pieces: Pieces, windows: Sequence[Window]) -> list[_Read]:
        length = max(window.end - window.start for window in windows) + 2
        ids, surfaces, mask = (np.zeros((len(windows), length), dtype=np.int64) for _ in range(3))
        for row, (start, _, end) in enumerate(windows):
            ids[row, : end - start + 2] = [self._edges[0], *pieces.ids[start:end], self._edges[1]]
            surfaces[row, 1 : end - start + 1] = pieces.surfaces[start:end]
            mask[row, : end - start + 2] = 1
        with torch.no_grad(), torch.autocast(self._device.type, dtype=torch.bfloat16):
            inputs = (torch.from_numpy(a).to(self._device) for a in (ids, surfaces, mask))
            hidden = self._network(*inputs)
            tags, inner = self._network.tags(hidden), self._network.inner(hidden)
        reads = []
        for row, (start, _, end) in enumerate(windows):
            inside = slice(1, end - start + 1)
            reads.append(
                _Read(hidden[row, inside], _scores(tags[row, inside]), _scores(inner[row, inside]))
            )
        return reads

    def _read_cues(
        self,
        windows: Sequence[Window],
        reads: dict[int, _Read],
        cues: Sequence[tuple[int, int]],
    ) -> list[CueReading]:
        found: list[list[Floats]] = [[] for _ in cues]
        firsts = [first for first, _ in cues]
        for number, here in reading_windows(windows, firsts).items():
            window, hidden = windows[number], reads[number].hidden
            first = np.asarray([cues[i][0] for i in here]) - window.start
            last = np.asarray([min(cues[i][1], window.end) for i in here]) - window.start - 1
            rows = np.stack([np.zeros_like(first), first, last], axis=1)
            with torch.no_grad(), torch.autocast(self._device.type, dtype=torch.bfloat16):
                roles = self._network.read_cues(
                    hidden[None],
                    torch.from_numpy(rows).to(self._device),
                    torch.from_numpy(cue_distances(first, last, len(hidden))).to(self._device),
                )
            for i, raw in zip(here, roles, strict=True):
                scores = _scores(raw)
                found[i].append(scores if not found[i] else scores[window.own - window.start :])
        return [
            CueReading(windows[owner].start, np.concatenate(scores))
            for owner, scores in zip(owners(windows, firsts), found, strict=True)
        ]


def _scores(raw: Tensor) -> Floats:
    out: Floats = raw.float().log_softmax(-1).cpu().numpy()
    return out

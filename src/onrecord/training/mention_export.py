"""From trained heads to a whole folder of weights that finds mentions too."""

from __future__ import annotations

import tempfile
from pathlib import Path

import torch
from torch import Tensor, nn

from onrecord.encoder.onnx import (
    CUES_FILE,
    ENCODER_FILE,
    FILES,
    HIDDEN,
    LINKS_FILE,
    MENTIONS_FILE,
    TOKENIZER_FILE,
)
from onrecord.encoder.weights import read_manifest, read_weights, write_manifest
from onrecord.training.export import quantise_graph, write_graph
from onrecord.training.hidden import show_hidden
from onrecord.training.mention_network import LINK, MentionNetwork

FLOAT = ("/tags/", "/vectors/")
"""Small layers that stay in float."""


def export_mentions(
    network: MentionNetwork, weights: Path, out: Path, *, name: str, quantise: bool = True
) -> None:
    """Write weights into ``out``: those of ``weights``, and the heads beside them.

    The files that find attributions are the same but for the encoder's outputs, and so is
    the calibration.
    """
    before = read_weights(weights)
    calibration = read_manifest(weights).calibration
    out.mkdir(parents=True, exist_ok=True)
    (out / ENCODER_FILE).write_bytes(show_hidden(before[ENCODER_FILE]))
    for file in (CUES_FILE, TOKENIZER_FILE):
        (out / file).write_bytes(before[file])
    network = network.eval()
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / MENTIONS_FILE
        _write_mentions(network, plain)
        if quantise:
            quantise_graph(plain, out / MENTIONS_FILE, keep=FLOAT)
        else:
            (out / MENTIONS_FILE).write_bytes(plain.read_bytes())
    _write_links(network, out / LINKS_FILE)
    write_manifest(out, name, list(FILES), calibration)


class _MentionsGraph(nn.Module):
    def __init__(self, network: MentionNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, hidden: Tensor, surfaces: Tensor) -> tuple[Tensor, Tensor]:
        tags, vectors = self.network(hidden[None], surfaces[None])
        return tags[0].log_softmax(-1), vectors[0]


class _LinksGraph(nn.Module):
    def __init__(self, network: MentionNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, anaphor: Tensor, antecedent: Tensor, distance: Tensor) -> Tensor:
        return self.network.score_links(anaphor, antecedent, distance)


def _write_mentions(network: MentionNetwork, path: Path) -> None:
    sample = (torch.zeros(12, network.enter.in_features), torch.zeros(12, dtype=torch.long))
    write_graph(
        _MentionsGraph(network),
        sample,
        path,
        inputs={name: {0: "pieces"} for name in (HIDDEN, "surfaces")},
        outputs={"mentions": {0: "pieces"}, "links": {0: "pieces"}},
    )


def _write_links(network: MentionNetwork, path: Path) -> None:
    sample = (torch.zeros(3, LINK), torch.zeros(3, LINK), torch.zeros(3, dtype=torch.long))
    write_graph(
        _LinksGraph(network),
        sample,
        path,
        inputs={name: {0: "pairs"} for name in ("anaphor", "antecedent", "distance")},
        outputs={"scores": {0: "pairs"}},
    )

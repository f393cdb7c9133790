"""From a trained network to the files that the package ships: two ONNX graphs, in int8."""

from __future__ import annotations

import logging
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from onrecord.encoder.onnx import ATTRIBUTION_FILES, CUES_FILE, ENCODER_FILE, TOKENIZER_FILE
from onrecord.encoder.weights import write_manifest
from onrecord.training.network import WIDTH, AttributionNetwork

OPSET = 17

HEADS = ("/tags/", "/inner/", "/piece/", "/cue_first/", "/cue_last/")
"""Small layers that stay in float: they cost little time and decide the answer."""


def export(
    network: AttributionNetwork, tokenizer: Path, out: Path, *, name: str, quantise: bool = True
) -> None:
    """Write a network's graphs, tokenizer and manifest into the folder ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    network = network.eval()
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / ENCODER_FILE
        _write_encoder(network, plain, quantise=quantise)
        if quantise:
            quantise_graph(plain, out / ENCODER_FILE, keep=HEADS)
        else:
            shutil.copyfile(plain, out / ENCODER_FILE)
    _write_cues(network, out / CUES_FILE)
    shutil.copyfile(tokenizer, out / TOKENIZER_FILE)
    write_manifest(out, name, list(ATTRIBUTION_FILES))


class _RowQuantised(nn.Module):
    """An embedding table in int8 with a scale a row.

    The vocabulary is half of the model's size. One scale for the whole table, as
    onnxruntime's own quantisation takes, is coarser.
    """

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        scale = table.weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rows", (table.weight.detach() / scale).round().to(torch.int8))

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].float() * self.scale[ids]


class _EncoderGraph(nn.Module):
    def __init__(self, network: AttributionNetwork, *, quantise: bool) -> None:
        super().__init__()
        self.network = network
        self.words = _RowQuantised(network.words) if quantise else network.words

    def forward(self, ids: Tensor, surfaces: Tensor) -> tuple[Tensor, ...]:
        network = self.network
        hidden = network.encode(self.words(ids), surfaces)
        tags = [head(hidden).log_softmax(-1) for head in (network.tags, network.inner)]
        heads = (network.piece, network.cue_first, network.cue_last)
        return *tags, *(head(hidden) for head in heads)


class _CuesGraph(nn.Module):
    def __init__(self, network: AttributionNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, piece: Tensor, cue: Tensor, distance: Tensor) -> Tensor:
        return self.network.score_roles(piece[None], cue, distance).log_softmax(-1)


def _write_encoder(network: AttributionNetwork, path: Path, *, quantise: bool) -> None:
    ids = torch.zeros((1, 12), dtype=torch.long)
    write_graph(
        _EncoderGraph(network, quantise=quantise),
        (ids, ids),
        path,
        inputs={"ids": {1: "pieces"}, "surfaces": {1: "pieces"}},
        outputs={
            name: {1: "pieces"} for name in ("tags", "inner", "piece", "cue_first", "cue_last")
        },
    )


def _write_cues(network: AttributionNetwork, path: Path) -> None:
    sample = (torch.zeros(12, WIDTH), torch.zeros(3, WIDTH), torch.zeros((3, 12), dtype=torch.long))
    write_graph(
        _CuesGraph(network),
        sample,
        path,
        inputs={"piece": {0: "pieces"}, "cue": {0: "cues"}, "distance": {0: "cues", 1: "pieces"}},
        outputs={"roles": {0: "cues", 1: "pieces"}},
    )


def write_graph(
    module: nn.Module,
    sample: tuple[Tensor, ...],
    path: Path,
    *,
    inputs: dict[str, dict[int, str]],
    outputs: dict[str, dict[int, str]],
) -> None:
    """Write a module as an ONNX graph; the names of inputs and outputs have their free axes."""
    with warnings.catch_warnings():
        # The exporter through TorchScript is deprecated, but it is the one that was measured
        # (baselines.md), and the new one needs one more package.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", torch.jit.TracerWarning)
        torch.onnx.export(
            module.eval(),
            sample,
            str(path),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={**inputs, **outputs},
            opset_version=OPSET,
            dynamo=False,
        )


def quantise_graph(plain: Path, out: Path, *, keep: Sequence[str]) -> None:
    """Weights of matrix products to int8, a scale a column, activations at run time.

    Nodes with one of the names ``keep`` in theirs stay in float.

    In 7 bits (``reduce_range``): on processors without VNNI, products of 8 bits overflow
    their 16-bit sums, and the same page would get another answer there. On dev this costs
    nothing (docs/model.md).
    """
    graph = onnx.load(plain).graph
    heads = [node.name for node in graph.node if any(name in node.name for name in keep)]
    logging.disable(logging.WARNING)  # It logs advice for other kinds of models.
    try:
        quantize_dynamic(
            plain,
            out,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=heads,
            reduce_range=True,
        )
    finally:
        logging.disable(logging.NOTSET)

"""The encoder's graph with some of its layers as one more output; nothing else changes.

Their numbers are what the graph works with anyway, so that its other outputs stay as they
were to the last bit.
"""

from __future__ import annotations

import re

import onnx
from onnx import TensorProto, helper

from onrecord.encoder.onnx import HIDDEN
from onrecord.errors import TrainingError

_LAYER = re.compile(r"layer\.(\d+)/output/LayerNorm/")


def show_hidden(encoder: bytes) -> bytes:
    """An encoder's graph that also gives out its first, middle and last layer, side by side.

    A graph that does so already is taken as it is. Raises `TrainingError` where it has no
    such layers.
    """
    model = onnx.load_from_string(encoder)
    graph = model.graph
    if HIDDEN in {one.name for one in graph.output}:
        return encoder
    ends = {}
    for node in graph.node:
        found = _LAYER.search(node.name)
        if found and node.op_type == "LayerNormalization":
            ends[int(found[1])] = node.output[0]
    if not ends:
        raise TrainingError("the encoder's graph has no layers that can be told by their names.")
    shown = [ends[at] for at in (0, len(ends) // 2, len(ends) - 1)]
    graph.node.append(helper.make_node("Concat", shown, [HIDDEN], name="/hidden/Concat", axis=-1))
    shape = [1, "pieces", "layers"]
    graph.output.append(helper.make_tensor_value_info(HIDDEN, TensorProto.FLOAT, shape))
    out: bytes = model.SerializeToString()
    return out

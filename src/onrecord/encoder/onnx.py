"""The shipped model, run by onnxruntime; no other module runs it.

Two graphs: ``encoder.onnx`` (int8) reads a window, ``cues.onnx`` reads what came out of it
again for each cue. Each window is run on its own. Dynamic quantisation takes its scale
from the whole input, so that in a batch a window's answer would hang on its neighbours;
alone, it is the same whatever the batch and the number of threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

from onrecord.encoder.base import TAG_ROLES, CueReading, Encoding, cue_distances
from onrecord.encoder.pieces import Pieces, cut_pieces, edge_ids, open_tokenizer
from onrecord.encoder.weights import NEXT_STEP, PACKAGED, read_manifest, read_weights
from onrecord.encoder.windows import Window, owners, plan_groups, reading_windows
from onrecord.errors import WeightsAlteredError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from onrecord.records import Span

    Floats = NDArray[np.float32]

ENCODER_FILE = "encoder.onnx"
CUES_FILE = "cues.onnx"
TOKENIZER_FILE = "tokenizer.json"
FILES = (ENCODER_FILE, CUES_FILE, TOKENIZER_FILE)

Read = tuple["Floats", "Floats", "Floats", "Floats", "Floats"]
"""A window's tag scores, nested ones, and the pieces, cue beginnings and cue ends of the
per-cue head."""


class OnnxEncoder:
    """The model in a folder, ready to read."""

    def __init__(self, folder: Path = PACKAGED, *, threads: int = 1) -> None:
        """Load and verify the model.

        Raises `WeightsError` where a file is missing or altered.
        """
        files = read_weights(folder)
        try:
            self._encoder = _session(files[ENCODER_FILE], inputs={"ids", "surfaces"})
            self._cues = _session(files[CUES_FILE], inputs={"piece", "cue", "distance"})
            self._tokenizer = open_tokenizer(files[TOKENIZER_FILE])
            self._edges = edge_ids(self._tokenizer)
        except Exception as error:  # onnxruntime and tokenizers raise many kinds of their own
            raise WeightsAlteredError(
                f"the model at {folder} does not load: {error}. {NEXT_STEP}"
            ) from error
        self._threads = threads
        self._calibration = read_manifest(folder).calibration

    def encode(self, text: str, groups: Sequence[Sequence[Span]]) -> Encoding:
        """Read groups of paragraphs; see `onrecord.encoder.base.Encoder`."""
        pieces = cut_pieces(self._tokenizer, text, groups)
        windows = plan_groups(pieces.bounds.tolist(), [len(group) for group in groups])
        with ThreadPoolExecutor(self._threads) as pool:
            reads = list(pool.map(partial(self._read, pieces), windows))
        owned = list(zip(reads, windows, strict=True))
        tags, inner = (
            np.concatenate(
                [np.zeros((0, 1 + 2 * len(TAG_ROLES)), dtype=np.float32)]
                + [read[head][window.own - window.start :] for read, window in owned]
            )
            for head in (0, 1)
        )
        return Encoding(
            pieces=pieces,
            tags=tags,
            inner=inner,
            read_cues=partial(self._read_cues, windows, reads),
            calibration=self._calibration,
        )

    def _read(self, pieces: Pieces, window: Window) -> Read:
        start, _, end = window
        opening, closing = self._edges
        ids = np.pad(pieces.ids[start:end], 1, constant_values=(opening, closing))
        surfaces = np.pad(pieces.surfaces[start:end], 1)
        out = self._encoder.run(None, {"ids": ids[None], "surfaces": surfaces[None]})
        return tuple(array[0, 1:-1] for array in out)

    def _read_cues(
        self, windows: Sequence[Window], reads: Sequence[Read], cues: Sequence[tuple[int, int]]
    ) -> list[CueReading]:
        found: list[list[Floats]] = [[] for _ in cues]
        firsts = [first for first, _ in cues]
        for number, here in reading_windows(windows, firsts).items():
            window, (_, _, piece, begins, ends) = windows[number], reads[number]
            first = np.asarray([cues[i][0] for i in here]) - window.start
            last = np.asarray([min(cues[i][1], window.end) for i in here]) - window.start - 1
            (scores,) = self._cues.run(
                None,
                {
                    "piece": piece,
                    "cue": begins[first] + ends[last],
                    "distance": cue_distances(first, last, len(piece)),
                },
            )
            for i, score in zip(here, scores, strict=True):
                found[i].append(score if not found[i] else score[window.own - window.start :])
        return [
            CueReading(windows[owner].start, np.concatenate(scores))
            for owner, scores in zip(owners(windows, firsts), found, strict=True)
        ]


def _session(model: bytes, *, inputs: set[str]) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # Windows run side by side instead.
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    found = {one.name for one in session.get_inputs()}
    if found != inputs:
        raise ValueError(f"a graph takes {sorted(found)} instead of {sorted(inputs)}")
    return session

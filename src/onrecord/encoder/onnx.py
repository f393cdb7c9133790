"""The shipped model, run by onnxruntime; no other module runs it.

``encoder.onnx`` (int8) reads a window, ``cues.onnx`` reads what came out of it again for
each cue. ``mentions.onnx`` (int8) goes on from two of the encoder's layers and finds names
and descriptions, ``links.onnx`` says of two mentions how likely they are the same; weights
without these two find attributions alone. Each window is run on its own. Dynamic
quantisation takes its scale from the whole input, so that in a batch a window's answer
would hang on its neighbours; alone, it is the same whatever the batch and the number of
threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import onnxruntime

from onrecord.encoder.base import TAG_ROLES, CueReading, Encoding, cue_distances
from onrecord.encoder.mentions import MENTION_TAGS, MentionSpan, link_distances, no_links, outside
from onrecord.encoder.pieces import Pieces, cut_pieces, edge_ids, open_tokenizer
from onrecord.encoder.weights import NEXT_STEP, PACKAGED, read_manifest, read_weights
from onrecord.encoder.windows import Window, owners, plan_groups, reading_windows
from onrecord.errors import WeightsAlteredError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from onrecord.records import Span

    Floats = NDArray[np.float32]
    Halves = NDArray[np.float16]
    Ints = NDArray[np.int64]

ENCODER_FILE = "encoder.onnx"
CUES_FILE = "cues.onnx"
TOKENIZER_FILE = "tokenizer.json"
MENTIONS_FILE = "mentions.onnx"
LINKS_FILE = "links.onnx"
ATTRIBUTION_FILES = (ENCODER_FILE, CUES_FILE, TOKENIZER_FILE)
MENTION_FILES = (MENTIONS_FILE, LINKS_FILE)
"""What weights that find mentions hold besides."""
FILES = ATTRIBUTION_FILES + MENTION_FILES

PAIRS = 4096
"""Pairs of mentions that are scored at a time."""

HEADS = ("tags", "inner", "piece", "cue_first", "cue_last")
HIDDEN = "hidden"
"""What the encoder's graph gives out besides where `MENTIONS_FILE` goes on from it."""


class Read(NamedTuple):
    """What came out of a window."""

    tags: Floats
    inner: Floats
    piece: Floats
    """The pieces, cue beginnings and cue ends of the per-cue head."""
    cue_first: Floats
    cue_last: Floats
    mentions: Floats
    links: Halves
    """Vectors of which two make a link's score; halves, for a long page holds many."""


class OnnxEncoder:
    """The model in a folder, ready to read."""

    def __init__(self, folder: Path = PACKAGED, *, threads: int = 1, mentions: bool = True) -> None:
        """Load and verify the model; without ``mentions`` it looks for attributions alone.

        Raises `WeightsError` where a file is missing or altered.
        """
        files = read_weights(folder)
        mentions = mentions and any(file in files for file in MENTION_FILES)
        outputs = (*HEADS, HIDDEN) if mentions else HEADS
        try:
            self._encoder = graph_session(files[ENCODER_FILE], {"ids", "surfaces"}, outputs)
            self._cues = graph_session(files[CUES_FILE], {"piece", "cue", "distance"})
            self._mentions = self._links = None
            if mentions:
                self._mentions = graph_session(files[MENTIONS_FILE], {HIDDEN, "surfaces"})
                pairs = {"anaphor", "antecedent", "distance"}
                self._links = graph_session(files[LINKS_FILE], pairs)
            self._tokenizer = open_tokenizer(files[TOKENIZER_FILE])
            self._edges = edge_ids(self._tokenizer)
        except Exception as error:  # onnxruntime and tokenizers raise many kinds of their own
            raise WeightsAlteredError(
                f"the model at {folder} does not load: {error}. {NEXT_STEP}"
            ) from error
        self._outputs = outputs
        self._threads = threads
        self._calibration = read_manifest(folder).calibration

    def encode(self, text: str, groups: Sequence[Sequence[Span]]) -> Encoding:
        """Read groups of paragraphs; see `onrecord.encoder.base.Encoder`."""
        pieces = cut_pieces(self._tokenizer, text, groups)
        windows = plan_groups(pieces.bounds.tolist(), [len(group) for group in groups])
        with ThreadPoolExecutor(self._threads) as pool:
            reads = list(pool.map(partial(self._read, pieces), windows))
        tags, inner = (
            _own([getattr(read, head) for read in reads], windows, 1 + 2 * len(TAG_ROLES))
            for head in ("tags", "inner")
        )
        return Encoding(
            pieces=pieces,
            tags=tags,
            inner=inner,
            read_cues=partial(self._read_cues, windows, reads),
            calibration=self._calibration,
            mentions=_own([read.mentions for read in reads], windows, 1 + 2 * len(MENTION_TAGS)),
            link_scores=partial(self._link_scores, pieces, windows, reads),
        )

    def _read(self, pieces: Pieces, window: Window) -> Read:
        start, _, end = window
        opening, closing = self._edges
        ids = np.pad(pieces.ids[start:end], 1, constant_values=(opening, closing))
        surfaces = np.pad(pieces.surfaces[start:end], 1)
        out = self._encoder.run(self._outputs, {"ids": ids[None], "surfaces": surfaces[None]})
        tags, inner, piece, cue_first, cue_last, *hidden = (array[0, 1:-1] for array in out)
        mentions, links = outside(end - start), np.zeros((end - start, 0), dtype=np.float32)
        if self._mentions is not None:
            inputs = {HIDDEN: hidden[0], "surfaces": pieces.surfaces[start:end]}
            mentions, links = self._mentions.run(None, inputs)
        return Read(tags, inner, piece, cue_first, cue_last, mentions, links.astype(np.float16))

    def _link_scores(
        self,
        pieces: Pieces,
        windows: Sequence[Window],
        reads: Sequence[Read],
        anaphors: Sequence[MentionSpan],
        antecedents: Sequence[Sequence[MentionSpan]],
    ) -> list[Floats]:
        sizes = [len(some) for _, some in zip(anaphors, antecedents, strict=True)]
        if self._links is None or not any(sizes):
            return no_links(anaphors, antecedents)
        which = np.repeat(np.arange(len(sizes)), sizes)
        one, every = _spans(anaphors), _spans([span for some in antecedents for span in some])
        other, again = np.unique(every, axis=0, return_inverse=True)
        again = again.reshape(-1)  # numpy 2.0 gives it another axis
        vectors = _link_vectors(windows, reads, one, 0), _link_vectors(windows, reads, other, 2)
        scores = np.zeros(len(which), dtype=np.float32)
        for at in range(0, len(which), PAIRS):
            here, there = which[at : at + PAIRS], again[at : at + PAIRS]
            inputs = {
                "anaphor": vectors[0][here],
                "antecedent": vectors[1][there],
                "distance": link_distances(pieces, one[here, 0], other[there, 0]),
            }
            (scores[at : at + PAIRS],) = self._links.run(None, inputs)
        return np.split(scores, np.cumsum(sizes)[:-1])

    def _read_cues(
        self, windows: Sequence[Window], reads: Sequence[Read], cues: Sequence[tuple[int, int]]
    ) -> list[CueReading]:
        found: list[list[Floats]] = [[] for _ in cues]
        firsts = [first for first, _ in cues]
        for number, here in reading_windows(windows, firsts).items():
            window, (_, _, piece, begins, ends, *_) = windows[number], reads[number]
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


def _own(arrays: Sequence[Floats], windows: Sequence[Window], columns: int) -> Floats:
    """One row a piece, from the window that owns it."""
    read = zip(arrays, windows, strict=True)
    own = [array[window.own - window.start :] for array, window in read]
    return np.concatenate([np.zeros((0, columns), dtype=np.float32), *own])


def _spans(spans: Sequence[MentionSpan]) -> Ints:
    return np.asarray(spans, dtype=np.int64).reshape(-1, 2)


def _link_vectors(
    windows: Sequence[Window], reads: Sequence[Read], spans: Ints, part: int
) -> Floats:
    """Parts ``part`` of mentions' first pieces and ``part + 1`` of their last ones, summed."""
    out = np.zeros((len(spans), reads[0].links.shape[1] // 4), dtype=np.float32)
    wide = out.shape[1]
    for at, places in enumerate((spans[:, 0], spans[:, 1] - 1)):
        columns = slice((part + at) * wide, (part + at + 1) * wide)
        numbers = np.asarray(owners(windows, places.tolist()), dtype=np.int64)
        for number in np.unique(numbers):
            mine = numbers == number
            out[mine] += reads[number].links[places[mine] - windows[number].start, columns]
    return out


def graph_session(
    model: bytes, inputs: set[str], outputs: Sequence[str] = ()
) -> onnxruntime.InferenceSession:
    """A graph ready to run on one thread. Raises `ValueError` where it is another one."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # Windows run side by side instead.
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    found = {one.name for one in session.get_inputs()}
    if found != inputs:
        raise ValueError(f"a graph takes {sorted(found)} instead of {sorted(inputs)}")
    given = {one.name for one in session.get_outputs()}
    if not given.issuperset(outputs):
        raise ValueError(f"a graph gives {sorted(given)}, which lacks some of {sorted(outputs)}")
    return session

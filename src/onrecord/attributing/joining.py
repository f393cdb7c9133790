"""Which source and which content belong to which cue.

Contents come from the tags, which see them whole however long they are; each goes to the
cue whose own reading of the text finds it most. Sources come from the cue's own reading,
because one source often serves several cues (baselines.md, recipe 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from onrecord.attributing.decoding import NEVER, Run, best_runs, word_scores
from onrecord.encoder.base import CUE_ROLES, TAG_ROLES, CueReading, Encoding
from onrecord.encoder.pieces import CASES, Pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

CUE, CONTENT = (TAG_ROLES.index(role) for role in ("cue", "content"))
CUE_SOURCE, CUE_CONTENT = (CUE_ROLES.index(role) for role in ("source", "content"))

LOOSE = 0.05
"""A content that no cue finds with this probability has none (recipe 3)."""

MOSTLY = 0.9
"""Share of a block quotation's pieces that stand in marks; a full stop may stand outside."""


@dataclass(slots=True)
class Found:
    """An attribution as pieces: spans are first piece and end, scores are probabilities."""

    source: list[tuple[int, int]] = field(default_factory=list)
    cue: list[tuple[int, int]] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)


def find_attributions(encoding: Encoding) -> list[Found]:
    """The attributions of an encoded text, in order of their first piece."""
    words = _first_pieces(encoding.pieces.words)
    cues, contents = _tagged(encoding, words)
    readings = encoding.read_cues([(first, end) for first, end, _ in cues])
    found = [Found(cue=[(first, end)], scores=[score]) for first, end, score in cues]
    for attribution, sources in zip(found, _sources(readings, encoding.pieces), strict=True):
        attribution.source = [(first, end) for first, end, _ in sources]
        attribution.scores += [score for _, _, score in sources]
    alone = []
    # Windows come in order, so the cues whose windows reach a content are neighbours.
    starts = np.asarray([reading.start for reading in readings])
    ends = np.asarray([reading.start + len(reading.scores) for reading in readings])
    for first, end, score in contents:
        near = range(np.searchsorted(ends, first, "right"), np.searchsorted(starts, end))
        owner, belief = _owner(first, end, readings, near)
        if owner is not None:
            found[owner].content.append((first, end))
            found[owner].scores += [score, belief]
        elif _is_block_quotation(first, end, encoding.pieces):
            alone.append(Found(content=[(first, end)], scores=[score]))
    whole = [attribution for attribution in [*found, *alone] if attribution.content]
    return sorted(whole, key=lambda a: min(a.source + a.cue + a.content))


Scored = tuple[int, int, float]


def _tagged(encoding: Encoding, words: Ints) -> tuple[list[Scored], list[Scored]]:
    """The cues and the contents that the tags show, as first piece, end and score."""
    scores = word_scores(encoding.tags, words)
    paragraphs = np.searchsorted(words, encoding.pieces.bounds)
    cues: list[Scored] = []
    contents: list[Scored] = []
    ends = np.append(words[1:], len(encoding.pieces.ids))
    stretches = list(zip(paragraphs[:-1], paragraphs[1:] - 1, strict=True))  # breaks left out
    runs = best_runs([scores[start:end] for start, end in stretches])
    for (start, _), paragraph in zip(stretches, runs, strict=True):
        for run in _neighbours_joined(paragraph):
            spot = (int(words[start + run.first]), int(ends[start + run.end - 1]), run.score)
            if run.role == CUE:
                cues.append(spot)
            elif run.role == CONTENT:
                contents.append(spot)
    return cues, contents


def _neighbours_joined(runs: Sequence[Run]) -> list[Run]:
    """Join spans of one role that follow one another with no word between: they are one.

    On PolNeAR's dev part this mends 2.3 points of exact content F1 (60.3 to 62.6).
    """
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        if last and run.role == last.role and last.end == run.first:
            weight = (last.end - last.first) / (run.end - last.first)
            score = weight * last.score + (1 - weight) * run.score
            out[-1] = Run(run.role, last.first, run.end, score)
        else:
            out.append(run)
    return out


def _sources(readings: Sequence[CueReading], pieces: Pieces) -> list[list[Scored]]:
    """The sources that each cue's own reading shows."""
    breaks = np.zeros(len(pieces.ids), dtype=bool)
    breaks[pieces.bounds[1:] - 1] = True
    firsts, lengths, scores = [], [], []
    for start, read in readings:
        first = _first_pieces(pieces.words[start : start + len(read)])
        firsts.append(first + start)
        lengths.append(start + len(read))
        scores.append(word_scores(read, first))
        scores[-1][breaks[firsts[-1]], 1:] = NEVER  # No source runs over a paragraph's end.
    out = []
    for first, end, runs in zip(firsts, lengths, best_runs(scores), strict=True):
        ends = np.append(first[1:], end)
        out.append(
            [
                (int(first[run.first]), int(ends[run.end - 1]), run.score)
                for run in _neighbours_joined(runs)
                if run.role == CUE_SOURCE
            ]
        )
    return out


def _owner(
    first: int, end: int, readings: Sequence[CueReading], near: range
) -> tuple[int | None, float]:
    """The cue, of those in ``near``, whose reading finds the content most, and how much."""
    best, most = None, LOOSE
    for number in near:
        start, scores = readings[number]
        part = scores[max(first - start, 0) : end - start]
        belief = np.exp(part[:, 1 + 2 * CUE_CONTENT :]).sum(1)
        top = max(1, len(belief) // 3)
        mean = float(np.sort(belief)[-top:].mean())
        if mean > most:
            best, most = number, mean
    return best, most


def _is_block_quotation(first: int, end: int, pieces: Pieces) -> bool:
    """Whether a content fills its paragraph and stands in quotation marks.

    Such a quotation needs no cue. Other contents without a cue are dropped: on dev 175 of
    185 are such, and without them full F1 is 75.1 instead of 72.7 (docs/model.md).
    """
    paragraph = int(np.searchsorted(pieces.bounds, first, side="right")) - 1
    start, last = pieces.bounds[paragraph], pieces.bounds[paragraph + 1] - 1  # the break
    fills = first <= start + 1 and end >= last - 1
    return bool(fills and np.mean(pieces.surfaces[first:end] >= CASES) >= MOSTLY)


def _first_pieces(words: Ints) -> Ints:
    """The first piece of each word, from the word number of each piece."""
    return np.flatnonzero(np.diff(words, prepend=-1))

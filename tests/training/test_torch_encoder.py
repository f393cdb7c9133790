"""A network in torch reads as its exported form does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the extra train")

from onrecord.encoder.onnx import OnnxEncoder
from onrecord.encoder.pieces import edge_ids, open_tokenizer
from onrecord.encoder.windows import SIZE
from onrecord.training.attributions import TrainingOptions, prepare, train
from onrecord.training.encoder import TOGETHER, TorchEncoder
from onrecord.training.export import export

pytestmark = pytest.mark.train

LINE = "anna bell said the boat left at noon."


@pytest.fixture(params=["encoder", "mpnet"])
def base(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


def test_it_answers_like_the_exported_model(corpus: Path, base: Path, tmp_path: Path) -> None:
    run = prepare(corpus, base, tmp_path, TrainingOptions(epochs=2, encoder_rate=3e-3))
    train(run)
    export(run.network, base / "tokenizer.json", tmp_path, name="float", quantise=False)
    lines = [(at, at + len(LINE)) for at in range(0, 90 * (len(LINE) + 1), len(LINE) + 1)]
    text = "\n".join([LINE] * 90)
    # One text of several windows, then enough texts for more than one batch.
    groups = [lines[:50], *([line] for line in lines[50:])]
    assert len(groups) > TOGETHER
    one = TorchEncoder(run.network, run.tokenizer).encode(text, groups)
    other = OnnxEncoder(tmp_path).encode(text, groups)
    assert len(one.pieces.ids) > 2 * SIZE
    np.testing.assert_array_equal(one.pieces.ids, other.pieces.ids)
    np.testing.assert_allclose(one.tags, other.tags, atol=0.05)
    np.testing.assert_allclose(one.inner, other.inner, atol=0.05)
    cues = [(int(i), int(i) + 1) for i in np.flatnonzero(one.pieces.ids == one.pieces.ids[2])]
    assert len(cues) == 90
    for mine, theirs in zip(one.read_cues(cues), other.read_cues(cues), strict=True):
        assert mine.start == theirs.start
        np.testing.assert_allclose(mine.scores, theirs.scores, atol=0.05)


def test_the_edges_are_those_that_the_encoder_was_trained_on(encoder: Path, mpnet: Path) -> None:
    found = [
        edge_ids(open_tokenizer((folder / "tokenizer.json").read_bytes()))
        for folder in (encoder, mpnet)
    ]
    assert found == [(2, 3), (0, 2)]  # MPNet has "[CLS]" and "[SEP]" too, as rare words.


def test_nothing_to_read(corpus: Path, base: Path, tmp_path: Path) -> None:
    run = prepare(corpus, base, tmp_path, TrainingOptions(epochs=1))
    encoding = TorchEncoder(run.network, run.tokenizer).encode("", [])
    assert encoding.tags.shape == encoding.inner.shape == (0, 7)
    assert encoding.read_cues([]) == []

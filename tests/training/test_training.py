"""Training on a corpus made here, with an encoder of a few thousand numbers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs the extra train")

import numpy as np
import torch

from onrecord import Reader
from onrecord.cli.train import How, train_attributions, train_teacher
from onrecord.encoder.onnx import OnnxEncoder
from onrecord.errors import CorpusError, TrainingError
from onrecord.evaluation.attributions import evaluate
from onrecord.evaluation.corpus import read_corpus
from onrecord.training import checkpoints
from onrecord.training.attributions import Run, TrainingOptions, prepare, train
from onrecord.training.export import export
from onrecord.training.release import release

pytestmark = pytest.mark.train


def test_a_run_learns_and_writes_weights_that_read(
    corpus: Path, encoder: Path, tmp_path: Path
) -> None:
    options = TrainingOptions(epochs=60, encoder_rate=3e-3, heads_rate=1e-2)
    losses: list[str] = []
    run = prepare(corpus, encoder, tmp_path, options)
    train(run, report=losses.append)
    assert len(losses) == 60
    articles = read_corpus(corpus)
    weights = tmp_path / "weights"
    card = release(run, encoder, weights, name="tiny", corpus="made", dev=articles)
    scores = evaluate(articles, Reader(weights=weights))
    assert scores["full"].f1 > 0.9  # It has seen these texts: it must have learned them.
    row = next(line for line in card.splitlines() if line.startswith("| full |"))
    assert row.endswith(f" {100 * scores['full'].f1:.1f} |")
    assert json.loads((weights / "manifest.json").read_text())["name"] == "tiny"
    assert (weights / "MODEL_CARD.md").read_text() == card
    assert "30 in 6 articles of the corpus `made`" in card
    assert "no licence" in card
    assert "nested in another's content: 0 of these.\n" in card
    assert "2-layer encoder (0 million parameters)" in card
    assert f"from the folder `{encoder.name}`" in card
    assert "eacher" not in card
    blind = release(run, encoder, tmp_path / "blind", name="blind", corpus="made")
    assert "6 of the articles trained on" in blind


def test_from_teachers_to_weights(
    corpus: Path,
    encoder: Path,
    mpnet: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As the commands do it."""
    taught, out = tmp_path / "taught", tmp_path / "out"
    train_teacher(corpus, mpnet, taught, How(epochs=1), folds=2)
    assert f"onrecord train attributions {taught} --epochs 18" in capsys.readouterr().out
    train_attributions(taught, out, How(epochs=1, seed=3), dev=corpus, encoder=encoder)
    printed = capsys.readouterr().out
    assert printed.startswith(f"learns a teacher's soft labels too: {taught}/soft_labels.npz\n")
    assert "epoch 1: dev F1 full " in printed
    assert (out / "weights/MODEL_CARD.md").read_text() in printed
    assert "# onrecord-attributions-taught-3\n" in printed
    assert "Soft labels: 80 % of what is learned is a teacher's" in printed
    assert "onrecord train attributions TAUGHT_DIR --dev DEV_DIR --out DIR --epochs 1" in printed
    assert "is not calibrated" in printed


def test_int8_answers_like_float(corpus: Path, encoder: Path, tmp_path: Path) -> None:
    run = prepare(corpus, encoder, tmp_path, TrainingOptions(epochs=1))
    text = "the mayor said the bridge was safe."
    scores = []
    for name, quantise in (("int8", True), ("float", False)):
        folder = tmp_path / name
        export(run.network, encoder / "tokenizer.json", folder, name=name, quantise=quantise)
        encoding = OnnxEncoder(folder).encode(text, [[(0, len(text))]])
        scores.append((encoding.tags, encoding.inner, encoding.read_cues([(2, 3)])[0].scores))
    for int8, plain in zip(*scores, strict=True):
        assert int8.shape == plain.shape
        assert np.abs(int8 - plain).max() < 0.2
        assert not np.array_equal(int8, plain)


class Stopped(Exception):  # noqa: N818
    pass


@pytest.mark.parametrize("base", ["encoder", "mpnet"])
def test_a_run_that_was_stopped_goes_on_as_if_it_had_not(
    corpus: Path, base: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    def stop(run: Run) -> None:
        if run.epoch == 2:
            raise Stopped

    encoder: Path = request.getfixturevalue(base)
    options = TrainingOptions(epochs=3)
    whole = train(prepare(corpus, encoder, tmp_path / "whole", options))
    with pytest.raises(Stopped):
        train(prepare(corpus, encoder, tmp_path / "parts", options), after_epoch=stop)
    resumed = train(prepare(corpus, encoder, tmp_path / "parts", options), resume=True)
    for name, value in whole.state_dict().items():
        assert torch.equal(value, resumed.state_dict()[name]), name


def test_what_cannot_be_resumed(corpus: Path, encoder: Path, tmp_path: Path) -> None:
    one = TrainingOptions(epochs=1)
    with pytest.raises(TrainingError, match="without --resume"):
        train(prepare(corpus, encoder, tmp_path, one), resume=True)
    train(prepare(corpus, encoder, tmp_path, one))
    with pytest.raises(TrainingError, match="other settings \\(seed\\)"):
        train(prepare(corpus, encoder, tmp_path, replace(one, seed=7)), resume=True)
    run = prepare(corpus, encoder, tmp_path, one)
    with pytest.raises(TrainingError, match="other settings \\(device\\)"):
        checkpoints.resume(
            tmp_path,
            settings={**run.settings, "device": "cuda"},
            network=run.network,
            optimizer=run.optimizer,
            schedule=run.schedule,
        )


def test_what_cannot_be_trained_on(corpus: Path, encoder: Path, tmp_path: Path) -> None:
    options = TrainingOptions()
    with pytest.raises(CorpusError):
        prepare(tmp_path, encoder, tmp_path, options)
    with pytest.raises(TrainingError, match=r"tokenizer\.json"):
        prepare(corpus, tmp_path, tmp_path, options)
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(TrainingError, match=r"tokenizer\.json cannot be used"):
        prepare(corpus, tmp_path, tmp_path, options)
    (tmp_path / "tokenizer.json").write_bytes((encoder / "tokenizer.json").read_bytes())
    with pytest.raises(TrainingError, match="holds no encoder that loads"):
        prepare(corpus, tmp_path, tmp_path, options)
    for kind, name in (("text", "one.txt"), ("attributions", "one_a1.ann")):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / name).write_text("\n")
    with pytest.raises(TrainingError, match="no text"):
        prepare(tmp_path, encoder, tmp_path, options)


def test_a_device_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = tmp_path / "none"
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(TrainingError, match=r"'cuda' cannot be used: .*The choices are: cpu\."):
        train_attributions(nowhere, tmp_path, How(device="cuda"), dev=nowhere, encoder=nowhere)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    with pytest.raises(TrainingError, match=r"'tpu' cannot be used: .*: cpu, cuda\."):
        train_teacher(nowhere, nowhere, tmp_path, How(device="tpu"))


def test_a_checkpoint_keeps_the_random_state_of_a_graphics_card(
    corpus: Path, encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = prepare(corpus, encoder, tmp_path, TrainingOptions(epochs=1))
    settings = {**run.settings, "device": "cuda"}
    state = {"network": run.network, "optimizer": run.optimizer, "schedule": run.schedule}
    card = torch.arange(5, dtype=torch.uint8)
    restored: list[list[torch.Tensor]] = []
    monkeypatch.setattr(torch.cuda, "get_rng_state_all", lambda: [card])
    monkeypatch.setattr(torch.cuda, "set_rng_state_all", restored.append)
    checkpoints.save(tmp_path, settings=settings, epoch=1, **state)
    assert checkpoints.resume(tmp_path, settings=settings, **state) == 1
    assert [[one.tolist() for one in states] for states in restored] == [[[0, 1, 2, 3, 4]]]

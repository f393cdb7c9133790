"""Training on a corpus made here, with an encoder of a few thousand numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.errors import CorpusError, TrainingError

NAMES = ["Anna Bell", "Ben Cole", "Dora Finn", "the mayor", "a clerk"]
CUES = ["said", "claimed", "denied", "wrote"]
CONTENTS = ["the bridge was safe", "it rained", "nobody had asked", "the boat left at noon"]


def _article(number: int) -> tuple[str, str]:
    """A text of five attributions and its annotations."""
    text = f"Story number {number}\n\n"
    lines: list[str] = []
    for event in range(5):
        parts = [NAMES[(number + event) % 5], CUES[(number * event) % 4], CONTENTS[number % 4]]
        arguments = ["Attribution:T1"]
        for role, part in zip(("Source", "Cue", "Content"), parts, strict=True):
            name = f"T{len(lines) + 1}"
            lines.append(f"{name}\t{role} {len(text)} {len(text) + len(part)}\t{part}")
            arguments.append(f"{role}:{name}")
            text += part + " "
        text = text[:-1] + ".\n\n"
        lines.append(f"E{event + 1}\t" + " ".join(arguments))
    return text, "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "text").mkdir()
    (folder / "attributions").mkdir()
    for number in range(6):
        text, annotations = _article(number)
        (folder / f"text/story{number}.txt").write_text(text)
        (folder / f"attributions/story{number}_a1.ann").write_text(annotations)
    return folder


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    """A tiny BERT with a vocabulary of the corpus' words."""
    torch = pytest.importorskip("torch", reason="needs the extra train")
    transformers = pytest.importorskip("transformers", reason="needs the extra train")
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    folder = tmp_path_factory.mktemp("encoder")
    words = sorted({w.lower() for p in (corpus / "text").iterdir() for w in p.read_text().split()})
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[unused0]", ".", *(w.strip(".") for w in words)]
    vocabulary = {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
    )
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


def _train(corpus: Path, encoder: Path, out: Path, *, epochs: int, seed: int = 0) -> None:
    from onrecord.cli.train import train_attributions

    train_attributions(
        corpus, out, dev=corpus, encoder=encoder, epochs=epochs, seed=seed, threads=1, resume=False
    )


@pytest.mark.train
def test_a_run_learns_and_writes_weights_that_read(
    corpus: Path, encoder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from onrecord import Reader
    from onrecord.evaluation.attributions import evaluate
    from onrecord.evaluation.corpus import read_corpus
    from onrecord.training.attributions import TrainingOptions, prepare, train
    from onrecord.training.release import release

    options = TrainingOptions(epochs=60, encoder_rate=3e-3, heads_rate=1e-2)
    losses: list[str] = []
    network = train(prepare(corpus, encoder, tmp_path, options), report=losses.append)
    assert len(losses) == 60
    articles = read_corpus(corpus)
    weights = tmp_path / "weights"
    card = release(
        network, encoder, weights, name="tiny", corpus=corpus, options=options, dev=articles
    )
    scores = evaluate(articles, Reader(weights=weights))
    assert scores["full"].f1 > 0.9  # It has seen these texts: it must have learned them.
    row = next(line for line in card.splitlines() if line.startswith("| full |"))
    assert row.endswith(f" {100 * scores['full'].f1:.1f} |")
    assert json.loads((weights / "manifest.json").read_text())["name"] == "tiny"
    assert (weights / "MODEL_CARD.md").read_text() == card
    assert "no licence" in card
    blind = release(
        network, encoder, tmp_path / "blind", name="blind", corpus=corpus, options=options
    )
    assert "6 of the articles trained on" in blind


@pytest.mark.train
def test_int8_answers_like_float(corpus: Path, encoder: Path, tmp_path: Path) -> None:
    import numpy as np

    from onrecord.encoder.onnx import OnnxEncoder
    from onrecord.training.attributions import TrainingOptions, prepare
    from onrecord.training.export import export

    run = prepare(corpus, encoder, tmp_path, TrainingOptions(epochs=1))
    text = "the mayor said the bridge was safe."
    scores = []
    for name, quantise in (("int8", True), ("float", False)):
        folder = tmp_path / name
        export(run.network, encoder / "tokenizer.json", folder, name=name, quantise=quantise)
        encoding = OnnxEncoder(folder).encode(text, [[(0, len(text))]])
        scores.append((encoding.tags, encoding.read_cues([(2, 3)])[0].scores))
    for int8, plain in zip(*scores, strict=True):
        assert int8.shape == plain.shape
        assert np.abs(int8 - plain).max() < 0.2
        assert not np.array_equal(int8, plain)


@pytest.mark.train
def test_a_run_that_was_stopped_goes_on_as_if_it_had_not(
    corpus: Path, encoder: Path, tmp_path: Path
) -> None:
    import torch

    from onrecord.training.attributions import Run, TrainingOptions, prepare, train

    class Stopped(Exception):  # noqa: N818
        pass

    def stop(run: Run) -> None:
        if run.epoch == 2:
            raise Stopped

    options = TrainingOptions(epochs=3)
    whole = train(prepare(corpus, encoder, tmp_path / "whole", options))
    with pytest.raises(Stopped):
        train(prepare(corpus, encoder, tmp_path / "parts", options), after_epoch=stop)
    resumed = train(prepare(corpus, encoder, tmp_path / "parts", options), resume=True)
    for name, value in whole.state_dict().items():
        assert torch.equal(value, resumed.state_dict()[name]), name


@pytest.mark.train
def test_what_cannot_be_resumed(corpus: Path, encoder: Path, tmp_path: Path) -> None:
    from onrecord.training.attributions import TrainingOptions, prepare, train

    with pytest.raises(TrainingError, match="without --resume"):
        train(prepare(corpus, encoder, tmp_path, TrainingOptions(epochs=1)), resume=True)
    train(prepare(corpus, encoder, tmp_path, TrainingOptions(epochs=1)))
    with pytest.raises(TrainingError, match="seed"):
        train(prepare(corpus, encoder, tmp_path, TrainingOptions(epochs=1, seed=7)), resume=True)


@pytest.mark.train
def test_what_cannot_be_trained_on(corpus: Path, encoder: Path, tmp_path: Path) -> None:
    from onrecord.training.attributions import TrainingOptions, prepare

    with pytest.raises(CorpusError):
        prepare(tmp_path, encoder, tmp_path, TrainingOptions())
    with pytest.raises(TrainingError, match=r"tokenizer\.json"):
        prepare(corpus, tmp_path, tmp_path, TrainingOptions())


@pytest.mark.train
def test_labels_stand_on_the_words_they_mark(corpus: Path, encoder: Path) -> None:
    from tokenizers import Tokenizer

    from onrecord.evaluation.corpus import read_corpus
    from onrecord.training.examples import label_article

    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    article = read_corpus(corpus)[1]
    labelled = label_article(tokenizer, article)
    pieces = labelled.pieces
    for number, role in enumerate(("source", "cue", "content")):
        begins = [int(pieces.starts[i]) for i in (labelled.tags == 2 * number + 1).nonzero()[0]]
        assert begins == sorted(getattr(a, role)[0][0] for a in article.attributions)
    assert len(labelled.cues) == len(article.attributions)
    for (first, last, roles), attribution in zip(labelled.cues, article.attributions, strict=True):
        assert (int(pieces.starts[first]), int(pieces.ends[last])) == attribution.cue[0]
        source = [int(pieces.starts[i]) for i in (roles == 1).nonzero()[0]]
        assert source == [attribution.source[0][0]]

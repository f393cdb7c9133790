"""A corpus made here, and encoders of a few thousand numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from onrecord.encoder.pieces import BREAK

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


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "text").mkdir()
    (folder / "attributions").mkdir()
    for number in range(6):
        text, annotations = _article(number)
        (folder / f"text/story{number}.txt").write_text(text)
        (folder / f"attributions/story{number}_a1.ann").write_text(annotations)
    return folder


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    """A tiny BERT with a vocabulary of the corpus' words."""
    transformers = pytest.importorskip("transformers", reason="needs the extra train")
    folder = tmp_path_factory.mktemp("encoder")
    edges = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    _save(folder, corpus, edges, transformers.BertConfig, transformers.BertModel)
    return folder


@pytest.fixture(scope="session")
def mpnet(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    """The same as an MPNet, whose windows have edges of other names."""
    transformers = pytest.importorskip("transformers", reason="needs the extra train")
    folder = tmp_path_factory.mktemp("mpnet")
    edges = ["<s>", "<pad>", "</s>", "[UNK]", "[CLS]", "[SEP]"]
    _save(folder, corpus, edges, transformers.MPNetConfig, transformers.MPNetModel)
    return folder


def _save(folder: Path, corpus: Path, edges: list[str], config: Any, model: Any) -> None:
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    words = sorted({w.lower() for p in (corpus / "text").iterdir() for w in p.read_text().split()})
    pieces = [*edges, BREAK, ".", *(word.strip(".") for word in words)]
    vocabulary = {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    torch.manual_seed(1)
    shape = config(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
    )
    model(shape, add_pooling_layer=False).save_pretrained(folder)

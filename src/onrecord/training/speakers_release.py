"""From trained heads to weights that can ship: exported, scored, with their model card."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from onrecord.encoder.onnx import OnnxEncoder
from onrecord.encoder.weights import read_manifest
from onrecord.evaluation.gap import GapExample
from onrecord.evaluation.gap_scores import judge_gap, score_gap
from onrecord.evaluation.gum import GumDocument
from onrecord.evaluation.gum_scores import score_gum
from onrecord.training.mention_export import export_mentions
from onrecord.training.release import CARD
from onrecord.training.speakers import SpeakerRun

PART = "## Mentions and links"
"""The heading of what is added to a model card."""


def release_speakers(
    run: SpeakerRun,
    weights: Path,
    out: Path,
    *,
    name: str,
    gum: Sequence[GumDocument] = (),
    gap: Sequence[GapExample] = (),
) -> str:
    """Write ``weights`` with the heads of a finished run into ``out``; the card's text.

    ``gum`` and ``gap`` are what they are scored on, if there is any.
    """
    export_mentions(run.network, weights, out, name=name)
    encoder = OnnxEncoder(out)
    figures = []
    if gum:
        scores = score_gum(gum, encoder)
        figures += [
            f"| {figure}, GUM | {100 * counts.f1:.1f} |"
            for figure, counts in scores.mentions.counts.items()
        ]
        figures.append(f"| clusters of gold mentions, GUM | {100 * scores.given.conll:.1f} |")
        figures.append(f"| clusters of mentions found, GUM | {100 * scores.found.conll:.1f} |")
    if gap:
        figures += [
            f"| pronouns' names, GAP, {figure} | {100 * counts.f1:.1f} |"
            for figure, counts in score_gap(judge_gap(gap, encoder)).counts.items()
        ]
    if figures:
        figures = ["", "| figure | F1 |", "|---|---|", *figures]
    added = _PART.format(
        part=PART,
        base=read_manifest(weights).name,
        texts=len(run.texts.every),
        news=_NEWS.format(len(run.texts.news)) if run.texts.news else "",
        figures="\n".join(figures),
        options=run.options,
    )
    card = out / CARD
    card.write_text(_before(weights, name) + added, encoding="utf-8")
    return card.read_text(encoding="utf-8")


def _before(weights: Path, name: str) -> str:
    """The card of the weights that the heads were added to, under the new name."""
    card = weights / CARD
    text = card.read_text(encoding="utf-8") if card.is_file() else ""
    _, _, rest = text.partition("\n")
    return f"# {name}\n{rest.split(PART)[0].rstrip()}\n\n"


_PART = """{part}

Heads beside those for attributions, on the encoder of `{base}`, which
stays as it was: its attributions are the same to the last bit. They find names (person,
group, place, other) and short descriptions (person, group), and say of two mentions how
likely they refer to the same. Trained on

- GUM: {texts} documents of many kinds with entities and coreference. The annotations are CC BY 4.0,
  the texts have licences of their own, which may bind them to non-commercial use (in other
  kinds of GUM's texts some do); none of the text ships.
- GAP's development part (Apache-2.0): pronouns in Wikipedia's words, two names each.
{news}- Names in the texts of GAP and of the news are those of spaCy's small English model
  (en_core_web_sm 3.8, MIT), not checked by a person.

F1 in percent on GUM's dev and GAP's validation part, of which nothing was learned:
{figures}

To rebuild:

    onrecord train speakers WEIGHTS_DIR --gum GUM_DIR --gap GAP_DIR --news CORPUS_DIR --out DIR

The options of this run: `{options}`.
"""

_NEWS = """- News: {:,} texts, some of them openings again as headlines, names alone. Where
  that is PolNeAR 1.0: **it states no licence**.
"""

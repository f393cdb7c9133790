"""Train the heads that find mentions and link them; the encoder stays as it is.

Mentions are tagged as in `onrecord.encoder.mentions`. A link is learned by ranking: an
anaphor's possible antecedents against one another and against none at all, whose score is
0 (Lee, He, Lewis and Zettlemoyer 2017, "End-to-end Neural Coreference Resolution"). The
encoder reads each text once, before the first epoch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from onrecord.errors import TrainingError
from onrecord.training import checkpoints
from onrecord.training.mention_data import MentionText
from onrecord.training.mention_network import MentionNetwork, pair_vectors

FAR_BELOW = -1e4
"""What keeps a padding piece from being attended to."""

FEW = 30
"""Anaphors of a batch whose loss is a mean in full; a few alone weigh less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerOptions:
    """What a run hangs on. The same options, texts and weights give the same heads."""

    epochs: int = 14
    windows: int = 6
    """Windows in a batch, or as many as its last text has more."""
    rate: float = 1e-3
    warm_up: float = 0.06
    """Share of the steps in which the rate rises; it falls to 0 in the rest."""
    clip: float = 1.0
    link_weight: float = 0.5
    repeats: int = 2
    """How often an epoch takes GUM's texts, which alone have descriptions and clusters."""
    news_share: float = 0.15
    """Share of the news texts that an epoch takes."""
    pronouns_share: float = 0.5
    """The same of GAP's. All of them in every epoch are learned by heart."""
    seed: int = 0


class SpeakerTexts(NamedTuple):
    """What there is to learn from."""

    every: Sequence[MentionText]
    """Texts with mentions and links, all of which an epoch takes."""
    pronouns: Sequence[MentionText] = ()
    """Texts with a pronoun each."""
    news: Sequence[MentionText] = ()
    """Texts with names alone."""


@dataclass(slots=True)
class SpeakerRun:
    """A training run, ready for its next epoch."""

    network: MentionNetwork
    texts: SpeakerTexts
    options: SpeakerOptions
    out: Path
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LRScheduler
    digest: str
    epoch: int = 0

    @property
    def settings(self) -> dict[str, Any]:
        """What must be the same where a run goes on."""
        return {**asdict(self.options), "texts": self.digest, "device": "cpu"}


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of some texts. ``rows`` are the places of the texts' own pieces in them."""

    layers: Tensor
    surfaces: Tensor
    mask: Tensor
    rows: Tensor
    allowed: Tensor
    question: Tensor
    anaphors: Tensor
    antecedents: Tensor
    right: Tensor
    distance: Tensor


def prepare(texts: SpeakerTexts, out: Path, options: SpeakerOptions) -> SpeakerRun:
    """Make a network and all that trains it. Raises `TrainingError` where there is no text."""
    if not texts.every:
        raise TrainingError("there is no text to learn mentions from.")
    torch.manual_seed(options.seed)
    network = MentionNetwork(texts.every[0].hidden.layers.shape[1])
    optimizer = torch.optim.AdamW(network.parameters(), lr=options.rate)
    total = options.epochs * len(list(_groups(texts, options, 0)))
    warm = max(1.0, options.warm_up * total)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        # An epoch's other news may take a few steps more or less.
        lambda step: min((step + 1) / warm, max(0.01, (total - step) / max(1.0, total - warm))),
    )
    out.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    for text in chain(*texts):
        for array in (text.hidden.pieces.ids, text.allowed, *text.pairs):
            digest.update(array.tobytes())
    return SpeakerRun(
        network=network,
        texts=texts,
        options=options,
        out=out,
        optimizer=optimizer,
        schedule=schedule,
        digest=digest.hexdigest(),
    )


def _ignore(_: object) -> None:
    pass


def train(
    run: SpeakerRun,
    *,
    resume: bool = False,
    report: Callable[[str], None] = _ignore,
    after_epoch: Callable[[SpeakerRun], None] = _ignore,
) -> MentionNetwork:
    """Train to the end, with a checkpoint after each epoch; the trained network.

    ``resume`` goes on from the last checkpoint in the run's folder. Raises `TrainingError`
    where that cannot be.
    """
    state = {"network": run.network, "optimizer": run.optimizer, "schedule": run.schedule}
    if resume:
        run.epoch = checkpoints.resume(run.out, settings=run.settings, **state)
    while run.epoch < run.options.epochs:
        run.network.train()
        losses = torch.zeros(2)
        groups = list(_groups(run.texts, run.options, run.epoch))
        for group in groups:
            parts = _losses(run.network, collate(group))
            loss = parts[0] + run.options.link_weight * parts[1]
            run.optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(run.network.parameters(), run.options.clip)
            run.optimizer.step()
            run.schedule.step()
            losses += parts.detach()
        run.epoch += 1
        tags, links = (losses / len(groups)).tolist()
        report(f"epoch {run.epoch}: loss of tags {tags:.4f}, links {links:.4f}")
        checkpoints.save(run.out, settings=run.settings, epoch=run.epoch, **state)
        after_epoch(run)
    return run.network


def _groups(
    texts: SpeakerTexts, options: SpeakerOptions, epoch: int
) -> Iterator[list[MentionText]]:
    """The texts of an epoch, some at a time, in its own order."""
    random = Random(options.seed * 1000 + epoch)  # noqa: S311
    order = list(texts.every) * options.repeats
    for some, share in (
        (texts.pronouns, options.pronouns_share),
        (texts.news, options.news_share),
    ):
        order += random.sample(some, round(len(some) * share))
    random.shuffle(order)
    group: list[MentionText] = []
    for text in order:
        group.append(text)
        if sum(len(one.hidden.windows) for one in group) >= options.windows:
            yield group
            group = []
    if group:
        yield group


def collate(texts: Sequence[MentionText]) -> Batch:
    """Texts side by side: pieces and questions are numbered through."""
    windows = [(text, window) for text in texts for window in text.hidden.windows]
    length = max((window.end - window.start for _, window in windows), default=1)
    wide = texts[0].hidden.layers.shape[1]
    layers = np.zeros((len(windows), length, wide), dtype=np.float32)
    surfaces = np.zeros((len(windows), length), dtype=np.int64)
    mask = np.full((len(windows), length), FAR_BELOW, dtype=np.float32)
    rows: list[np.ndarray[Any, np.dtype[np.int64]]] = []
    row = 0
    for text in texts:
        at = 0
        for start, own, end in text.hidden.windows:
            here = slice(0, end - start)
            layers[row, here] = text.hidden.layers[at : at + end - start]
            surfaces[row, here] = text.hidden.pieces.surfaces[start:end]
            mask[row, here] = 0
            rows.append(np.arange(row * length + own - start, row * length + end - start))
            at += end - start
            row += 1
    pairs = [text.pairs for text in texts]
    pieces = np.cumsum([0, *(len(text.allowed) for text in texts)])
    asked = np.cumsum([0, *(int(one.question.max(initial=-1)) + 1 for one in pairs)])
    columns = (
        layers,
        surfaces,
        mask,
        np.concatenate(rows),
        np.concatenate([text.allowed for text in texts]),
        np.concatenate([one.question + at for one, at in zip(pairs, asked, strict=False)]),
        np.concatenate([one.anaphors + at for one, at in zip(pairs, pieces, strict=False)]),
        np.concatenate([one.antecedents + at for one, at in zip(pairs, pieces, strict=False)]),
        np.concatenate([one.right for one in pairs]),
        np.concatenate([one.distance for one in pairs]),
    )
    return Batch(*(torch.from_numpy(column) for column in columns))


def _losses(network: MentionNetwork, batch: Batch) -> Tensor:
    """The losses of tags and of links."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        tags, vectors = network(batch.layers, batch.surfaces, batch.mask)
    tags = tags.flatten(0, 1)[batch.rows].float().log_softmax(-1)
    vectors = vectors.flatten(0, 1)[batch.rows].float()
    known = ~batch.allowed.all(1)
    right = tags.masked_fill(~batch.allowed, FAR_BELOW).logsumexp(-1)
    tag_loss = -right[known].mean() if known.any() else tags.sum() * 0
    return torch.stack([tag_loss, _link_loss(network, vectors, batch)])


def _link_loss(network: MentionNetwork, vectors: Tensor, batch: Batch) -> Tensor:
    """The right antecedents of each anaphor against all others, or none where none is right."""
    if not len(batch.question):
        return vectors.sum() * 0
    one, other = pair_vectors(vectors, batch.anaphors, batch.antecedents)
    scores = network.score_links(one, other, batch.distance)
    questions = int(batch.question.max()) + 1
    none = torch.zeros(questions)
    linked = torch.zeros(questions, dtype=torch.bool)
    linked[batch.question[batch.right]] = True
    every = _logsumexp(scores, batch.question, none)
    right = _logsumexp(
        scores.masked_fill(~batch.right, FAR_BELOW),
        batch.question,
        none.masked_fill(linked, FAR_BELOW),
    )
    return (every - right).sum() / (questions + FEW)


def _logsumexp(scores: Tensor, question: Tensor, none: Tensor) -> Tensor:
    """Log of the sum over each question's scores and its score for none."""
    top = none.scatter_reduce(0, question, scores.detach(), "amax")
    total = (none - top).exp().scatter_add(0, question, (scores - top[question]).exp())
    return total.log() + top

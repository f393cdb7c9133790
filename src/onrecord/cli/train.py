"""``onrecord train``: rebuild the model, or make one from a newsroom's own annotations."""

from __future__ import annotations

import os
from pathlib import Path

import typer

app = typer.Typer(help="Train the model (needs the extra: onrecord[train]).", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Train the model (needs the extra: onrecord[train])."""


@app.command("attributions")
def attributions(
    corpus: Path = typer.Argument(
        ..., metavar="CORPUS_DIR", help="A corpus in PolNeAR's layout: text/ and attributions/."
    ),
    out: Path = typer.Option(
        ..., metavar="DIR", help="Where checkpoints go, and the weights in DIR/weights."
    ),
    dev: Path | None = typer.Option(
        None, metavar="DIR", help="A corpus to score on after each epoch, never trained on."
    ),
    encoder: Path | None = typer.Option(
        None, metavar="DIR", help="Start from this encoder instead of all-MiniLM-L6-v2."
    ),
    epochs: int = typer.Option(8, min=1, help="Passes over the corpus."),
    seed: int = typer.Option(0, help="The same seed gives the same weights."),
    threads: int | None = typer.Option(None, min=1, help="Threads; all cores by default."),
    resume: bool = typer.Option(False, "--resume", help="Go on from the last checkpoint in DIR."),
) -> None:
    """Train the attribution model and write weights that `onrecord read --weights` takes."""
    train_attributions(
        corpus,
        out,
        dev=dev,
        encoder=encoder,
        epochs=epochs,
        seed=seed,
        threads=threads or os.cpu_count() or 1,
        resume=resume,
    )


def train_attributions(
    corpus: Path,
    out: Path,
    *,
    dev: Path | None,
    encoder: Path | None,
    epochs: int,
    seed: int,
    threads: int,
    resume: bool,
) -> None:
    """Train, score after each epoch, and write weights with their model card.

    Raises `ExtraMissingError`, `CorpusError` or `TrainingError`.
    """
    # torch takes seconds to import; no other command needs it.
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

    use_threads(threads)
    options = TrainingOptions(epochs=epochs, seed=seed)
    base = encoder or published_encoder()
    articles = read_corpus(dev) if dev else []
    run = prepare(corpus, base, out, options)

    def score(run: Run) -> None:
        if articles:
            scores = score_network(run.network, base, articles, threads=threads)
            figures = ", ".join(f"{n} {100 * scores[n].f1:.1f}" for n in ("full", "direct/full"))
            typer.echo(f"epoch {run.epoch}: dev F1 {figures}")

    network = train(run, resume=resume, report=typer.echo, after_epoch=score)
    weights = out / "weights"
    card = release(
        network,
        base,
        weights,
        name=f"onrecord-attributions-{corpus.name}-{seed}",
        corpus=corpus,
        options=options,
        dev=articles,
        threads=threads,
    )
    typer.echo(card)
    typer.echo(f"Read with these weights: onrecord read --weights {weights} PAGE")

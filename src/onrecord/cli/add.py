"""``onrecord add``: pages into a corpus. ``onrecord update``: read them anew."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import active_children
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from onrecord.cli.asking import CorpusPath, until_closed
from onrecord.cli.progress import Bar, counted_inputs
from onrecord.cli.reading import (
    LARGEST,
    Confidence,
    CueFile,
    KindOfInput,
    Language,
    MaxSize,
    PeopleFile,
    Weights,
)
from onrecord.errors import OptionsError
from onrecord.options import (
    MEGABYTE,
    AttributingOptions,
    Options,
    ReadingOptions,
    ResolvingOptions,
    WeighingOptions,
)
from onrecord.reading import find_inputs
from onrecord.report.layout import counted
from onrecord.report.printable import printable
from onrecord.store import Corpus, Step

INTERRUPTED, STDERR = 130, 2

Jobs = Annotated[
    int | None, typer.Option(min=1, help="Processes that read; as many as cores by default.")
]


def command(
    corpus: CorpusPath,
    inputs: list[str] = typer.Argument(
        None, metavar="INPUT…", help="Files, folders, globs; - is standard input."
    ),
    jobs: Jobs = None,
    names: bool = typer.Option(
        False, "--names", help="Keep commenters' names; without it they become pseudonyms."
    ),
    key: Path | None = typer.Option(
        None, metavar="FILE", help="The key of the pseudonyms, made where there is none."
    ),
    retry_failed: bool = typer.Option(
        False, "--retry-failed", help="Try again what failed in earlier runs."
    ),
    kind: KindOfInput = None,
    max_size: MaxSize = LARGEST,
    language: Language = None,
    min_confidence: Confidence = 0.0,
    people: PeopleFile = None,
    cues: CueFile = None,
    weights: Weights = None,
) -> None:
    """Add pages to a corpus; what is in it already is skipped."""
    if not inputs and not retry_failed:
        raise OptionsError("nothing to add: name files or folders, or give --retry-failed")
    reading = ReadingOptions(
        kind=kind.value if kind else None, language=language, max_bytes=max_size * MEGABYTE
    )
    options = Options(
        reading=reading,
        attributing=AttributingOptions(min_confidence=min_confidence),
        resolving=ResolvingOptions(people=people),
        weighing=WeighingOptions(cues=cues),
    )
    bar, tally = Bar("adding"), Counter[str]()
    found = counted_inputs(find_inputs(inputs or []), bar)
    with telling(lambda: _added(tally, bar.seconds), tally), Stop() as stop, bar:
        steps = Corpus(corpus).add(
            found,
            options,
            weights=weights,
            jobs=jobs,
            names=names,
            key_file=key,
            retry_failed=retry_failed,
            stop=stop,
        )
        _go_through(steps, bar, tally)
    _end(stop, tally)


def update(
    corpus: CorpusPath,
    jobs: Jobs = None,
    min_confidence: Confidence = 0.0,
    people: PeopleFile = None,
    cues: CueFile = None,
    drop_files: bool = typer.Option(
        False, "--drop-files", help="Read without the people or cue file of the last time."
    ),
    weights: Weights = None,
) -> None:
    """Read anew, from the stored text, what an older model or other options wrote."""
    options = Options(
        attributing=AttributingOptions(min_confidence=min_confidence),
        resolving=ResolvingOptions(people=people),
        weighing=WeighingOptions(cues=cues),
    )
    store, bar, tally = Corpus(corpus), Bar("updating"), Counter[str]()
    with telling(lambda: _updated(tally), tally), Stop() as stop, bar:
        bar.expect(store.outdated(options, weights=weights))
        steps = store.update(options, weights=weights, jobs=jobs, drop_files=drop_files, stop=stop)
        _go_through(steps, bar, tally)
    _end(stop, tally)


@contextmanager
def telling(told: Callable[[], str], tally: Counter[str]) -> Iterator[None]:
    """Print what was done at the end, and where something stops it, if anything was."""
    try:
        yield
    except BaseException:
        if tally:
            _print(told())
        raise
    _print(told())


def _print(text: str) -> None:
    with until_closed():
        typer.echo(text)


class Stop:
    """Ctrl-C: the first finishes the pages under way, the second ends at once."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        return self.asked

    def __enter__(self) -> Stop:
        self._before = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _ask(self, _signal: int, _frame: FrameType | None) -> None:
        # The signal can come in the midst of printing, where Python's own ways must not be used.
        if not self.asked:
            self.asked = True
            os.write(STDERR, b"\nfinishing the pages under way; Ctrl-C again ends at once\n")
            return
        for process in active_children():
            process.kill()  # Else they would finish their pages first.
        raise KeyboardInterrupt


def _go_through(steps: Iterable[Step], bar: Bar, tally: Counter[str]) -> None:
    """Go through all steps, tell each fault on standard error, and count."""
    for step in steps:
        bar.step(step)
        if step.result == "added":
            tally["pages"] += 1
            tally["attributions"] += step.attributions
        elif step.result == "failed":
            tally["failed"] += 1
            typer.echo(f"error: {printable(str(step.error))}", err=True)
        elif step.result == "notice" and step.warning is not None:
            line = printable(f"[{step.warning.code}] {step.name}: {step.warning.message}")
            typer.echo(f"warning: {line}", err=True)
        else:
            tally[step.result.replace("_", " ")] += 1


def _added(tally: Counter[str], seconds: float) -> str:
    told = f"{counted(tally['pages'], 'page')} added"
    told += f" with {counted(tally['attributions'], 'attribution')}"
    if tally["known"]:
        told += f", {tally['known']:,} known already"
    if tally["failed"]:
        told += f", {tally['failed']:,} failed"
    if tally["pages"] and seconds:
        told += f" · {tally['pages'] / seconds:.1f} pages a second"
    if tally["failed before"]:
        told += (
            f"\n{counted(tally['failed before'], 'page')} failed before, not tried again "
            "(--retry-failed does it)"
        )
    return told


def _updated(tally: Counter[str]) -> str:
    if not tally:
        return "nothing to do: every page was read by this version with these options"
    told = f"{counted(tally['pages'], 'page')} read anew"
    told += f" with {counted(tally['attributions'], 'attribution')}"
    return told + (f", {tally['failed']:,} failed" if tally["failed"] else "")


def _end(stop: Stop, tally: Counter[str]) -> None:
    if stop.asked:
        _print("stopped early; the same command goes on where it was")
        raise typer.Exit(INTERRUPTED)
    if tally["failed"]:
        raise typer.Exit(1)

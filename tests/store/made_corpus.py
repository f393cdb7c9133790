"""Corpora for tests: pages of invented people, read without the model and without processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from multiprocessing.synchronize import Event
from pathlib import Path

from onrecord import Corpus, Input, Options, Reader
from onrecord.encoder.fake import FakeEncoder
from onrecord.store import Step


def fake_reader(options: Options = Options()) -> Reader:  # noqa: B008 - frozen
    """A reader that knows sentences like "Anna Bell said it rained."."""
    return Reader(options, encoder=FakeEncoder())


def threads(jobs: int, begin: Callable[[], None]) -> Executor:
    """Threads in the place of processes: they start at once."""
    return ThreadPoolExecutor(jobs, initializer=begin)


def add(corpus: Corpus, pages: Iterable[tuple[str, str]], *, names: bool = True) -> list[Step]:
    """Add pages by their names and texts."""
    inputs = [Input(name, None, text.encode()) for name, text in pages]
    return list(
        corpus.add(inputs, names=names, make_reader=fake_reader, make_executor=threads, jobs=2)
    )


def add_folder(path: Path, folder: Path, ready: Event, go: Event) -> None:
    """Add a folder in a process of its own, which waits until it is let go."""
    ready.set()
    go.wait()
    settings = {"make_reader": fake_reader, "make_executor": threads, "jobs": 2}
    for _ in Corpus(path).add([str(folder)], names=True, **settings):  # type: ignore[arg-type]
        pass


PIERS = """<html><head><title>Piers</title>
<link rel="canonical" href="https://lantern.example/piers">
<meta property="og:site_name" content="The Sarrow Lantern">
<meta property="article:published_time" content="2026-03-04T07:30:00Z"></head><body><article>
<h1>Council Argues Over The Harbour Piers</h1>
<p>Elda Marrow said the northern piers were safe. The meeting on Tuesday lasted four hours and
ended without a vote.</p>
<p>Osric Marrow said nobody had asked the divers. Pia Lund added the concrete was old.</p>
</article></body></html>"""

CONVOY = """Convoy Waits At The Border

Aldo Reyk said the drivers would wait for bread. Elda Marrow said the road was open.
"""


def corpus(path: Path) -> Corpus:
    """A corpus of two pages, one of them without a site or a date."""
    made = Corpus(path)
    add(made, [("piers.html", PIERS), ("convoy.txt", CONVOY)])
    return made

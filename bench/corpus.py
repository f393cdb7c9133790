"""A corpus of generated pages: speed of writing, searching and counting, and its size.

The same is measured for a tenth of the pages, which shows whether it is linear. No model runs:
records come from a generator with its seed (`made`). Run it with `make bench`, or with a number
of pages: ``python bench/corpus.py 20000``.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

from onrecord import Corpus, Filter, Options
from onrecord.store.database import transaction, writing
from onrecord.store.readings import reading_of, write_reading
from onrecord.store.writing import write_page

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.made import ATTRIBUTIONS, Maker

PAGES = 20_000
COMMON, RARE = (0, 3, 10, 30), (3_000, 10_000, 30_000, 50_000)
"""Words by rank; the most common one stands in three of four contents."""
ROUNDS = 3


def main() -> None:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    maker = Maker()
    with tempfile.TemporaryDirectory() as folder:
        for count in (pages // 10, pages):
            _measure(maker, Path(folder) / f"{count}.db", count)


def _measure(maker: Maker, path: Path, count: int) -> None:
    print(f"{count:,} pages, {count * ATTRIBUTIONS:,} attributions")
    seconds = write(maker, path, count)
    print(f"  written: {count * ATTRIBUTIONS / seconds:,.0f} attributions a second")
    print(f"  size: {path.stat().st_size / count / 1000:.1f} kB a page")
    corpus = Corpus(path)
    for name, words in (("common", COMMON), ("rare", RARE)):
        _print_times(f"search, {name} words, two filters", _searches(corpus, maker, words))
    for by in (["site"], ["month"], ["site", "month"], ["speaker"], ["source_type", "cue_class"]):
        label = f"stats by {' and '.join(by)}"
        _print_times(label, (_timed(lambda by=by: corpus.stats(by)) for _ in range(ROUNDS)))  # type: ignore[misc]
    _print_times("overview", (_timed(corpus.overview) for _ in range(ROUNDS)))
    first = _timed(lambda: corpus.stats(unique=True))
    print(f"  stats --unique: {first:.1f} s the first time", end=", ")
    print(f"{_timed(lambda: corpus.stats(unique=True)):.2f} s then")


def write(maker: Maker, path: Path, count: int) -> float:
    """Seconds that the writing takes, without the making of the pages."""
    seconds = 0.0
    with writing(path, create=True) as connection:
        with transaction(connection):
            reading = write_reading(connection, reading_of(Options(), None))
        for number in range(count):
            page = maker.page(number)
            start = time.perf_counter()
            with transaction(connection):
                write_page(connection, page, name=f"{number}.html", reading=reading)
            seconds += time.perf_counter() - start
    return seconds


def _searches(corpus: Corpus, maker: Maker, ranks: tuple[int, ...]) -> Iterator[float]:
    """Seconds of each search, words in turn with each pair of filters."""
    pairs: list[dict[str, str]] = [
        {"source_type": "named_group", "site": maker.sites[1]},
        {"source_type": "unnamed_person", "since": "2019-03-05"},
        {"cue_class": "assertive", "place": "comments"},
        {"kind": "direct", "until": "2018-06"},
        {"site": maker.sites[2], "cue_class": "distancing"},
        {"speaker": "ba", "kind": "mixed"},
    ]
    for rank, pair, _ in product(ranks, pairs, range(ROUNDS)):
        asked = Filter(words=maker.words[rank], **pair)  # type: ignore[arg-type]
        yield _timed(lambda asked=asked: corpus.search(asked))  # type: ignore[misc]


def _timed(question: Callable[[], object]) -> float:
    start = time.perf_counter()
    question()
    return time.perf_counter() - start


def _print_times(label: str, seconds: Iterator[float]) -> None:
    times = sorted(1000 * one for one in seconds)
    at_95 = times[min(len(times) - 1, round(0.95 * len(times)))]
    print(f"  {label}: median {statistics.median(times):,.0f} ms, 95 % {at_95:,.0f} ms")


if __name__ == "__main__":
    main()

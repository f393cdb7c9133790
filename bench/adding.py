"""How much of two cores `onrecord add` uses: 500 pages on one core, then on two.

The pages are those of PolNeAR dev where ``../shared`` is there, else the examples, each with a
line of its own at its end, so that no two have the same bytes. One core's rate is that of all
processes together on one core. Run it with `make bench`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
NEWS = ROOT.parent / "shared/corpora/polnear/dev/text"
EXAMPLES = ROOT / "examples"
PAGES = 500
ROUNDS = 1


def main() -> None:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    texts = sorted((NEWS if NEWS.is_dir() else EXAMPLES).glob("*.txt"))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        words = _make(place / "pages", texts, pages)
        print(f"{pages} pages, {words / pages:.0f} words each")
        for number in range(ROUNDS):
            one = _rate(place, pages, f"one{number}", cores=1)
            two = _rate(place, pages, f"two{number}", cores=2)
            share = two / (2 * one)
            print(f"one core {one:.2f} pages a second, two {two:.2f}: {share:.0%} of twice one")


def _make(folder: Path, texts: list[Path], pages: int) -> int:
    """Write the pages; how many words they have."""
    folder.mkdir()
    words = 0
    for number in range(pages):
        text = texts[number % len(texts)].read_text("utf-8")
        words += len(text.split())
        (folder / f"{number:05}.txt").write_text(f"{text.rstrip()}\n\nPage {number}.\n", "utf-8")
    return words


def _rate(place: Path, pages: int, name: str, *, cores: int) -> float:
    """Pages a second, the start of the program and of its processes included."""
    command = [
        *(sys.executable, "-m", "onrecord", "add", str(place / f"{name}.db")),
        *(str(place / "pages"), "--jobs", str(cores), "--key", str(place / "key")),
    ]
    start = time.perf_counter()
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, set(range(cores))),
    )
    return pages / (time.perf_counter() - start)


if __name__ == "__main__":
    main()

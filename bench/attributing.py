"""Whether the time to read a text grows with its length, whatever the text.

`python bench/attributing.py`: paragraphs that are hard on readers, each at four sizes, and the
same sentences in paragraphs of ordinary length to compare. The tables give seconds of one core
for each megabyte of UTF-8 (for each 10,000 marks), so a row of like numbers is linear; under it
stands what was spent outside of the model, which would otherwise hide what grows.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from onrecord import Options, Reader
from onrecord.options import ReadingOptions

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.clock import CUES, ENCODER, watched_encoder

MEGABYTE = 1_000_000
SIZES = tuple(int(size * MEGABYTE) for size in (0.25, 0.5, 1, 2))
MARKS = 10_000
COUNTS = tuple(MARKS * times for times in (1, 2, 4, 8))

Text = Callable[[int], str]
Row = dict[str, list[float]]

SAYS = "Anna Bell said {}the old bridge would close in May{}. "
"""52 bytes and two marks: 10,000 marks in a quarter of a megabyte."""

PARAGRAPH = 6
"""Sentences in a paragraph of ordinary length."""


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(_measured(sys.argv[1])))
        return
    names = [*TEXTS, *MARKS_ALONE]
    # Processor time is measured, so that the kinds can share the cores.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        rows = dict(zip(names, pool.map(_child, names), strict=True))
    heads = [f"{size / MEGABYTE:g} MB" for size in SIZES]
    print("Seconds of one core a MB; in brackets, those outside of the model")
    _table("one paragraph of", heads, {name: rows[name] for name in TEXTS})
    heads = [f"{count:,}" for count in COUNTS]
    print(f"\nThe same for {MARKS:,} marks: paragraphs of nothing else")
    _table("marks", heads, {name: rows[name] for name in MARKS_ALONE})


def _table(title: str, heads: Sequence[str], rows: Mapping[str, Row]) -> None:
    """Print rows, each against the first."""
    first = next(iter(rows.values()))["all"][-1]
    columns = "".join(f"{head:>10}" for head in heads)
    print(f"{title:<20}{columns}  to first  windows  peak MiB")
    for name, row in rows.items():
        columns = "".join(f"{taken:>10.2f}" for taken in row["all"])
        against = row["all"][-1] / first
        print(
            f"{name:<20}{columns}{against:>9.2f}x{row['windows'][-1]:>9.0f}{row['peak'][-1]:>10.0f}"
        )
        print(" " * 20 + "".join(f"{f'({taken:.2f})':>10}" for taken in row["rest"]))


def _child(name: str) -> Row:
    """Measure one kind of text in a process of its own, so that its peak memory is its own."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
    done = subprocess.run(
        [sys.executable, __file__, name],
        env={**os.environ, **threads},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: Row = json.loads(done.stdout.splitlines()[-1])
    return found


def _measured(name: str) -> Row:
    """Seconds and windows for each megabyte, or for each 10,000 marks, and MiB in all."""
    encoder, clock = watched_encoder()
    reader = Reader(Options(reading=ReadingOptions(kind="text", language="en")), encoder=encoder)
    reader.read(b"Anna Bell said it rained.")
    make, sizes, unit = (
        (TEXTS[name], SIZES, MEGABYTE) if name in TEXTS else (MARKS_ALONE[name], COUNTS, MARKS)
    )
    row: Row = {"all": [], "rest": [], "windows": [], "peak": []}
    for size in sizes:
        data = make(size).encode()
        clock.clear()
        start = time.process_time()
        reader.read(data)
        taken = time.process_time() - start
        row["all"].append(taken / size * unit)
        outside = taken - clock.seconds[ENCODER] - clock.seconds[CUES]
        row["rest"].append(outside / size * unit)
        row["windows"].append(clock.calls[ENCODER] / size * unit)
        row["peak"].append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return row


def _repeated(*parts: str) -> Text:
    """The parts one after the other, again and again."""
    whole = "".join(parts)
    return lambda size: whole * (size // len(whole.encode()))


def _nested(size: int) -> str:
    """French marks that open in the first half and close in the second."""
    half = size // (2 * len(SAYS.format("« ", "").encode()))
    return SAYS.format("« ", "") * half + SAYS.format("", " »") * half


TEXTS: dict[str, Text] = {
    "(in paragraphs)": _repeated(SAYS.format("", "") * PARAGRAPH, "\n\n"),
    "sentences": _repeated(SAYS.format("", "")),
    "straight marks": _repeated(SAYS.format('"', '"')),
    "curly marks": _repeated(SAYS.format("“", "”")),
    "single marks": _repeated(SAYS.format("‘", "’")),
    "marks never closed": _repeated(SAYS.format("“", "„")),
    "French marks, nested": _nested,
    "emoji": _repeated("Anna 👩🏽\u200d🚒 said the 🌉 would 🇫🇷 close ❤️ in May 👍🏽👍🏽👍🏽. "),
    "zero-width": _repeated("An\u200bna B\u200dell s\ufeffaid t\u00adhe old bri\u200bdge fell. "),
    "right to left": _repeated("Anna Bell said \u2067“הגשר ייסגר באביב”\u2069 and «الجسر قديم». "),
    "marks on letters": _repeated("Anna Be\u0301ll\u0323\u0308 said a\u0301\u0302\u0303ll. "),
    "one word": lambda size: "a" * size,
}
"""Each is given the number of bytes."""

MARKS_ALONE: dict[str, Text] = {
    '"': lambda count: '"' * count,
    "“”": lambda count: "“”" * (count // 2),
    "“": lambda count: "“" * count,
    "« … »": lambda count: "«" * (count // 2) + "»" * (count // 2),
}
"""Each is given the number of marks."""


if __name__ == "__main__":
    main()

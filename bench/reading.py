"""Reading a page with its comments, against trafilatura with its comments on.

`python bench/reading.py`: the same pages in the same run, the best of some rounds each; then
pages of 1, 4 and 16 MB, and the memory after a thousand pages.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

from onrecord.options import ReadingOptions
from onrecord.reading import read_page

ROOT = Path(__file__).parents[1]
SAVED = ROOT.parent / "shared/pages/html"
OWN = ROOT / "tests/pages/html"
ROUNDS = 5
MANY = 1000
SIZES = (1, 4, 16)
MEGABYTE = 1_000_000

COMMENT = """<li class="comment" id="comment-{0}"><div class="comment-body"><b class="fn">reader
{1}</b> <time datetime="2024-05-03T10:05:00+00:00">3 May 2024</time><div class="comment-content">
<p>It rained on the day {0} that the barrier was opened, and on the day after it. My cellar has
been dry since March, so something works.</p></div><a class="reply" href="#">Reply</a></div></li>"""
PARAGRAPH = """<p>The barrier was opened on day {0}. “It will hold,” the engineer said, but the
council's own report, seen by this paper, said in {0} that nobody had tested it in the dark.</p>"""


def main() -> None:
    folder = SAVED if SAVED.is_dir() else OWN
    pages = {path.name: path.read_bytes() for path in sorted(folder.glob("*.html"))}
    print(
        f"{len(pages)} pages, {sum(map(len, pages.values())) / MEGABYTE:.1f} MB, best of {ROUNDS}"
    )
    ours = theirs = 0.0
    for data in pages.values():
        a, b = _best(lambda data=data: _read(data)), _best(lambda data=data: _extract(data))  # type: ignore[misc]
        ours, theirs = ours + a, theirs + b
    print(f"onrecord {1000 * ours / len(pages):.0f} ms a page")
    print(f"trafilatura with comments {1000 * theirs / len(pages):.0f} ms a page")
    print(f"onrecord / trafilatura: {ours / theirs:.2f}")
    for size in SIZES:
        data = _page(size * MEGABYTE)
        taken = _best(lambda data=data: _read(data), rounds=1)  # type: ignore[misc]
        print(f"{size:>2} MB: {taken:6.2f} s, {taken / size:.2f} s a MB")
    _memory([data for data in pages.values() if len(data) < MEGABYTE])


def _memory(pages: list[bytes]) -> None:
    """Peak memory after a few hundred pages and after many."""
    for number in range(1, MANY + 1):
        _read(pages[number % len(pages)])
        if number in (MANY // 4, MANY // 2, MANY):
            now = _resident()
            print(f"after {number} pages: {now:.0f} MiB")


def _resident() -> float:
    status = Path("/proc/self/statm")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(status.read_text().split()[1]) * resource.getpagesize() / 2**20


def _read(data: bytes) -> object:
    return read_page(data, "page", ReadingOptions(kind="html"))


def _extract(data: bytes) -> object:
    return trafilatura.bare_extraction(data, include_comments=True, with_metadata=True)


def _best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def _page(size: int) -> bytes:
    """An article and its comments, of about that many bytes."""
    half = size // 2
    paragraphs = "".join(PARAGRAPH.format(n) for n in range(half // len(PARAGRAPH)))
    comments = "".join(COMMENT.format(n, n % 97) for n in range(half // len(COMMENT)))
    head = "<html><head><title>The barrier</title></head><body><article><h1>The barrier</h1>"
    return (
        f"{head}{paragraphs}</article><ol class='comments'>{comments}</ol></body></html>".encode()
    )


if __name__ == "__main__":
    main()

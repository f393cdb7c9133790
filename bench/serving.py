"""The app over a corpus of generated pages: time to answer, first paint, memory.

Eight clients ask at once (wrk, Debian's package), each view for many addresses in turn. Then all
views together, for 10,000 requests and more, while the server's memory is watched. Chromium says
when it first paints. Run it with a number of pages, or with a corpus that `bench/corpus.py` made:
``python bench/serving.py 20000``, ``python bench/serving.py CORPUS.db``.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from onrecord import Corpus, Filter

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from bench.corpus import write
from bench.made import ATTRIBUTIONS, Maker

from browsing import browser

PAGES = 20_000
CLIENTS = 8
SECONDS = 8
REQUESTS = 10_000
ROUNDS = 5
"""Parts of the requests after each of which memory is read."""

_SCRIPT = """
local paths = {}
for path in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = path end
local at = 0
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
done = function(summary, latency, requests)
  local failed = summary.errors.status + summary.errors.read + summary.errors.timeout
  io.write(string.format('{"requests": %d, "failed": %d, "median": %.1f, "p95": %.1f, "p99": %.1f}',
    summary.requests, failed, latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    latency:percentile(99) / 1000), "\\n")
end
"""


def main() -> None:
    given = sys.argv[1] if len(sys.argv) > 1 else str(PAGES)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(given)
        if given.isdigit():
            path = Path(folder) / "made.db"
            write(Maker(), path, int(given))
        corpus = Corpus(path)
        held = corpus.overview()
        print(f"{held.pages:,} pages, {held.attributions:,} attributions ({ATTRIBUTIONS} a page)")
        views = _views(corpus)
        with _served(path) as (base, process):
            print(f"  ready after {_until_ready(base):.1f} s")
            for name, paths in views.items():
                first = _first_times(base, paths)
                _print(name, first, _wrk(base, paths, folder, seconds=SECONDS))
            everything = [one for paths in views.values() for one in paths]
            random.Random(1).shuffle(everything)  # noqa: S311
            _print("all views", None, _wrk(base, everything, folder, seconds=SECONDS))
            _memory(base, everything, folder, process)
            _paint(base, views)


def _views(corpus: Corpus) -> dict[str, list[str]]:
    """Addresses of each view."""
    draw = random.Random(7)  # noqa: S311
    maker = Maker()
    held = corpus.overview()
    sites = [site for site, _ in held.sites if site]
    speakers = [one.identity for one in corpus.speakers(Filter(), limit=400)]
    words = [maker.words[rank] for rank in (0, 3, 10, 30, 3_000, 10_000, 30_000)]
    pages = [draw.randint(1, held.pages) for _ in range(40)]
    return {
        "search": [
            f"/?q={word}&source_type={kind}&site={site}"
            for word in words
            for kind in ("named_person", "unnamed_group")
            for site in sites[:3]
        ],
        "search, no filter": ["/", *(f"/?q={word}" for word in words)],
        "page": [f"/pages/{number}" for number in pages],
        "speakers": ["/speakers", *(f"/speakers?site={site}" for site in sites[:5])],
        "speaker": [f"/speakers/{number}" for number in speakers[:5] + speakers[50::25]],
        "outlets": ["/outlets", *(f"/outlets/one?site={site}" for site in sites)],
        "audit": ["/audit", *(f"/audit?by={by}" for by in ("site", "month", "source_type"))],
        "compare": [f"/compare?site={one}&other_site={two}" for one, two in pairwise(sites)],
        "comments": ["/comments", *(f"/comments?site={site}" for site in sites[:5])],
        "corrections": ["/corrections"],
        "correct": [f"/pages/{number}/attributions/1" for number in pages],
        "read": ["/read"],
    }


@contextmanager
def _served(path: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "onrecord", "serve", str(path), "--no-open", "--port", "0"]
    process = subprocess.Popen([*command, "--rate", "0"], stderr=subprocess.PIPE, text=True)
    try:
        told = process.stderr.readline() if process.stderr else ""
        found = re.search(r"http://\S+", told)
        if found is None:
            raise SystemExit(f"the server did not start: {told}")
        yield found[0].rstrip("/"), process
    finally:
        process.terminate()
        process.wait()


def _until_ready(base: str) -> float:
    start = time.perf_counter()
    _get(f"{base}/")
    return time.perf_counter() - start


def _get(address: str) -> float:
    start = time.perf_counter()
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - our own server
        answer.read()
    return time.perf_counter() - start


def _first_times(base: str, paths: list[str]) -> list[float]:
    """Milliseconds of each address the first time, one after the other."""
    return sorted(_get(base + path) * 1000 for path in paths)


def _wrk(base: str, paths: list[str], folder: str, *, seconds: int) -> dict[str, float]:
    script, listed = Path(folder) / "wrk.lua", Path(folder) / "paths.txt"
    script.write_text(_SCRIPT)
    listed.write_text("\n".join(paths))
    told = subprocess.run(
        ["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "--timeout", "60s", "-s", script, base],
        env={"PATHS": str(listed), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    result: dict[str, float] = json.loads(told.strip().splitlines()[-1])
    return result


def _print(name: str, first: list[float] | None, then: dict[str, float]) -> None:
    slowest = f"the first time {first[-1]:,.0f} ms at most, " if first else ""
    print(
        f"  {name}: {slowest}then median {then['median']:.0f} ms, "
        f"95 % {then['p95']:.0f} ms, 99 % {then['p99']:.0f} ms "
        f"({then['requests']:,.0f} requests, {then['failed']:.0f} failed)"
    )


def _memory(base: str, paths: list[str], folder: str, process: subprocess.Popen[str]) -> None:
    sizes, asked = [_resident(process.pid)], 0.0
    while asked < REQUESTS or len(sizes) <= ROUNDS:
        asked += _wrk(base, paths, folder, seconds=SECONDS)["requests"]
        sizes.append(_resident(process.pid))
    told = ", ".join(f"{size:.0f}" for size in sizes)
    print(f"  memory over {asked:,.0f} requests: {told} MB")


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"RssAnon:\s+(\d+)", status)
    return int(found[1]) / 1000 if found else 0.0


def _paint(base: str, views: dict[str, list[str]]) -> None:
    with browser() as started:
        for name, paths in views.items():
            page = started.new_page()
            page.goto(base + paths[0])
            painted = page.wait_for_function(
                "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
            )
            milliseconds = painted.json_value()
            print(f"  first paint, {name}: {milliseconds:.0f} ms")
            page.close()


if __name__ == "__main__":
    main()

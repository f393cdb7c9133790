"""`add` is killed at random moments: the file stays sound, nothing is lost, nothing is twice."""

from __future__ import annotations

import multiprocessing
import random
import sqlite3
import time
from contextlib import closing
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

import pytest

from store.made_corpus import add_folder

KILLS = 50
PAGES = 24
SEED = 6

STORY = """<html><head><title>Pier {n}</title>
<link rel="canonical" href="https://lantern.example/pier/{address}">
<meta property="og:site_name" content="The Sarrow Lantern">
<meta property="article:published_time" content="2026-03-{day:02}T07:30:00Z"></head><body><article>
<h1>Council Argues Over Pier {n}</h1>
<p>Elda Marrow said pier {n} was safe. The meeting on Tuesday lasted four hours and ended
without a vote.</p>
<p>Osric Marrow said nobody had asked diver {n}. Pia Lund added the concrete was old.</p>
</article></body></html>"""

FORKS: ForkServerContext = multiprocessing.get_context("forkserver")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pages of which some are versions of one address, and one is no page."""
    made = tmp_path / "pages"
    made.mkdir()
    for n in range(PAGES):
        story = STORY.format(n=n, address=n % 20, day=n + 1)
        (made / f"{n:02}.html").write_text(story, "utf-8")
    (made / "11b.html").write_text(" ", "utf-8")
    # The server that forks does not get this process' path (Python before 3.14).
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    FORKS.set_forkserver_preload(["store.warm", "sqlite_utils"])
    return made


def _begin(path: Path, folder: Path) -> ForkServerProcess:
    """A process that adds; it is let go when it is ready to begin."""
    ready, go = FORKS.Event(), FORKS.Event()
    process = FORKS.Process(target=add_folder, args=(path, folder, ready, go))
    process.start()
    assert ready.wait(60)
    go.set()
    return process


def _complete(path: Path, folder: Path) -> float:
    """Run to the end; the seconds that it took."""
    begun = time.monotonic()
    process = _begin(path, folder)
    process.join()
    assert process.exitcode == 0
    return time.monotonic() - begun


def _rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def _check_sound(path: Path) -> None:
    if not path.exists():
        return
    assert _rows(path, "PRAGMA integrity_check") == [("ok",)]
    if not _rows(path, "SELECT 1 FROM sqlite_master WHERE name = 'pages'"):
        return
    assert _rows(path, "SELECT sha256 FROM pages GROUP BY sha256 HAVING count(*) > 1") == []
    assert _rows(path, "PRAGMA foreign_key_check") == []
    halves = (
        "SELECT id FROM pages p WHERE 3 <> (SELECT count(*) FROM attributions WHERE page = p.id)"
    )
    assert _rows(path, halves) == []
    indexed = "SELECT count(*) FROM search WHERE search MATCH 'facets : (inarticle)'"
    current = "SELECT count(*) FROM attributions a JOIN pages p ON p.id = a.page WHERE p.current"
    assert _rows(path, indexed) == _rows(path, current)


def _content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but the times at which they were written."""
    times = {"added", "seen", "last_tried", "applied_at", "tries"}
    content = {}
    tables = _rows(path, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    for (table,) in tables:
        columns = [row[1] for row in _rows(path, f"PRAGMA table_info({table})")]
        if str(table).startswith("search"):
            continue  # The index' own segments hang on when they were merged.
        kept = ", ".join(f'"{name}"' for name in columns if name not in times)
        content[str(table)] = sorted(_rows(path, f"SELECT {kept} FROM {table}"), key=repr)  # noqa: S608
    return content


def test_killed_at_fifty_moments_it_ends_as_if_never_killed(folder: Path, tmp_path: Path) -> None:
    _complete(tmp_path / "warm.db", folder)
    whole = _complete(tmp_path / "whole.db", folder)
    expected = _content(tmp_path / "whole.db")
    assert len(expected["pages"]) == PAGES
    assert len(expected["failures"]) == 1
    moments = random.Random(SEED)  # noqa: S311 - nothing secret
    landed = files = 0
    path = tmp_path / "0.db"
    for _ in range(KILLS):
        process = _begin(path, folder)
        time.sleep(moments.uniform(0, whole))
        landed += process.is_alive()
        process.kill()
        process.join()
        _check_sound(path)
        if path.exists() and process.exitcode == 0:
            assert _content(path) == expected
            files += 1
            path = tmp_path / f"{files}.db"
    _complete(path, folder)
    assert _content(path) == expected
    assert landed > KILLS // 2

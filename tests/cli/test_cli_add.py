"""``onrecord add`` and ``update``: what they tell, the bar, and Ctrl-C."""

from __future__ import annotations

import gzip
import os
import pty
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from functools import partialmethod
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.ask import ask, exit_code
from onrecord import Corpus, Input, InputError
from onrecord.cli import app
from onrecord.cli.add import _added, _updated
from onrecord.cli.progress import Bar, counted_inputs
from onrecord.errors import DamagedStoreError, InputNotFoundError, OptionsError
from onrecord.options import (
    AttributingOptions,
    Options,
    ReadingOptions,
    ResolvingOptions,
    WeighingOptions,
)
from onrecord.reading import find_inputs, open_documents
from onrecord.store import Step
from store.made_corpus import CONVOY, PIERS, fake_reader, threads
from warcs import response

run = CliRunner()
PAGES = 30
SLOW = Path(__file__).with_name("slow_add.py")


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let commands read without the model and without processes."""
    seams = {"make_reader": fake_reader, "make_executor": threads}
    monkeypatch.setattr(Corpus, "add", partialmethod(Corpus.add, **seams))
    monkeypatch.setattr(Corpus, "update", partialmethod(Corpus.update, **seams))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "convoy.txt").write_text(CONVOY)
    (folder / "piers.html").write_text(PIERS)
    return folder


def add(*arguments: str | Path, code: int = 0, data: bytes = b"") -> Result:
    done = run.invoke(app, ["add", *map(str, arguments)], input=data, catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done


@pytest.mark.usefixtures("fake")
def test_what_was_added_and_what_was_known(pages: Path, tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    done = add(path, pages)
    assert re.fullmatch(r"2 pages added with 5 attributions · [\d.]+ pages a second\n", done.stdout)
    assert done.stderr == ""
    assert add(path, pages).stdout == "0 pages added with 0 attributions, 2 known already\n"
    assert add(path, "-", data=CONVOY.encode() + b"more").stdout.startswith("1 page added with 2 ")


@pytest.mark.usefixtures("fake")
def test_what_failed_is_told_and_tried_again_when_asked(pages: Path, tmp_path: Path) -> None:
    path, bad = tmp_path / "c.db", pages / "bad.txt"
    bad.write_text(" ")
    done = add(path, pages, tmp_path / "none.txt", code=1)
    assert done.stdout.startswith("2 pages added with 5 attributions, 2 failed")
    assert [line.split(": ")[2] for line in done.stderr.splitlines()] == [
        "the input is empty. Save the page again.",
        "no such file or folder. Check the path.",
    ]
    done = add(path, pages)
    assert done.stdout.splitlines()[1] == (
        "1 page failed before, not tried again (--retry-failed does it)"
    )
    bad.write_text("Bridge\n\nAnna Bell said it rained.\n")
    done = add(path, "--retry-failed", code=1)
    assert done.stdout.startswith("1 page added with 1 attribution, 1 failed")
    assert [one.name for one in Corpus(path).failures()] == [str(tmp_path / "none.txt")]


@pytest.mark.usefixtures("fake")
def test_an_archive_and_its_warnings(tmp_path: Path) -> None:
    archive = tmp_path / "news.warc.gz"
    archive.write_bytes(
        gzip.compress(response("Aar")) + b"damage" + gzip.compress(response("Cher"))
    )
    done = add(tmp_path / "c.db", archive)
    assert done.stdout.startswith("2 pages added")
    assert done.stderr.startswith("warning: [record-broken] ")


def test_options_reach_the_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: dict[str, Any] = {}

    def listening(self: Corpus, _: object, options: Options, **others: Any) -> list[Step]:
        heard.update(others, path=self.path, options=options)
        return []

    monkeypatch.setattr(Corpus, "add", listening)
    given = "--kind text --language de --max-size 3 --min-confidence 0.5 --people p --cues c"
    add("c.db", "x", *given.split(), *"--weights w --jobs 3 --names --key k --retry-failed".split())
    assert heard.pop("stop")() is False
    assert heard == {
        "path": Path("c.db"),
        "options": Options(
            reading=ReadingOptions(kind="text", language="de", max_bytes=3 * 2**20),
            attributing=AttributingOptions(min_confidence=0.5),
            resolving=ResolvingOptions(people=Path("p")),
            weighing=WeighingOptions(cues=Path("c")),
        ),
        "weights": Path("w"),
        "jobs": 3,
        "names": True,
        "key_file": Path("k"),
        "retry_failed": True,
    }


@pytest.mark.usefixtures("fake")
def test_names_are_kept_when_asked(pages: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    add(tmp_path / "a.db", pages, "--names")
    assert Corpus(tmp_path / "a.db").overview().names
    add(tmp_path / "b.db", pages, "--key", key)
    assert not Corpus(tmp_path / "b.db").overview().names
    assert key.exists()


@pytest.mark.usefixtures("fake")
def test_what_cannot_be_is_told(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.db"
    with pytest.raises(OptionsError, match="nothing to add"):
        add(path)
    assert not path.exists()
    assert exit_code("add", path, pages, "--people", tmp_path / "none.csv") == 2
    assert exit_code("add", path, pages, "--jobs", "0") == 2
    assert exit_code("add", tmp_path / "none/c.db", pages) == 4
    assert exit_code("add", pages / "convoy.txt", pages) == 4
    assert (pages / "convoy.txt").read_text() == CONVOY
    assert exit_code("update", path) == 4
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.usefixtures("fake")
def test_update_reads_anew_and_says_when_there_is_nothing_to_do(
    pages: Path, tmp_path: Path
) -> None:
    path = tmp_path / "c.db"
    add(path, pages)
    assert ask("update", path).startswith("nothing to do: every page")
    assert (
        ask("update", path, "--min-confidence", "0.5") == "2 pages read anew with 5 attributions\n"
    )
    assert ask("update", path, "--min-confidence", "0.5", "--jobs", "1").startswith("nothing")


def test_summaries() -> None:
    assert _updated(Counter(pages=1, attributions=1, failed=2)) == (
        "1 page read anew with 1 attribution, 2 failed"
    )
    tally = Counter({"pages": 1200, "attributions": 60_000, "known": 3, "failed": 1})
    assert _added(tally, 100.0) == (
        "1,200 pages added with 60,000 attributions, 3 known already, 1 failed · "
        "12.0 pages a second"
    )


@pytest.mark.usefixtures("fake")
def test_what_was_done_is_told_when_the_corpus_fails(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Corpus.add

    def failing(self: Corpus, *arguments: object, **options: object) -> object:
        for number, step in enumerate(whole(self, *arguments, **options)):  # type: ignore[arg-type]
            yield step
            if number == 1:
                raise DamagedStoreError("the disk is gone")

    monkeypatch.setattr(Corpus, "add", failing)
    done = run.invoke(app, ["add", str(tmp_path / "c.db"), str(pages)])
    assert isinstance(done.exception, DamagedStoreError)
    assert done.stdout.startswith("1 page added with 2 attributions")


class Heard(Bar):
    """A bar that keeps what it hears."""

    whole = read_so_far = 0

    def expect_bytes(self, size: int) -> None:
        self.whole = size

    def read(self, size: int) -> None:
        self.read_so_far += size


def test_the_bar_hears_every_byte_once(pages: Path, tmp_path: Path) -> None:
    (pages / "convoy.txt.gz").write_bytes(gzip.compress(CONVOY.encode() * 99))
    (pages / "one.warc").write_bytes(response("Aar") + response("Bode"))
    (pages / "two.warc.gz").write_bytes(gzip.compress(response("Aar") * 200))
    (pages / "rows.jsonl").write_bytes(b'{"text": "Anna Bell said it rained."}\n' * 20)
    (pages / "damaged.txt.gz").write_bytes(gzip.compress(os.urandom(9000))[:5000])
    bar = Heard("adding")
    found = counted_inputs(find_inputs([str(pages)]), bar)
    whole = sum(file.stat().st_size for file in pages.iterdir())
    assert bar.whole == whole
    for one in found:
        assert isinstance(one, Input)
        before = bar.read_so_far
        try:
            with open_documents(one, ReadingOptions()) as opened:
                list(opened.found)
        except InputError:
            assert "damaged" in one.name
        assert one.path is not None
        assert bar.read_so_far - before == one.path.stat().st_size, one.name
    assert bar.read_so_far == whole


def test_what_is_read_twice_counts_once(pages: Path) -> None:
    bar = Heard("adding")
    (one,) = counted_inputs(find_inputs([str(pages / "convoy.txt")]), bar)
    assert isinstance(one, Input)
    with one.open() as file:
        assert file.read(9) == CONVOY.encode()[:9]
        file.seek(0)
        assert file.read() == CONVOY.encode()
    assert bar.read_so_far == len(CONVOY)


def test_what_has_no_size_is_passed_on(tmp_path: Path) -> None:
    bar = Heard("adding")
    error = InputNotFoundError("x", "no such file")
    inputs: list[Input | InputError] = [
        Input("-", None),
        error,
        Input("data", None, b"abc"),
        Input("gone", tmp_path / "gone"),
        Input("\0", Path("\0")),
    ]
    assert counted_inputs(inputs, bar) == inputs
    assert bar.whole == 0


def _on_terminal(*arguments: str | Path) -> tuple[bytes, bytes]:
    """What a person sees, and what stands in standard output beside it."""
    leader, follower = pty.openpty()
    command = [sys.executable, str(SLOW), *map(str, arguments)]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "90", "SECONDS_A_PAGE": "0"}
    with subprocess.Popen(
        command, stdin=follower, stdout=subprocess.PIPE, stderr=follower, env=environment
    ) as program:
        os.close(follower)
        shown = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # The other end was closed: the program is done.
                break
            if not part:
                break
            shown += part
        assert program.stdout is not None
        out = program.stdout.read()
    os.close(leader)
    assert program.returncode == 0, shown
    return shown, out


def test_a_terminal_has_a_bar_and_a_pipe_has_none(pages: Path, tmp_path: Path) -> None:
    shown, out = _on_terminal("add", tmp_path / "c.db", pages, "--names", "--jobs", "1")
    assert b"adding" in shown
    assert b"%" in shown
    assert b"a second" in shown
    assert shown.rstrip().endswith(b"\x1b[2K") or b"\x1b[?25h" in shown  # it is taken away
    assert out.startswith(b"2 pages added with 5 attributions")
    assert b"\x1b" not in out


def _many(folder: Path, *, quick: int) -> Path:
    """Pages, the first of them quick to read for `SLOW`."""
    folder.mkdir()
    for one in range(PAGES):
        slow = "fast" if one < quick else "slow"
        text = f"Bridge {one}\n\nAnna Bell said it was {slow}.\n"
        (folder / f"{one:03}.txt").write_text(text)
    return folder


def _written(path: Path) -> int:
    if not path.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            found = connection.execute("SELECT count(*) FROM pages").fetchone()
    except sqlite3.OperationalError:  # It is being made.
        return 0
    connection.close()
    return int(found[0])


def _interrupted(path: Path, folder: Path, seconds: str, times: int) -> tuple[int, str, str]:
    """Start to add with real processes, and press Ctrl-C once some pages are written."""
    command = [sys.executable, SLOW, "add", path, folder, "--names", "--jobs", "2"]
    with subprocess.Popen(
        list(map(str, command)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "SECONDS_A_PAGE": seconds},
    ) as program:
        while _written(path) < 3:
            assert program.poll() is None
            time.sleep(0.02)
        for _ in range(times):
            os.killpg(program.pid, signal.SIGINT)  # A terminal sends it to all of the group.
            time.sleep(0.2)
        out, err = program.communicate(timeout=30)
    return program.returncode, out, err


@pytest.mark.usefixtures("fake")
def test_ctrl_c_finishes_the_pages_under_way(tmp_path: Path) -> None:
    path, folder = tmp_path / "c.db", _many(tmp_path / "pages", quick=0)
    code, out, err = _interrupted(path, folder, "0.1", 1)
    assert code == 130
    assert err == "\nfinishing the pages under way; Ctrl-C again ends at once\n"
    told, stopped = out.splitlines()
    written = _written(path)
    assert told.startswith(f"{written} pages added with {written} attributions · ")
    assert stopped == "stopped early; the same command goes on where it was"
    assert 3 <= written < PAGES
    done = add(path, folder, "--names")
    assert done.stdout.startswith(
        f"{PAGES - written} pages added with {PAGES - written} attributions, {written} known"
    )
    assert {page.headline for page in Corpus(path).pages()} == {
        f"Bridge {one}" for one in range(PAGES)
    }


@pytest.mark.usefixtures("fake")
def test_ctrl_c_again_ends_at_once(tmp_path: Path) -> None:
    path, folder = tmp_path / "c.db", _many(tmp_path / "pages", quick=4)
    code, out, err = _interrupted(path, folder, "60", 2)
    assert code == 130
    assert "Traceback" not in err
    written = _written(path)
    assert out.startswith(f"{written} pages added with {written} attributions · ")
    assert 3 <= written <= 4
    done = add(path, folder, "--names")
    assert f"{PAGES - written} pages added" in done.stdout

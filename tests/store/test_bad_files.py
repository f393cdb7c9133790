"""A full disk, a file that cannot be written, another writer, a file that is no corpus."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from onrecord import Corpus, Filter
from onrecord.errors import (
    BusyStoreError,
    DamagedStoreError,
    NewerStoreError,
    NotAStoreError,
    StoreError,
    StoreFullError,
    StoreMissingError,
    StoreReadOnlyError,
)
from onrecord.store import database
from store.made_corpus import CONVOY, PIERS, add, corpus


def _sound(path: Path) -> int:
    """That SQLite finds nothing wrong; how many pages there are."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return int(connection.execute("SELECT count(*) FROM pages").fetchone()[0])


def _stories(number: int) -> list[tuple[str, str]]:
    return [(f"{n}.txt", CONVOY.replace("bread", f"bread {n} days")) for n in range(number)]


FULL = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from store.made_corpus import CONVOY, Corpus, add
path = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 60_000,) * 2)
add(Corpus(path), [(f"{n}.txt", CONVOY + f"Page {n}. " * 900) for n in range(40)])
"""


def test_a_full_disk_is_told_and_what_was_written_stays(tmp_path: Path) -> None:
    path = corpus(tmp_path / "corpus.db").path
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path), str(Path(__file__).parents[1])],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "StoreFullError" in done.stderr or "StoreError" in done.stderr, done.stderr
    assert "Make room" in done.stderr or "is it full" in done.stderr
    before = _sound(path)
    assert 2 <= before < 42
    add(Corpus(path), [("more.txt", CONVOY + "More.")])
    assert _sound(path) == before + 1


def test_the_limit_of_a_disk_is_an_error_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = corpus(tmp_path / "corpus.db").path
    connect = database._connect

    def limited(*arguments: object, **named: object) -> sqlite3.Connection:
        connection = connect(*arguments, **named)  # type: ignore[arg-type]
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 4}")
        return connection

    monkeypatch.setattr(database, "_connect", limited)
    with pytest.raises(StoreFullError, match="Make room"):
        add(Corpus(path), _stories(200))
    monkeypatch.undo()
    before = _sound(path)
    assert 2 <= before < 202
    assert len(add(Corpus(path), _stories(200))) == 400
    assert _sound(path) == 202


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        # Root may write everywhere but where there is no file.
        (tmp_path / "corpus.db").mkdir()
        with pytest.raises(StoreReadOnlyError, match="permissions"):
            add(Corpus(tmp_path / "corpus.db"), [])
        return
    path = corpus(tmp_path / "corpus.db").path
    path.chmod(0o400)
    with pytest.raises(StoreReadOnlyError):
        add(Corpus(path), [("more.txt", CONVOY + "More.")])
    assert Corpus(path).search(Filter(words="road")).total == 1


def test_no_folder_to_make_it_in_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError, match="there is no folder"):
        add(Corpus(tmp_path / "none" / "corpus.db"), [])


def test_two_writers_at_once_lose_nothing_and_write_nothing_twice(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    stories = _stories(30)
    results: list[list[str]] = []

    def write(order: list[tuple[str, str]]) -> None:
        steps = add(Corpus(path), order)
        results.append([step.result for step in steps if step.result != "input_done"])

    add(Corpus(path), [])
    writers = [threading.Thread(target=write, args=[order]) for order in (stories, stories[::-1])]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert _sound(path) == 30
    assert len(results) == 2
    assert sum(one.count("added") for one in results) == 30
    assert sum(one.count("known") for one in results) == 30


def test_two_that_make_the_same_corpus_at_once_make_one(tmp_path: Path) -> None:
    for number in range(12):
        path = tmp_path / f"{number}.db"
        with ThreadPoolExecutor(4) as pool:
            made = [pool.submit(add, Corpus(path), [(f"{n}.txt", CONVOY)]) for n in range(4)]
            for one in made:
                one.result()
        assert _sound(path) == 1


def test_a_writer_that_holds_the_file_for_long_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = corpus(tmp_path / "corpus.db").path
    monkeypatch.setattr(database, "WAIT", 0.2)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyStoreError, match="Wait for it"):
            add(Corpus(path), [("more.txt", CONVOY + "More.")])
        assert Corpus(path).search(Filter(words="road")).total == 1
        other.execute("ROLLBACK")
    assert _sound(path) == 2


@pytest.mark.parametrize(
    "data", [b"no database at all, but some words of text", b"SQLite format 3\0" + b"\xff" * 4096]
)
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "corpus.db"
    path.write_bytes(data)
    for call in (lambda: Corpus(path).overview(), lambda: add(Corpus(path), [])):
        with pytest.raises(StoreError):
            call()
        assert path.read_bytes() == data


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE birds (name TEXT)")
    data = path.read_bytes()
    for call in (lambda: Corpus(path).overview(), lambda: add(Corpus(path), [])):
        with pytest.raises(NotAStoreError, match="no corpus of Onrecord"):
            call()
        assert path.read_bytes() == data


def test_an_empty_file_becomes_a_corpus(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    path.touch()
    add(Corpus(path), [("piers.html", PIERS)])
    assert _sound(path) == 1


@pytest.mark.parametrize("cut", [0.3, 0.7])
def test_a_damaged_file_is_told(tmp_path: Path, cut: float) -> None:
    path = tmp_path / "corpus.db"
    add(Corpus(path), _stories(40))
    data = bytearray(path.read_bytes())
    start = int(len(data) * cut) // 4096 * 4096
    data[start:] = b"\xa5" * (len(data) - start)
    path.write_bytes(data)
    with pytest.raises(DamagedStoreError, match="Restore a copy"):
        list(Corpus(path).pages())
    assert path.read_bytes() == data


def test_a_file_that_is_cut_off_is_told(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    add(Corpus(path), _stories(40))
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    with pytest.raises(StoreError):
        list(Corpus(path).pages())


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = corpus(tmp_path / "corpus.db").path
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('onrecord', 'corpus_99', '2030-01-01')"
        )
    copy = tmp_path / "copy.db"
    shutil.copy(path, copy)
    for call in (lambda: Corpus(path).overview(), lambda: add(Corpus(path), [])):
        with pytest.raises(NewerStoreError, match="pip install --upgrade"):
            call()
        assert path.read_bytes() == copy.read_bytes()

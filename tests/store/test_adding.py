"""Adding: nothing twice, nothing lost, failures noted, and reading anew."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from onrecord import Corpus, Filter, Options, Page, ResolvingOptions, to_json
from onrecord.errors import OptionsError
from onrecord.store import Step
from onrecord.store.identities import identity
from onrecord.store.places import PAGES, check_room
from onrecord.store.pseudonyms import pseudonym, read_key, without_names
from onrecord.store.writing import write_page
from store.made_corpus import CONVOY, PIERS, add, corpus, fake_reader, threads
from warcs import http, record, response
from writer import Writer

SETTINGS: dict[str, Any] = {"make_reader": fake_reader, "make_executor": threads, "jobs": 2}


def _results(steps: Sequence[Step]) -> Counter[str]:
    return Counter(step.result for step in steps)


def _adding(path: Path, *inputs: Path, **named: Any) -> list[Step]:
    return list(Corpus(path).add([str(one) for one in inputs], names=True, **SETTINGS, **named))


def test_what_is_there_is_skipped_and_told(tmp_path: Path) -> None:
    pages = [("a.txt", CONVOY), ("b.html", PIERS), ("again.txt", CONVOY)]
    held = Corpus(tmp_path / "c.db")
    assert _results(add(held, pages)) == {"added": 2, "known": 1, "input_done": 3}
    assert _results(add(held, pages)) == {"known": 3, "input_done": 3}
    assert held.overview().pages == 2


def test_steps_come_in_the_order_of_the_inputs(tmp_path: Path) -> None:
    pages = [(f"{n}.txt", CONVOY + f"\nPage {n}.\n") for n in range(30)]
    steps = [step for step in add(Corpus(tmp_path / "c.db"), pages) if step.result == "added"]
    assert [step.name for step in steps] == [name for name, _ in pages]
    assert all(step.attributions == 2 for step in steps)


def test_an_archive_and_lines_of_json_are_pages_each(tmp_path: Path) -> None:
    records = (response("Orla"), response("Mere"))
    (tmp_path / "crawl.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
    rows = [{"text": CONVOY, "url": "https://b.example/"}, {"words": "none"}]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    steps = _adding(tmp_path / "c.db", tmp_path / "crawl.warc.gz", tmp_path / "rows.jsonl")
    assert _results(steps) == {"added": 3, "failed": 1, "input_done": 2}
    assert _results(_adding(tmp_path / "c.db", tmp_path / "crawl.warc.gz")) == {
        "known": 2,
        "input_done": 1,
    }


def test_failures_are_noted_tried_again_when_asked_and_forgotten_when_mended(
    tmp_path: Path,
) -> None:
    path, bad, gone = tmp_path / "c.db", tmp_path / "bad.txt", tmp_path / "gone.txt"
    bad.write_text(" ")
    assert _results(_adding(path, bad, gone)) == {"failed": 2, "input_done": 2}
    told = {Path(one.name).name: (one.error, one.tries) for one in Corpus(path).failures()}
    assert told == {"bad.txt": ("EmptyInputError", 1), "gone.txt": ("InputNotFoundError", 1)}
    # The same bytes fail the same way, so they are not read again unasked.
    assert _results(_adding(path, bad, gone))["failed_before"] == 1
    gone.write_text(CONVOY)
    assert _results(_adding(path, retry_failed=True)) == {"failed": 1, "added": 1, "input_done": 2}
    (left,) = Corpus(path).failures()
    assert (Path(left.name).name, left.tries) == ("bad.txt", 2)
    bad.write_text(PIERS)
    assert _results(_adding(path, bad)) == {"added": 1, "input_done": 1}
    assert Corpus(path).failures() == []


def test_an_archive_that_was_mended_is_no_failure_any_more(tmp_path: Path) -> None:
    archive = tmp_path / "crawl.warc.gz"
    whole = gzip.compress(response("Orla"))
    archive.write_bytes(whole[: len(whole) // 2])
    _adding(tmp_path / "c.db", archive)
    assert Corpus(tmp_path / "c.db").failures()
    archive.write_bytes(whole)
    _adding(tmp_path / "c.db", retry_failed=True)
    assert Corpus(tmp_path / "c.db").failures() == []


def test_an_input_that_is_gone_keeps_its_earlier_failures(tmp_path: Path) -> None:
    path, rows = tmp_path / "c.db", tmp_path / "rows.jsonl"
    rows.write_text('{"words": 1}\n{"words": 2}\n')
    _adding(path, rows)
    assert len(Corpus(path).failures()) == 2
    aside = rows.rename(tmp_path / "aside")
    _adding(path, retry_failed=True)
    names = [Path(one.name).name for one in Corpus(path).failures()]
    assert sorted(names) == ["rows.jsonl", "rows.jsonl:1", "rows.jsonl:2"]
    aside.rename(rows)
    rows.write_text('{"text": "Piers\\n\\nAnna Bell said it rained."}\n')
    _adding(path, retry_failed=True)
    assert Corpus(path).failures() == []


def test_the_twin_of_a_page_that_fails_is_not_known(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(" ")
    steps = _adding(tmp_path / "c.db", tmp_path / "a.txt", tmp_path / "b.txt")
    assert _results(steps) == {"failed": 1, "failed_before": 1, "input_done": 2}


def test_an_input_that_is_named_and_failed_before_is_tried_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" ")
    for tries in (1, 2):
        _adding(tmp_path / "c.db", tmp_path / "a.txt", retry_failed=True)
        assert [one.tries for one in Corpus(tmp_path / "c.db").failures()] == [tries]


def test_a_page_without_a_place_is_a_failure_and_no_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def full(connection: Any, page: Page, **named: Any) -> int:
        if "Page 1." in page.text:
            check_room("x", PAGES, 0)
        return write_page(connection, page, **named)

    monkeypatch.setattr("onrecord.store.adding.write_page", full)
    pages = [(f"{n}.txt", f"{CONVOY}\nPage {n}.\n") for n in range(3)]
    steps = add(Corpus(tmp_path / "c.db"), pages)
    assert _results(steps) == {"added": 2, "failed": 1, "input_done": 3}
    assert [one.error for one in Corpus(tmp_path / "c.db").failures()] == ["TooLargeError"]


def test_a_name_that_is_no_text_stops_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a\udcff.txt").write_text(CONVOY)
    (folder / "b\udcff.txt").write_text(" ")
    (folder / "c.txt").write_text(PIERS)
    steps = _adding(tmp_path / "c.db", folder)
    assert _results(steps) == {"added": 2, "failed": 1, "input_done": 3}
    (failure,) = Corpus(tmp_path / "c.db").failures()
    assert failure.name.endswith("b\\udcff.txt")


def test_what_an_archive_passes_over_is_told(tmp_path: Path) -> None:
    moved = record("https://a.example/", http(b"", status="301 Moved"))
    good = response("Orla")
    (tmp_path / "crawl.warc").write_bytes(moved + good)
    steps = _adding(tmp_path / "c.db", tmp_path / "crawl.warc")
    notices = [step.warning.code for step in steps if step.warning is not None]
    assert notices == ["responses-passed-over"]


def test_when_it_is_stopped_the_rest_is_added_by_the_next_run(tmp_path: Path) -> None:
    pages = [tmp_path / f"{n:02}.txt" for n in range(40)]
    for number, page in enumerate(pages):
        page.write_text(f"{CONVOY}\nPage {number}.\n")
    seen: list[Step] = []
    stopped = Corpus(tmp_path / "c.db").add(
        [str(page) for page in pages], names=True, stop=lambda: len(seen) > 3, **SETTINGS
    )
    for step in stopped:
        seen.append(step)
    first = Corpus(tmp_path / "c.db").overview().pages
    assert 0 < first <= 40
    _adding(tmp_path / "c.db", *pages)
    assert Corpus(tmp_path / "c.db").overview().pages == 40


def test_reading_anew_changes_only_what_was_read_otherwise(tmp_path: Path) -> None:
    held = corpus(tmp_path / "c.db")
    before = {hit.attribution: hit for hit in held.search(Filter(words="piers OR divers")).hits}
    people = tmp_path / "people.csv"
    people.write_text("name,party\nElda Marrow,Quay Union\n")
    named = Options(resolving=ResolvingOptions(people=people))

    def make() -> Any:
        return fake_reader(named)

    assert held.outdated(named) == 2
    settings = {**SETTINGS, "make_reader": make}
    assert _results(list(held.update(named, **settings))) == {"added": 2}
    assert held.speaker("Elda Marrow").listed["party"] == "Quay Union"
    after = {hit.attribution: hit for hit in held.search(Filter(words="piers OR divers")).hits}
    assert {n: hit.content for n, hit in after.items()} == {
        n: hit.content for n, hit in before.items()
    }
    assert held.outdated(named) == 0
    with pytest.raises(OptionsError, match=r"people file people\.csv"):
        list(held.update(**SETTINGS))
    assert _results(list(held.update(drop_files=True, **SETTINGS))) == {"added": 2}
    assert held.speaker("Elda Marrow").listed == {}
    with closing(sqlite3.connect(held.path)) as connection:
        unused = "SELECT count(*) FROM identities WHERE id NOT IN (SELECT identity FROM speakers)"
        assert connection.execute(unused).fetchone() == (0,)


def test_reading_anew_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    held = Corpus(tmp_path / "c.db")
    add(held, [(f"{n}.txt", f"{CONVOY}\nPage {n}.\n") for n in range(20)])
    sure = Options(attributing=Options().attributing.__class__(min_confidence=0.1))
    anew = held.update(sure, **SETTINGS)
    next(anew)
    del anew
    left = held.outdated(sure)
    assert 0 < left < 20
    assert _results(list(held.update(sure, **SETTINGS))) == {"added": left}


NAMES = ("rower_anna", "Bertil Övre", "quay-watcher")
THREAD = """Council Delays New Bridge

Anna Bell said the bridge was safe. Ben Cole added that it was not.

Comments

  • rower_anna

    Dora Finn says it leaks. I said nobody looked.

      • Bertil Övre

        Gus Hale said it rusts.

  • quay-watcher

    Ida Vale said it is old.
"""


def test_no_commenters_name_is_in_the_file(tmp_path: Path) -> None:
    path, key = tmp_path / "c.db", tmp_path / "key"
    (tmp_path / "thread.txt").write_text(THREAD, "utf-8")
    list(Corpus(path).add([str(tmp_path / "thread.txt")], key_file=key, **SETTINGS))
    data = path.read_bytes()
    for name in NAMES:
        assert name.encode() not in data, name
    (held,) = Corpus(path).pages()
    assert [one.author for one in held.comments] == [
        pseudonym(name, None, read_key(key)) for name in NAMES
    ]
    assert "Anna Bell said the bridge was safe." in held.text
    assert len(held.text) == len(THREAD)
    assert bytes.fromhex(key.read_text().strip()) not in data
    assert key.read_text().strip().encode() not in data
    assert key.stat().st_mode & 0o077 == 0


def test_a_commenter_has_one_pseudonym_a_site() -> None:
    key = b"k" * 32
    assert pseudonym("Bertil", "a.example", key) == pseudonym(" Bertil ", "a.example", key)
    others = [("Bertil", "b.example", key), ("Anna", "a.example", key), ("Bertil", None, key)]
    found = {pseudonym(*one) for one in [*others, ("Bertil", "a.example", b"x" * 32)]}
    assert len(found) == 4
    assert pseudonym("Bertil", "a.example", key) not in found


def test_a_page_without_comments_stays_as_it_is() -> None:
    page = fake_reader().read(CONVOY.encode())
    assert without_names(page, b"k" * 32) == page


def test_with_pseudonyms_reading_anew_finds_the_same(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    (tmp_path / "thread.txt").write_text(THREAD, "utf-8")
    list(Corpus(path).add([str(tmp_path / "thread.txt")], key_file=tmp_path / "k", **SETTINGS))
    before = [to_json(page) for page in Corpus(path).pages()]
    sure = Options(attributing=Options().attributing.__class__(min_confidence=0.01))
    assert _results(list(Corpus(path).update(sure, **SETTINGS))) == {"added": 1}
    assert [to_json(page) for page in Corpus(path).pages()] == before


def test_signs_of_every_script_are_masked(tmp_path: Path) -> None:
    thread = THREAD.replace("rower_anna", "निशा 🚣 é")
    page = without_names(fake_reader().read(thread.encode()), b"k" * 32)
    assert len(page.text) == len(thread)
    assert not set("निशा🚣\u0301") & set(page.text)


def test_a_key_is_never_half_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", killed)
    with pytest.raises(KeyboardInterrupt):
        read_key(tmp_path / "key")
    assert not (tmp_path / "key").exists()
    monkeypatch.undo()
    key = read_key(tmp_path / "key")
    assert len(key) == 32
    assert [one.name for one in tmp_path.iterdir()] == ["key"]
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: read_key(tmp_path / "other"), range(8)))
    assert len(found) == 1


def test_a_broken_key_is_told(tmp_path: Path) -> None:
    for content in ("no key", "abcd"):
        (tmp_path / "key").write_text(content)
        with pytest.raises(OptionsError, match="--key"):
            read_key(tmp_path / "key")


@pytest.mark.parametrize(
    ("name", "kind", "same_page", "same_site", "anywhere"),
    [
        ("Elda Marrow", "person", True, True, True),
        ("Marrow", "person", True, False, False),
        ("E. Marrow", "person", True, False, False),
        ("United Harbours", "group", True, True, True),
        ("Sarrow City Council", "group", True, True, False),
        ("police", "group", True, False, False),
        ("Ines Calder", "author", True, True, False),
        ("The Vale Report", "document", True, True, False),
        ("Norwell Poll", "poll", True, True, False),
    ],
)
def test_who_is_the_same_in_other_pages(
    name: str, kind: Any, same_page: bool, same_site: bool, anywhere: bool
) -> None:
    def key(page_id: str, site: str) -> str:
        page = Writer().paragraph("x").speaker(name, kind=kind).page(id=page_id * 64, site=site)
        found = identity(page, page.speakers[0])
        assert found is not None
        return found.key

    first = key("a", "lantern.example")
    assert (first == key("a", "lantern.example")) is same_page
    assert (first == key("b", "lantern.example")) is same_site
    assert (first == key("b", "courier.example")) is anywhere


def test_without_a_site_a_body_is_the_pages_own() -> None:
    def key(page_id: str) -> str:
        page = Writer().paragraph("x").speaker("Sarrow City Council", kind="group")
        record = page.page(id=page_id * 64)
        found = identity(record, record.speakers[0])
        assert found is not None
        return found.key

    assert key("a") == key("a")
    assert key("a") != key("b")


def test_a_row_of_the_people_file_is_one_speaker_whatever_the_name() -> None:
    row = {"name": "Elda Marrow", "party": "Quay Union"}

    def key(name: str, listed: dict[str, str]) -> str:
        page = Writer().paragraph("x").speaker(name, listed=listed).page()
        found = identity(page, page.speakers[0])
        assert found is not None
        return found.key

    assert key("Marrow", row) == key("Elda Marrow", row)
    assert key("Elda Marrow", row) != key("Elda Marrow", {**row, "party": "Tide List"})
    nobody = Writer().paragraph("x").speaker("a diver", named=False).page()
    assert identity(nobody, nobody.speakers[0]) is None


def test_the_real_thing_goes_on_after_a_kill(tmp_path: Path) -> None:
    """The program with its worker processes and its model, killed while it reads."""
    for number in range(12):
        (tmp_path / f"{number:02}.txt").write_text(f"{CONVOY}\nPage {number}.\n", "utf-8")
    path = tmp_path / "c.db"
    command = [sys.executable, "-m", "onrecord", "add", str(path), str(tmp_path), "--names"]
    running = subprocess.Popen([*command, "--jobs", "2"], start_new_session=True)
    pages = 0
    while running.poll() is None and not pages:
        if path.exists():
            with closing(sqlite3.connect(path)) as connection:
                made = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'pages'")
                if made.fetchone():
                    pages = connection.execute("SELECT count(*) FROM pages").fetchone()[0]
    running.kill()
    running.wait()
    assert pages
    done = subprocess.run([*command, "--jobs", "1"], capture_output=True, text=True, check=True)
    assert "known already" in done.stdout
    held = list(Corpus(path).pages())
    assert len(held) == 12
    assert {one.text for one in held} == {
        (tmp_path / f"{number:02}.txt").read_text("utf-8") for number in range(12)
    }
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    _no_process_of_group(running.pid)


def _no_process_of_group(group: int) -> None:
    """That a killed program's workers are gone within seconds, as they must."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        subprocess.run(["sleep", "0.1"], check=True)
    raise AssertionError("workers outlived the program")


def test_a_pages_record_is_the_readers(tmp_path: Path) -> None:
    held = corpus(tmp_path / "c.db")
    read: list[Page] = [fake_reader().read(one.encode()) for one in (CONVOY, PIERS)]
    assert list(held.pages()) == read

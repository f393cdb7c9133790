"""Corrections in a corpus: they win everywhere, are undone without a trace, and survive."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from onrecord import Corpus, Filter, Options, Reader
from onrecord.correcting import Statement, statement
from onrecord.encoder.fake import FakeEncoder
from onrecord.errors import ConflictError, CorrectionError, NotInStoreError, OlderStoreError
from onrecord.options import AttributingOptions
from onrecord.records import Attribution, Page
from store.made_corpus import PIERS, add, corpus, threads

OLD = "the concrete was old"


@pytest.fixture
def made(tmp_path: Path) -> Corpus:
    return corpus(tmp_path / "c.db")


def of(page: Page, content: str) -> Attribution:
    (one,) = [each for each in page.attributions if page.quote(each.content) == content]
    return one


def before(made: Corpus, content: str = OLD) -> Statement:
    page = made.page(1)
    return statement(page, of(page, content))


def change(made: Corpus, content: str = OLD, **fields: object) -> int:
    was = before(made, content)
    after = msgspec.structs.replace(was, **fields)
    return made.correct(1, before=was, after=after, who="Orla").id


def rows(path: Path, *tables: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return [row for name in tables for row in connection.execute(f"SELECT * FROM {name}")]  # noqa: S608


def sound(path: Path) -> None:
    """The file is sound, and the index holds what the tables do."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        (indexed,) = connection.execute(
            "SELECT count(*) FROM search WHERE search MATCH 'facets : (inarticle OR incomments)'"
        ).fetchone()
        (current,) = connection.execute(
            "SELECT count(*) FROM attributions a JOIN pages p ON p.id = a.page WHERE p.current"
        ).fetchone()
        assert indexed == current


def test_a_correction_wins_everywhere(made: Corpus) -> None:
    change(made, speaker="Elda Marrow", source_type="document")
    (hit,) = made.search(Filter(words="concrete")).hits
    assert (hit.speaker, hit.source_type) == ("Elda Marrow", "document")
    assert made.search(Filter(speaker="Pia Lund")).total == 0
    assert made.stats(["source_type"], Filter(source_type="document")).total.attributions == 1
    (elda,) = made.find_speakers("Elda Marrow")
    assert elda.attributions == 3
    with pytest.raises(NotInStoreError):
        made.find_speakers("Pia Lund")
    assert of(next(made.pages(Filter(words="concrete"))), OLD).confidence == 1
    sound(made.path)


def test_it_is_kept_with_what_was_before(made: Corpus) -> None:
    was = before(made)
    change(made, speaker="Elda Marrow")
    (kept,) = made.corrections()
    assert (kept.page, kept.who, kept.action, kept.undone) == (1, "Orla", "change", None)
    assert kept.before == was
    assert kept.after == before(made)
    assert of(made.answer(1), OLD).confidence < 1
    assert made.corrections(1) == [kept]
    assert made.corrections(2) == []


def test_undone_it_leaves_no_trace(made: Corpus) -> None:
    page, model = made.page(1), rows(made.path, "attributions")
    first = change(made, speaker="Elda Marrow")
    second = made.correct(1, before=before(made), after=None, who="Orla").id
    third = made.correct(
        1, before=None, after=Statement(content=((60, 75),), kind="indirect"), who="Orla"
    ).id
    corrected = made.page(1)
    for one in (second, third, first):
        made.undo(one, who="Bertil")
    assert made.page(1) == page == made.answer(1)
    assert [row[1:4] + row[6:] for row in rows(made.path, "attributions")] == [
        row[1:4] + row[6:] for row in model
    ]
    sound(made.path)
    for one in (first, second, third):
        made.redo(one)
    assert made.page(1) == corrected
    assert all(one.undone is None and one.undone_by is None for one in made.corrections())


def test_who_undid_it_is_kept(made: Corpus) -> None:
    number = change(made, speaker="Elda Marrow")
    undone = made.undo(number, who="Bertil")
    assert undone.undone_by == "Bertil"
    assert undone.undone is not None
    assert made.undo(number, who="Somebody later") == undone
    assert made.redo(number).undone is None


def test_what_is_no_longer_so_is_a_conflict(made: Corpus) -> None:
    was = before(made)
    change(made, speaker="Elda Marrow")
    with pytest.raises(ConflictError, match="look at it again"):
        made.correct(1, before=was, after=None, who="Orla")
    assert len(made.corrections()) == 1


@pytest.mark.parametrize("who", ["", " \n", "x" * 101])
def test_who_must_be_somebody(made: Corpus, who: str) -> None:
    with pytest.raises(CorrectionError, match="who corrects"):
        made.correct(1, before=before(made), after=None, who=who)
    assert made.corrections() == []
    assert made.page(1) == made.answer(1)


def test_what_changes_nothing_is_no_correction(made: Corpus) -> None:
    with pytest.raises(CorrectionError, match="nothing is corrected"):
        made.correct(1, before=before(made), after=before(made), who="Orla")


def test_what_is_not_there(made: Corpus) -> None:
    with pytest.raises(NotInStoreError, match="no page 9 in"):
        made.correct(9, before=None, after=Statement(content=((0, 3),), kind="direct"), who="Orla")
    for page in (10**20, "9" * 20, "9" * 5000):
        with pytest.raises(NotInStoreError, match="no page"):
            made.corrections(page)
    with pytest.raises(NotInStoreError, match="no correction 1000000"):
        made.redo(10**20)
    for act in (made.redo, lambda one: made.undo(one, who="Orla")):
        with pytest.raises(NotInStoreError, match="no correction 7"):
            act(7)


def update(made: Corpus, least: float) -> None:
    options = Options(attributing=AttributingOptions(min_confidence=least))
    steps = made.update(
        options,
        make_reader=lambda: Reader(options, encoder=FakeEncoder()),
        make_executor=threads,
        jobs=1,
    )
    assert {step.result for step in steps} == {"added"}


def test_update_keeps_corrections(made: Corpus) -> None:
    change(made, speaker="Elda Marrow")
    made.correct(1, before=before(made, "the northern piers were safe"), after=None, who="Orla")
    made.correct(1, before=None, after=Statement(content=((60, 75),), kind="indirect"), who="Orla")
    corrected = made.page(1)
    update(made, 0.001)  # Other options, the same attributions.
    assert made.page(1) == corrected
    sound(made.path)
    for one in made.corrections():
        made.undo(one.id, who="Orla")
    assert made.page(1) == made.answer(1)
    assert len(made.page(1).attributions) == 3


def test_a_model_that_finds_nothing_leaves_what_people_said(made: Corpus) -> None:
    change(made, speaker="Elda Marrow")
    wrong = made.correct(
        1, before=before(made, "the northern piers were safe"), after=None, who="Orla"
    )
    update(made, 1.0)
    page = made.page(1)
    assert [page.quote(one.content) for one in page.attributions] == [OLD]
    (warning,) = [one for one in page.warnings if one.code == "correction-lost"]
    assert f"correction {wrong.id} by Orla" in warning.message
    assert made.answer(1).attributions == ()
    update(made, 0.0)
    assert not [one for one in made.page(1).warnings if one.code == "correction-lost"]
    assert made.search(Filter(words="northern")).total == 0


def test_a_new_version_of_a_page_begins_without_corrections(made: Corpus) -> None:
    change(made, speaker="Elda Marrow")
    add(made, [("piers.html", PIERS.replace("four hours", "five hours"))])
    assert of(made.page(3), OLD).confidence < 1
    (hit,) = made.search(Filter(words="concrete")).hits
    assert (hit.page, hit.speaker) == (3, "Pia Lund")
    assert list(made.corrected()) == []
    was = statement(made.page(1), of(made.page(1), OLD))
    made.correct(1, before=was, after=None, who="Orla")  # Of an older version, too.
    sound(made.path)


def test_corrected_pages(made: Corpus) -> None:
    assert list(made.corrected()) == []
    number = change(made, speaker="Elda Marrow")
    assert list(made.corrected()) == [made.page(1)]
    made.undo(number, who="Orla")
    assert list(made.corrected()) == []


def test_many_at_once(made: Corpus) -> None:
    """Each of many who add an attribution gets it in; none is lost, none is twice."""
    start = made.page(1).text.index("The meeting")

    def correct(number: int) -> None:
        content = ((start + number, start + number + 3),)
        after = Statement(content=content, kind="indirect", speaker=f"Speaker {number}")
        made.correct(1, before=None, after=after, who=f"P{number}")

    people = [threading.Thread(target=correct, args=[number]) for number in range(8)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert len(made.corrections()) == 8
    assert len(made.page(1).attributions) == 3 + len(
        {one.after.content for one in made.corrections() if one.after}
    )
    sound(made.path)


def test_a_corpus_without_the_tables_is_brought_up_to_date(made: Corpus) -> None:
    with closing(sqlite3.connect(made.path)) as connection:
        connection.executescript(
            "DROP TABLE corrections; DROP TABLE answers;"
            "DELETE FROM _sqlite_migrations WHERE name = 'corrections_2'"
        )
    with pytest.raises(OlderStoreError, match="it lacks corrections_2"):
        made.page(1)
    assert list(made.update(make_reader=lambda: Reader(encoder=FakeEncoder()), jobs=1)) == []
    assert change(made, speaker="Elda Marrow") == 1

"""``onrecord corrections``, `export --corrected` and what `train` says without torch."""

from __future__ import annotations

import getpass
from pathlib import Path

import msgspec
import pytest

from cli.ask import ask, rows
from onrecord import Corpus
from onrecord.correcting import Correction, statement
from onrecord.errors import NotInStoreError, OptionsError
from onrecord.evaluation.corpus import read_corpus
from store.made_corpus import corpus


@pytest.fixture
def made(tmp_path: Path) -> Corpus:
    made = corpus(tmp_path / "c.db")
    page = made.page(1)
    before = statement(page, page.attributions[0])
    after = msgspec.structs.replace(before, speaker="Pia Lund")
    made.correct(1, before=before, after=after, who="Orla Quist")
    return made


def test_they_are_listed(made: Corpus) -> None:
    shown = ask("corrections", made.path)
    assert shown.startswith("1  changed by Orla Quist, ")
    assert "page 1, Council Argues Over The Harbour Piers" in shown
    assert "content: the northern piers were safe" in shown
    assert "speaker: Elda Marrow → Pia Lund" in shown
    assert "cue" not in shown
    assert ask("corrections", made.path, "2") == "nobody has corrected anything\n"


def test_for_programs(made: Corpus) -> None:
    (row,) = rows("corrections", made.path)
    assert list(row) == [field.name for field in msgspec.structs.fields(Correction)]
    assert row["before"]["speaker"] == "Elda Marrow"
    assert row["after"]["speaker"] == "Pia Lund"


def test_undo_and_redo(made: Corpus) -> None:
    assert f"undone by {getpass.getuser()}" in ask(
        "corrections", made.path, "--undo", "1", width=200
    )
    assert made.page(1) == made.answer(1)
    assert "undone" not in ask("corrections", made.path, "--redo", "1")
    assert made.page(1) != made.answer(1)
    assert "undone by Bertil" in ask(
        "corrections", made.path, "--undo", "1", "--who", "Bertil", width=200
    )


def test_what_cannot_be_undone(made: Corpus) -> None:
    with pytest.raises(NotInStoreError, match="no correction 9"):
        ask("corrections", made.path, "--undo", "9")
    with pytest.raises(OptionsError, match="exclude one another"):
        ask("corrections", made.path, "--undo", "1", "--redo", "1")


def test_corrected_pages_are_a_corpus_to_train_on(made: Corpus, tmp_path: Path) -> None:
    ask("export", made.path, "--to", "brat", "--corrected", "-o", tmp_path / "brat")
    (article,) = read_corpus(tmp_path / "brat")
    page = made.page(1)
    assert article.text == page.text
    assert [one.content for one in article.attributions] == [
        one.content for one in page.attributions
    ]
    lines = ask("export", made.path, "--to", "jsonl", "--corrected").splitlines()
    assert len(lines) == 1
    made.undo(1, who="Orla")
    assert ask("export", made.path, "--to", "jsonl", "--corrected") == ""


@pytest.mark.parametrize(
    "options", [["--to", "jsonl", "--site", "x"], ["--to", "datasette"]], ids=str
)
def test_corrected_pages_are_whole(made: Corpus, options: list[str]) -> None:
    with pytest.raises(OptionsError, match="corrected"):
        ask("export", made.path, "--corrected", *options)


def test_train_says_what_it_lacks() -> None:
    with pytest.raises(OptionsError, match="what is to be trained"):
        ask("train", "--out", "x")
    with pytest.raises(OptionsError, match="follow its name"):
        ask("train", "--out", "x", "attributions", "--out", "y")

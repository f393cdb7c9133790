"""``onrecord show``: the corpus, a page, and what failed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.ask import ask, exit_code
from onrecord import Corpus, from_json
from onrecord.errors import NotInStoreError, OptionsError
from store.made_corpus import add, corpus


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = corpus(tmp_path_factory.mktemp("show") / "c.db")
    add(made, [("empty.txt", " ")])
    return made.path


def test_the_corpus(path: Path) -> None:
    lines = ask("show", path).splitlines()
    assert lines[1:4] == [
        "2 pages",
        "2026-03-04 · 1 page without a date",
        "5 attributions · 4 speakers with a name · 0 comments · 62 words",
    ]
    assert "1 input failed (--failed shows them)" in lines
    held = json.loads(ask("show", path, "--format", "json"))
    assert (held["pages"], held["failures"], held["sites"]) == (
        *(2, 1),
        [[None, 1], ["The Sarrow Lantern", 1]],
    )
    assert json.loads(ask("show", path, "--format", "jsonl")) == held


@pytest.mark.parametrize("name", ["1", "https://lantern.example/piers"])
def test_a_page(path: Path, name: str) -> None:
    assert ask("show", path, name).startswith("Council Argues Over The Harbour Piers\n")
    record = from_json(ask("show", path, name, "--format", "jsonl"))
    assert record == from_json(ask("show", path, name, "--format", "json"))
    assert record == Corpus(path).page(name)
    assert ask("show", path, record.id[:9]) == ask("show", path, name)


def test_quotations_are_shown_whole_when_asked(tmp_path: Path) -> None:
    made = Corpus(tmp_path / "c.db")
    add(made, [("a.txt", f"Bridge\n\nAnna Bell said it {'rained and ' * 60}rained.\n")])
    assert "[…]" in ask("show", made.path, "1")
    assert "[…]" not in ask("show", made.path, "1", "--full")


def test_what_failed(path: Path) -> None:
    text = ask("show", path, "--failed")
    assert "empty.txt" in text
    assert "EmptyInputError: the input is empty" in text
    (failure,) = json.loads(ask("show", path, "--failed", "--format", "json"))
    assert failure == json.loads(ask("show", path, "--failed", "--format", "jsonl"))
    assert failure["tries"] == 1


def test_what_cannot_be_is_told(path: Path) -> None:
    with pytest.raises(NotInStoreError, match="no page '9'"):
        ask("show", path, "9")
    with pytest.raises(OptionsError, match="--failed is about the whole corpus"):
        ask("show", path, "1", "--failed")
    assert exit_code("show", path, "9") == 5

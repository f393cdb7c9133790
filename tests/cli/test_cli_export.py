"""``onrecord export``: every form, with filters, and what cannot be."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord import from_json
from onrecord.cli import app
from onrecord.errors import OptionsError
from store.made_corpus import corpus

run = CliRunner()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("export") / "held.db").path


def _exported(path: Path, *arguments: str) -> bytes:
    done = run.invoke(app, ["export", str(path), *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout_bytes


def test_jsonl_is_the_records(path: Path) -> None:
    pages = [from_json(line) for line in _exported(path, "--to", "jsonl").splitlines()]
    assert [len(page.attributions) for page in pages] == [2, 3]


def test_filters_narrow_every_form_alike(path: Path) -> None:
    narrow = ("--words", "road OR piers", "--speaker", "Elda Marrow")
    records = [from_json(line) for line in _exported(path, "--to", "jsonl", *narrow).splitlines()]
    said = [page.quote(one.content) for page in records for one in page.attributions]
    assert said == ["the road was open", "the northern piers were safe"]
    text = _exported(path, "--to", "csv", *narrow).decode("utf-8-sig")
    assert [row["content"] for row in csv.DictReader(text.splitlines())] == said
    lines = _exported(path, "--to", "webannotation", *narrow).splitlines()
    assert len(lines) == len(said)


@pytest.mark.parametrize(
    ("table", "rows"), [("attributions", 5), ("pages", 2), ("speakers", 5), ("comments", 0)]
)
def test_csv_has_four_tables(path: Path, tmp_path: Path, table: str, rows: int) -> None:
    file = tmp_path / "table.csv"
    _exported(path, "--to", "csv", "--table", table, "-o", str(file))
    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert len(list(csv.DictReader(lines))) == rows


def test_what_goes_to_a_file_says_how_much(path: Path, tmp_path: Path) -> None:
    told = _exported(path, "--to", "parquet", "-o", str(tmp_path / "a.parquet")).decode()
    assert told.startswith("5 attributions written to ")
    told = _exported(path, "--to", "brat", "-o", str(tmp_path / "brat")).decode()
    assert told.startswith("2 pages written to ")
    assert len(list((tmp_path / "brat" / "text").glob("*.ann"))) == 2
    told = _exported(path, "--to", "spacy", "-o", str(tmp_path / "spacy")).decode()
    assert told.startswith("2 pages written to ")


def test_datasette_metadata_is_of_the_file(path: Path) -> None:
    assert set(json.loads(_exported(path, "--to", "datasette"))["databases"]) == {"held"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to", "parquet"], "a file; name it with --output"),
        (["--to", "brat"], "a folder; name it with --output"),
        (["--to", "jsonl", "--table", "pages"], "has no tables"),
        (["--to", "datasette", "--words", "road"], "whole corpus"),
    ],
)
def test_what_cannot_be_is_told(path: Path, arguments: list[str], message: str) -> None:
    with pytest.raises(OptionsError, match=message):
        run.invoke(app, ["export", str(path), *arguments], catch_exceptions=False)


def test_the_corpus_is_not_written_over(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(OptionsError, match="is an input too"):
        run.invoke(
            app, ["export", str(path), "--to", "csv", "-o", str(path)], catch_exceptions=False
        )
    assert path.read_bytes() == before

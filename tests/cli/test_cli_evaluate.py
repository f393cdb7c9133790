"""``onrecord evaluate`` on a corpus made here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord import Reader, to_json
from onrecord.cli import app
from onrecord.cli.evaluate import evaluate_split
from onrecord.encoder.fake import FakeEncoder
from onrecord.errors import CorpusError, RecordError

TEXT = "Bridge Opens Late\n\nAnna Bell said the bridge was safe.\n"
ANNOTATIONS = (
    "T1\tSource 19 28\tAnna Bell\nT2\tCue 29 33\tsaid\nT3\tContent 34 53\tthe bridge was safe\n"
    "T4\tAttribution 29 33\tsaid\nE1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"
)


@pytest.fixture
def split(tmp_path: Path) -> Path:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text/bridge.txt").write_text(TEXT)
    (tmp_path / "attributions/bridge_a1.ann").write_text(ANNOTATIONS)
    return tmp_path


def test_records_are_scored(split: Path) -> None:
    records = split / "records.jsonl"
    records.write_bytes(to_json(Reader(encoder=FakeEncoder()).read(TEXT.encode())) + b"\n")
    scores = evaluate_split(split, records=records)
    assert scores["full"].f1 == scores["exact/content"].f1 == 1.0
    out = split / "scores.json"
    options = ["--records", str(records), "--json", str(out)]
    done = CliRunner().invoke(app, ["evaluate", "attributions", str(split), *options])
    assert done.exit_code == 0
    assert "full" in done.output
    assert json.loads(out.read_text())["full"] == {
        **dict.fromkeys(("precision", "recall", "f1"), 1.0),
        **dict.fromkeys(("right", "predicted", "found", "gold"), 1),
    }


MORE = TEXT + "\nBen Cole added it rained.\n"
"""The fake reads two attributions in it, and the gold has one."""


@pytest.fixture
def records(split: Path) -> Path:
    (split / "text/bridge.txt").write_text(MORE)
    path = split / "records.jsonl"
    path.write_bytes(to_json(Reader(encoder=FakeEncoder()).read(MORE.encode())))
    return path


def test_errors_are_shown(split: Path, records: Path) -> None:
    out = split / "scores.json"
    options = ["--records", str(records), "--errors", "2", "--json", str(out)]
    done = CliRunner().invoke(app, ["evaluate", "attributions", str(split), *options])
    assert done.exit_code == 0
    lines = [line.rstrip() for line in done.output.splitlines()]
    assert max(map(len, lines)) <= 80
    assert lines[-5:] == [
        "",
        "invented 1: bridge",
        "  gold —",
        "  predicted 56-80, indirect",
        "    [source Ben Cole] [cue added] [content it rained].",
    ]
    assert "nested/" not in done.output
    errors = json.loads(out.read_text())["errors"]
    assert {name: row["all"] for name, row in errors["predicted"].items()} == {
        **dict.fromkeys(errors["predicted"], 0),
        **{"right": 1, "invented": 1},
    }
    assert errors["gold"]["right"]["1 word"] == errors["gold"]["right"]["indirect"] == 1


def test_errors_are_counted_without_examples(split: Path, records: Path) -> None:
    command = ["evaluate", "attributions", str(split), "--records", str(records)]
    done = CliRunner().invoke(app, [*command, "--errors", "0"])
    assert done.exit_code == 0
    assert "invented " in done.output
    assert "invented 1:" not in done.output
    plain = CliRunner().invoke(app, command)
    assert "invented" not in plain.output
    assert done.output.startswith(plain.output)


def test_a_number_of_errors_that_cannot_be(split: Path) -> None:
    done = CliRunner().invoke(app, ["evaluate", "attributions", str(split), "--errors", "-1"])
    assert done.exit_code == 2
    assert "Invalid value for '--errors'" in done.output  # The rest is Typer's wording.


def test_the_texts_are_read_with_the_shipped_model(split: Path) -> None:
    assert evaluate_split(split)["attr"].gold == 1


def test_what_is_no_corpus_or_no_record(split: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="PolNeAR's layout"):
        evaluate_split(tmp_path / "text")
    bad = split / "bad.jsonl"
    bad.write_text("{}\n")
    with pytest.raises(RecordError):
        evaluate_split(split, records=bad)


def test_reliability_is_shown(split: Path, records: Path) -> None:
    """One of the two predicted is right, and the fake is as sure of both."""
    out = split / "scores.json"
    options = ["--records", str(records), "--reliability", "--json", str(out)]
    done = CliRunner().invoke(app, ["evaluate", "attributions", str(split), *options])
    assert done.exit_code == 0
    ((number, confidence, right),) = json.loads(out.read_text())["reliability"]
    assert (number, right) == (2, 0.5)
    assert f"{confidence:.2f}" in done.output
    assert f"{abs(confidence - 0.5):.3f}" in done.output

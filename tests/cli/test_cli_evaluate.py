"""``onrecord evaluate`` on a corpus made here."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from onrecord import Reader, to_json
from onrecord.cli import app
from onrecord.cli.evaluate import evaluate_split, gold_examples
from onrecord.encoder.fake import FakeEncoder
from onrecord.errors import CorpusError, RecordError, WeightsMissingError

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


WHO = {
    "n": 0,
    "speaker": "Anna Bell",
    "entity": "e1",
    "source_type": "named_person",
    "role": None,
    "cue_class": "neutral",
    "negated": False,
    "certainty": 3,
}


@pytest.fixture
def gold(split: Path) -> Path:
    """Speakers of the one article; the corpus has another without any."""
    (split / "text/fog.txt").write_text("Nobody said a word.\n")
    (split / "attributions/fog_a1.ann").write_text("")
    folder = split / "speakers"
    folder.mkdir()
    (folder / "bridge.json").write_text(json.dumps([WHO]))
    return folder


@pytest.fixture
def said(split: Path) -> Path:
    """A record that has the article's attribution right, and all that it belongs to wrong."""
    page = Reader(encoder=FakeEncoder()).read(TEXT.encode())
    wrong = msgspec.structs.replace(
        page.attributions[0], speaker=9, source_type="poll", cue_class="factive", negated=True
    )
    path = split / "said.jsonl"
    path.write_bytes(to_json(msgspec.structs.replace(page, attributions=(wrong,), speakers=())))
    return path


def test_speakers_are_scored(split: Path, gold: Path, said: Path) -> None:
    out = split / "scores.json"
    options = ["--records", str(said), "--errors", "1", "--json", str(out)]
    done = CliRunner().invoke(app, ["evaluate", "speakers", str(split), str(gold), *options])
    assert done.exit_code == 0, done.output
    lines = [line.rstrip() for line in done.output.splitlines()]
    assert max(map(len, lines)) <= 80
    assert [line.split() for line in lines[:5]] == [
        ["figure", "%", "n"],
        ["matched", "1"],
        ["gold", "1"],
        ["pred", "1"],
        ["speaker", "0.0", "1"],
    ]
    assert "source type" in done.output
    assert lines[lines.index("wrong speaker 1: bridge") :][:6] == [
        "wrong speaker 1: bridge",
        "  source  Anna Bell",
        "  gold    Anna Bell",
        "  given   —",
        "  at      19-53",
        "    [source Anna Bell] [cue said] [content the bridge was safe].",
    ]
    for kind in ("source type", "cue class", "negation"):
        assert f"wrong {kind} 1: bridge" in lines
    figures = json.loads(out.read_text())
    assert figures["who_said_what_F1"] == figures["negated"] == 0
    assert figures["matched"] == figures["b3"] == 1
    assert figures["source_types"]["named_person"]["given_as"] == {"poll": 1}
    assert "nested" not in figures


def test_speakers_of_gold_attributions(split: Path, gold: Path) -> None:
    command = ["evaluate", "speakers", str(split), str(gold), "--gold-attributions"]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    assert ["speaker", "100.0", "1"] in [line.split() for line in done.output.splitlines()]
    assert "source type" not in done.output
    perfect = CliRunner().invoke(app, [*command, "--errors", "3"])
    assert perfect.output.startswith(done.output)
    assert "wrong speaker" not in perfect.output


def test_speakers_are_read_end_to_end(split: Path, gold: Path) -> None:
    (example,) = gold_examples(split, gold)
    assert example.gold.article.name == "bridge"
    assert example.page.text == TEXT
    with pytest.raises(WeightsMissingError):
        gold_examples(split, gold, weights=split / "nowhere")


def test_what_is_no_gold_of_speakers(split: Path, gold: Path, said: Path) -> None:
    command = ["evaluate", "speakers", str(split), str(gold), "--records", str(said)]
    done = CliRunner().invoke(app, [*command, "--gold-attributions"])
    assert done.exit_code == 2
    assert "--gold-attributions" in done.output
    with pytest.raises(CorpusError, match="is no file of records"):
        gold_examples(split, gold, records=split / "nowhere.jsonl")
    (gold / "bridge.json").write_text(json.dumps([WHO, WHO]))
    with pytest.raises(CorpusError, match="n is 0 in 2 objects"):
        gold_examples(split, gold, records=said)
    with pytest.raises(CorpusError, match="holds no gold"):
        gold_examples(split, split / "text")

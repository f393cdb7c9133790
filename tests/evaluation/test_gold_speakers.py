"""Gold of speakers: reading it, and when a name is the gold's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import CorpusError
from onrecord.evaluation.corpus import Article, Roles
from onrecord.evaluation.gold_speakers import read_gold, same, words
from onrecord.records import SourceType

ROLES = Roles(((0, 9),), ((10, 14),), ((15, 24),))
ARTICLE = Article("mill", Path("mill.txt"), "Anna Bell said it rained.", (ROLES, ROLES))


def written(**changes: Any) -> dict[str, Any]:
    plain = {
        "n": 0,
        "speaker": "Anna Bell",
        "entity": "e1",
        "source_type": "named_person",
        "role": None,
        "cue_class": "neutral",
        "negated": False,
        "certainty": 3,
    }
    return plain | changes


def test_gold_is_read_by_place(tmp_path: Path) -> None:
    nobody = written(n=0, speaker=None, entity=None, source_type="unattributed")
    (tmp_path / "mill.json").write_text(json.dumps([written(n=1), nobody]))
    other = Article("ferry", Path("ferry.txt"), "", ())
    (one,) = read_gold(tmp_path, [other, ARTICLE])
    assert one.article is ARTICLE
    assert [(who.n, who.speaker) for who in one.speakers] == [(0, None), (1, "Anna Bell")]


BROKEN: dict[str, Callable[[], object]] = {
    "is no gold of speakers: Expected `array`": dict,
    "missing required field `entity`": lambda: [{"n": 0, "speaker": None}],
    "Invalid enum value 'shouting'": lambda: [written(cue_class="shouting")],
    "Invalid enum value 'crowd'": lambda: [written(source_type="crowd")],
    "Expected `bool`": lambda: [written(negated="no")],
    "Expected `int` >= 0": lambda: [written(n=-1)],
    "n is 2, and the article has 2 attributions, counted from 0": lambda: [written(n=2)],
    "n is 1 in 2 objects": lambda: [written(n=1), written(n=1)],
    "no object has the n 1, and the article has 2 attributions": lambda: [written(n=0)],
    "the object of n 1 has a speaker or an entity, and not both": lambda: [
        written(),
        written(n=1, entity=None),
    ],
}


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_gold(tmp_path: Path, fault: str) -> None:
    path = tmp_path / "mill.json"
    path.write_text(json.dumps(BROKEN[fault]()))
    with pytest.raises(CorpusError) as caught:
        read_gold(tmp_path, [ARTICLE])
    assert str(caught.value).startswith(str(path))
    assert fault in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"[{", b"\xff", b"[" * 100_000])
def test_gold_that_is_no_json(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "mill.json").write_bytes(data)
    with pytest.raises(CorpusError, match=r"mill\.json is no gold of speakers"):
        read_gold(tmp_path, [ARTICLE])


def test_gold_without_an_article_and_no_gold(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="holds no gold"):
        read_gold(tmp_path, [ARTICLE])
    with pytest.raises(CorpusError, match="holds no gold"):
        read_gold(tmp_path / "nowhere", [ARTICLE])
    (tmp_path / "fog.json").write_text("[]")
    with pytest.raises(CorpusError, match=r"fog\.json: the corpus has no article 'fog'"):
        read_gold(tmp_path, [ARTICLE])
    (tmp_path / "fog.json").unlink()
    (tmp_path / "mill.json").mkdir()
    with pytest.raises(CorpusError, match="is no gold of speakers"):
        read_gold(tmp_path, [ARTICLE])


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("The  Former Gov. Ana Belló", ["ana", "bello"]),
        ("Mr. Ben  O’Cole’s", ["ben", "o", "cole"]),
        ("Drummond", ["drummond"]),
        ("Dr", ["dr"]),
        ("J.R. Vale-Ash", ["j", "r", "vale", "ash"]),
        ("GROẞ", ["gross"]),
        ("…", []),
        (None, []),
    ],
)
def test_what_of_a_name_counts(name: str | None, kept: list[str]) -> None:
    assert words(name) == kept


@pytest.mark.parametrize(
    ("gold", "predicted", "source_type", "right"),
    [
        ("Anna Bell", "Mrs. Anna BELL", "named_person", True),
        ("Anna Bell", "Bell", "named_person", False),
        ("Anna Bell", None, "named_person", False),
        (None, "Anna Bell", "unattributed", False),
        (None, None, "unattributed", True),
        ("Ben Cole; Ida Vale", "Ida Vale ; Ben Cole", "named_person", True),
        ("Ben Cole; Mrs. Ida Vale", "Ben Cole; Ida Vale", "named_person", True),
        ("Ben Cole; Ida Vale", "Ben Cole", "named_person", False),
        ("old engineers", "the engineers’ board", "unnamed_group", True),
        ("the county’s engineers", "engineers of the county", "unnamed_group", True),
        ("two old engineers", "engineers", "unnamed_group", True),
        ("two very old engineers", "the engineers", "unnamed_group", False),
        ("two very old engineers", "the engineers", "named_group", False),
        ("a poll", "the poll", "poll", True),
        ("…", "…", "document", False),
        ("…", "…", "named_group", True),
    ],
)
def test_same(
    gold: str | None, predicted: str | None, source_type: SourceType, right: bool
) -> None:
    assert same(gold, predicted, source_type) is right

"""What scores mentions and pronouns, on tiny files and a fake encoder."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.cli import coreference as command
from onrecord.encoder.fake import FakeEncoder
from onrecord.errors import CorpusError

DOCUMENT = """# global.Entity = GRP-etype-infstat-salience-centering-minspan-link-identity
# newpar
1\tAnna\t_\tPROPN\t_\t_\t3\tnsubj\t_\tEntity=(1-person-new-s-c-1,2-coref
2\tBell\t_\tPROPN\t_\t_\t1\tflat\t_\tEntity=1)
3\tleft\t_\tVERB\t_\t_\t0\troot\t_\t_

1\tBell\t_\tPROPN\t_\t_\t2\tnsubj\t_\tEntity=(1-person-giv-s-c-1-coref)
2\tsaid\t_\tVERB\t_\t_\t0\troot\t_\t_
3\tshe\t_\tPRON\t_\t_\t4\tnsubj\t_\tEntity=(1-person-giv-s-c-1-ana)
4\tfell\t_\tVERB\t_\t_\t2\tccomp\t_\t_
"""

ROW = "a-1\tAnna met Ben and he left.\the\t17\tAnna\t0\tFALSE\tBen\t9\tTRUE\tu\n"
HEAD = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n"


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "OnnxEncoder", lambda folder: FakeEncoder())


def test_coreference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "doc.conllu").write_text(DOCUMENT, encoding="utf-8")
    scores = command.coreference(tmp_path)
    assert scores.mentions["name/person"].f1 == 1.0
    assert scores.given["muc"].f1 == scores.found["muc"].f1 == 1.0
    shown = capsys.readouterr().out
    assert "name/person" in shown
    assert "ceafe" in shown
    assert f"{100 * scores.found.conll:.1f}" in shown


def test_coreference_of_the_heads_alone(tmp_path: Path) -> None:
    (tmp_path / "doc.conllu").write_text(DOCUMENT, encoding="utf-8")
    scores = command.coreference(tmp_path, heads=True)
    # The fake one's links say nothing: names go together, the pronoun stays alone.
    assert scores.given["muc"].recall == scores.found["muc"].recall == 0.5
    assert scores.given["muc"].precision == 1.0


def test_pronouns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gap.tsv").write_text(HEAD + ROW, encoding="utf-8")
    scores = command.pronouns(tmp_path / "gap.tsv")
    assert (scores["overall"].right, scores["overall"].predicted) == (1, 1)
    assert command.pronouns(tmp_path / "gap.tsv", heads=True)["overall"].predicted == 0
    assert "masculine" in capsys.readouterr().out


def test_a_folder_without_documents(tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        command.coreference(tmp_path)

"""``onrecord train`` where torch is missing; `tests/training` has the rest."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from onrecord.cli.train import How, app, train_attributions, train_speakers, train_teacher
from onrecord.errors import ExtraMissingError

DOCUMENT = Path(__file__).parents[2] / "docs" / "commands.md"


def test_without_torch_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = importlib.util.find_spec

    def without_torch(name: str, package: str | None = None) -> object:
        return None if name == "torch" else real(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", without_torch)
    for name in [name for name in sys.modules if name.startswith("onrecord.training")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(ExtraMissingError, match=r"pip install 'onrecord\[train\]'"):
        train_attributions(tmp_path, tmp_path, How())
    with pytest.raises(ExtraMissingError, match=r"pip install 'onrecord\[train\]'"):
        train_teacher(tmp_path, tmp_path, tmp_path, How())
    with pytest.raises(ExtraMissingError, match=r"pip install 'onrecord\[train\]'"):
        train_speakers(None, tmp_path, How(), gum=tmp_path, gap=tmp_path)


@pytest.mark.parametrize("name", ["attributions", "teacher", "speakers"])
def test_every_option_is_in_the_documents(name: str) -> None:
    _, _, rest = DOCUMENT.read_text("utf-8").partition(f"## onrecord train {name} ")
    section = rest.split("\n## ")[0]
    command = get_command(app).commands[name]  # type: ignore[attr-defined]
    options = {one for parameter in command.params for one in parameter.opts}
    assert len(options) >= 8
    assert [one for one in sorted(options) if one.startswith("-") and one not in section] == []


def test_a_corpus_in_one_part_has_no_teacher() -> None:
    arguments = ["teacher", "corpus", "--encoder", "encoder", "--out", "out", "--folds", "1"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 2
    assert "--folds" in done.output

"""``onrecord train`` where torch is missing; `tests/training` has the rest."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from onrecord.cli.train import train_attributions
from onrecord.errors import ExtraMissingError


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
        train_attributions(
            tmp_path, tmp_path, dev=None, encoder=None, epochs=1, seed=0, threads=1, resume=False
        )

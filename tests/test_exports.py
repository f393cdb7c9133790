"""The public names are a contract."""

from __future__ import annotations

import re
from pathlib import Path

import onrecord


def test_public_names() -> None:
    assert onrecord.__all__ == [
        "AttributingOptions",
        "Attribution",
        "Comment",
        "Corpus",
        "Filter",
        "Input",
        "InputError",
        "OnrecordError",
        "Options",
        "Outcome",
        "Page",
        "Paragraph",
        "Reader",
        "ReadingOptions",
        "ResolvingOptions",
        "Speaker",
        "StoreError",
        "Warning",
        "WeighingOptions",
        "WeightsError",
        "find_inputs",
        "from_json",
        "page_schema",
        "to_json",
    ]
    assert all(hasattr(onrecord, name) for name in onrecord.__all__)


def test_version_is_the_newest_of_the_changelog() -> None:
    changelog = (Path(__file__).parents[1] / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", changelog, re.M)
    assert newest is not None
    assert newest[1] == onrecord.__version__

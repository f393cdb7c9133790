"""Fixtures that several test folders share."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import Reader
from onrecord.encoder.fake import FakeEncoder

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, and say so, what needs data that lies outside of the project."""
    if SHARED.is_dir():
        return
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(pytest.mark.skip(reason="../shared is not there"))


@pytest.fixture
def reader() -> Reader:
    """A reader without the model: it knows sentences like "Anna Bell said it rained."."""
    return Reader(encoder=FakeEncoder())

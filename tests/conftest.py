"""Fixtures that several test folders share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onrecord import Reader
from onrecord.encoder.fake import FakeEncoder

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from browsing import Visit

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, and say so, what needs data that lies outside of the project."""
    if SHARED.is_dir():
        return
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(pytest.mark.skip(reason="../shared is not there"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser. Where there is none the test is skipped, and says so; in CI it fails."""
    from browsing import CHROMIUM, browser

    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("chromium is not installed (apt-get install chromium)")
    with browser() as started:
        yield started


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens a page of a fresh context of its own: `visit(size=…, **options of new_context)`."""
    from browsing import WIDE, Visit

    contexts = []

    def opened(size: tuple[int, int] = WIDE, **options: object) -> Visit:
        width, height = size
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            **options,  # type: ignore[arg-type]
        )
        contexts.append(context)
        return Visit(context)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def reader() -> Reader:
    """A reader without the model: it knows sentences like "Anna Bell said it rained."."""
    return Reader(encoder=FakeEncoder())

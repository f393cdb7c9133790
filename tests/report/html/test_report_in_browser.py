"""The report as a person meets it: opened from disk in a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from browsing import NARROW, WIDE, Visit
from onrecord import Reader
from onrecord.report.html import report_html

STORY = """Barrier costs rise

Anna Bell said the harbour barrier would cost twice as much. "We were told half of it," \
said Anna Bell.
"""


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_opens_without_complaint(
    visit: Callable[..., Visit], reader: Reader, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "report.html"
    path.write_text(report_html(reader.read(STORY.encode())))
    there = visit(size)
    there.page.goto(path.as_uri())
    assert there.page.title() == "Barrier costs rise · Onrecord"
    assert there.complaints == []
    assert there.asked == [path.as_uri()]
    assert there.violations() == []

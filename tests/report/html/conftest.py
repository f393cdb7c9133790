"""A report, opened from disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from browsing import WIDE, Visit
from onrecord.records import Page
from onrecord.report.html import report_html
from writer import story

Opened = Callable[..., Visit]


@pytest.fixture
def opened(visit: Callable[..., Visit], tmp_path: Path) -> Opened:
    """Opens the report of a page: `opened(page, size=…, after="#e1", **options of new_context)`."""

    def there(
        page: Page | None = None,
        size: tuple[int, int] = WIDE,
        after: str = "",
        **options: object,
    ) -> Visit:
        path = tmp_path / "report.html"
        path.write_text(report_html(page or story()), "utf-8")
        found = visit(size, **options)
        found.page.set_default_timeout(10_000)
        found.page.goto(path.as_uri() + after)
        return found

    return there

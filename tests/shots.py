"""The pictures of the documents, taken anew: `make shots`. A function for each picture."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser

from browsing import browser
from onrecord import Reader
from onrecord.report.html import report_html

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs/img"
PAGE = ROOT / "examples/harbour-barrier.html"
LARGEST = 250_000
"""Bytes of a picture, so that the repository stays small."""


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with browser() as started:
        for shot in SHOTS:
            path = FOLDER / f"{shot.__name__.replace('_', '-')}.png"
            shot(started, path)
            size = path.stat().st_size
            print(f"{path.relative_to(ROOT)}: {size // 1000} kB")  # noqa: T201
            if size > LARGEST:
                sys.exit(f"{path} has more than {LARGEST // 1000} kB")


def report(started: Browser, path: Path) -> None:
    """Text and ledger, with one attribution lit up."""
    _report(started, path, (1280, 860), "light")


def report_dark(started: Browser, path: Path) -> None:
    """The same in the dark."""
    _report(started, path, (1280, 860), "dark")


def report_narrow(started: Browser, path: Path) -> None:
    """On a telephone, where the entry is shown below the text that was touched."""
    _report(started, path, (390, 760), "light")


SHOTS: list[Callable[[Browser, Path], None]] = [report, report_dark, report_narrow]


def _report(started: Browser, path: Path, size: tuple[int, int], scheme: str) -> None:
    context = started.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "report.html"
        written.write_text(report_html(Reader().read(PAGE)), "utf-8")
        page = context.new_page()
        page.goto(written.as_uri())
        page.locator("#shown").evaluate("one => one.scrollIntoView()")
        page.locator("#text .mark.source").nth(3).click()
        page.screenshot(path=path)
    context.close()


if __name__ == "__main__":
    main()

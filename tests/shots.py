"""The pictures of the documents, taken anew: `make shots`. A function for each picture."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from browsing import browser
from onrecord import Corpus, Reader
from onrecord.report.html import report_html
from web.serving import serving

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


def app_search(started: Browser, path: Path) -> None:
    """What is said about the survey, as one types."""
    with _app() as base, _window(started) as page:
        page.goto(base)
        page.get_by_label("Words of what is said").fill("survey OR letter")
        page.locator("#results mark").first.wait_for()
        page.wait_for_url("**/?q=*")
        page.screenshot(path=path)


def app_correct(started: Browser, path: Path) -> None:
    """An attribution in the form that corrects it."""
    with _app() as base, _window(started) as page:
        page.goto(f"{base}/?q=hinges")
        page.get_by_role("link", name="in its page").first.click()
        page.locator(":target").get_by_role("link", name="Correct").click()
        page.locator("[data-take=content]").wait_for()
        page.screenshot(path=path)


def app_audit(started: Browser, path: Path) -> None:
    """How sources are identified, counted."""
    with _app() as base, _window(started) as page:
        page.goto(f"{base}/audit?by=speaker")
        page.screenshot(path=path)


SHOTS: list[Callable[[Browser, Path], None]] = [
    report,
    report_dark,
    report_narrow,
    app_search,
    app_correct,
    app_audit,
]


@contextmanager
def _app() -> Iterator[str]:
    """The app over the examples."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(Path(folder) / "examples.db")
        for step in corpus.add([ROOT / "examples"], names=True):
            if step.error is not None:
                raise step.error
        with serving(corpus) as base:
            yield base


@contextmanager
def _window(started: Browser) -> Iterator[Page]:
    context = started.new_context(
        viewport={"width": 1280, "height": 860}, color_scheme="light", reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


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

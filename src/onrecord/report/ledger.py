"""The ledger of a page on a terminal: who says what, on whose authority, and where.

From top to bottom: the page, its attributions, those in its comments, what the marks mean, the
thread, and how the page is sourced.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from onrecord.records import Page
from onrecord.report.cells import cells
from onrecord.report.glance import glance
from onrecord.report.labels import NOBODY
from onrecord.report.layout import NARROW, counted
from onrecord.report.printable import printable
from onrecord.report.rows import key, rows
from onrecord.report.summary import summary
from onrecord.report.thread import thread

__all__ = ["NARROW", "NOBODY", "closing_line", "ledger", "print_ledger"]


def ledger(page: Page, *, width: int, full: bool = False) -> RenderableType:
    """Lay out a page's ledger for a terminal of ``width`` columns.

    ``full`` shows each content, comment and speaker whole; otherwise what is long is cut.
    """
    parts: list[RenderableType] = [_title(page)]
    if page.attributions:
        parts += ["", *_attributions(page, width, full)]
    if page.comments:
        parts += ["", *thread(page, full=full)]
    parts += summary(glance(page), width=width, full=full)
    parts += ["", Text(closing_line(page), style="bold")]
    parts += [
        Text(f"note: {printable(w.message)} [{w.code}]", style="yellow") for w in page.warnings
    ]
    return Group(*parts)


def print_ledger(console: Console, page: Page, *, full: bool = False) -> None:
    """Print a page's ledger."""
    console.print(Padding(ledger(page, width=console.width, full=full), (0, 0, 1, 0)))


def closing_line(page: Page) -> str:
    """The counts of a page in one line."""
    kinds = Counter(attribution.kind for attribution in page.attributions)
    counts = ", ".join(f"{kinds[kind]:,} {kind}" for kind in ("direct", "mixed", "indirect"))
    nested = sum(attribution.within is not None for attribution in page.attributions)
    in_comments = sum(attribution.comment is not None for attribution in page.attributions)
    return " · ".join(
        [
            f"{counted(len(page.attributions), 'attribution')} ({counts}"
            + (f"; {nested:,} nested)" if nested else ")"),
            *([counted(len(page.speakers), "speaker")] if page.speakers else []),
            counted(len(page.paragraphs), "paragraph"),
            counted(len(page.comments), "comment")
            + (f" ({counted(in_comments, 'attribution')} in them)" if in_comments else ""),
        ]
    )


def _title(page: Page) -> Text:
    title = Text(printable(page.headline or "(no headline)"), style="bold")
    about = [page.site, ", ".join(page.byline), page.published, page.url]
    line = " · ".join(printable(part) for part in about if part)
    return title.append(f"\n{line}", style="dim not bold") if line else title


def _attributions(page: Page, width: int, full: bool) -> Iterator[RenderableType]:
    """Those of the article, those in the comments, and the key to both."""
    shown = list(cells(page, full=full))
    yield rows(shown, width=width)
    if width >= NARROW:  # Stanzas end with an empty line.
        yield ""
    yield key(shown)

"""What a search found, on a terminal: by page, each content in its context."""

from __future__ import annotations

from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from onrecord.report.cells import ASIDE, NAME, NO_NAME
from onrecord.report.labels import ANONYMOUS, NEGATED, NEUTRAL, NOBODY, source_label
from onrecord.report.layout import counted, joined
from onrecord.report.printable import printable, shortened
from onrecord.store import Found, Hit

OPENED, CLOSED = "⟦", "⟧"
"""Around what is said. They need no colour, and a page's own are not shown."""

_OWN = str.maketrans({OPENED: "\ufffd", CLOSED: "\ufffd"})


def found_text(found: Found, *, offset: int = 0) -> RenderableType:
    """Lay out what a search found."""
    parts: list[RenderableType] = [Text(_closing(found, offset), style="bold")]
    for _, hits in groupby(found.hits, key=lambda hit: hit.page):
        page = list(hits)
        parts += ["", _title(page[0])]
        for hit in page:
            parts += [Padding(_who(hit), (0, 0, 0, 2)), Padding(_said(hit), (0, 0, 0, 4))]
    return Group(*parts)


def _closing(found: Found, offset: int) -> str:
    told = f"{counted(found.total, 'attribution')} in {counted(found.pages, 'page')}"
    if not found.total:
        return "nothing found"
    if not found.hits:
        return f"{told}, and none behind the first {offset:,}"
    if len(found.hits) == found.total:
        return f"{told}, newest pages first"
    first, last = offset + 1, offset + len(found.hits)
    more = f" (--offset {last} goes on)" if last < found.total else ""
    return f"{told}, newest pages first: {first:,} to {last:,}{more}"


def _title(hit: Hit) -> Text:
    day = (hit.published or "")[:10] or "no date"
    about = joined(f"page {hit.page}", hit.site or "", day, hit.url or "")
    title = Text(printable(hit.headline or "(no headline)"), style="bold")
    return title.append(f"\n{printable(about)}", style="dim not bold")


def _who(hit: Hit) -> Text:
    who = Text(
        printable(hit.speaker or NOBODY),
        style=NO_NAME if hit.source_type in ANONYMOUS else NAME,
    )
    classed = hit.cue_class if hit.cue_class not in (None, NEUTRAL) else None
    about = joined(
        shortened(printable("; ".join(hit.roles)), ASIDE),
        source_label(hit.source_type),
        hit.kind,
        classed or "",
        NEGATED if hit.negated else "",
        "" if hit.comment is None else f"in comment {hit.comment + 1}",
    )
    return who.append(f" · {printable(about)}", style="dim")


def _said(hit: Hit) -> Text:
    """What is said, in its context."""
    stretches = (hit.before, hit.content, hit.after)
    before, content, after = (printable(one).translate(_OWN) for one in stretches)
    line = Text(f"{before}{' ' * bool(hit.before[-1:].isspace())}", style="dim")
    line.append(f"{OPENED}{content}{CLOSED}", style="not dim")
    return line.append(f"{' ' * bool(hit.after[:1].isspace())}{after}", style="dim")

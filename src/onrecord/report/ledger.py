"""The ledger of a page on a terminal: who, by which words, says what, and where."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.records import Attribution, Comment, Page, Span
from onrecord.report.printable import printable, shortened

NARROW = 76
"""Columns below which each attribution is a stanza instead of a row."""

CONTENT = 280
"""Characters of a content that are shown unless all are asked for."""

COMMENT = 60
"""Characters of a comment that are shown in the thread."""

DEEPEST = 8
"""Levels of the thread that are indented; deeper replies stand at this one."""

NOBODY = "—"

NESTED = "↳"


def ledger(page: Page, *, width: int, full: bool = False) -> RenderableType:
    """Lay out a page's ledger for a terminal of ``width`` columns.

    ``full`` shows each content and comment whole; otherwise its middle is left out.
    """
    parts: list[RenderableType] = [_title(page)]
    if page.attributions:
        rows = _stanzas if width < NARROW else _table
        parts += ["", rows(page, full)]
    if page.comments:
        parts += ["", *_thread(page, full)]
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
            f"{_count(len(page.attributions), 'attribution')} ({counts}"
            + (f"; {nested:,} nested)" if nested else ")"),
            _count(len(page.speakers), "source wording"),
            _count(len(page.paragraphs), "paragraph"),
            _count(len(page.comments), "comment")
            + (f" ({_count(in_comments, 'attribution')} in them)" if in_comments else ""),
        ]
    )


def _title(page: Page) -> Text:
    title = Text(printable(page.headline or "(no headline)"), style="bold")
    about = [page.site, ", ".join(page.byline), page.published, page.url]
    line = " · ".join(printable(part) for part in about if part)
    return title.append(f"\n{line}", style="dim not bold") if line else title


def _table(page: Page, full: bool) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0), header_style="dim")
    table.add_column("where", justify="right", no_wrap=True)
    # Folded, a long address loses nothing; Rich would cut it.
    table.add_column("who", ratio=3, overflow="fold")
    table.add_column("by the words", ratio=2, overflow="fold")
    table.add_column("says", ratio=8, overflow="fold")
    table.add_column("kind", no_wrap=True)
    for attribution, where in _placed(page):
        table.add_row(
            Text(where, style="dim"),
            Text(_who(page, attribution), style="cyan"),
            Text(_words(page, attribution.cue), style="italic"),
            Text(_content(page, attribution, full)),
            Text(attribution.kind, style="dim"),
        )
    return table


def _stanzas(page: Page, full: bool) -> Group:
    stanzas: list[RenderableType] = []
    for attribution, where in _placed(page):
        head = Text(f"{where}  ", style="dim")
        head.append(_who(page, attribution), style="not dim cyan")
        head.append(f"  {_words(page, attribution.cue)}", style="not dim italic")
        head.append(f"  ({attribution.kind})")
        stanzas += [head, Padding(Text(_content(page, attribution, full)), (0, 0, 1, 2))]
    return Group(*stanzas)


def _placed(page: Page) -> Iterator[tuple[Attribution, str]]:
    """The attributions, each with its place: paragraph or comment, counted from 1."""
    ends = [paragraph.end for paragraph in page.paragraphs]
    for attribution in page.attributions:
        if attribution.comment is None:
            yield attribution, f"¶ {bisect_right(ends, attribution.content[0][0]) + 1}"
        else:
            yield attribution, f"c {attribution.comment + 1}"


def _who(page: Page, attribution: Attribution) -> str:
    """The source; an arrow before it tells that it is nested in one above."""
    who = _words(page, attribution.source)
    return who if attribution.within is None else f"{NESTED} {who}"


def _words(page: Page, spans: Sequence[Span]) -> str:
    return printable(page.quote(tuple(spans))) or NOBODY


def _content(page: Page, attribution: Attribution, full: bool) -> str:
    text = _words(page, attribution.content)
    return text if full else shortened(text, CONTENT)


def _thread(page: Page, full: bool) -> Iterator[RenderableType]:
    depths: dict[int, int] = {}
    yield Text("Comments", style="dim")
    for comment in page.comments:
        depth = 0 if comment.parent is None else depths[comment.parent] + 1
        depths[comment.id] = depth
        yield Padding(_comment(page, comment, full), (0, 0, 0, 2 * min(depth, DEEPEST)))


def _comment(page: Page, comment: Comment, full: bool) -> Text:
    line = Text(f"c {comment.id + 1}  ", style="dim")
    line.append(printable(comment.author or "(no name)"), style="not dim cyan")
    posted = comment.posted_text or comment.posted
    if posted:
        line.append(f"  {printable(posted)}")
    text = printable(page.text[comment.start : comment.end])
    line.append(f"  {text if full else shortened(text, COMMENT)}", style="not dim")
    return line


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")

"""What a page's HTML shows, worked out before any template sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from onrecord.records import Comment, CueClass, Page, ParagraphKind, SourceType, Span
from onrecord.report.cells import Cells, cells
from onrecord.report.glance import Glance, glance
from onrecord.report.html.marks import Piece, depths_of, in_order, pieces
from onrecord.report.labels import KINDS, SOURCES
from onrecord.report.printable import printable

DEEPEST = 8
"""Levels of a thread that are shown within one another; deeper replies stand at this one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An attribution in the ledger."""

    id: int
    number: int
    """From 1, as shown: its place in the text, which its id need not tell."""
    cells: Cells
    depth: int
    speaker: int | None
    source_type: SourceType | None
    cue_class: str
    kind: str
    comment: int | None
    place: Span
    """From where to where its content reaches in the page's text."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the article."""

    kind: ParagraphKind
    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A comment with its replies."""

    comment: Comment
    author: str
    posted: str
    pieces: tuple[Piece, ...]
    entries: tuple[Entry, ...]
    answers: int | None
    """What it answers, where it could not be shown under that."""
    replies: tuple[Node, ...]
    below: int
    """Replies, and replies to these."""


@dataclass(frozen=True, slots=True)
class View:
    """A page as it is shown."""

    page: Page
    title: str
    about: tuple[str, ...]
    glance: Glance
    blocks: tuple[Block, ...]
    entries: tuple[Entry, ...]
    """Those of the article."""
    thread: tuple[Node, ...]
    sourceless: tuple[Entry, ...]
    """Statements of the article that no named source answers for, those of nobody first."""

    @property
    def speaker_choices(self) -> list[tuple[int, str]]:
        """The speakers that there are, by name."""
        said = {one.speaker for one in self.page.attributions}
        found = ((one.id, printable(one.name)) for one in self.page.speakers if one.id in said)
        return sorted(found, key=lambda one: (one[1].casefold(), one[0]))

    @property
    def source_choices(self) -> list[tuple[str, str]]:
        """The source types that there are."""
        found = {one.source_type for one in self.page.attributions}
        return [(name, label) for name, label in SOURCES.items() if name in found]

    @property
    def cue_choices(self) -> list[tuple[str, str]]:
        """The cue classes that there are."""
        found = {one.cue_class for one in self.page.attributions}
        return [(name, name) for name in get_args(CueClass) if name in found]

    @property
    def kind_choices(self) -> list[tuple[str, str]]:
        """Direct, mixed, indirect, as far as they are there."""
        found = {one.kind for one in self.page.attributions}
        return [(name, f"{name}: {meaning}") for name, meaning in KINDS.items() if name in found]


def view(page: Page) -> View:
    """Work out what is shown of a page."""
    stretches = sorted(
        [(one.start, one.end) for one in page.paragraphs]
        + [(one.start, one.end) for one in page.comments]
    )
    cut = dict(zip(stretches, pieces(page, stretches), strict=True))
    entries = list(_entries(page))
    article = tuple(one for one in entries if one.comment is None)
    return View(
        page=page,
        title=printable(page.headline or "(no headline)"),
        about=tuple(
            printable(part)
            for part in (page.site, ", ".join(page.byline), page.published, page.url)
            if part
        ),
        glance=glance(page),
        blocks=tuple(
            Block(one.kind, number, cut[one.start, one.end])
            for number, one in enumerate(page.paragraphs, 1)
        ),
        entries=article,
        thread=_thread(page, entries, cut),
        sourceless=tuple(_sourceless(article)),
    )


def _entries(page: Page) -> Iterator[Entry]:
    depths = depths_of(page.attributions)
    shown = zip(page.attributions, cells(page, full=True), strict=True)
    cells_of = {one.id: found for one, found in shown}
    for number, one in enumerate(in_order(page.attributions), 1):
        yield Entry(
            id=one.id,
            number=number,
            cells=cells_of[one.id],
            depth=depths[one.id],
            speaker=one.speaker,
            source_type=one.source_type,
            cue_class=one.cue_class or "",
            kind=one.kind,
            comment=one.comment,
            place=(one.content[0][0], one.content[-1][1]),
        )


def _sourceless(entries: Sequence[Entry]) -> Iterator[Entry]:
    for source_type in ("unattributed", "unnamed_person", "unnamed_group"):
        yield from (one for one in entries if one.source_type == source_type)


def _thread(
    page: Page, entries: Sequence[Entry], cut: dict[Span, tuple[Piece, ...]]
) -> tuple[Node, ...]:
    """The comments as a forest, not deeper than `DEEPEST`.

    A comment stands behind what it answers, so going backwards each finds its replies made.
    """
    said: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.comment is not None:
            said.setdefault(entry.comment, []).append(entry)
    above = _parents(page.comments)
    replies: dict[int | None, list[Node]] = {}
    for one in reversed(page.comments):
        below = tuple(reversed(replies.pop(one.id, [])))
        node = Node(
            comment=one,
            author=printable(one.author or "(no name)"),
            posted=printable(one.posted_text or one.posted or ""),
            answers=one.parent if one.parent != above[one.id] else None,
            pieces=cut[one.start, one.end],
            entries=tuple(said.get(one.id, ())),
            replies=below,
            below=sum(1 + reply.below for reply in below),
        )
        replies.setdefault(above[one.id], []).append(node)
    return tuple(reversed(replies.get(None, [])))


def _parents(comments: Sequence[Comment]) -> dict[int, int | None]:
    """What each comment is shown under: what it answers, or, too deep, what that is under."""
    above: dict[int, int | None] = {}
    depths: dict[int, int] = {}
    for one in comments:
        parent = one.parent
        if parent is not None and depths[parent] >= DEEPEST:
            parent = above[parent]
        above[one.id] = parent
        depths[one.id] = 1 if parent is None else depths[parent] + 1
    return above

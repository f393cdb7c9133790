"""A page's text in pieces, each with the attributions whose words it holds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from onrecord.records import Attribution, AttributionKind, Page, Span
from onrecord.report.printable import in_place

Role = Literal["content", "cue", "source"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text within which no attribution begins or ends."""

    text: str
    attributions: tuple[int, ...] = ()
    """Those that it belongs to, the outer ones first."""
    roles: tuple[Role, ...] = ()
    """What it is to them, each role once."""
    kind: AttributionKind | None = None
    """Of the innermost one whose content it is."""
    begins: tuple[Beginning, ...] = ()
    """The attributions whose first piece it is."""


class Beginning(NamedTuple):
    """The place in the text where an attribution begins."""

    id: int
    number: int
    """From 1, as shown: its place in `in_order`."""


class _Mark(NamedTuple):
    start: int
    end: int
    attribution: int
    role: Role


def pieces(page: Page, stretches: Sequence[Span]) -> list[tuple[Piece, ...]]:
    """The pieces of each stretch. Stretches are in order and do not overlap.

    A span over several stretches is a mark in each of them.
    """
    marks: list[list[_Mark]] = [[] for _ in stretches]
    ends = [end for _, end in stretches]
    for mark in sorted(_marks(page)):
        for place in range(bisect_right(ends, mark.start), len(stretches)):
            start, end = stretches[place]
            if start >= mark.end:
                break
            inside = mark._replace(start=max(start, mark.start), end=min(end, mark.end))
            marks[place].append(inside)
    known = {one.id: one for one in page.attributions}
    depths = depths_of(page.attributions)
    unseen = {one.id: number for number, one in enumerate(in_order(page.attributions), 1)}
    return [
        tuple(_stretch(page.text, span, found, known, depths, unseen))
        for span, found in zip(stretches, marks, strict=True)
    ]


def in_order(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions in the order of their contents in the text, an outer one before its own.

    A corrected page can hold them in another.
    """
    depths = depths_of(attributions)
    return sorted(attributions, key=lambda one: (one.content[0][0], depths[one.id], one.id))


def depths_of(attributions: Sequence[Attribution]) -> dict[int, int]:
    """In how many others each attribution is nested. An outer one can stand behind it."""
    outer = {one.id: one.within for one in attributions}
    depths: dict[int, int] = {}
    for number in outer:
        chain: list[int] = []
        at: int | None = number
        while at in outer and at not in depths and at not in chain:
            chain.append(at)
            at = outer[at]
        depth = depths.get(at, -1) if at is not None else -1
        for one in reversed(chain):
            depth += 1
            depths[one] = depth
    return depths


def _marks(page: Page) -> Iterator[_Mark]:
    for one in page.attributions:
        roles: tuple[tuple[Role, tuple[Span, ...]], ...] = (
            ("content", one.content),
            ("cue", one.cue),
            ("source", one.source),
        )
        for role, spans in roles:
            for start, end in spans:
                yield _Mark(start, end, one.id, role)


def _stretch(
    text: str,
    span: Span,
    marks: Sequence[_Mark],
    known: Mapping[int, Attribution],
    depths: Mapping[int, int],
    unseen: dict[int, int],
) -> Iterator[Piece]:
    """The pieces of one stretch; what begins in it is taken from the numbers not yet seen."""
    cuts = sorted({*span, *(mark.start for mark in marks), *(mark.end for mark in marks)})
    waiting = list(reversed(marks))
    active: list[_Mark] = []
    for start, end in pairwise(cuts):
        active = [mark for mark in active if mark.end > start]
        while waiting and waiting[-1].start <= start:
            active.append(waiting.pop())
        shown = in_place(text[start:end])
        if not active:
            yield Piece(shown)
            continue
        numbers = sorted({mark.attribution for mark in active}, key=lambda one: (depths[one], one))
        contents = {mark.attribution for mark in active if mark.role == "content"}
        innermost = [number for number in numbers if number in contents]
        yield Piece(
            text=shown,
            attributions=tuple(numbers),
            roles=tuple(sorted({mark.role for mark in active})),
            kind=known[innermost[-1]].kind if innermost else None,
            begins=tuple(Beginning(one, unseen.pop(one)) for one in numbers if one in unseen),
        )

"""What quotation marks tell that the network does not: where a quotation runs on and ends.

A block quotation is one that fills its paragraph; it needs no cue. A quotation that one
paragraph leaves open and a later one goes on with is one content, and what it quotes in
turn is nested in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from onrecord.attributing.joining import Found, Scored, Stretch
from onrecord.encoder.quotation import Quoted

if TYPE_CHECKING:
    from onrecord.encoder.pieces import Pieces
    from onrecord.records import Span

MOSTLY = 0.9
"""Share of a block quotation that stands in marks; a full stop may stand outside."""

_LABEL = re.compile(
    r"\W?(?P<source>[A-Z][A-Z.'’ -]{1,30}|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})(?P<cue>:)\s+"
)
"""What names the speaker of a transcript's turn: “LEE: Thank you.”"""


_LETTER = re.compile(r"\w")


class Paragraph(NamedTuple):
    """A paragraph of the text, and how it stands to quotation marks."""

    start: int
    end: int
    group: int
    """Paragraphs of another group are another text."""
    quoted: Quoted
    """Stretches are places in the paragraph."""


def block_quotations(
    lost: Sequence[Scored], paragraphs: Sequence[Paragraph], pieces: Pieces, text: str
) -> list[Found]:
    """The contents without a cue that are block quotations, each an attribution.

    Other contents without a cue are dropped: most are mistakes (docs/model.md). One that
    opens with a label is a turn of a transcript, whose label is source and cue.
    """
    out = []
    for first, end, score in lost:
        paragraph = paragraphs[_paragraph_of(first, pieces)]
        if not _is_block((first, end), paragraph, pieces):
            continue
        label = _LABEL.match(text, paragraph.start, paragraph.end)
        if label:
            parts = [label.span("source"), label.span("cue"), (label.end(), paragraph.end)]
            source, cue, content = (_pieces_of(span, pieces) for span in parts)
            if content[0] < content[1]:
                out.append(Found([source], [cue], [content], {content: (score,)}))
                continue
        out.append(Found(content=[(first, end)], sure={(first, end): (score,)}))
    return out


def set_apart(
    found: Sequence[Found], paragraphs: Sequence[Paragraph], pieces: Pieces
) -> list[Found]:
    """The attributions, and the block quotations that some of them took beside their content.

    “She commented on the fire.” has its content; a quotation in the next paragraph is
    another attribution. It goes on with the content only where that is a quotation in the
    paragraph beside it, on the cue's side.
    """
    apart = []
    for one in found:
        if not one.cue:
            continue
        home = _paragraph_of(one.cue[0][0], pieces)
        numbers = {span: _paragraph_of(span[0], pieces) for span in one.content}
        blocks = [
            span
            for span, number in numbers.items()
            if number != home and _is_block(span, paragraphs[number], pieces)
        ]
        kept = [span for span in one.content if span not in blocks]
        quoted = {numbers[span] for span in kept if _opens(span, paragraphs[numbers[span]], pieces)}
        for span in sorted(blocks, key=lambda span: abs(numbers[span] - home)):
            toward = numbers[span] + (1 if numbers[span] < home else -1)
            if kept and toward not in quoted:
                apart.append(Found(content=[span], sure={span: one.sure.pop(span)[:1]}))
            else:
                kept.append(span)
                quoted.add(numbers[span])
        one.content = sorted(kept)
    return [*found, *apart]


def run_on(
    found: Sequence[Found], paragraphs: Sequence[Paragraph], pieces: Pieces, text: str
) -> list[Found]:
    """The attributions, with each quotation that runs on over paragraphs in one of them.

    It belongs to the attribution that has a part of it and a cue outside of it; where none
    is such, to the first without a cue. Others that lie in it are nested.
    """
    contents = sorted((span, number) for number, one in enumerate(found) for span in one.content)
    absorbed: set[int] = set()
    number = 0
    while number < len(paragraphs):
        runs_on = paragraphs[number].quoted.runs_on
        over = _parts(number, paragraphs, pieces, text) if runs_on else []
        parts = [part for part in over if part[0] < part[1]]
        if len(parts) > 1:
            low = bisect_left(contents, parts[0][0], key=lambda item: item[0][1])
            high = bisect_left(contents, parts[-1][1], key=lambda item: item[0][0])
            numbers = dict.fromkeys(n for _, n in contents[low:high] if n not in absorbed)
            absorbed |= _as_one({n: found[n] for n in numbers}, parts)
        number += max(1, len(over) - 1)  # The last one may open another.
    return [one for n, one in enumerate(found) if n not in absorbed and one.content]


def _parts(
    number: int, paragraphs: Sequence[Paragraph], pieces: Pieces, text: str
) -> list[Stretch]:
    """A quotation that a paragraph leaves open, as pieces: one stretch a paragraph.

    A later paragraph goes on with it if it begins inside quotation marks.
    """
    paragraph = paragraphs[number]
    spans = [(paragraph.start + paragraph.quoted.stretches[-1][0], paragraph.end)]
    if not _LETTER.search(text, *spans[0]):
        return []
    for at in range(number + 1, len(paragraphs)):
        following = paragraphs[at]
        stretches = following.quoted.stretches
        if following.group != paragraph.group or not stretches or stretches[0][0] > 0:
            break
        if _LABEL.match(text, following.start, following.end):  # another turn
            break
        spans.append((following.start, following.start + stretches[0][1]))
        if not following.quoted.runs_on or spans[-1][1] < following.end:
            break
    return [_pieces_of(span, pieces) for span in spans]


def _as_one(near: Mapping[int, Found], parts: Sequence[Stretch]) -> set[int]:
    """Give a quotation in parts to one of the attributions near it; those that it absorbs."""
    holders = [
        number
        for number, one in near.items()
        if any(_mostly_in(span, parts) for span in one.content)
        and (not one.cue or not _lies_in(one.extent, parts))
    ]
    said = [number for number in holders if near[number].cue]
    if not holders or len(said) > 1:  # Two that say parts of it: a mark is missing.
        return set()
    chosen = said[0] if said else holders[0]
    owner = near[chosen]
    beside = [span for span in owner.content if not _mostly_in(span, parts)]
    owner.content = sorted([*(rest for span in beside for rest in _outside(span, parts)), *parts])
    for number, one in near.items():
        if number not in holders and one.within is None and _lies_in(one.extent, parts):
            one.within = owner
        elif number not in holders and one.within is None:
            one.content = [rest for span in one.content for rest in _outside(span, parts)]
    return set(holders) - {chosen}


def _mostly_in(span: Stretch, parts: Sequence[Stretch]) -> bool:
    low = bisect_right(parts, span[0], key=itemgetter(1))
    high = bisect_left(parts, span[1], key=itemgetter(0))
    shared = sum(min(span[1], end) - max(span[0], first) for first, end in parts[low:high])
    return 2 * shared > span[1] - span[0]


def _outside(span: Stretch, parts: Sequence[Stretch]) -> list[Stretch]:
    """What of a span stands before and after the parts that it overlaps."""
    low = bisect_right(parts, span[0], key=itemgetter(1))
    high = bisect_left(parts, span[1], key=itemgetter(0))
    if low >= high:
        return [span]
    sides = ((span[0], parts[low][0]), (parts[high - 1][1], span[1]))
    return [side for side in sides if side[0] < side[1]]


def _lies_in(span: Stretch, parts: Sequence[Stretch]) -> bool:
    at = bisect_left(parts, span[1], key=itemgetter(1))
    return at < len(parts) and parts[at][0] <= span[0]


def _is_block(span: Stretch, paragraph: Paragraph, pieces: Pieces) -> bool:
    """Whether a content fills its paragraph and stands in quotation marks."""
    first, end = _pieces_of((paragraph.start, paragraph.end), pieces)
    if span[0] > first + 1 or span[1] < end - 1:
        return False
    inside = sum(b - a for a, b in paragraph.quoted.stretches)
    return inside >= MOSTLY * (paragraph.end - paragraph.start)


def _opens(span: Stretch, paragraph: Paragraph, pieces: Pieces) -> bool:
    """Whether a content begins inside quotation marks."""
    at = int(pieces.starts[span[0]]) - paragraph.start
    stretches = paragraph.quoted.stretches
    number = bisect_right(stretches, at, key=itemgetter(1))
    return number < len(stretches) and stretches[number][0] <= at


def _paragraph_of(piece: int, pieces: Pieces) -> int:
    return int(np.searchsorted(pieces.bounds, piece, side="right")) - 1


def _pieces_of(span: Span, pieces: Pieces) -> Stretch:
    """The pieces in a stretch of characters; breaks, which have none, are left out."""
    first = int(np.searchsorted(pieces.ends, span[0], side="right"))
    end = int(np.searchsorted(pieces.starts, span[1], side="left"))
    return first, max(first, end)

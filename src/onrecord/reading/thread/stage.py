"""From a page's tree to its thread; the thread is cut out of the tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml.etree import Comment, ProcessingInstruction, strip_elements, strip_tags

from onrecord.reading.draft import CommentBlock
from onrecord.reading.thread import hints
from onrecord.reading.thread.blocks import Block, find_blocks
from onrecord.reading.thread.fields import read_fields
from onrecord.reading.thread.outline import Outline, is_named, outline_of
from onrecord.reading.thread.replies import find_parents
from onrecord.reading.thread.structured import structured_comments
from onrecord.reading.thread.unsure import unsure
from onrecord.records import Warning

if TYPE_CHECKING:
    from lxml.etree import _Element

BESIDE = 1500
"""Characters of headings, forms and links that stand around comments at the most: with more,
what is around them is the article too."""


LARGEST = 500_000
"""Elements up to which comments are looked for: they take a minute and 1.2 GB. The largest of
22 saved pages has 4,600."""


@dataclass(frozen=True, slots=True)
class Thread:
    """The comments of a page in their order, and what was unsure."""

    comments: tuple[CommentBlock, ...] = ()
    warnings: tuple[Warning, ...] = ()


def take_thread(tree: _Element) -> Thread:
    """Read the comments of a page and cut them out of its tree."""
    strip_tags(tree, Comment, ProcessingInstruction)
    elements = tree.xpath("count(//*)")
    if isinstance(elements, float) and elements > LARGEST:
        message = f"the page has {elements:,.0f} elements, too many to look for comments in them"
        return Thread(warnings=(Warning(code="thread-not-read", message=message),))
    structured = structured_comments(tree)
    outline = outline_of(tree)
    blocks = find_blocks(outline)
    comments = _read(outline, blocks)
    if len(structured) > len(comments):
        comments = structured  # The page shows some of its comments, or none, without scripts.
    warnings = tuple(unsure(outline, blocks, comments))
    _cut(outline, blocks)
    return Thread(tuple(comments), warnings)


def _read(outline: Outline, blocks: Sequence[Block]) -> list[CommentBlock]:
    """The comments that have a text, an author or replies; removed ones only with replies."""
    fields = read_fields(outline, blocks)
    parents = find_parents(outline, blocks)
    answered = {parent for parent in parents if parent is not None}
    kept: dict[int, int] = {}
    comments: list[CommentBlock] = []
    for number, (block, one) in enumerate(zip(blocks, fields, strict=True)):
        if one.strange or outline.words[block.start] & hints.NOT_COMMENTS:
            continue
        if not (one.text or number in answered or (one.author and not one.removed)):
            continue
        kept[number] = len(comments)
        comments.append(
            CommentBlock(
                parent=_kept_parent(number, parents, kept),
                author=one.author,
                posted=one.posted,
                posted_text=one.posted_text,
                paragraphs=one.text,
            )
        )
    return comments


def _kept_parent(number: int, parents: Sequence[int | None], kept: dict[int, int]) -> int | None:
    """The nearest comment above that is kept."""
    parent = parents[number]
    while parent is not None and parent not in kept:
        parent = parents[parent]
    return None if parent is None else kept[parent]


def _cut(outline: Outline, blocks: Sequence[Block]) -> None:
    """Take comments, and the headings and forms around them, out of the tree.

    The text behind an element stays. All are taken at once: taken one by one, the texts
    that are left grow together each time.
    """
    around = _around(outline, blocks)
    parts = [Block(around, outline.end[around])] if around is not None else blocks
    cut = list(_forms(outline))
    for part in parts:
        at = part.start
        while at < part.end:
            cut.append(at)
            at = outline.end[at]
    root = outline.elements[0]
    for at in cut:
        if at:
            outline.elements[at].tag = _CUT
    strip_elements(root, _CUT, with_tail=False)


_CUT = "onrecord-cut"


def _forms(outline: Outline) -> Iterator[int]:
    """Forms to comment with: the highest element around one that is called so, and is small."""
    for at, element in enumerate(outline.elements):
        if element.tag != "textarea":
            continue
        found = None
        for above in outline.around(at):
            if outline.amount(above) > BESIDE:
                break
            if not outline.words[above].isdisjoint(hints.RESPOND):
                found = above
        if found is not None:
            yield found


def _around(outline: Outline, blocks: Sequence[Block]) -> int | None:
    """The highest element called comments that holds all blocks and little else."""
    if not blocks:
        return None
    start, end = blocks[0].start, max(block.end for block in blocks)
    shown = outline.shown[end] - outline.shown[start]
    found = None
    for at in (start, *outline.around(start)):
        if outline.amount(at) > shown + BESIDE:
            break
        if at <= start and end <= outline.end[at] and is_named(outline, at):
            found = at
    return found

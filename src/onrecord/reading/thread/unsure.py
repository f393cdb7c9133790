"""What was unsure in reading a thread, as coded warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.reading.draft import CommentBlock
from onrecord.reading.thread.blocks import Block
from onrecord.reading.thread.outline import Outline
from onrecord.reading.thread.shown import line
from onrecord.records import Warning

_WORD = (
    r"(?:comments?|replies|responses|kommentare?|beiträge|commentaires?|réactions?|comentarios?|"
    r"commenti|komentarz[ey]?|комментари\w+|reacties)"
)
_COUNTER = re.compile(
    rf"(?:view |read |show )?(?:all |alle )?(\d{{1,3}}(?:[.,]\d{{3}})+|\d{{1,6}})\s*{_WORD}\b"
    r".{0,40}"
    rf"|\D{{0,20}}?{_WORD}\s*[(:]?\s*(\d{{1,6}})\)?",
    re.I,
)
_REPLIES = re.compile(
    r"(?:view|show|see|load)?\s*(?:all\s+)?[1-9]\d{0,4}\s+(?:more\s+)?"
    r"(?:repl(?:y|ies)|antwort(?:en)?|réponses?|respuestas?|odpowied\w+|ответ\w*|reacties)",
    re.I,
)

COUNTER = 60
"""Characters of the longest text with the number of comments."""

SMALL = 6
"""Elements that such a text has at the most."""

NEAR = 200
"""Elements before the first comment among which a counter is looked for."""


def unsure(
    outline: Outline, blocks: Sequence[Block], comments: Sequence[CommentBlock]
) -> Iterator[Warning]:
    """What a reader of the thread should know."""
    shown = _counted(outline, blocks)
    if shown is not None and shown != len(comments):
        yield Warning(
            code="thread-count",
            message=f"the page counts {shown} comments and {len(comments)} are in it; "
            "the others are on further pages, or were not loaded when it was saved",
        )
    flat = len(comments) > 1 and all(comment.parent is None for comment in comments)
    if flat and _tells_of_replies(outline, blocks):
        yield Warning(
            code="thread-flat",
            message="the page tells of replies, but not to which comment: none has a parent",
        )


def _counted(outline: Outline, blocks: Sequence[Block]) -> int | None:
    """How many comments the page says it has, by the counter that stands right before them."""
    if not blocks:
        return None
    for at in range(blocks[0].start - 1, max(blocks[0].start - NEAR, -1), -1):
        if outline.silent[at] or outline.end[at] - at > SMALL:
            continue
        text = line(outline, at)
        found = _COUNTER.fullmatch(text) if 0 < len(text) <= COUNTER else None
        if found:
            return int(re.sub(r"\D", "", found[1] or found[2]))
    return None


def _tells_of_replies(outline: Outline, blocks: Sequence[Block]) -> bool:
    for block in blocks:
        for at in range(block.start, block.end):
            text = " ".join((outline.elements[at].text or "").split())
            if 0 < len(text) <= COUNTER and _REPLIES.fullmatch(text):
                return True
    return False

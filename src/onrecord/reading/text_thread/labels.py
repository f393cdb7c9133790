"""Lines of a page that are no text: links, counters, headings of threads, forms.

A text is compared by its letters alone: "Ответить", "[reply]", "Antworten ↓", "Reply (2)".
"""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.reading.text_thread.words import (
    AFTER_COMMENTS,
    BADGES,
    BEFORE_COMMENTS,
    COMMENTS,
    COUNTED,
    FORM,
    FURNITURE,
    LINK,
    REPLY,
    letters,
)

_COUNTED = re.compile(r":\s*\d")  # "Antworten: 6" counts them in a list of other pages.
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d{3})*")
_PARTS = re.compile(r"\s*[|·•/,;]\s*|\s{3,}|\s+[-–—]\s+")

_REPLY_TO = re.compile(r"(?:reply to|antworten auf|répondre à|responder a|rispondi a)\s", re.I)
_LABELS = FURNITURE | {""}

REPLY_WORDS = 10
"""Words of the longest line with such a link: "Antworten | Zitieren | Beitrag melden"."""

LABEL = 80
"""Characters of the longest text that can be a label of the page."""


@lru_cache(maxsize=8192)
def is_furniture(text: str) -> bool:
    """Whether a line holds links and counters alone: "Reply | Report | 3"."""
    if len(text) > LABEL or not letters(text):
        return False  # "+1" is what a commenter says.
    return all(_is_label(part) for part in _PARTS.split(text))


def _is_label(text: str) -> bool:
    return letters(text) in _LABELS or all(letters(word) in _LABELS for word in text.split())


def is_badge(text: str) -> bool:
    """Whether a text beside a name is no part of it: "Guest", "not verified", "link"."""
    return letters(text) in BADGES | LINK


@lru_cache(maxsize=8192)
def has_reply(text: str) -> bool:
    """Whether a line holds a link to answer, and nothing but such: "3 likes · Reply"."""
    if len(text) > LABEL:
        return False
    if _COUNTED.search(text):
        return False
    keys = {letters(word) for word in text.split()} | {letters(p) for p in _PARTS.split(text)}
    return not keys.isdisjoint(REPLY) and is_furniture(text)


def has_link(text: str) -> bool:
    """Whether one of a line's labels is a link to the comment, or to answer it."""
    return any(letters(part) in LINK | REPLY for part in (text, *_PARTS.split(text)))


def may_reply(text: str) -> str:
    """What a line of few words, one of them that of a link to answer, is recognised by.

    It is the same for "Reply to Ana" and "Reply to Ben", and nothing for other lines.
    """
    if len(text) > LABEL or _COUNTED.search(text):
        return ""
    to = _REPLY_TO.match(text)
    if to:
        return to[0]
    tokens = text.split()
    few = len(tokens) <= REPLY_WORDS and any(letters(word) in REPLY for word in tokens)
    return letters(text) if few else ""


@lru_cache(maxsize=8192)
def heading(text: str) -> int | None:
    """The number in the heading of a thread, 0 where it has none; ``None`` for other texts."""
    if len(text) > 2 * LABEL:
        return None
    tokens = [token.casefold() for token in _TOKEN.findall(text)]
    count, at = 0, 0
    while at < len(tokens) and (tokens[at][0].isdecimal() or tokens[at] in BEFORE_COMMENTS):
        if tokens[at][0].isdecimal():
            count = int(re.sub(r"\D", "", tokens[at])[:9])
        at += 1
    behind = tokens[at + 1 :]
    if at == len(tokens) or at > 3 or tokens[at] not in (COUNTED if count else COMMENTS):
        return None
    if count == 0 and len(behind) == 1 and behind[0].isdecimal():
        return int(behind[0][:9])
    if len(behind) > 2 and behind[0] not in AFTER_COMMENTS:
        return None
    return count if len(behind) <= 2 or count else None


def is_form(text: str) -> bool:
    """Whether a line is the heading of a form to comment with."""
    return len(text) <= LABEL and letters(text) in FORM

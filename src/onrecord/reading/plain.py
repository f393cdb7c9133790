"""Plain text: the text is kept to the letter, paragraphs and comments are found in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.reading.draft import Draft
from onrecord.reading.text_thread.stage import find_thread
from onrecord.records import Paragraph, Span, Warning

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")

WRAPPED = 120
"""Lines longer than this are paragraphs of their own; a text of shorter ones may be wrapped."""

HEADLINE = 200
"""Characters that a headline has at the most."""


def read_plain(text: str) -> Draft:
    """Read a text in which blank lines, or line ends, part the paragraphs."""
    thread = find_thread(text)
    spans = _paragraphs(text, thread.begin)
    headline = _headline(text, spans)
    paragraphs = tuple(
        Paragraph(
            start=start,
            end=stop,
            kind="headline" if headline and number == 0 else "body",
        )
        for number, (start, stop) in enumerate(spans)
    )
    warnings = list(thread.warnings)
    if not paragraphs:
        warnings.append(Warning(code="article-not-found", message="the text holds comments alone"))
    elif not headline:
        warnings.append(
            Warning(code="headline-not-found", message="the first paragraph is no headline")
        )
    return Draft(
        text=text,
        headline=text[slice(*spans[0])] if headline else None,
        paragraphs=paragraphs,
        comments=thread.comments,
        warnings=tuple(warnings),
    )


def _paragraphs(text: str, end: int) -> list[Span]:
    lines = [_trimmed(text, *found.span()) for found in _LINE.finditer(text, 0, end)]
    width = max((b - a for a, b in lines), default=0)
    blocks = list(_blocks(lines))
    pairs = [pair for block in blocks for pair in pairwise(block)]
    # Some line always ends near the width; a text was broken to it if most of them do.
    wrapped = width <= WRAPPED and 2 * sum(_fits(text, *pair, width) for pair in pairs) > len(pairs)
    return [
        span for block in blocks for span in (_joined(text, block, width) if wrapped else block)
    ]


def _blocks(lines: Sequence[Span]) -> Iterator[list[Span]]:
    """Lines between blank ones."""
    block: list[Span] = []
    for line in lines:
        if line[0] < line[1]:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _joined(text: str, block: Sequence[Span], width: int) -> list[Span]:
    """Join the lines of a paragraph that was broken to a width."""
    spans = [block[0]]
    for before, line in pairwise(block):
        if _fits(text, before, line, width):
            spans[-1] = (spans[-1][0], line[1])
        else:
            spans.append(line)
    return spans


def _fits(text: str, line: Span, after: Span, width: int) -> bool:
    """Whether a line was broken to the width: the next one's first word had no room in it."""
    first_word = text[slice(*after)].split(maxsplit=1)[0]
    return line[1] - line[0] + 1 + len(first_word) > width


def _trimmed(text: str, start: int, end: int) -> Span:
    line = text[start:end]
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())


def _headline(text: str, spans: Sequence[Span]) -> bool:
    """Whether the first paragraph is the headline.

    It is one line, short, followed by an article, and set like a headline: without a full
    stop at its end, or with most of its longer words capitalised.
    """
    if len(spans) < 2:
        return False
    first = text[slice(*spans[0])]
    if len(first) > HEADLINE or "\n" in first or "\r" in first:
        return False
    words = [word for word in re.findall(r"\w+", first) if len(word) > 3]
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in words)
    return not first.endswith((".", "!", ":", ";", ",", "”", '"')) or capitals * 2 > len(words)

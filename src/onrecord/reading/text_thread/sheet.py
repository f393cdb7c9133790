"""The lines of a text with what is known of each, and the stretches between heads."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain, pairwise

from onrecord.reading.text_thread import labels, words
from onrecord.reading.text_thread.heads import Head, plain
from onrecord.reading.text_thread.lines import Line, read_lines

FOOT = 6
"""Lines from the link to answer to the next comment's head: reply, report, share, a score."""

REPEATED = 0.4
"""Part of the comments in which a line has to stand to be no word of the commenters'."""

REPEATING = 5
"""Comments from which on that is counted."""


AGAIN = 3
"""Times that a line with a link to answer stands in a text, to be no prose."""

PROSE = 80
"""Characters from which on a line is no label: an article has such lines."""


class Sheet:
    """A text, cut into lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[Line] = read_lines(text)

    def shown(self, at: int) -> str:
        """A line without its bullet, with single spaces."""
        return plain(self.text, self.lines[at])

    def is_short(self, at: int) -> bool:
        """Whether a line can be a label of the page."""
        return self.lines[at].end - self.lines[at].body <= labels.LABEL

    @cached_property
    def replies(self) -> list[int]:
        """The lines that hold a link to answer."""
        sure = []
        likely: dict[str, list[int]] = {}
        for at in self._short:
            shown = self.shown(at)
            if labels.has_reply(shown):
                sure.append(at)
            elif key := labels.may_reply(shown):
                likely.setdefault(key, []).append(at)
        # Labels that are not known stand beside the link: the same ones again and again.
        again = (lines for lines in likely.values() if len(lines) >= AGAIN)
        return sorted(chain(sure, *again))

    @cached_property
    def headings(self) -> list[int]:
        """The lines that head a thread."""
        return [at for at in self._short if labels.heading(self.shown(at)) is not None]

    @cached_property
    def forms(self) -> list[int]:
        """The lines that head a form to comment with."""
        return [at for at in self._short if labels.is_form(self.shown(at))]

    @cached_property
    def first_prose(self) -> int:
        """The first line that is no label, or the number of lines."""
        lines = enumerate(self.lines)
        return next((at for at, line in lines if line.end - line.start >= PROSE), len(self.lines))

    @cached_property
    def _short(self) -> list[int]:
        return [at for at in range(len(self.lines)) if self.is_short(at)]

    def stretches(self, heads: Sequence[Head]) -> Iterator[tuple[int, int]]:
        """The lines that follow each head, up to the next one."""
        for head, after in pairwise(heads):
            yield head.last + 1, after.first
        if heads:
            yield heads[-1].last + 1, len(self.lines)

    def foot(self, start: int, end: int) -> int | None:
        """The line with the link to answer that a comment's stretch ends with.

        The stretch of the last comment goes on to the end of the text, so its first such
        link counts.
        """
        if end == len(self.lines):
            at = bisect_left(self.replies, start)
            return self.replies[at] if at < len(self.replies) else None
        at = bisect_left(self.replies, end) - 1
        if at < 0 or self.replies[at] < max(start, end - FOOT):
            return None
        foot = self.replies[at]
        return foot if all(map(self.is_short, range(foot, end))) else None

    def below(self, foot: int) -> int:
        """The line below a link to answer, and below the labels that stand with it."""
        at = foot + 1
        while at < min(foot + FOOT, len(self.lines)) and self.is_label(at):
            at += 1
        return at

    def key(self, at: int) -> str:
        """What of a short line is compared: its letters, or that it is a number."""
        shown = self.shown(at) if self.is_short(at) else ""
        return words.letters(shown) or ("#" if shown and shown[-1].isdecimal() else "")

    def is_label(self, at: int) -> bool:
        """Whether a line holds links and counters alone."""
        if not self.is_short(at):
            return False
        shown = self.shown(at)
        return not words.letters(shown) or labels.is_furniture(shown)

    def repeated(self, heads: Sequence[Head]) -> frozenset[str]:
        """Lines at the edges of so many comments that they are the page's, by their letters."""
        if len(heads) < REPEATING:
            return frozenset()
        counts: Counter[str] = Counter()
        for start, end in self.stretches(heads):
            last = self.foot(start, end) if end == len(self.lines) else None
            end = end if last is None else last + 1
            edges = {*range(start, min(start + 2, end)), *range(max(start, end - 3), end)}
            counts.update({self.key(at) for at in edges})
        counts.pop("", None)
        return frozenset(k for k, count in counts.items() if count >= REPEATED * len(heads))

"""What the model thinks of a page's mentions: what each is, and which stand for the same."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.encoder.base import Encoding
from onrecord.encoder.pieces import Pieces
from onrecord.records import Span
from onrecord.resolving.mentions import Mention, find_mentions

STRONG = 4.0
"""Log-odds beyond which a link is as good as sure."""


class Opinion:
    """What the model has said of a page, collected while it reads.

    Links are kept of what it reads first, 200,000 characters of a page; more would take
    memory without a bound.
    """

    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        """The names and descriptions that it finds."""
        self._first: Encoding | None = None

    def hear(self, encoding: Encoding) -> None:
        """Keep what it says of the next part of the page."""
        self.mentions += find_mentions(encoding)
        self._first = self._first or encoding

    def links(self, anaphor: Span, antecedents: Sequence[Span]) -> list[float]:
        """How likely a pronoun stands for each of other mentions: log-odds, 0 for no opinion."""
        if self._first is None or not antecedents:
            return [0.0] * len(antecedents)
        pieces = self._first.pieces
        end = int(pieces.ends[-1]) if len(pieces.ends) else 0
        if any(stop > end for _, stop in (anaphor, *antecedents)):
            return [0.0] * len(antecedents)
        first, *others = (_pieces(pieces, span) for span in (anaphor, *antecedents))
        (scores,) = self._first.link_scores([first], [others])
        return [max(-STRONG, min(STRONG, float(score))) for score in scores]


def _pieces(pieces: Pieces, span: Span) -> tuple[int, int]:
    """First piece and end of a stretch of the text."""
    first = int(pieces.ends.searchsorted(span[0], "right"))
    return first, max(int(pieces.starts.searchsorted(span[1])), first + 1)

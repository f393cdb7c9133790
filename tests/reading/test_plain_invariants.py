"""What holds for every plain text."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.plain import read_plain

PIECES = (
    "Ana", "Ben says:", "• ", "  ", "    ", "1. ", "10. ", "o ", "\n", "\n\n", "\r\n", "\r", "\t",
    "3 May 2024", "4 hours ago", " | link", "10:15", "Reply", "Antworten",
    "12 Comments", "Kommentare",
    "Leave a comment", "@Ana ", "From: Ben", "In reply to ", "It rained all day.", "²",
    "٣", "\u2028",
    "Guest", "Permalink", " am ", "#1.1 ", "\x0c", "a" * 90,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=60).map("".join))
def test_every_text(text: str) -> None:
    draft = read_plain(text)
    assert draft.text == text
    spans = [(p.start, p.end) for p in draft.paragraphs]
    spans += [(c.start, c.end) for c in draft.comments]
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(end <= after for (_, end), (after, _) in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    for number, comment in enumerate(draft.comments):
        assert comment.id == number
        assert comment.parent is None or 0 <= comment.parent < number


def test_long_texts_take_no_longer_than_their_size() -> None:
    """Bounds that nothing but a loop in a loop exceeds."""
    start = time.perf_counter()
    read_plain("1 " * 500_000)
    read_plain(" " * 1_000_000)
    for line in (
        "• \n",
        "Reply\n",
        "3 May 2024\n",
        "12 Comments\n",
        "  • Ana\n\n    Yes.\n\n",
        "\r",
    ):
        read_plain(line * 10_000)
    read_plain("".join(" " * (i % 700) + f"• A{i % 99}\n\n" for i in range(5_000)))
    assert time.perf_counter() - start < 30

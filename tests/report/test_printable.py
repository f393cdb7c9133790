"""Page text made safe and short."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.report.printable import ELLIPSIS, printable, shortened

BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
SAID = "Anna Bell said that the bridge over the Orla would open late because of the storm."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It rained.", "It rained."),
        ("  It\trained\r\n\n all  day. ", "It rained all day."),
        ("It\u2028rained\u2029all\u00a0day", "It rained all day"),
        ("a\x1b[2Jb", "a\ufffd[2Jb"),
        ("a\x1b]0;title\x07b", "a\ufffd]0;title\ufffdb"),
        ("a\x9b31mb", "a\ufffd31mb"),
        ("a\x08\x7fb\0", "a\ufffd\ufffdb\ufffd"),
        ("a\u202eb\u202c", "a\ufffdb\ufffd"),
        ("a\u2066b\u2069\u200f\u061c", "a\ufffdb\ufffd\ufffd\ufffd"),
        ("“Zürich” — 橋 e\u0301 👩\u200d🚒 שלום", "“Zürich” — 橋 e\u0301 👩\u200d🚒 שלום"),
        ("[red]not markup[/red] :smile:", "[red]not markup[/red] :smile:"),
        ("", ""),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


@settings(deadline=None, derandomize=True)
@given(st.text())
def test_nothing_printable_steers_a_terminal(text: str) -> None:
    shown = printable(text)
    assert not any(unicodedata.category(c) == "Cc" for c in shown)
    assert not any(unicodedata.bidirectional(c) in BIDI for c in shown)
    assert len(shown) <= len(text)
    assert printable(shown) == shown


def test_a_short_text_stays_whole() -> None:
    assert shortened(SAID, len(SAID)) == SAID
    assert shortened("", 10) == ""


@pytest.mark.parametrize("length", [40, 50, 60, 70, 80])
def test_shortened_keeps_the_beginning_and_the_end_in_whole_words(length: int) -> None:
    short = shortened(SAID, length)
    head, tail = short.split(ELLIPSIS)
    assert SAID.startswith(head + " ")
    assert SAID.endswith(" " + tail)
    assert len(short) <= length
    assert len(head) > len(tail) > 0


def test_shortened_cuts_a_word_that_is_too_long() -> None:
    short = shortened("a" * 50 + "b" * 50, 30)
    assert len(short) == 29
    assert short.strip("a").strip("b") == ELLIPSIS


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(" ab", min_size=1, max_size=200), st.integers(8, 120))
def test_shortened_in_general(text: str, length: int) -> None:
    short = shortened(text, length)
    assert len(short) <= length
    if short != text:
        head, tail = short.split(ELLIPSIS)
        assert text.startswith(head)
        assert text.endswith(tail)
        assert len(head) + len(tail) < len(text)

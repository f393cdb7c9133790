"""Stretches inside double quotation marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.encoder.quotation import OPENERS, quoted_stretches

MARKS = "\"“”„‟«»″＂'‘’"


def quoted(paragraph: str) -> list[str]:
    return [paragraph[start:end] for start, end in quoted_stretches(paragraph)]


@pytest.mark.parametrize(
    ("paragraph", "stretches"),
    [
        ("", []),
        ("No marks at all.", []),
        ('"Go," she said. "Now."', ['"Go,"', '"Now."']),
        ("“Go,” she said. “Now.”", ["“Go,”", "“Now.”"]),
        ("Er sagte: „Das reicht.“ Dann ging er.", ["„Das reicht.“"]),
        ("„Das reicht”, sagte er.", ["„Das reicht”"]),
        ("»Das reicht«, sagte er.", ["»Das reicht«"]),
        ("« Cela suffit », dit-elle.", ["« Cela suffit »"]),
        ("She wrote ＂wait＂ and ″stop″ here.", ["＂wait＂", "″stop″"]),
        ("The ‘old’ mill isn't Dora's.", []),
    ],
)
def test_each_style_of_marks(paragraph: str, stretches: list[str]) -> None:
    assert quoted(paragraph) == stretches


def test_marks_with_a_direction_nest() -> None:
    assert quoted("“He said “go” and left,” she said. “So?”") == [
        "“He said “go” and left,”",
        "“So?”",
    ]
    assert quoted("« Elle dit « va » puis rien », dit-il.") == ["« Elle dit « va » puis rien »"]


def test_marks_of_another_style_inside_do_not_close() -> None:
    assert quoted('“The "new" mill « here » burns,” he said.') == [
        '“The "new" mill « here » burns,”'
    ]


def test_an_unclosed_mark_quotes_the_rest() -> None:
    assert quoted("She said: “It goes on and on.") == ["“It goes on and on."]
    assert quoted('"Yes." And then: "No') == ['"Yes."', '"No']
    assert quoted("“He said “go.”") == ["“He said “go.”"]
    assert quoted("“") == ["“"]


def test_a_lone_closing_mark_quotes_nothing() -> None:
    assert quoted("and that is all.” She left.") == []
    assert quoted("and that is all.” She left. “Good.”") == ["“Good.”"]


@given(st.text(alphabet=MARKS + "ab ,.", max_size=40))
@settings(derandomize=True, max_examples=300)
def test_stretches_are_inside_in_order_and_apart(paragraph: str) -> None:
    stretches = quoted_stretches(paragraph)
    for start, end in stretches:
        assert 0 <= start < end <= len(paragraph)
        assert paragraph[start] in OPENERS
        assert end == len(paragraph) or paragraph[end - 1] in MARKS
    assert all(one[1] <= other[0] for one, other in pairwise(stretches))
    outside = set(range(len(paragraph))).difference(*(range(a, b) for a, b in stretches))
    assert not any(paragraph[at] in OPENERS for at in outside)

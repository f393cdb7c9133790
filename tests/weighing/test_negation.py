"""Negation of a cue: in it, before it, in the source, in its meaning."""

from __future__ import annotations

import pytest

from onrecord.weighing import weigh
from weighing.marked import marked

NEGATED = """
    [Lund] <did not say> {who had slept}.
    [Lund] <has not> <said> {who had slept}.
    [Lund] <hasn’t said> {who had slept}.
    [Lund] <can't explain> {the delay}.
    [Lund] <cannot explain> {the delay}.
    [Lund] has not yet <said> {who had slept}.
    [Lund] didn't publicly <say> {who had slept}.
    [Lund] <never mentioned> {the delay}.
    [Lund] <no longer supports> {the bridge}.
    [Lund] <made no mention of> {the bridge}.
    [Lund] <refused to say> {who had slept}.
    [Lund] <refuses> {to swim}.
    [Lund] <declined to comment on> {the delay}.
    [Lund] <failed to mention> {the delay}.
    [Lund] <avoids criticizing> {the captain}.
    [Lund] left <without saying> {who had slept}.
    [Lund] <stopped short of blaming> {the captain}.
    [The council] <decided against> {a bridge}.
    [Not everyone] <agrees on> {the bridge}.
    [No one] <said> {who had slept}.
    [Nobody] <knows> {who had slept}.
    [Neither Lund nor Bell] <wants> {a bridge}.
    [None of them] <said> {who had slept}.
"""
PLAIN = """
    [Lund] <said> {the captain did not sleep}.
    [Lund] <not only said> {it} but sang it.
    [Lund] <said no to> {the bridge}.
    [Lund] <can't help noting> {that the ferry is late}.
    [Lund] <has no doubt> {that the ferry is late}.
    [Lund] <has made no secret of> {the delay}.
    [Lund] <does not hesitate to say> {who had slept}.
    [Lund] <did not decline to say> {who had slept}.
    [Lund] <denied> {it}.
    {“He did not,”} [Lund] <said>.
    He did not. [Lund] <said> {so}.
    [Not only Lund] <said> {it}.
    [No. 2 on the list] <said> {it}.
    [Notable captains] <said> {it}.
    [Lund]<:> {“Never.”}
    [Lund] {“Never.”}
"""


def rows(table: str) -> list[str]:
    return [row.strip() for row in table.strip().splitlines()]


def negated(sentence: str) -> bool | None:
    text, one = marked(sentence)
    return weigh(text, (one,), None)[0].negated


@pytest.mark.parametrize("sentence", rows(NEGATED))
def test_negated(sentence: str) -> None:
    assert negated(sentence) is True


@pytest.mark.parametrize("sentence", rows(PLAIN))
def test_not_negated(sentence: str) -> None:
    assert negated(sentence) is False

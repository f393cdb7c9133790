"""Direct, indirect or mixed."""

from __future__ import annotations

import pytest

from onrecord.attributing.kinds import Marks, closed, kind_of
from onrecord.encoder.quotation import quoted_stretches
from onrecord.records import Span


def spans(text: str, *stretches: str) -> list[Span]:
    return [(text.index(one), text.index(one) + len(one)) for one in stretches]


def marks(text: str, start: int = 0) -> list[Span]:
    return [(start + a, start + b) for a, b in quoted_stretches(text[start:])]


def kind(text: str, *content: str) -> str:
    return kind_of(text, marks(text), spans(text, *content))


def test_all_words_in_marks() -> None:
    text = "“It rained,” said Anna."
    assert kind(text, "“It rained,”") == "direct"
    assert kind(text, "It rained") == "direct"
    assert kind('"It rained," said Anna.', '"It rained,"') == "direct"


def test_no_word_in_marks() -> None:
    assert kind("Anna said that it rained.", "that it rained") == "indirect"
    assert kind("The “old” mill burns, Anna said.", "mill burns") == "indirect"
    assert kind("Anna said it rained in the '90s.", "it rained in the '90s") == "indirect"


def test_some_words_in_marks() -> None:
    assert kind("Anna said that it “rained a lot”.", "that it “rained a lot”") == "mixed"
    assert kind("Anna said “rain” and “hail” fell.", "“rain” and “hail” fell") == "mixed"


def test_punctuation_outside_the_marks_does_not_count() -> None:
    assert kind("Anna: “It rained”!", ": “It rained”!") == "direct"
    assert kind("Anna said “rain” – “hail”.", "“rain” – “hail”.") == "direct"


def test_a_content_of_several_stretches() -> None:
    text = "“It rained,” said Anna, “and then it froze,” and that was all."
    assert kind(text, "“It rained,”", "“and then it froze,”") == "direct"
    assert kind(text, "“It rained,”", "that was all") == "mixed"


def test_a_quotation_that_runs_on() -> None:
    assert kind("Anna said: “It rained. It froze.", "It rained. It froze") == "direct"


@pytest.mark.parametrize(("start", "expected"), [(0, "direct"), (14, "indirect")])
def test_marks_count_inside_of_the_paragraph_alone(start: int, expected: str) -> None:
    text = "She said: “Go.\nIt rained, said Ben."
    assert kind_of(text, marks(text, start), spans(text, "It rained")) == expected


def test_offsets_of_a_paragraph_that_is_not_the_first() -> None:
    text = "A lone “ here.\n\n“It rained,” said Ben."
    assert kind_of(text, marks(text, 16), spans(text, "“It rained,”")) == "direct"
    assert kind_of(text, marks(text, 16), spans(text, "said Ben")) == "indirect"


def own_kind(text: str, *content: str) -> str:
    """The kind of an attribution from the first word of its content's sentence on."""
    (span,) = spans(text, *content)
    extent = (text.index("doctors"), span[1])
    return kind_of(text, Marks(text, marks(text)).own(extent), [span])


def test_marks_around_the_whole_of_an_attribution_are_not_its_own() -> None:
    assert own_kind("“The doctors said it was nothing,” she said.", "it was nothing") == "indirect"
    assert own_kind("“The doctors said ‘it is nothing’,” she said.", "‘it is nothing’") == "direct"
    assert own_kind("“The doctors said it “hurts” him.”", "it “hurts” him") == "mixed"
    assert own_kind("The doctors said “it is nothing”.", "“it is nothing”") == "direct"


def test_marks_within_marks_end_somewhere() -> None:
    text = "“" * 50 + "doctors said so"
    assert Marks(text, marks(text)).own((text.index("doctors"), len(text))) == []


@pytest.mark.parametrize(
    ("text", "content", "whole"),
    [
        ("She called it a “mess.” He left.", "a “mess", "a “mess.”"),
        ("She called it a “mess”, he a “joy”.", "a “mess", "a “mess”"),
        ("She called “it a mess” he says.", "it a", "it a"),
        ("She called it “a mess of things”.", "“a mess", "“a mess"),
        ("She called it “a mess.", "“a mess", "“a mess"),
    ],
)
def test_a_content_takes_the_mark_that_closes_its_quotation(
    text: str, content: str, whole: str
) -> None:
    (span,) = spans(text, content)
    start, end = closed(text, marks(text), span)
    assert text[start:end] == whole

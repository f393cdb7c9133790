"""Block quotations, turns of a transcript, and quotations that run on.

Each word of a test's text is a piece. Attributions are written as the words that they hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import pytest

from onrecord.attributing.joining import Found, Scored, Stretch
from onrecord.attributing.quotations import Paragraph, block_quotations, run_on, set_apart
from onrecord.encoder.pieces import Pieces
from onrecord.encoder.quotation import quoted_paragraphs

_WORD = re.compile(r"[\w-]+|[^\w\s]")


class Text:
    """Paragraphs of words, and what is found in them."""

    def __init__(self, *paragraphs: str, groups: Sequence[int] | None = None) -> None:
        self.text = "\n".join(paragraphs)
        starts = [0, *accumulate(len(paragraph) + 1 for paragraph in paragraphs)][:-1]
        quoted = quoted_paragraphs(paragraphs)
        owners = groups or [0] * len(paragraphs)
        self.paragraphs = [
            Paragraph(start, start + len(paragraph), group, marks)
            for start, paragraph, group, marks in zip(
                starts, paragraphs, owners, quoted, strict=True
            )
        ]
        spans, bounds = [], [0]
        for paragraph in self.paragraphs:
            spans += [m.span() for m in _WORD.finditer(self.text, paragraph.start, paragraph.end)]
            spans.append((paragraph.end, paragraph.end))
            bounds.append(len(spans))
        column = np.arange(len(spans), dtype=np.int64)
        self.pieces = Pieces(
            ids=column,
            surfaces=np.zeros_like(column),
            starts=np.asarray([a for a, _ in spans], dtype=np.int64),
            ends=np.asarray([b for _, b in spans], dtype=np.int64),
            words=column,
            bounds=np.asarray(bounds, dtype=np.int64),
        )

    def at(self, words: str) -> Stretch:
        start = self.text.index(words)
        first = int(np.searchsorted(self.pieces.ends, start, side="right"))
        end = int(np.searchsorted(self.pieces.starts, start + len(words), side="left"))
        return first, end

    def found(self, source: str, cue: str, *content: str) -> Found:
        spans = [self.at(one) for one in content]
        sure: dict[Stretch, tuple[float, ...]] = dict.fromkeys(spans, (0.9, 0.8))
        cues = [self.at(cue)] if cue else []
        return Found([self.at(source)] if source else [], cues, spans, sure)

    def shown(self, one: Found) -> tuple[list[str], list[str], list[str]]:
        def words(spans: Sequence[Stretch]) -> list[str]:
            edges = [(self.pieces.starts[a], self.pieces.ends[b - 1]) for a, b in spans]
            return [self.text[a:b] for a, b in edges]

        return words(one.source), words(one.cue), words(one.content)

    def blocks(self, *lost: str) -> list[tuple[list[str], list[str], list[str]]]:
        contents = [Scored(*self.at(words), 0.9) for words in lost]
        found = block_quotations(contents, self.paragraphs, self.pieces, self.text)
        assert all(one.scores == [0.9] for one in found)
        return [self.shown(one) for one in found]

    def running(self, *found: Found) -> list[Found]:
        return run_on(found, self.paragraphs, self.pieces, self.text)

    def apart(self, *found: Found) -> list[tuple[list[str], list[str], list[str]]]:
        parted = set_apart(found, self.paragraphs, self.pieces)
        return [self.shown(one) for one in parted]


def test_a_quotation_that_fills_its_paragraph_stands_alone() -> None:
    text = Text("Lee left.", "“It rained. It froze.”", "“So it did”.")
    assert text.blocks("“It rained. It froze.”", "“So it did”") == [
        ([], [], ["“It rained. It froze.”"]),
        ([], [], ["“So it did”"]),
    ]


@pytest.mark.parametrize(
    ("paragraph", "lost"),
    [
        pytest.param("It rained.", "It rained.", id="no marks"),
        pytest.param("“It rained” all day and all night.", "“It rained”", id="words after it"),
        pytest.param("All day and all night “it rained”", "“it rained”", id="words before it"),
        pytest.param("“It” rained all day and night.", "“It” rained all day and night.", id="part"),
    ],
)
def test_another_content_without_a_cue_is_dropped(paragraph: str, lost: str) -> None:
    assert Text(paragraph).blocks(lost) == []


@pytest.mark.parametrize("label", ["LEE", "Ann Lee", "MS. LEE"])
def test_the_label_of_a_turn_is_source_and_cue(label: str) -> None:
    text = Text(f"“{label}: It rained all day.”")
    ((source, cue, content),) = text.blocks(f"“{label}: It rained all day.”")
    assert (source, cue, content) == ([label], [":"], ["It rained all day.”"])


def test_a_cue_with_a_content_of_its_own_leaves_the_block_after_it() -> None:
    text = Text("She commented on the fire.", "“It burned all night.”")
    one = text.found("She", "commented on", "the fire", "“It burned all night.”")
    assert text.apart(one) == [
        (["She"], ["commented on"], ["the fire"]),
        ([], [], ["“It burned all night.”"]),
    ]


def test_a_cue_that_leads_in_keeps_the_block() -> None:
    text = Text("She said:", "“It burned all night.”")
    one = text.found("She", "said", "“It burned all night.”")
    assert text.apart(one) == [(["She"], ["said"], ["“It burned all night.”"])]


def test_a_block_beside_a_quotation_goes_on_with_it() -> None:
    text = Text("“It burned,” she said.", "“All night.”", "It rained.", "“At last.”")
    one = text.found("she", "said", "“It burned,”", "“All night.”", "“At last.”")
    assert text.apart(one) == [
        (["she"], ["said"], ["“It burned,”", "“All night.”"]),
        ([], [], ["“At last.”"]),
    ]


def test_a_quotation_with_repeated_marks_is_one_content() -> None:
    text = Text("“It rained,” she said. “It froze.", "“It snowed.", "“It stopped.”", "He left.")
    one = text.found("she", "said", "“It rained,”", "“It froze.")
    found = text.running(
        one, text.found("", "", "“It snowed."), text.found("", "", "“It stopped.”")
    )
    assert [text.shown(each) for each in found] == [
        (["she"], ["said"], ["“It rained,”", "“It froze.", "“It snowed.", "“It stopped.”"])
    ]


def test_a_quotation_without_repeated_marks_is_one_content() -> None:
    text = Text("“It rained.", "Then it froze.”")
    found = text.running(text.found("", "", "“It rained."))
    assert [text.shown(each) for each in found] == [([], [], ["“It rained.", "Then it froze.”"])]


def test_the_cue_may_stand_before_a_quotation_without_repeated_marks() -> None:
    text = Text("Ann said: “It rained.", "Then it froze.", "And it snowed.” She left.")
    found = text.running(text.found("Ann", "said", "“It rained."))
    assert [text.shown(one) for one in found] == [
        (["Ann"], ["said"], ["“It rained.", "Then it froze.", "And it snowed.”"])
    ]


def test_two_quotations_that_run_on_one_after_the_other() -> None:
    text = Text("Ann: “It rained.", "It froze.” Ben: “So?", "Yes.”", "They left.")
    found = text.running(text.found("Ann", ":", "“It rained."), text.found("Ben", "Ben", "“So?"))
    assert [text.shown(one) for one in found] == [
        (["Ann"], [":"], ["“It rained.", "It froze.”"]),
        (["Ben"], ["Ben"], ["“So?", "Yes.”"]),
    ]


def test_a_content_that_begins_before_the_quotation_keeps_what_is_before() -> None:
    text = Text("Ann heard that it rained. “It froze.", "“It snowed.”")
    found = text.running(text.found("Ann", "heard", "that it rained", "“It froze.", "“It snowed.”"))
    assert text.shown(found[0])[2] == ["that it rained", "“It froze.", "“It snowed.”"]


def test_a_content_with_less_than_half_of_it_in_the_quotation_does_not_hold_it_twice() -> None:
    text = Text("Ann said the mayor had never told him “why.", "“It was wrong.”")
    found = text.running(
        text.found("Ann", "said", "the mayor had never told him “why.", "“It was wrong.”")
    )
    assert text.shown(found[0])[2] == ["the mayor had never told him", "“why.", "“It was wrong.”"]


def test_the_cue_may_stand_in_the_last_paragraph() -> None:
    text = Text("“It rained.", "“It froze,” she said.")
    one = text.found("", "", "“It rained.")
    found = text.running(one, text.found("she", "said", "“It froze,”"))
    assert [text.shown(each) for each in found] == [
        (["she"], ["said"], ["“It rained.", "“It froze,”"])
    ]


def test_what_a_running_quotation_quotes_is_nested_in_it() -> None:
    text = Text("“Ben said it rained.", "“It froze.”")
    outer = text.found("", "", "“It froze.”")
    inner = text.found("Ben", "said", "it rained")
    found = text.running(inner, outer)
    assert [(text.shown(one)[2], one.within) for one in found] == [
        (["it rained"], outer),
        (["“Ben said it rained.", "“It froze.”"], None),
    ]


def test_two_who_say_parts_of_it_keep_them() -> None:
    text = Text("Ben said: “It rained.", "“It froze,” said Ann.")
    both = text.found("Ben", "said", "“It rained."), text.found("Ann", "said Ann", "“It froze,”")
    assert [text.shown(one)[2] for one in text.running(*both)] == [["“It rained."], ["“It froze,”"]]


def test_nothing_runs_on_into_another_text_or_another_turn() -> None:
    parted = Text("“It rained.", "“It froze.”", groups=[0, 1])
    turns = Text("“It rained.", "“LEE: It froze.”")
    for text, second in ((parted, "“It froze.”"), (turns, "It froze.”")):
        both = text.found("", "", "“It rained."), text.found("", "", second)
        assert [len(one.content) for one in text.running(*both)] == [1, 1]


@pytest.mark.parametrize("content", ["Lee denied it.", "Lee denied it. “It rained."])
def test_what_is_said_beside_the_quotation_is_not_drawn_into_it(content: str) -> None:
    text = Text("Lee denied it. “It rained.", "“It froze,” she said.")
    beside, one = text.found("", "", content), text.found("she", "said", "“It froze,”")
    found = text.running(beside, one, text.found("", "", "“It rained."))
    shown = [text.shown(each)[2] for each in found]
    assert shown == [["Lee denied it."], ["“It rained.", "“It froze,”"]]


def test_a_label_without_words_after_it_is_no_turn() -> None:
    assert Text("“LEE:").blocks("“LEE:") == [([], [], ["“LEE:"])]


def test_marks_without_a_word_are_no_quotation() -> None:
    text = Text("“ —", "“It froze,” she said.")
    found = text.running(text.found("she", "said", "“It froze,”"))
    assert text.shown(found[0])[2] == ["“It froze,”"]

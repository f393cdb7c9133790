"""The class of a cue: a table for each class, and the rules for wordings in context."""

from __future__ import annotations

import pytest

from onrecord.weighing import weigh
from weighing.marked import CLASSES, marked

TABLE = {
    "neutral": """
        [Anna Bell] <said> {the ferry was late}.
        [The harbour office] <told reporters> {it knew of no delay}.
        <According to> [Lund], {the ferry was late}.
        [Lund] <called> {the ferry “a bathtub”}.
        [Anna Bell]<:> {“We will swim.”}
        [Lund] <put it> bluntly: {“We will swim.”}
        [A report] <in> [the Harbour Gazette] {put the delay at an hour}.
        [Lund] <released a statement saying> {the ferry was late}.
        [Lund] <referred to> {the ferry} twice.
        [Lund] <pointed to> {the clock}.
        [Lund] <suggested> {that the ferry was late}.
    """,
    "assertive": """
        [Lund] <insists> {the ferry was late}.
        [Lund] <made the case> {that ferries are late in autumn}.
        [Lund] <made it very clear> {that he would swim}.
        [Lund] has <repeatedly stressed> {the price of the ferry}.
        [Lund]’s <argument> {that ferries are late}
        [Lund] <claimed> {responsibility for the delay}.
        [Lund] <warned> {that the ferry would be late}.
    """,
    "distancing": """
        [Lund] <claims> {the ferry sank}.
        [Lund]’s <claim> {that the ferry sank}
        <allegations of> {theft on the ferry}
        [The captain] <allegedly> {slept}.
    """,
    "factive": """
        [Lund] <admitted> {that he had slept}.
        [Lund] <pointed out> {that the ferry was late}.
        [The figures] <show> {that ferries are late}.
        [The inquiry] <found> {that the captain had slept}.
        [Lund] was <forced to concede> {the point}.
    """,
    "negative": """
        [Lund] <denied> {that he had slept}.
        [Lund] <issued a denial of> {the report}.
        [The court] <has dismissed> {the complaint}.
        [Lund] <pushed back against> {the report}.
        [The council] <voted against> {the bridge}.
        [Lund] <refuses> {to swim}.
    """,
    "critical": """
        [Lund] <blasted> {the captain}.
        [Lund] <went after> {the captain}.
        [The captain] <was accused of> {theft}.
        [Lund] <took another swipe at> {the captain}.
        [Lund]’s <criticism of> {the captain}
        [Lund] <questioned> {the captain’s judgement}.
    """,
    "supportive": """
        [Lund] <endorsed> {the bridge}.
        [Lund] <threw all of his support behind> {the bridge}.
        [Lund]’s <support for> {the bridge}
        [Lund] <agreed with> {the captain}.
        [Lund] <made the case for> {the bridge}.
        [Lund] <issued a paper praising> {the bridge}.
    """,
    "directive": """
        [Lund] <called for> {a bridge}.
        [Lund] <called> {for a bridge}.
        [Lund] <called> loudly {for a bridge}.
        [Lund] <urged> the council {to build a bridge}.
        [Lund] <asked> the council {to build a bridge}.
        [Lund] <told> the council {to build a bridge}.
        [Lund] <demands> {a bridge}.
        [Lund]’s <proposal> {to build a bridge}
    """,
    "commissive": """
        [Lund] <promised> {to build a bridge}.
        [Lund]’s <pledge> {to build a bridge}
        [Lund] <threatens to> {close the harbour}.
        [Lund] <has plans to> {close the harbour}.
    """,
    "interrogative": """
        [Lund] <asked> {whether the ferry was late}.
        [Lund] <asked> the council of the old town, many years ago, {whether it would build}.
        {“Is the ferry late?”} [Lund] <asked>.
        [Lund] <asked> [the captain] <about> {the delay}.
        [Lund] <wonders> {why the ferry was late}.
        <the question of> {who had slept}
    """,
    "mental": """
        [Lund] <thinks> {the ferry was late}.
        [Lund] <thought> {the ferry was late}.
        [Lund] <wants> {a bridge}.
        [Lund] <is worried about> {the bridge}.
        [Lund] <would like> {a bridge}.
        [Lund]’s <fear of> {bridges}
    """,
    "other": """
        [The mayor] <signed> {the bill for the bridge}.
        {The ferry} <appears> {to be late}.
        [Lund] <joked> {that he would swim}.
        [Lund] <grommeted> {the sail of the old boat}.
    """,
}


def class_of(sentence: str) -> str | None:
    text, one = marked(sentence)
    return weigh(text, (one,), None)[0].cue_class


def test_every_class_has_its_table() -> None:
    assert tuple(TABLE) == CLASSES


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [(name, row.strip()) for name, rows in TABLE.items() for row in rows.strip().splitlines()],
)
def test_class(expected: str, sentence: str) -> None:
    assert class_of(sentence) == expected


@pytest.mark.parametrize("form", ["deny", "denies", "denied", "denying"])
def test_inflections(form: str) -> None:
    assert class_of(f"[Lund] <{form}> {{it}}.") == "negative"


def test_words_behind_the_cue_end_with_the_clause() -> None:
    assert class_of("{It is late}, [Lund] <called>. For a bridge he has no money.") == "neutral"
    assert class_of("{“It is late”}, [Lund] <claims>; responsibility is another thing.") == (
        "distancing"
    )


def test_a_gap_holds_no_words_of_the_content() -> None:
    assert class_of("[Lund] <told> {people he wants to swim}.") == "neutral"


def test_an_unknown_cue_is_speech_where_its_content_is() -> None:
    assert class_of("{“It is late,”} [Lund] <grommeted>.") == "neutral"
    assert class_of("[Lund] <grommeted> {that it was late}.") == "neutral"
    assert class_of("[Lund] <grommeted> {the sail}.") == "other"


def test_without_a_cue() -> None:
    assert class_of("[Lund] {“It is late.”}") == "neutral"
    assert class_of("[Lund] {is late}") == "neutral"


def test_the_first_phrase_that_is_not_weak_counts() -> None:
    ladder = ["issued", "issued a statement", "issued a statement denying"]
    assert [class_of(f"[Lund] <{cue}> {{it}}") for cue in ladder] == [
        "neutral",
        "neutral",
        "negative",
    ]
    assert class_of("[Lund] <denied and then praised> {it}") == "negative"

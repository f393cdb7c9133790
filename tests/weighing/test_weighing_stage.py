"""The stage as a whole: what it sets, on whatever page, in linear time."""

from __future__ import annotations

import time

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Span, Speaker
from onrecord.weighing import weigh
from weighing.marked import CLASSES, attribution, marked

LUND = Speaker(id=0, name="Lund", named=True, kind="person", roles=(), aliases=(), mentions=())


def test_it_sets_three_fields_and_no_more() -> None:
    text, one = marked("[Lund] <did not deny> {that he had slept}.")
    one = msgspec.structs.replace(one, speaker=0)
    (done,) = weigh(text, (one,), (LUND,))
    assert done == msgspec.structs.replace(
        one, source_type="named_person", cue_class="negative", negated=True
    )


def test_no_source_type_where_nobody_looked_for_speakers() -> None:
    text, one = marked("[Lund] <said> {that he had slept}.")
    one = msgspec.structs.replace(one, speaker=0)
    (done,) = weigh(text, (one,), None)
    assert (done.source_type, done.cue_class, done.negated) == (None, "neutral", False)


def test_nothing_to_weigh() -> None:
    assert weigh("It rained.", (), ()) == ()


WORDS = st.sampled_from(
    "no not never n't can't said ask asked whether call for to without refuse take a the * ? | "
    "“Why ?” . , \n - ’s İ ß \ud7ff 1,000 claim responsibility make case daily reply".split(" ")
)


@given(st.lists(WORDS, max_size=40).map(" ".join), st.data())
def test_any_spans_of_any_words(text: str, data: st.DataObject) -> None:
    spans = st.lists(st.integers(0, len(text)), max_size=6, unique=True).map(
        lambda cuts: [*zip(sorted(cuts)[::2], sorted(cuts)[1::2], strict=False)]
    )
    content: list[Span] = data.draw(spans) or [(0, len(text))]
    one = attribution(text, data.draw(spans), data.draw(spans), content)
    (done,) = weigh(text, (one,), ())
    assert done.cue_class in CLASSES
    assert isinstance(done.negated, bool)
    assert weigh(text, (one,), ()) == (done,)


@given(st.text(max_size=60))
def test_any_text_as_a_cue(text: str) -> None:
    one = attribution(text, [], [(0, len(text))], [(0, len(text))])
    (done,) = weigh(text, (one,), ())
    assert done.cue_class in CLASSES


def seconds(cue: str) -> float:
    text, one = marked(f"[Lund] <{cue}> {{it}}.")
    began = time.perf_counter()
    for _ in range(20):
        weigh(text, (one,), None)
    return (time.perf_counter() - began) / 20


def test_long_cues_take_little_time() -> None:
    for word in ("make very ", "not ", "ask ", "a-", "n't", "quickly ", "x", "take * "):
        assert seconds(word * 10_000) < 0.25  # 1 ms where measured


def test_many_spans_take_linear_time() -> None:
    text = "say " * 50_000
    spans = [(at, at + 3) for at in range(0, len(text), 4)]
    one = attribution(text, spans, spans, spans)
    began = time.perf_counter()
    weigh(text, (one,), None)
    assert time.perf_counter() - began < 2

"""Articles in other guises: their words stay, and their spans stay on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("torch", reason="needs the extra train")

from onrecord.encoder.quotation import quoted_stretches
from onrecord.evaluation.corpus import ROLES, Article, Roles
from onrecord.records import Span
from onrecord.training.augmentation import DASHES, MARKS, reset, restyle, vary

pytestmark = pytest.mark.train

MARK = st.sampled_from(["“", "”", '"', "''", "``", "‘", "’", "'", "«", "»", "„", "‟", "″", " "])
NOISE = st.lists(
    st.one_of(MARK, st.text("aB .,-\n", max_size=4), st.sampled_from(["don't ", "\n\n"])),
    max_size=16,
).map("".join)


SIGNED, LED, COLON = (0.0, 0.0), (0.0, 0.9, 0.9), (0.0, 0.9, 0.0)
"""Draws for a paragraph: whether it changes, whether it is signed, whether the cue goes."""


class Drawn(Random):
    """Draws these numbers, over and over; choices are drawn as ever."""

    def __init__(self, seed: int, draws: Sequence[float]) -> None:
        super().__init__(seed)
        self._draws = cycle(draws)

    def random(self) -> float:
        return next(self._draws)

    getrandbits = Random.getrandbits  # What choices are drawn with.


def article(text: str, *attributions: Roles) -> Article:
    return Article("one", Path("one.txt"), text, attributions)


def words(article: Article, spans: tuple[Span, ...]) -> list[str]:
    return [w for start, end in sorted(spans) for w in re.findall(r"\w+", article.text[start:end])]


@st.composite
def noisy(draw: st.DrawFn) -> Article:
    """Any text with any spans."""
    text = draw(NOISE)
    span = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(
        lambda pair: pair[0] < pair[1]
    )
    spans = st.lists(span, max_size=2).map(tuple) if text else st.just(())
    roles = st.builds(Roles, spans, spans, spans)
    return article(text, *draw(st.lists(roles, max_size=3)))


@st.composite
def quoting(draw: st.DrawFn) -> Article:
    """Paragraphs of a quotation or two and who says it, with noise between them."""
    text, attributions = "", []
    for _ in range(draw(st.integers(1, 3))):
        text += draw(st.sampled_from(["", "A line.\n\n", "He said “no”, too.\n"]))
        opening, closing = draw(st.sampled_from(MARKS))
        said = draw(st.sampled_from(["Go on", "go on.", "I don't", "Why?", "Well, no,", "“Hm”"]))
        spots: dict[str, list[Span]] = {role: [] for role in ROLES}
        for role, part in (
            ("content", opening + said + closing),
            ("source", draw(st.sampled_from(["Ann Lee", "he", "Ann Lee, a clerk,"]))),
            ("cue", draw(st.sampled_from(["said", "told us:"]))),
            ("content", draw(st.sampled_from(["", opening + said + closing]))),
        ):
            if part:
                spots[role].append((len(text), len(text) + len(part)))
                text += part + draw(st.sampled_from([" ", ", ", " on a very cold day "]))
        text += "\n\n"
        attributions.append(Roles(*(tuple(spots[role]) for role in ROLES)))
    return article(text, *attributions)


def kept(before: Article, after: Article, roles: tuple[str, ...]) -> None:
    """Each attribution has the words it had, and its spans are in the text."""
    for old, new in zip(before.attributions, after.attributions, strict=True):
        for role in roles:
            assert words(before, getattr(old, role)) == words(after, getattr(new, role))
        for start, end in (*new.source, *new.cue, *new.content):
            assert 0 <= start <= end <= len(after.text)


@given(noisy() | quoting(), st.sampled_from(MARKS))
def test_other_marks_leave_every_word_in_its_span(one: Article, marks: tuple[str, str]) -> None:
    other = restyle(one, *marks)
    assert re.findall(r"\w+", other.text) == re.findall(r"\w+", one.text)
    kept(one, other, ROLES)


@given(noisy() | quoting(), st.integers(0, 9), st.sampled_from([SIGNED, LED, COLON]))
def test_a_quotation_set_apart_keeps_its_words_and_its_source(
    one: Article, seed: int, draws: Sequence[float]
) -> None:
    other = reset(one, Drawn(seed, draws))
    kept(one, other, ("source", "content"))
    for old, new in zip(one.attributions, other.attributions, strict=True):
        assert set(words(other, new.cue)) <= set(words(one, old.cue))


@given(noisy() | quoting(), st.integers(0, 99))
def test_an_article_of_the_same_text_is_the_very_same(one: Article, seed: int) -> None:
    other = vary(one, Random(seed))  # noqa: S311
    assert (other is one) == (other.text == one.text)


QUOTE = "Rain.\n\n“Go,” Ann Lee said on Tuesday. “Now.”\n\nMore."
QUOTED = Roles(((13, 20),), ((21, 25),), ((7, 12), (38, 44)))


def test_a_quotation_with_its_source_set_apart() -> None:
    assert [QUOTE[a:b] for a, b in QUOTED.content] == ["“Go,”", "“Now.”"]
    one = article(QUOTE, QUOTED, Roles(content=((46, 51),)))
    guises = {draws: set[str]() for draws in (SIGNED, LED, COLON)}
    for draws, texts in guises.items():
        for seed in range(500):
            other = reset(one, Drawn(seed, draws))
            roles, last = other.attributions
            assert [other.text[a:b] for a, b in roles.content] == ["“Go. Now.”"]
            assert [other.text[a:b] for a, b in roles.source] == ["Ann Lee"]
            assert [other.text[a:b] for a, b in last.content] == ["More."]
            texts.add(other.text.removeprefix("Rain.\n\n").removesuffix("\n\nMore."))
    gaps = ("\n\n", "\n", " ")
    assert guises[SIGNED] == {
        f"“Go. Now.”{gap}{dash}{space}Ann Lee"
        for gap in gaps
        for dash in DASHES
        for space in ("", " ")
    }
    assert guises[LED] == {f"Ann Lee said:{gap}“Go. Now.”" for gap in gaps}
    assert guises[COLON] == {f"Ann Lee:{gap}“Go. Now.”" for gap in gaps}


def test_what_is_not_set_apart() -> None:
    for text, source in (
        (QUOTE.replace("Ann Lee", "He ate."), QUOTED.source),  # who is "He" there?
        (QUOTE.replace("“Now.”", "“Now.  "), QUOTED.source),  # a quotation that runs on
        (QUOTE.replace("on Tuesday.", "a b c d e f"), QUOTED.source),  # too much is lost
        (QUOTE, ()),
    ):
        one = article(text, Roles(source, QUOTED.cue, QUOTED.content))
        assert reset(one, Drawn(0, SIGNED)) is one


def test_marks_that_would_close_too_early_stay() -> None:
    text = "“He said ‘no’ to me,” she said. ''Fine'' and “fine.\n\n‘I don’t,’ he said."
    assert restyle(article(text), "‘", "’").text == text.replace("''Fine''", "‘Fine’")
    plain = restyle(article(text), '"', '"').text
    assert plain == '"He said ‘no’ to me," she said. "Fine" and “fine.\n\n"I don’t," he said.'
    assert quoted_stretches(plain.split("\n")[0])[0] == (0, 21)

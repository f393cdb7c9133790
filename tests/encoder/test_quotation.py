"""Stretches inside double quotation marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.encoder.quotation import FAR, OPENERS, quoted_paragraphs, quoted_stretches

FIRST = {opener[0] for opener in OPENERS} | {"'", "‘"}
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
        ("The ‘old’ mill isn't Dora's.", ["‘old’"]),
        ("'We wait,' she said. 'It's late.'", ["'We wait,'", "'It's late.'"]),
        ("‘He said “no” to me,’ she said.", ["‘He said “no” to me,’"]),
        ("“It’s ‘odd’ here,” he said of ‘it all’.", ["“It’s ‘odd’ here,”", "‘it all’"]),
        ("''Go,'' she said. ``Now.''", ["''Go,''", "``Now.''"]),
        ("The dogs' tails, rock 'n' roll, the '90s, ’twas.", []),
        ("She never closed ‘this one.", []),
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
        assert paragraph[start] in FIRST
        assert end == len(paragraph) or paragraph[end - 1] in MARKS
    assert all(one[1] <= other[0] for one, other in pairwise(stretches))
    outside = set(range(len(paragraph))).difference(*(range(a, b) for a, b in stretches))
    assert not any(paragraph[at] in OPENERS for at in outside)


def over(*paragraphs: str) -> list[tuple[list[str], bool, bool]]:
    return [
        ([paragraph[a:b] for a, b in one.stretches], one.carried, one.runs_on)
        for paragraph, one in zip(paragraphs, quoted_paragraphs(paragraphs), strict=True)
    ]


def test_a_quotation_runs_on_to_the_paragraph_that_closes_it() -> None:
    assert over("He said: “It rained.", "It “froze” too.", "Then it stopped.” He left.") == [
        (["“It rained."], False, True),
        (["It “froze” too."], True, True),
        (["Then it stopped.”"], True, False),
    ]


def test_a_repeated_mark_opens_anew() -> None:
    assert over("“It rained.", "“It froze.”") == [
        (["“It rained."], False, True),
        (["“It froze.”"], False, False),
    ]


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param(("“It rained.", *["No marks here."] * FAR, "Nor here.”"), id="too far"),
        pytest.param(("“It rained.", "She left."), id="never closed"),
        pytest.param(('"It rained.', 'She left."'), id="marks without a direction"),
        pytest.param(("“It rained.", "“So?” she said.", "Yes.”"), id="another is opened"),
    ],
)
def test_what_does_not_run_on(paragraphs: tuple[str, ...]) -> None:
    assert not any(carried for _, carried, _ in over(*paragraphs))


def test_a_quotation_that_is_closed_may_be_followed_by_one_that_runs_on() -> None:
    assert over("He said: “It rained.", "It froze.” Ann: “So?", "Yes.”") == [
        (["“It rained."], False, True),
        (["It froze.”", "“So?"], True, True),
        (["Yes.”"], True, False),
    ]


@pytest.mark.parametrize(
    ("paragraphs", "carried"),
    [
        (("“It rained.", "It froze.” Ben: «It snowed.", "It hailed.» He left.", "So”"), 2),
        (("“It rained.", 'It froze.” Ben: "It snowed.', "It hailed.", "So.”"), 1),
    ],
)
def test_a_mark_of_another_style_that_runs_on_is_closed_by_its_own(
    paragraphs: tuple[str, ...], carried: int
) -> None:
    assert sum(carried for _, carried, _ in over(*paragraphs)) == carried


@pytest.mark.parametrize("third", ["“It stopped.”", "They left.", "“So?” Ida asked."])
def test_a_quotation_is_closed_though_another_is_opened_after_it(third: str) -> None:
    found = over("He said: “It rained.", "It froze,” he said. “It snowed.", third)
    assert found[1] == (["It froze,”", "“It snowed."], True, True)
    assert not found[2][1]


@given(st.lists(st.text(alphabet="\"＂″'‘’ab ", max_size=12), max_size=8))
@settings(derandomize=True, max_examples=200)
def test_marks_without_a_direction_are_not_carried(paragraphs: list[str]) -> None:
    found = quoted_paragraphs(paragraphs)
    assert not any(one.carried for one in found)
    assert [one.stretches for one in found] == [quoted_stretches(one) for one in paragraphs]


@given(st.lists(st.text(alphabet="“”«»\"'‘’ab ", max_size=12), max_size=8))
@settings(derandomize=True, max_examples=300)
def test_stretches_over_paragraphs_are_in_order_and_apart(paragraphs: list[str]) -> None:
    found = quoted_paragraphs(paragraphs)
    assert len(found) == len(paragraphs)
    run = 0
    for paragraph, one in zip(paragraphs, found, strict=True):
        run = run + 1 if one.carried else 0
        assert run <= FAR
        if one.stretches and one.stretches[0][1] < len(paragraph):
            run = 0  # It is closed here; what runs on is another.
        edges = [edge for stretch in one.stretches for edge in stretch]
        assert edges == sorted(edges)
        assert all(0 <= a < b <= len(paragraph) for a, b in one.stretches if paragraph)

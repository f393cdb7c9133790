"""A cue in its context: verbatim, short, and never a part of source or content."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.records import Attribution, Span
from onrecord.report.context import REACH, cue_in_context

ROLES = "<[{"
CLOSERS = {"<": ">", "[": "]", "{": "}"}


def written(marked: str) -> tuple[str, Attribution]:
    """A text with its roles marked: <source> [cue] {content}."""
    text = ""
    spans: dict[str, list[Span]] = {role: [] for role in ROLES}
    start = 0
    for letter in marked:
        if letter in ROLES:
            start = len(text)
        elif letter in CLOSERS.values():
            role = next(role for role in ROLES if CLOSERS[role] == letter)
            spans[role].append((start, len(text)))
        else:
            text += letter
    source, cue, content = (tuple(spans[role]) for role in ROLES)
    return text, attribution(source, cue, content)


def attribution(
    source: tuple[Span, ...], cue: tuple[Span, ...], content: tuple[Span, ...]
) -> Attribution:
    return Attribution(
        id=0,
        source=source,
        cue=cue,
        content=content,
        kind="indirect",
        within=None,
        speaker=None,
        source_type=None,
        cue_class=None,
        negated=None,
        confidence=1,
        comment=None,
    )


@pytest.mark.parametrize(
    ("marked", "before", "cue", "after"),
    [
        ("<Anna> [said] {it rained}.", "", "said", ""),
        ("<Anna> [told] Ben on Monday {that it rained}.", "", "told", "Ben on Monday"),
        ("{“It rained,”} <she> [said] in a report. Ben left.", "", "said", "in a report"),
        ("{“It rained,”} [said] <Anna>, who left.", "", "said", ""),
        ("{“It rained,”} <she> [said], and Ben left.", "", "said", ""),
        ("<Anna> has repeatedly [said] {so}.", "has repeatedly ", "said", ""),
        ("<Anna> said, [adding] {that it rained}.", "said, ", "adding", ""),
        ("<Anna>, who did not, [said] {no}.", "who did not, ", "said", ""),
        ("<Anna> [did not], in words, [say] {when}.", "", "did not, in words, say", ""),
        ("<Anna> [put] {it} [down] to rain.", "", "put … down", "to rain"),
        ("<Anna> left. Later she came home and [said] {so}.", "", "said", ""),
        ("Late on Monday [said] <Anna> {it rained}.", "", "said", ""),
        ("{It} [was reported] in January {that it rained}.", "", "was reported", "in January"),
        ("<Anna> [told] Sen. B. Cole {that it rained}.", "", "told", "Sen. B. Cole"),
        ("<Anna> [told] the council. {It} rained.", "", "told", "the council"),
        ("<Anna> [told] us\n\n{It rained}.", "", "told", "us"),
        ("<Anna> [told]\nthe council {that it rained}.", "", "told", "the council"),
        ("[According to] <Anna>, {it rained}.", "", "According to", ""),
        ("{It rained}, [allegedly]", "", "allegedly", ""),
    ],
)  # fmt: skip
def test_context(marked: str, before: str, cue: str, after: str) -> None:
    text, one = written(marked)
    found = cue_in_context(text, one)
    assert found is not None
    assert (text[slice(*found.before)] if found.before else "") == before
    assert " … ".join(text[start:end] for start, end in found.words) == cue
    assert (text[slice(*found.after)] if found.after else "") == after
    assert not found.cut


def test_without_a_cue_there_is_no_context() -> None:
    text, one = written("<Anna> {it rained}")
    assert cue_in_context(text, one) is None


def test_a_long_clause_is_cut_at_a_word() -> None:
    text, one = written("<Anna> [told] " + "a word " * 20 + "{that it rained}.")
    found = cue_in_context(text, one)
    assert found is not None
    assert found.after is not None
    assert found.cut
    shown = text[slice(*found.after)]
    assert len(shown) <= REACH
    assert ("a word " * 20).startswith(shown)
    assert text[found.after[1]].isspace()


def test_a_clause_of_one_endless_word_is_left_out() -> None:
    text, one = written("<Anna> [told] " + "a" * 200 + " {that it rained}.")
    found = cue_in_context(text, one)
    assert found is not None
    assert found.after is None


def test_far_from_its_source_a_cue_has_no_words_before_it() -> None:
    text, one = written("<Anna> " + "a word " * 20 + "[said] {it rained}.")
    found = cue_in_context(text, one)
    assert found is not None
    assert found.before is None


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text("ab .,“”\n", min_size=8, max_size=160), st.data())
def test_context_lies_beside_the_cue_and_holds_no_other_role(
    text: str, data: st.DataObject
) -> None:
    edges = sorted(
        data.draw(st.lists(st.integers(0, len(text)), min_size=8, max_size=8, unique=True))
    )
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    order = data.draw(st.permutations(spans))
    source, content = (order[0],), (order[1],)
    cue = tuple(sorted(order[2:]))
    found = cue_in_context(text, attribution(source, cue, content))
    assert found is not None
    shown = [*found.words, *(one for one in (found.before, found.after) if one)]
    for start, end in shown:
        assert 0 <= start < end <= len(text)
        assert all(end <= first or last <= start for first, last in (*source, *content))
    assert all(any(a <= start and end <= b for a, b in found.words) for start, end in cue)
    if found.before:
        assert found.before[1] == cue[0][0]
    if found.after:
        assert found.after[0] >= cue[-1][1]

"""Which phrases of the lexicon a cue has."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.weighing.inflection import base_forms
from onrecord.weighing.lexicon import ANY, MAX_GAP, QUESTION, START, Entry, Lexicon
from onrecord.weighing.wording import Wording

_ADVERBS = frozenset(
    "also again even ever just later now once still then today tonight too yesterday yet "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
"""Words that a phrase goes on over, like those in -ly: "called again for"."""


_Place = tuple[int, int]
"""How far a phrase has come: the lexicon's state, and the place of the next word."""


def matches(wording: Wording, lexicon: Lexicon) -> Iterator[Entry]:
    """The phrases that begin in the cue, from left to right, the longest where several do."""
    at = 0
    while at < wording.cue:
        found = _longest(wording, at, lexicon)
        if found is None:
            at += 1
        else:
            entry, at = found
            yield entry


def _longest(wording: Wording, start: int, lexicon: Lexicon) -> tuple[Entry, int] | None:
    """The longest phrase that begins at ``start``, and where it ends."""
    best: tuple[Entry, int] | None = None
    # Each round goes one word deeper into the phrases, and their length is bounded.
    reached = list(_next((START, start), wording, lexicon))
    while reached:
        for state, at in reached:
            entry = lexicon.entries.get(state)
            if wording.question:
                entry = lexicon.entries.get(lexicon.following.get((state, QUESTION), -1), entry)
            # Forms come likeliest first, so the first of several equally long ones stays.
            if entry is not None and (best is None or at > best[1]):
                best = entry, at
        reached = list(dict.fromkeys(_onward(reached, wording, lexicon)))
    return best


def _onward(reached: list[_Place], wording: Wording, lexicon: Lexicon) -> Iterator[_Place]:
    """Where phrases can be a word later, from where they are."""
    for state, at in reached:
        over = at
        while over < len(wording.forms) and _passed_over(wording.forms[over]):
            over += 1
        for further in dict.fromkeys((at, over)):
            yield from _next((state, further), wording, lexicon)
        gap = lexicon.following.get((state, ANY))
        if gap is not None:
            # Whom one tells stands before what one tells, in any number of words: those between
            # cue and content are all of the gap, those of the content never.
            near = wording.cue - at <= MAX_GAP
            for further in range(at, (wording.content if near else at + MAX_GAP) + 1):
                yield from _next((gap, further), wording, lexicon)


def _next(place: _Place, wording: Wording, lexicon: Lexicon) -> Iterator[_Place]:
    state, at = place
    if at < len(wording.forms):
        for form in base_forms(wording.forms[at]):
            following = lexicon.following.get((state, form))
            if following is not None:
                yield following, at + 1


def _passed_over(form: str) -> bool:
    return form in _ADVERBS or form.endswith("ly")

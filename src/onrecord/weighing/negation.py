"""Whether a cue is negated: "has not said", "refused to say", "not everyone agrees"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.records import Attribution
from onrecord.weighing.lexicon import Entry
from onrecord.weighing.wording import Wording
from onrecord.weighing.words import words

_NOT = frozenset("not never neither nor cannot hardly".split())
_BEFORE = _NOT | {"no", "without"}
# What "not" and "no" leave as strong as it is, or make stronger.
_AFTER_NOT = frozenset("only just merely simply surprisingly".split())
_AFTER_NO = frozenset("doubt doubts secret question surprise bones illusions mistake".split())
_EMPHASIS = re.compile(
    r"\b(?:ca|can|could) ?not (?:help|wait|resist|stress|say enough)\b"
    r"|\bnot (?:hesitate|shy)\b|\bwithout (?:a )?(?:doubt|question|fail)\b"
)
_SAYING = frozenset("say says said saying answer answered vote voted tell told".split())
"""Before "no", which is then what is said."""
_NOBODY = re.compile(
    r"not (?!only|just|surprisingly)|no-one\b|no(?= \w)|nobody\b|none\b|neither\b|hardly any\b",
    re.IGNORECASE,
)
_BETWEEN = frozenset(
    "be is are was were been being have has had do does did will would can could to even yet "
    "any a so very ever".split()
)
"""What can stand between a negation and the cue that it negates, beside adverbs in -ly."""
_WORDS_BEFORE = 3
_CHARACTERS_BEFORE = 40
_STOP = re.compile(r"[.,;:!?\n\"“”—–]")


def is_negated(
    text: str, attribution: Attribution, wording: Wording, found: Sequence[Entry]
) -> bool:
    """Whether the attribution tells that something was not said, thought or done.

    A negation stands in the cue, before it ("did not" + "say"), in the source ("Nobody"), or in
    the meaning of a phrase, which the lexicon tells ("decline"). "Did not decline" has two of
    them, and is none.
    """
    if not attribution.cue:
        return False
    told = (
        _negates(wording.forms[: wording.cue])
        or _negated_before(text, attribution.cue[0][0])
        or any(_NOBODY.match(text, start, end) for start, end in attribution.source[:1])
    )
    return told != any(entry.negated for entry in found)


def _negates(cue: Sequence[str]) -> bool:
    if _EMPHASIS.search(" ".join(cue)):
        return False
    for at, form in enumerate(cue):
        before = cue[at - 1] if at else ""
        following = cue[at + 1] if at + 1 < len(cue) else ""
        if form in _NOT and following not in _AFTER_NOT:
            return True
        if form == "without" and not before:
            return True
        if form == "no" and following and following not in _AFTER_NO and before not in _SAYING:
            return True
    return False


def _negated_before(text: str, start: int) -> bool:
    clause = _STOP.split(text[max(0, start - _CHARACTERS_BEFORE) : start])[-1]
    near = [word.form for word in words(clause, 0, len(clause))]
    for form in reversed(near[-_WORDS_BEFORE:]):
        if form in _BEFORE:
            return True
        if form not in _BETWEEN and not form.endswith("ly"):
            return False
    return False

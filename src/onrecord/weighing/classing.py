"""How a cue presents its content: as said, insisted, claimed, denied, demanded, thought …

The lexicon's phrases tell it; what is decided here is which of them counts, and what holds where
there is none.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.records import Attribution, CueClass
from onrecord.weighing.lexicon import Entry
from onrecord.weighing.wording import Wording

_PREPOSITIONS = frozenset("about by from in of on to".split())
"""Alone they are a cue that only places what is said: "in" a statement, "from" a friend."""


def cue_class(wording: Wording, found: Sequence[Entry], attribution: Attribution) -> CueClass:
    """The class of a cue: that of its first phrase in the lexicon that is not weak.

    Without any, words in quotation marks or behind "that" are taken as said, and the rest for
    something done.
    """
    for entry in found:
        if not entry.weak:
            return entry.cue_class
    if found:
        return found[0].cue_class
    cue = wording.forms[: wording.cue]
    if attribution.kind != "indirect" or not cue or (len(cue) == 1 and cue[0] in _PREPOSITIONS):
        return "neutral"
    return "neutral" if "that" in wording.forms[wording.cue : wording.content + 1] else "other"

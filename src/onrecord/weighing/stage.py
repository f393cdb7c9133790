"""The stage: attributions and their speakers go in; the same, weighed, come out."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.records import Attribution, Speaker
from onrecord.weighing.classing import cue_class
from onrecord.weighing.lexicon import Lexicon, packaged_lexicon
from onrecord.weighing.matching import matches
from onrecord.weighing.negation import is_negated
from onrecord.weighing.sourcing import source_type
from onrecord.weighing.wording import wording


def weigh(
    text: str,
    attributions: Sequence[Attribution],
    speakers: Sequence[Speaker] | None,
    lexicon: Lexicon | None = None,
) -> tuple[Attribution, ...]:
    """Give attributions their source type, the class of their cue, and whether it is negated.

    ``speakers`` is ``None`` where nobody has looked for them; no source type is known then.
    Without a ``lexicon`` the packaged one serves.
    """
    lexicon = lexicon or packaged_lexicon()
    known = {speaker.id: speaker for speaker in speakers or ()}
    weighed = []
    for one in attributions:
        words = wording(text, one)
        found = tuple(matches(words, lexicon))
        weighed.append(
            msgspec.structs.replace(
                one,
                source_type=None
                if speakers is None
                else source_type(None if one.speaker is None else known[one.speaker]),
                cue_class=cue_class(words, found, one),
                negated=is_negated(text, one, words, found),
            )
        )
    return tuple(weighed)

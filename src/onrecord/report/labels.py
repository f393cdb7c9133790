"""The words in which a page's values are shown to people, and what those words mean."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.records import Attribution, CueClass, SourceType

NOBODY = "—"
"""Stands where a role has no words."""

UNNAMED = "!"
"""Stands before what no named source answers for. It needs no colour."""

NESTED = "↳"
"""Stands before a source that is quoted within the attribution above it."""

SOURCES: Mapping[SourceType, str] = {
    "named_person": "named person",
    "unnamed_person": "unnamed person",
    "named_group": "named group",
    "unnamed_group": "unnamed group",
    "document": "document",
    "poll": "poll",
    "author": "the author",
    "unattributed": "unattributed",
}

ANONYMOUS = frozenset[SourceType | None](["unnamed_person", "unnamed_group", "unattributed"])
"""Source types for which no name stands."""

NEUTRAL: CueClass = "neutral"
"""The class that is not shown: most cues have it."""

NEGATED = "negated"

MARKS: Mapping[str, str] = {
    UNNAMED: "no named source",
    NESTED: "said within the one above",
    "¶": "paragraph",
    "c": "comment",
}
"""What a mark of the ledger means."""

KINDS: Mapping[str, str] = {
    "direct": "all in quotation marks",
    "mixed": "partly",
    "indirect": "in the page’s words",
}
"""What an attribution's kind means."""

CUES: Mapping[str, str] = {
    "assertive": "says it with force",
    "distancing": "keeps the page at a distance from it",
    "factive": "tells it as a fact",
    "negative": "denies or refuses",
    "critical": "blames or objects",
    "supportive": "praises or backs",
    "directive": "asks for something",
    "commissive": "promises or threatens",
    "interrogative": "asks to know",
    "mental": "thinks, wants or feels",
    "other": "does it rather than says it",
    NEGATED: "did not say or do it",
}
"""What a cue's class means, and that it is negated."""


def source_label(source_type: SourceType | None) -> str:
    """A source type in plain words, marked where no name stands for it; empty if not known."""
    if source_type is None:
        return ""
    return f"{UNNAMED} " * (source_type in ANONYMOUS) + SOURCES[source_type]


def manner(attribution: Attribution) -> tuple[str, ...]:
    """How something is said: to the letter or not, and what the cue makes of it."""
    classed = attribution.cue_class not in (None, NEUTRAL)
    return (
        attribution.kind,
        *((str(attribution.cue_class),) if classed else ()),
        *((NEGATED,) if attribution.negated else ()),
    )

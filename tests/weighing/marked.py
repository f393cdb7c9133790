"""Attributions written into a sentence: "[Anna Bell] <has claimed> {that it rained}."."""

from __future__ import annotations

import re
from typing import Literal, get_args

from onrecord.attributing.kinds import kind_of
from onrecord.encoder.quotation import quoted_stretches
from onrecord.records import Attribution, CueClass, Span

Role = Literal["source", "cue", "content"]
_OPENING: dict[str, Role] = {"[": "source", "<": "cue", "{": "content"}
CLASSES: tuple[str, ...] = get_args(CueClass)


def marked(sentence: str) -> tuple[str, Attribution]:
    """The text without its marks, and the attribution that they show."""
    text = ""
    spans: dict[Role, list[Span]] = {"source": [], "cue": [], "content": []}
    role: Role = "source"
    start = 0
    for part in re.split(r"([][<>{}])", sentence):
        if part in _OPENING:
            role, start = _OPENING[part], len(text)
        elif part and part in "]>}":
            spans[role].append((start, len(text)))
        else:
            text += part
    return text, attribution(text, **spans)


def attribution(text: str, source: list[Span], cue: list[Span], content: list[Span]) -> Attribution:
    return Attribution(
        id=0,
        source=tuple(source),
        cue=tuple(cue),
        content=tuple(content),
        kind=kind_of(text, quoted_stretches(text), content),
        within=None,
        speaker=None,
        source_type=None,
        cue_class=None,
        negated=None,
        confidence=1.0,
        comment=None,
    )

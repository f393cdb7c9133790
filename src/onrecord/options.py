"""What a reader can be told: one type a stage."""

from __future__ import annotations

import msgspec

from onrecord.records import InputKind


class ReadingOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How bytes become a page."""

    kind: InputKind | None = None
    """HTML or text; ``None`` tells them apart by the bytes."""
    language: str | None = None
    """ISO 639-1 code that overrules what is detected."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Every stage's options."""

    reading: ReadingOptions = ReadingOptions()

"""What a reader can be told: one type a stage."""

from __future__ import annotations

import re

import msgspec

from onrecord.errors import OptionsError
from onrecord.records import InputKind

_LANGUAGE = re.compile(r"[a-z]{2,3}")


class ReadingOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How bytes become a page."""

    kind: InputKind | None = None
    """HTML or text; ``None`` tells them apart by the bytes."""
    language: str | None = None
    """ISO 639-1 code that overrules what is detected."""

    def __post_init__(self) -> None:
        """Raises `OptionsError`."""
        if self.language is not None and not _LANGUAGE.fullmatch(self.language):
            raise OptionsError(
                f"language is {self.language!r}; give an ISO 639-1 code in small letters, "
                "for instance 'en'"
            )


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Every stage's options."""

    reading: ReadingOptions = ReadingOptions()

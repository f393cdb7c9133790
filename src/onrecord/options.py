"""What a reader can be told: one type a stage."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from onrecord.errors import OptionsError
from onrecord.records import InputKind

MEGABYTE = 2**20

MAX_BYTES = 64 * MEGABYTE
"""Bytes of the largest page that is read unless the limit is raised.

The largest saved page of 46 has 0.7 MB, and one with a million short comments some 100 MB;
the tree of 64 MB of HTML takes 0.3 GB, or 1.1 GB where it is all short elements.
"""

_LANGUAGE = re.compile(r"[a-z]{2,3}")


class ReadingOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How bytes become a page."""

    kind: InputKind | None = None
    """What an input is; ``None`` tells by its bytes, and by its name where they do not."""
    language: str | None = None
    """ISO 639-1 code that overrules what is detected."""
    max_bytes: int = MAX_BYTES
    """Bytes of the largest page, unpacked. An archive may have any size, its pages not."""

    def __post_init__(self) -> None:
        """Raises `OptionsError`."""
        if self.language is not None and not _LANGUAGE.fullmatch(self.language):
            raise OptionsError(
                f"language is {self.language!r}; give an ISO 639-1 code in small letters, "
                "for instance 'en'"
            )
        if self.max_bytes < 1:
            raise OptionsError(f"max_bytes is {self.max_bytes}; give at least 1")


class AttributingOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Which attributions a page's record holds."""

    min_confidence: float = 0.0
    """Attributions of less confidence are left out."""

    def __post_init__(self) -> None:
        """Raises `OptionsError`."""
        if not 0 <= self.min_confidence <= 1:
            raise OptionsError(f"min_confidence is {self.min_confidence}; give 0 to 1")


class ResolvingOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How attributions get their speakers."""

    speakers: bool = True
    """Whether speakers are looked for at all. Without them source types are not known."""
    people: Path | None = None
    """A newsroom's own list of people and organisations, in CSV."""


class WeighingOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How cues are classed."""

    cues: Path | None = None
    """A newsroom's own cues, laid over the packaged ones."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Every stage's options."""

    reading: ReadingOptions = ReadingOptions()
    attributing: AttributingOptions = AttributingOptions()
    resolving: ResolvingOptions = ResolvingOptions()
    weighing: WeighingOptions = WeighingOptions()

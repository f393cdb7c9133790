"""How a source is identified, after Spangher et al. (2023), "Identifying Informational Sources
in News Articles" (EMNLP)."""

from __future__ import annotations

from onrecord.records import SourceType, Speaker


def source_type(speaker: Speaker | None) -> SourceType:
    """The source type of an attribution with this speaker; ``None`` is nobody."""
    if speaker is None:
        return "unattributed"
    if speaker.kind == "person":
        return "named_person" if speaker.named else "unnamed_person"
    if speaker.kind in ("document", "poll", "author"):
        return speaker.kind
    return "named_group" if speaker.named else "unnamed_group"

"""The stage: attributions go in; the same with their speakers, and the speakers, come out."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.records import Attribution, Span, Speaker


def resolve(
    text: str, attributions: Sequence[Attribution]
) -> tuple[tuple[Attribution, ...], tuple[Speaker, ...]]:
    """Give each attribution with a source its speaker: one for each distinct wording.

    Who a wording stands for is not looked into: a speaker's name is its first source's own
    words, and kind, roles and aliases are not known. Wordings that differ in the case of
    their first letter alone are one ("he", "He"; not "us", "US").
    """
    names: dict[str, str] = {}
    mentions: dict[str, dict[Span, None]] = {}
    keys: list[str | None] = []
    for attribution in attributions:
        name = " ".join(" … ".join(text[a:b] for a, b in attribution.source).split())
        key = name[0].lower() + name[1:] if name else None
        keys.append(key)
        if key is not None:
            names.setdefault(key, name)
            mentions.setdefault(key, {}).update(dict.fromkeys(attribution.source))
    ids = {key: number for number, key in enumerate(names)}
    resolved = tuple(
        msgspec.structs.replace(attribution, speaker=None if key is None else ids[key])
        for attribution, key in zip(attributions, keys, strict=True)
    )
    speakers = tuple(
        Speaker(
            id=ids[key],
            name=name,
            kind=None,
            roles=(),
            aliases=(),
            mentions=tuple(sorted(mentions[key])),
        )
        for key, name in names.items()
    )
    return resolved, speakers

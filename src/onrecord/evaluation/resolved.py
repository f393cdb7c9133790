"""Corpora of coreference answered by the resolver that reads pages, not by the heads alone.

Each mention is given to it as if it were a source, which is what it is made for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from onrecord.encoder.base import Encoding
from onrecord.records import Attribution, Page, Paragraph, Span
from onrecord.resolving import Opinion, resolve
from onrecord.resolving.mentions import Mention
from onrecord.resolving.stage import Resolved


def resolved_clusters(
    encoding: Encoding, text: str, mentions: Sequence[Mention]
) -> list[list[int]]:
    """Mentions together that have one speaker, by their places; the rest alone."""
    found = _resolved(encoding, text, [mention.span for mention in mentions])
    together: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(found.attributions):
        together[-1 - at if one.speaker is None else one.speaker].append(at)
    return list(together.values())


def resolved_names(encoding: Encoding, text: str, pronoun: Span) -> list[Span]:
    """The names of whomever a pronoun stands for."""
    found = _resolved(encoding, text, [pronoun])
    speaker = found.attributions[0].speaker
    return [
        mention
        for one in found.speakers
        if one.id == speaker
        for mention in one.mentions
        if mention != pronoun
    ]


def _resolved(encoding: Encoding, text: str, sources: Sequence[Span]) -> Resolved:
    pieces = encoding.pieces
    edges = zip(pieces.bounds[:-1].tolist(), pieces.bounds[1:].tolist(), strict=True)
    paragraphs = tuple(
        Paragraph(start=int(pieces.starts[first]), end=int(pieces.ends[end - 1]), kind="body")
        for first, end in edges
    )
    opinion = Opinion()
    opinion.hear(encoding)
    attributions = [
        Attribution(
            id=number,
            source=(source,),
            cue=(),
            content=((len(text), len(text)),),
            kind="indirect",
            within=None,
            speaker=None,
            source_type=None,
            cue_class=None,
            negated=None,
            confidence=1.0,
            comment=None,
        )
        for number, source in enumerate(sources)
    ]
    return resolve(Page(id="", text=text, paragraphs=paragraphs), attributions, opinion)

"""What the model thinks of mentions, as the resolver asks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from onrecord.encoder.base import Encoding
from onrecord.encoder.fake import FakeEncoder
from onrecord.encoder.mentions import MentionSpan
from onrecord.records import Attribution, Page, Paragraph, Span
from onrecord.resolving import Opinion, resolve
from onrecord.resolving.opinion import STRONG

TEXT = "Kim Vale met Sam Bell at the port. He left early."
VALE, BELL = (0, 8), (13, 21)
HE = (TEXT.index("He"), TEXT.index("He") + 2)


def _encoding(likely: Span, score: float) -> Encoding:
    """An encoding that links everything to one mention."""
    encoding = FakeEncoder().encode(TEXT, [[(0, len(TEXT))]])
    starts = encoding.pieces.starts

    def scores(
        anaphors: Sequence[MentionSpan], antecedents: Sequence[Sequence[MentionSpan]]
    ) -> list[np.ndarray[tuple[int], np.dtype[np.float32]]]:
        return [
            np.asarray([score if starts[a] == likely[0] else -score for a, _ in some], np.float32)
            for some in antecedents
        ]

    return replace(encoding, link_scores=scores)


def _he(opinion: Opinion) -> str:
    page = Page(id="x", text=TEXT, paragraphs=(Paragraph(start=0, end=len(TEXT), kind="body"),))
    one = Attribution(
        id=0,
        source=(HE,),
        cue=(),
        content=((HE[1], len(TEXT)),),
        kind="indirect",
        within=None,
        speaker=None,
        source_type=None,
        cue_class=None,
        negated=None,
        confidence=0.5,
        comment=None,
    )
    (speaker,) = resolve(page, [one], opinion).speakers
    return speaker.name


def test_it_decides_where_nobody_has_spoken() -> None:
    for likely, name in ((VALE, "Kim Vale"), (BELL, "Sam Bell")):
        opinion = Opinion()
        opinion.hear(_encoding(likely, 3.0))
        assert _he(opinion) == name


def test_its_links_are_bounded() -> None:
    opinion = Opinion()
    assert opinion.links(HE, [VALE, BELL]) == [0.0, 0.0]
    opinion.hear(_encoding(BELL, 50.0))
    assert opinion.links(HE, [VALE, BELL]) == [-STRONG, STRONG]
    assert opinion.links(HE, []) == []


def test_beyond_what_it_keeps_it_has_none() -> None:
    opinion = Opinion()
    opinion.hear(_encoding(BELL, 1.0))
    far = (len(TEXT) + 10, len(TEXT) + 12)
    assert opinion.links(far, [VALE]) == [0.0]


def test_it_hears_the_mentions_of_every_part() -> None:
    opinion = Opinion()
    for _ in range(2):
        opinion.hear(FakeEncoder().encode(TEXT, [[(0, len(TEXT))]]))
    found = [(mention.start, mention.end) for mention in opinion.mentions]
    assert found[: len(found) // 2] == found[len(found) // 2 :]
    assert VALE in found

"""Records of any kind that hold together, for tests with Hypothesis."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

from hypothesis import strategies as st

from onrecord.records import (
    Attribution,
    AttributionKind,
    Comment,
    CueClass,
    Page,
    Paragraph,
    ParagraphKind,
    SourceType,
    Span,
    Speaker,
    SpeakerKind,
)
from onrecord.records import Warning as PageWarning

# What breaks lines, cells, formulas and offsets; nothing that steers a terminal.
_ODD = "ab é🌧𝔘“”\"'=+-@＝;,:|\t\r\n\u2028\u00a0\u200b\ufeff\ufffd"
words = st.text(st.sampled_from(_ODD) | st.characters(categories=["L", "N", "P", "Z"]), max_size=12)
maybe_words = st.none() | words
_texts = st.lists(words, max_size=3).map(tuple)
_one_of = {
    literal: st.sampled_from(get_args(literal))
    for literal in (AttributionKind, CueClass, ParagraphKind, SourceType, SpeakerKind)
}


def _span_lists(text: str, *, least: int = 0) -> st.SearchStrategy[tuple[Span, ...]]:
    """Spans of a text, in order, without white space at their ends."""

    def spans(cuts: set[int]) -> tuple[Span, ...]:
        found = []
        for start, end in list(pairwise(sorted(cuts)))[::2]:
            stretch = text[start:end]
            first = start + len(stretch) - len(stretch.lstrip())
            last = first + len(stretch.strip())
            if first < last:
                found.append((first, last))
        return tuple(found)

    cuts = st.sets(st.integers(0, len(text)), max_size=6)
    return cuts.map(spans).filter(lambda found: len(found) >= least)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """A page whose spans lie in its text and whose numbers name what is there."""
    text = "Anna: " + draw(st.lists(words, max_size=6).map("".join))
    edges = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    spans = _span_lists(text)
    comments = [
        Comment(
            id=number,
            parent=draw(st.none() | st.integers(0, number - 1)) if number else None,
            author=draw(maybe_words),
            posted=draw(maybe_words),
            posted_text=draw(maybe_words),
            start=(edge := draw(edges))[0],
            end=edge[1],
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    speakers = [
        Speaker(
            id=number,
            name=draw(words),
            named=draw(st.booleans()),
            kind=draw(st.none() | _one_of[SpeakerKind]),
            roles=draw(_texts),
            aliases=draw(_texts),
            mentions=draw(spans),
            members=draw(st.lists(st.integers(1, 3), max_size=2).map(tuple)),
            listed=draw(st.dictionaries(words, words, max_size=2)),
        )
        for number in range(1, draw(st.integers(1, 3)))
    ]
    attributions = [
        Attribution(
            id=number,
            source=draw(spans),
            cue=draw(spans),
            content=draw(_span_lists(text, least=1)),
            kind=draw(_one_of[AttributionKind]),
            within=draw(st.none() | st.integers(0, 3)),
            speaker=draw(st.none() | st.sampled_from([one.id for one in speakers]))
            if speakers
            else None,
            source_type=draw(st.none() | _one_of[SourceType]),
            cue_class=draw(st.none() | _one_of[CueClass]),
            negated=draw(st.none() | st.booleans()),
            confidence=draw(st.floats(0, 1)),
            comment=draw(st.none() | st.sampled_from(range(len(comments)))) if comments else None,
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    return Page(
        id=draw(st.text("0123456789abcdef", min_size=64, max_size=64)),
        url=draw(maybe_words),
        site=draw(maybe_words),
        headline=draw(maybe_words),
        byline=draw(_texts),
        published=draw(maybe_words),
        fetched=draw(maybe_words),
        language=draw(maybe_words),
        text=text,
        paragraphs=tuple(
            Paragraph(start=edge[0], end=edge[1], kind=draw(_one_of[ParagraphKind]))
            for edge in draw(st.lists(edges, max_size=2))
        ),
        comments=tuple(comments),
        attributions=tuple(attributions),
        speakers=tuple(speakers),
        warnings=tuple(
            PageWarning(code=draw(words), message=draw(words))
            for _ in range(draw(st.integers(0, 2)))
        ),
    )

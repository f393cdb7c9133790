"""Records go to JSON and back, and match their schema."""

from __future__ import annotations

import json
from typing import get_args

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import Attribution, Comment, Page, Paragraph, Speaker, from_json, page_schema, to_json
from onrecord import Warning as PageWarning
from onrecord.errors import RecordError
from onrecord.records import AttributionKind, CueClass, ParagraphKind, SourceType, SpeakerKind

numbers = st.integers(0, 2**40)
spans = st.tuples(numbers, numbers)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
maybe_words = st.none() | words


def one_of(literal: object) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(literal))


pages = st.builds(
    Page,
    id=words,
    url=maybe_words,
    site=maybe_words,
    headline=maybe_words,
    byline=st.lists(words, max_size=3).map(tuple),
    published=maybe_words,
    language=maybe_words,
    text=words,
    paragraphs=st.lists(
        st.builds(Paragraph, start=numbers, end=numbers, kind=one_of(ParagraphKind)), max_size=3
    ).map(tuple),
    comments=st.lists(
        st.builds(
            Comment,
            id=numbers,
            parent=st.none() | numbers,
            author=maybe_words,
            posted=maybe_words,
            posted_text=maybe_words,
            start=numbers,
            end=numbers,
        ),
        max_size=3,
    ).map(tuple),
    attributions=st.lists(
        st.builds(
            Attribution,
            id=numbers,
            source=st.lists(spans, max_size=2).map(tuple),
            cue=st.lists(spans, max_size=2).map(tuple),
            content=st.lists(spans, min_size=1, max_size=2).map(tuple),
            kind=one_of(AttributionKind),
            within=st.none() | numbers,
            speaker=st.none() | numbers,
            source_type=st.none() | one_of(SourceType),
            cue_class=st.none() | one_of(CueClass),
            negated=st.none() | st.booleans(),
            confidence=st.floats(0, 1),
            comment=st.none() | numbers,
        ),
        max_size=3,
    ).map(tuple),
    speakers=st.lists(
        st.builds(
            Speaker,
            id=numbers,
            name=words,
            kind=st.none() | one_of(SpeakerKind),
            roles=st.lists(words, max_size=2).map(tuple),
            aliases=st.lists(words, max_size=2).map(tuple),
            mentions=st.lists(spans, max_size=2).map(tuple),
            named=st.booleans(),
            members=st.lists(numbers, max_size=2).map(tuple),
            listed=st.dictionaries(words, words, max_size=2),
        ),
        max_size=3,
    ).map(tuple),
    warnings=st.lists(st.builds(PageWarning, code=words, message=words), max_size=2).map(tuple),
)


@given(pages)
def test_round_trip(page: Page) -> None:
    line = to_json(page)
    assert b"\n" not in line
    assert from_json(line) == page


@given(pages)
def test_records_match_the_schema(page: Page) -> None:
    jsonschema.validate(json.loads(to_json(page)), page_schema())


def test_names_in_the_record_are_a_contract() -> None:
    fields = {name: list(d["properties"]) for name, d in page_schema()["$defs"].items()}
    assert fields == {
        "Page": [
            "schema", "id", "url", "site", "headline", "byline", "published", "fetched", "language",
            "text", "paragraphs", "comments", "attributions", "speakers", "warnings",
        ],
        "Paragraph": ["start", "end", "kind"],
        "Comment": ["id", "parent", "author", "posted", "posted_text", "start", "end"],
        "Attribution": [
            "id", "source", "cue", "content", "kind", "within", "speaker", "source_type",
            "cue_class", "negated", "confidence", "comment",
        ],
        "Speaker": [
            "id", "name", "named", "kind", "roles", "aliases", "mentions", "members", "listed",
        ],
        "Warning": ["code", "message"],
    }  # fmt: skip


@pytest.mark.parametrize("line", [b"", b"{}", b"[1]", b'{"id": "x", "text": 3}', b"\xff"])
def test_what_is_no_record_is_an_error(line: bytes) -> None:
    with pytest.raises(RecordError, match="onrecord/page/1"):
        from_json(line)


def test_quote_shows_gaps() -> None:
    page = Page(id="x", text="Yes, she said, no.")
    assert page.quote(((0, 3), (15, 17))) == "Yes … no"

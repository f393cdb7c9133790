"""Mentions of whole words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from onrecord.encoder.base import Encoding
from onrecord.encoder.fake import FakeEncoder
from onrecord.encoder.mentions import MENTION_TAGS
from onrecord.resolving.mentions import find_mentions

TEXT = "Anna Bell met Ben.\n\nBell told him that she left. Ben's it fell."
PARAGRAPHS = [(0, 18), (20, len(TEXT))]


def _read(text: str = TEXT) -> Encoding:
    return FakeEncoder().encode(text, [PARAGRAPHS if text is TEXT else [(0, len(text))]])


def test_names_are_whole_words_in_their_paragraph() -> None:
    found = find_mentions(_read())
    assert [TEXT[one.start : one.end] for one in found] == ["Anna Bell", "Ben", "Bell", "Ben"]
    assert {(one.form, one.kind) for one in found} == {("name", "person")}
    assert found[0].pieces == (0, 2)
    assert all(0.8 < one.score <= 1 for one in found)


def test_the_best_path_makes_sense() -> None:
    text = "the mayor Ida"
    encoding = _read(text)
    tags = np.full_like(encoding.mentions, np.log(np.float32(0.01)))
    described = 2 * MENTION_TAGS.index(("description", "person")) + 1
    for at, tag in enumerate((described, described + 1, 2, 0)):  # A name that never begins.
        tags[at, tag] = np.log(np.float32(0.8))
    tags[2, 1] = np.log(np.float32(0.3))
    found = find_mentions(replace(encoding, mentions=tags))
    assert [(text[m.start : m.end], m.form) for m in found] == [
        ("the mayor", "description"),
        ("Ida", "name"),
    ]


def test_without_tags_there_are_no_mentions() -> None:
    bare = _read()
    assert find_mentions(Encoding(bare.pieces, bare.tags, bare.inner, bare.read_cues)) == []
    assert find_mentions(FakeEncoder().encode("", [])) == []
    assert find_mentions(FakeEncoder().encode("", [[(0, 0)], [(0, 0)]])) == []

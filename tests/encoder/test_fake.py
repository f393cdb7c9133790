"""The fake encoder knows one form of sentence."""

from __future__ import annotations

import numpy as np

from onrecord.encoder.base import Encoding
from onrecord.encoder.fake import FakeEncoder


def _tagged(text: str, encoding: Encoding) -> list[tuple[str, int]]:
    tags = encoding.tags.argmax(1).tolist()
    pieces = encoding.pieces
    spans = zip(pieces.starts.tolist(), pieces.ends.tolist(), tags, strict=True)
    return [(text[start:end], tag) for start, end, tag in spans]


def test_a_sentence_of_the_known_form() -> None:
    text = "Anna Bell said it rained. We left."
    encoding = FakeEncoder().encode(text, [[(0, len(text))]])
    assert _tagged(text, encoding) == [
        *(("Anna", 1), ("Bell", 2), ("said", 3), ("it", 5), ("rained", 6)),
        *((".", 0), ("We", 0), ("left", 0), (".", 0), ("", 0)),
    ]


def test_a_quotation_is_known_with_its_marks() -> None:
    text = "Ben added: “It is dry.” Good."
    tags = _tagged(text, FakeEncoder().encode(text, [[(0, len(text))]]))
    assert [word for word, tag in tags if tag in (5, 6)] == ["“", "It", "is", "dry", ".", "”"]


def test_a_cue_is_read_with_its_own_source_and_content() -> None:
    text = "Anna said so. Ben says no."
    encoding = FakeEncoder().encode(text, [[(0, len(text))]])
    readings = encoding.read_cues([(1, 2), (5, 6)])
    assert [reading.start for reading in readings] == [0, 0]
    assert [reading.scores.argmax(1).tolist() for reading in readings] == [
        [1, 0, 3, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 1, 0, 3, 0, 0],
    ]


def test_other_text_is_outside() -> None:
    text = "It rained.\nanna said so"
    encoding = FakeEncoder().encode(text, [[(0, 10)], [(11, len(text))]])
    assert set(encoding.tags.argmax(1).tolist()) == {0}
    assert np.exp(encoding.tags).sum(1).max() <= 1


def test_nothing_to_read() -> None:
    encoding = FakeEncoder().encode("", [])
    assert encoding.tags.shape == (0, 7)
    assert encoding.read_cues([]) == []

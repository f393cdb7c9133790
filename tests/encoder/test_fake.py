"""The fake encoder knows one form of sentence."""

from __future__ import annotations

import numpy as np

from onrecord.encoder.base import Encoding
from onrecord.encoder.calibration import Calibration
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


def test_a_cue_is_read_in_its_neighbourhood() -> None:
    text = "It rained all day long. " * 300 + "Anna Bell said it froze. We left."
    encoding = FakeEncoder().encode(text, [[(0, len(text))]])
    cue = encoding.tags.argmax(1).tolist().index(3)
    ((start, scores),) = encoding.read_cues([(cue, cue + 1)])
    assert 0 < start < cue - 2
    assert len(scores) < len(encoding.tags)
    found = [(start + at, tag) for at, tag in enumerate(scores.argmax(1).tolist()) if tag]
    assert found == [(cue - 2, 1), (cue - 1, 2), (cue + 1, 3), (cue + 2, 4)]


def test_a_cue_of_no_sentence_has_nothing() -> None:
    encoding = FakeEncoder().encode("It rained", [[(0, 9)]])
    ((start, scores),) = encoding.read_cues([(1, 2)])
    assert start == 0
    assert set(scores.argmax(1).tolist()) == {0}


def test_nothing_is_nested_and_scores_are_worth_what_they_are() -> None:
    text = "Anna said Ben said so."
    encoding = FakeEncoder().encode(text, [[(0, len(text))]])
    assert encoding.inner.shape == encoding.tags.shape
    assert set(encoding.inner.argmax(1).tolist()) == {0}
    assert encoding.calibration == Calibration()


def test_words_with_a_capital_are_names() -> None:
    text = "Anna Bell said Ben left."
    encoding = FakeEncoder().encode(text, [[(0, len(text))], [(0, 4)]])
    assert encoding.mentions.argmax(1).tolist() == [1, 2, 0, 1, 0, 0, 0, 1, 0]
    assert encoding.link_scores([(3, 4)], [[(0, 2)]])[0].tolist() == [0]


def test_ten_thousand_sentences_take_no_more_memory_each_than_one() -> None:
    text = "Anna said so. " * 10_000
    encoding = FakeEncoder().encode(text, [[(0, len(text))]])
    cues = np.flatnonzero(encoding.tags.argmax(1) == 3).tolist()
    readings = encoding.read_cues([(at, at + 1) for at in cues])
    assert len(readings) == 10_000
    assert max(len(reading.scores) for reading in readings) < 1000


def test_other_text_is_outside() -> None:
    text = "It rained.\nanna said so"
    encoding = FakeEncoder().encode(text, [[(0, 10)], [(11, len(text))]])
    assert set(encoding.tags.argmax(1).tolist()) == {0}
    assert np.exp(encoding.tags).sum(1).max() <= 1


def test_nothing_to_read() -> None:
    encoding = FakeEncoder().encode("", [])
    assert encoding.tags.shape == (0, 7)
    assert encoding.read_cues([]) == []

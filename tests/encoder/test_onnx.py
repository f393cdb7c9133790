"""The shipped model: whatever it answers, it answers always the same."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from onrecord.encoder.base import Encoding
from onrecord.encoder.calibration import Calibration
from onrecord.encoder.mentions import MENTION_TAGS
from onrecord.encoder.onnx import (
    ATTRIBUTION_FILES,
    CUES_FILE,
    ENCODER_FILE,
    FILES,
    TOKENIZER_FILE,
    OnnxEncoder,
)
from onrecord.encoder.weights import PACKAGED, read_manifest, write_manifest
from onrecord.encoder.windows import CONTEXT, SIZE
from onrecord.errors import WeightsAlteredError, WeightsMissingError
from onrecord.records import Span

SENTENCES = (
    "Anna Bell said the old bridge would close in spring.",
    "“We have no money left,” the mayor of Hartwick told reporters. “None.”",
    "According to Ben Cole, a baker, nobody had asked him.",
    "Dora Finn denied it; her office did not reply to a letter.",
    "The river rose by two metres overnight, and the mill stood dry.",
)


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder(threads=1)


def _paragraphs(count: int, *, seed: int) -> list[str]:
    rng = np.random.default_rng(seed)
    return [
        " ".join(SENTENCES[i] for i in rng.integers(0, len(SENTENCES), rng.integers(1, 7)))
        for _ in range(count)
    ]


def _page(*groups: Sequence[str]) -> tuple[str, list[list[Span]]]:
    text = ""
    spans: list[list[Span]] = []
    for group in groups:
        spans.append([])
        for paragraph in group:
            spans[-1].append((len(text), len(text) + len(paragraph)))
            text += paragraph + "\n\n"
    return text, spans


def _own(encoding: Encoding, first: int, count: int) -> slice:
    """The pieces of paragraphs ``first`` and ``count - 1`` after it."""
    return slice(*encoding.pieces.bounds[[first, first + count]].tolist())


def test_the_number_of_threads_does_not_show(encoder: OnnxEncoder) -> None:
    text, groups = _page(_paragraphs(14, seed=1), _paragraphs(2, seed=2), _paragraphs(1, seed=3))
    one, four = encoder.encode(text, groups), OnnxEncoder(threads=4).encode(text, groups)
    assert len(one.pieces.ids) > 2 * SIZE
    assert np.array_equal(one.pieces.ids, four.pieces.ids)
    assert np.array_equal(one.tags, four.tags)
    cues = [(2, 3), (SIZE, SIZE + 2), (len(one.pieces.ids) - 4, len(one.pieces.ids) - 3)]
    for a, b in zip(one.read_cues(cues), four.read_cues(cues), strict=True):
        assert a.start == b.start
        assert np.array_equal(a.scores, b.scores)


def test_mentions_and_links_are_the_same_whatever_the_threads(encoder: OnnxEncoder) -> None:
    text, groups = _page(_paragraphs(14, seed=1), _paragraphs(2, seed=2))
    one, four = encoder.encode(text, groups), OnnxEncoder(threads=4).encode(text, groups)
    assert np.array_equal(one.mentions, four.mentions)
    length = len(one.pieces.ids)
    asked = [(SIZE + 9, SIZE + 10), (length - 3, length - 2)]
    about = [[(0, 2), (SIZE - 1, SIZE + 1)], [(at, at + 1) for at in range(length - 9)]]
    scores = one.link_scores(asked, about)
    assert [len(some) for some in scores] == [2, length - 9]
    for a, b in zip(scores, four.link_scores(asked, about), strict=True):
        assert np.array_equal(a, b)


def test_links_asked_for_together_or_apart_are_the_same(encoder: OnnxEncoder) -> None:
    encoding = encoder.encode(*_page(_paragraphs(9, seed=7)))
    assert encoding.link_scores([], []) == []
    assert [some.tolist() for some in encoding.link_scores([(3, 4)], [[]])] == [[]]
    asked, about = [(90, 91), (120, 122)], [[(0, 2), (50, 51)], [(7, 8)]]
    together = encoding.link_scores(asked, about)
    for at, some in enumerate(together):
        (apart,) = encoding.link_scores([asked[at]], [about[at]])
        np.testing.assert_allclose(some, apart, atol=1e-5)


def test_the_mentions_of_a_group_are_its_own(encoder: OnnxEncoder) -> None:
    before, group = (_paragraphs(n, seed=n) for n in (3, 5))
    alone, among = encoder.encode(*_page(group)), encoder.encode(*_page(before, group))
    own = _own(among, len(before), len(group))
    assert np.array_equal(among.mentions[own], alone.mentions)


def test_weights_of_before_find_no_mentions(encoder: OnnxEncoder, copied: Path) -> None:
    write_manifest(copied, "before", list(ATTRIBUTION_FILES))
    text, groups = _page(_paragraphs(3, seed=8))
    plain, full = OnnxEncoder(copied).encode(text, groups), encoder.encode(text, groups)
    assert np.array_equal(plain.tags, full.tags)
    assert plain.mentions.shape == full.mentions.shape
    assert set(plain.mentions.argmax(1).tolist()) == {0}
    assert plain.link_scores([(5, 6)], [[(0, 1)]])[0].tolist() == [0]


def test_names_are_found(encoder: OnnxEncoder) -> None:
    text = "Anna Bell spoke in Norwell."
    tags = encoder.encode(text, [[(0, len(text))]]).mentions.argmax(1).tolist()
    person = 2 * MENTION_TAGS.index(("name", "person")) + 1
    assert tags[:2] == [person, person + 1]


def test_a_group_is_read_as_if_it_stood_alone(encoder: OnnxEncoder) -> None:
    before, group, after = (_paragraphs(n, seed=n) for n in (3, 5, 2))
    alone = encoder.encode(*_page(group))
    among = encoder.encode(*_page(before, group, after))
    own = _own(among, len(before), len(group))
    assert np.array_equal(among.pieces.ids[own], alone.pieces.ids)
    assert np.array_equal(among.tags[own], alone.tags)
    cues = [(3, 4), (len(alone.pieces.ids) - 6, len(alone.pieces.ids) - 4)]
    there = among.read_cues([(a + own.start, b + own.start) for a, b in cues])
    for a, b in zip(alone.read_cues(cues), there, strict=True):
        assert b.start == a.start + own.start
        assert np.array_equal(a.scores, b.scores)


def test_each_window_answers_for_its_own_part(encoder: OnnxEncoder) -> None:
    rng = np.random.default_rng(6)
    words = ("rain", "fell", "she", "said", "that", "he", "told", "them", "it", "was", "cold")

    def paragraph(length: int) -> str:
        return " ".join(words[i] for i in rng.integers(0, len(words), length - 1))

    opening, context, rest = paragraph(SIZE - CONTEXT), paragraph(CONTEXT), paragraph(90)
    whole = encoder.encode(*_page([opening, context, rest]))
    assert whole.pieces.bounds.tolist() == [0, SIZE - CONTEXT, SIZE, SIZE + 90]
    second = encoder.encode(*_page([context, rest]))
    assert np.array_equal(whole.tags[SIZE:], second.tags[CONTEXT:])
    first = encoder.encode(*_page([opening, context]))
    assert np.array_equal(whole.tags[:SIZE], first.tags)
    (start, scores), (_, expected) = (
        one.read_cues([(at, at + 1)])[0] for one, at in ((whole, SIZE + 9), (second, CONTEXT + 9))
    )
    assert start == SIZE - CONTEXT
    assert np.array_equal(scores, expected)


def test_scores_are_probabilities(encoder: OnnxEncoder) -> None:
    encoding = encoder.encode(*_page(_paragraphs(6, seed=4)))
    assert encoding.tags.shape == (len(encoding.pieces.ids), 7)
    assert np.allclose(np.exp(encoding.tags).sum(1), 1, atol=1e-4)
    assert encoding.mentions.shape == (len(encoding.pieces.ids), 1 + 2 * len(MENTION_TAGS))
    assert np.allclose(np.exp(encoding.mentions).sum(1), 1, atol=1e-4)
    for reading in encoding.read_cues([(0, 1), (5, 8)]):
        assert np.allclose(np.exp(reading.scores).sum(1), 1, atol=1e-4)


def test_a_cue_is_read_in_the_window_that_owns_it(encoder: OnnxEncoder) -> None:
    encoding = encoder.encode(*_page(_paragraphs(14, seed=1)))
    length = len(encoding.pieces.ids)
    assert encoding.read_cues([]) == []
    cues = [(length - 3, length - 2), (1, 2), (SIZE + 5, SIZE + 7), (0, 1)]
    readings = encoding.read_cues(cues)
    assert len(readings) == len(cues)
    for (first, end), (start, scores) in zip(cues, readings, strict=True):
        assert scores.shape[1] == 5
        assert len(scores) <= SIZE
        assert start <= first < end <= start + len(scores) <= length
    assert readings[1].start == readings[3].start == 0
    assert not np.array_equal(readings[1].scores, readings[3].scores)


def test_cues_read_together_or_apart_are_read_the_same(encoder: OnnxEncoder) -> None:
    encoding = encoder.encode(*_page(_paragraphs(3, seed=5)))
    cues = [(2, 3), (9, 11), (20, 21)]
    for cue, together in zip(cues, encoding.read_cues(cues), strict=True):
        (apart,) = encoding.read_cues([cue])
        assert np.allclose(apart.scores, together.scores, atol=1e-5)


def test_a_text_longer_than_a_window_without_paragraphs(encoder: OnnxEncoder) -> None:
    text = " ".join(SENTENCES * 20)
    encoding = encoder.encode(text, [[(0, len(text))]])
    assert len(encoding.pieces.ids) == len(encoding.tags) > 3 * SIZE
    assert encoding.inner.shape == encoding.tags.shape
    # A cue in the context of the next window is read there too; one before it is not.
    reach = 2 * SIZE - CONTEXT
    ((start, far), (_, near)) = encoding.read_cues([(SIZE - 1, SIZE + 3), (5, 6)])
    assert (start, len(far), len(near)) == (0, reach, SIZE)
    np.testing.assert_allclose(np.exp(far).sum(1), 1, atol=1e-4)


@pytest.mark.parametrize("groups", [[], [[]], [[], []]])
def test_nothing_to_read(encoder: OnnxEncoder, groups: list[list[Span]]) -> None:
    encoding = encoder.encode("", groups)
    assert encoding.tags.shape == (0, 7)
    assert encoding.mentions.shape == (0, 13)
    assert encoding.link_scores([], []) == []
    assert len(encoding.pieces.ids) == 0
    assert encoding.read_cues([]) == []


def test_an_empty_paragraph_is_a_break_alone(encoder: OnnxEncoder) -> None:
    assert encoder.encode("", [[(0, 0)]]).tags.shape == (1, 7)


def test_the_calibration_is_the_manifests(encoder: OnnxEncoder, copied: Path) -> None:
    shipped = read_manifest(PACKAGED).calibration
    assert encoder.encode("", []).calibration == shipped
    assert min(shipped.rise, shipped.fall) > 0  # The likelier is never less sure.
    other = Calibration(rise=0.5, fall=2.0, shift=1.0)
    write_manifest(copied, "other", list(FILES), other)
    assert OnnxEncoder(copied).encode("", []).calibration == other


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for file in FILES:
        shutil.copy(PACKAGED / file, tmp_path / file)
    return tmp_path


@pytest.mark.parametrize("file", FILES)
def test_a_file_of_another_kind_with_the_right_checksum(copied: Path, file: str) -> None:
    (copied / file).write_bytes(b"\x00 no model \xff")
    write_manifest(copied, "broken", list(FILES))
    with pytest.raises(WeightsAlteredError) as caught:
        OnnxEncoder(copied)
    assert str(copied) in str(caught.value)


def test_a_manifest_that_leaves_a_file_out(copied: Path) -> None:
    write_manifest(copied, "poor", [ENCODER_FILE, TOKENIZER_FILE])
    with pytest.raises(WeightsAlteredError, match=CUES_FILE):
        OnnxEncoder(copied)


def test_a_model_that_does_not_load_has_a_next_step(copied: Path) -> None:
    (copied / CUES_FILE).write_bytes(b"no model")
    write_manifest(copied, "broken", list(FILES))
    with pytest.raises(WeightsAlteredError, match="Install onrecord again"):
        OnnxEncoder(copied)


def test_a_missing_model(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissingError, match="Install onrecord again"):
        OnnxEncoder(tmp_path / "none")


def test_a_model_with_its_graphs_exchanged_is_refused(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes((PACKAGED / name).read_bytes())
    (tmp_path / ENCODER_FILE).write_bytes((PACKAGED / CUES_FILE).read_bytes())
    write_manifest(tmp_path, "exchanged", list(FILES))
    with pytest.raises(WeightsAlteredError, match="a graph takes"):
        OnnxEncoder(tmp_path)


def test_the_names_of_special_pieces_are_words_in_a_page() -> None:
    text = "She wrote [SEP] twice."
    pieces = OnnxEncoder().encode(text, [[(0, len(text))]]).pieces
    assert len(pieces.ids) == 3 + len(text.split()) + 1

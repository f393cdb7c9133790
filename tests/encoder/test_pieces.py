"""Text cut into pieces: where they stand, whose word they are, what they look like."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers

from onrecord.encoder.pieces import BREAK, CASES, SURFACES, Pieces, cut_pieces, edge_ids
from onrecord.encoder.weights import PACKAGED
from onrecord.errors import WeightsAlteredError
from onrecord.records import Span

SPECIALS = ("[SEP]", "[CLS]", "[MASK]", "[UNK]", "[PAD]", "[unused0]")


@cache
def vocabulary() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(PACKAGED / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def cut(text: str, *paragraphs: Span) -> Pieces:
    return cut_pieces(vocabulary(), text, [paragraphs or [(0, len(text))]])


def words_of(text: str, pieces: Pieces) -> list[str]:
    """The text of each word; a break is empty."""
    words = []
    for number in np.unique(pieces.words):
        inside = pieces.words == number
        words.append(text[int(pieces.starts[inside][0]) : int(pieces.ends[inside][-1])])
    return words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Anna said so.", ["Anna", "said", "so", "."]),
        ("Zoé née Façade", ["Zoé", "née", "Façade"]),
        ("Zoe\u0301s cafe\u0301s shut", ["Zoe\u0301s", "cafe\u0301s", "shut"]),
        ("Rain 😀 again", ["Rain", "😀", "again"]),
        ("👩\u200d🚒 Ida 👍🏽 left", ["👩\u200d🚒", "Ida", "👍🏽", "left"]),
        ("שלום Dora עולם", ["שלום", "Dora", "עולם"]),
        ("İda ẞo 한국 ran", ["İda", "ẞo", "한국", "ran"]),
        ("a\u200bb \u00a0 c\u00add", ["a\u200bb", "c\u00add"]),
        ("Ida [SEP] ran [CLS][MASK]", ["Ida", "[SEP]", "ran", "[CLS]", "[MASK]"]),
    ],
)
def test_offsets_point_at_the_words(text: str, words: list[str]) -> None:
    pieces = cut(text)
    assert words_of(text, pieces) == [*words, ""]


def test_a_combining_mark_does_not_move_what_follows() -> None:
    text = "Zoe\u0301 a\u0308\u0323 ran"
    pieces = cut(text)
    assert [text[start:] for start in pieces.starts[:-1].tolist()] == [text, text[5:], text[9:]]


def test_a_break_closes_each_paragraph() -> None:
    text = "Anna said so.\n\n--\n\nBen left."
    first, second = (0, 13), (19, 28)
    pieces = cut(text, first, second)
    assert words_of(text, pieces) == ["Anna", "said", "so", ".", "", "Ben", "left", ".", ""]
    breaks = np.flatnonzero(pieces.ids == vocabulary().token_to_id(BREAK)).tolist()
    assert breaks == (pieces.bounds[1:] - 1).tolist() == [4, 8]
    assert pieces.starts[breaks].tolist() == pieces.ends[breaks].tolist() == [13, 28]
    assert pieces.bounds.tolist() == [0, 5, 9]
    assert pieces.words.tolist() == list(range(9))


def test_no_paragraphs_and_empty_ones() -> None:
    pieces = cut_pieces(vocabulary(), "Anna", [])
    assert pieces.bounds.tolist() == [0]
    assert all(
        column.dtype == np.int64 and len(column) == 0
        for column in (pieces.ids, pieces.surfaces, pieces.starts, pieces.ends, pieces.words)
    )
    pieces = cut("Anna", (0, 0), (0, 4), (4, 4))
    assert pieces.bounds.tolist() == [0, 1, 3, 4]
    assert pieces.starts.tolist() == [0, 0, 4, 4]


def test_a_long_word_is_one_word_of_many_pieces() -> None:
    text = "Unforeseeablenesses rained"
    pieces = cut(text)
    assert pieces.words.tolist()[:3] == [0, 0, 0]
    assert words_of(text, pieces) == ["Unforeseeablenesses", "rained", ""]
    assert set(pieces.surfaces[pieces.words == 0].tolist()) == {1}


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("bell", 0),
        ("Bell", 1),
        ("McBell", 1),
        ("BBQ", 2),
        ("I", 1),
        ("42", 0),
        ("É", 1),
        ("ÉTÉ", 2),
    ],
)
def test_a_surface_tells_case_and_marks(word: str, case: int) -> None:
    text = f"{word} so “{word} so” so {word}"
    pieces = cut(text)
    assert words_of(text, pieces) == [word, "so", "“", word, "so", "”", "so", word, ""]
    firsts = np.searchsorted(pieces.words, range(9))
    inside = [CASES, case + CASES, CASES, CASES]
    assert pieces.surfaces[firsts].tolist() == [case, 0, *inside, 0, case, 0]


def test_marks_belong_to_the_inside_and_do_not_reach_the_next_paragraph() -> None:
    text = "Ida: “Go on.\nBen left."
    pieces = cut(text, (0, 12), (13, 22))
    assert words_of(text, pieces)[2] == "“"
    assert (pieces.surfaces >= CASES).tolist() == [
        *(False, False, True, True, True, True),
        *(False, False, False, False, False),
    ]


@pytest.mark.parametrize("together", [True, False])
def test_a_quotation_runs_on_in_its_group_alone(together: bool) -> None:
    text = "Ida: “Go on.\nBen left.”"
    paragraphs = [(0, 12), (13, 23)]
    groups = [paragraphs] if together else [[one] for one in paragraphs]
    pieces = cut_pieces(vocabulary(), text, groups)
    second = slice(int(pieces.bounds[1]), int(pieces.bounds[2]) - 1)
    assert (pieces.surfaces[second] >= CASES).tolist() == [together] * 4


def test_groups_are_cut_into_the_pieces_of_one() -> None:
    text = "Anna said so.\nBen left.\nIda Vale ran."
    paragraphs = [(0, 13), (14, 23), (24, 37)]
    together = cut(text, *paragraphs)
    apart = cut_pieces(vocabulary(), text, [paragraphs[:1], [], paragraphs[1:]])
    for name in ("ids", "surfaces", "starts", "ends", "words", "bounds"):
        assert getattr(together, name).tolist() == getattr(apart, name).tolist()


@pytest.mark.parametrize("quoted", ["'go'", "‘go’"])
def test_single_marks_are_marks_too(quoted: str) -> None:
    pieces = cut(f"Ida said {quoted} once")
    inside = [False, False, True, True, True, False, False]
    assert (pieces.surfaces >= CASES).tolist() == inside


def test_what_touches_a_mark_from_outside_is_outside() -> None:
    text = "so“so”so"
    pieces = cut(text)
    assert words_of(text, pieces) == ["so", "“", "so", "”", "so", ""]
    assert pieces.surfaces.tolist() == [0, CASES, CASES, CASES, 0, 0]


def test_a_vocabulary_without_the_needed_pieces_is_refused() -> None:
    poor = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))  # noqa: S106
    poor.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    with pytest.raises(WeightsAlteredError, match="unused0"):
        cut_pieces(poor, "Anna", [[(0, 4)]])
    with pytest.raises(WeightsAlteredError, match="CLS"):
        edge_ids(poor)


ANY_TEXT = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.one_of(
            st.sampled_from(
                [*SPECIALS, "Anna", "“", "”", '"', " ", "\n", "\u0301", "\ufe0f", "שלום"]
            ),
            st.sampled_from(["\u200d", "👩", "한", "ﬁ", "İ", "e\u0301", "\x1c", "\u2028", "नमस्ते"]),
        ),
        max_size=30,
    ).map("".join),
)


@given(ANY_TEXT, st.lists(st.integers(0, 60), max_size=6), st.integers(0, 3))
@settings(derandomize=True, max_examples=200, deadline=None)
def test_pieces_of_any_text_are_in_order(text: str, cuts: list[int], first: int) -> None:
    edges = sorted(min(at, len(text)) for at in cuts)
    paragraphs = list(zip(edges[::2], edges[1::2], strict=False))
    pieces = cut_pieces(vocabulary(), text, [paragraphs[:first], paragraphs[first:]])
    assert len({len(c) for c in (pieces.ids, pieces.surfaces, pieces.starts, pieces.ends)}) == 1
    assert len(pieces.bounds) == len(paragraphs) + 1
    assert pieces.bounds[0] == 0
    assert pieces.bounds[-1] == len(pieces.ids) == len(pieces.words)
    for number, (start, end) in enumerate(paragraphs):
        own = slice(*pieces.bounds[number : number + 2].tolist())
        assert (pieces.starts[own] >= start).all()
        assert (pieces.ends[own] <= end).all()
        assert (pieces.starts[own] <= pieces.ends[own]).all()
        assert (pieces.starts[own][:-1] < pieces.ends[own][:-1]).all()
        assert pieces.starts[own][-1] == pieces.ends[own][-1] == end
        covered = {text[at] for a, b in _stretches(pieces, own) for at in (a, b - 1)}
        assert not any(character.isspace() for character in covered)
    assert (np.diff(pieces.starts) >= 0).all()
    assert (np.diff(pieces.ends) >= 0).all()
    assert set(np.diff(pieces.words, prepend=-1).tolist()) <= {0, 1}
    assert (pieces.surfaces >= 0).all()
    assert (pieces.surfaces < SURFACES).all()


def _stretches(pieces: Pieces, own: slice) -> list[tuple[int, int]]:
    """Where the pieces stand, the break left out."""
    return list(zip(pieces.starts[own].tolist()[:-1], pieces.ends[own].tolist()[:-1], strict=True))

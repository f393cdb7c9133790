"""Which source and which content belong to which cue.

Texts are written as one letter a piece: ``S`` begins a source, ``s`` goes on; ``C`` and
``c`` a cue, ``T`` and ``t`` a content; ``.`` is outside and ``|`` ends a paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pytest

from onrecord.attributing.joining import LOOSE, Found, find_attributions
from onrecord.encoder.base import CueReading, Encoding
from onrecord.encoder.pieces import CASES, Pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

Cue = tuple[int, int]
Spans = list[tuple[int, int]]

TAGS = "SsCcTt"
CUE_TAGS = "SsTt"
SURE = 0.98


def scores(labels: str, tags: str, sure: float = SURE) -> Floats:
    out = np.full((len(labels), len(tags) + 1), (1 - sure) / len(tags), dtype=np.float32)
    out[np.arange(len(labels)), [tags.find(label) + 1 for label in labels]] = sure
    log: Floats = np.log(out)
    return log


def reading(labels: str, start: int = 0, sure: float = SURE) -> CueReading:
    return CueReading(start, scores(labels, CUE_TAGS, sure))


def encoding(
    labels: str,
    readings: Mapping[Cue, CueReading],
    *,
    words: Sequence[int] | None = None,
    tags: str | None = None,
    quoted: str = "",
) -> Encoding:
    """``quoted`` has a ``q`` for each piece that stands in quotation marks."""
    count = len(labels)
    marks = [CASES if mark == "q" else 0 for mark in quoted.ljust(count)]
    column = np.arange(count, dtype=np.int64)
    ends = [at + 1 for at, label in enumerate(labels) if label == "|"]
    pieces = Pieces(
        ids=column,
        surfaces=np.asarray(marks, dtype=np.int64),
        starts=column,
        ends=column,
        words=column if words is None else np.asarray(words, dtype=np.int64),
        bounds=np.asarray([0, *ends], dtype=np.int64),
    )

    def read_cues(cues: Sequence[Cue]) -> list[CueReading]:
        assert set(cues) == set(readings)
        return [readings[cue] for cue in cues]

    return Encoding(pieces=pieces, tags=scores(tags or labels, TAGS), read_cues=read_cues)


def parts(found: Sequence[Found]) -> list[tuple[Spans, Spans, Spans]]:
    return [(one.source, one.cue, one.content) for one in found]


def test_a_source_a_cue_and_a_content() -> None:
    found = find_attributions(encoding("SsCTtt.|", {(2, 3): reading("Ss.Ttt..")}))
    assert parts(found) == [([(0, 2)], [(2, 3)], [(3, 6)])]
    assert len(found[0].scores) == 4  # cue, source, content, and that the cue finds it
    assert found[0].scores == pytest.approx([SURE] * 4, abs=0.02)


def test_one_source_serves_two_cues() -> None:
    found = find_attributions(
        encoding("SCT.CT|", {(1, 2): reading("S.T...."), (4, 5): reading("S....T.")})
    )
    assert parts(found) == [
        ([(0, 1)], [(1, 2)], [(2, 3)]),
        ([(0, 1)], [(4, 5)], [(5, 6)]),
    ]


def test_a_source_is_what_the_cue_reads_and_not_what_the_tags_show() -> None:
    found = find_attributions(encoding("S.CT|", {(2, 3): reading(".S.T.")}))
    assert parts(found) == [([(1, 2)], [(2, 3)], [(3, 4)])]


def test_a_cue_can_have_two_sources_and_two_contents() -> None:
    found = find_attributions(encoding("T.SsCS.Tt|", {(4, 5): reading("T.Ss.S.Tt.")}))
    assert parts(found) == [([(2, 4), (5, 6)], [(4, 5)], [(0, 1), (7, 9)])]


def test_a_cue_can_have_no_source() -> None:
    found = find_attributions(encoding("CT|", {(0, 1): reading(".T.")}))
    assert parts(found) == [([], [(0, 1)], [(1, 2)])]


@pytest.mark.parametrize(("one", "other", "owner"), [(0.6, 0.9, (3, 4)), (0.9, 0.6, (0, 1))])
def test_a_content_goes_to_the_cue_that_finds_it_most(one: float, other: float, owner: Cue) -> None:
    found = find_attributions(
        encoding(
            "CTtC|", {(0, 1): reading(".Tt..", sure=one), (3, 4): reading(".Tt..", sure=other)}
        )
    )
    assert parts(found) == [([], [owner], [(1, 3)])]


def test_a_content_is_found_by_a_part_of_it() -> None:
    found = find_attributions(
        encoding("CTtttttC|", {(0, 1): reading(".Tt......"), (7, 8): reading(".........")})
    )
    assert parts(found) == [([], [(0, 1)], [(1, 7)])]


def test_a_cue_that_is_sure_of_a_third_beats_one_that_is_half_sure_of_all() -> None:
    sure, half = reading(".Tt......"), reading(".Ttttttt.", sure=0.6)
    found = find_attributions(encoding("CTtttttC|", {(0, 1): sure, (7, 8): half}))
    assert parts(found) == [([], [(0, 1)], [(1, 7)])]


def test_a_block_quotation_that_nobody_finds_stands_alone_and_its_cue_is_dropped() -> None:
    cue = {(1, 2): reading("S.......")}
    found = find_attributions(encoding("SC.|Ttt|", cue, quoted="    qqq"))
    assert parts(found) == [([], [], [(4, 7)])]
    assert found[0].scores == pytest.approx([SURE], abs=0.02)


def test_a_block_quotation_may_leave_out_what_stands_at_its_edges() -> None:
    found = find_attributions(encoding(".Ttt.|Tt|", {}, quoted="qqqqq qq"))
    assert parts(found) == [([], [], [(1, 4)]), ([], [], [(6, 8)])]


@pytest.mark.parametrize(
    ("labels", "quoted"),
    [
        pytest.param("Ttt|", "", id="no marks"),
        pytest.param("Ttt|", "qq ", id="marks around a part"),
        pytest.param("..Ttt|", "qqqqq", id="words before it"),
        pytest.param("Ttt..|", "qqqqq", id="words after it"),
    ],
)
def test_another_content_that_nobody_finds_is_dropped(labels: str, quoted: str) -> None:
    assert find_attributions(encoding(labels, {}, quoted=quoted)) == []


@pytest.mark.parametrize("factor", [0.8, 1.2])
def test_a_cue_needs_a_little_belief_to_own_a_content(factor: float) -> None:
    belief = LOOSE * factor
    weak = reading("....", sure=1 - 2 * belief)  # Content is two of four equal tags.
    found = find_attributions(encoding("CTt|", {(0, 1): weak}))
    assert parts(found) == ([([], [(0, 1)], [(1, 3)])] if factor > 1 else [])


def test_a_cue_without_content_is_dropped() -> None:
    found = find_attributions(
        encoding("SC..CT|", {(1, 2): reading("S......"), (4, 5): reading(".....T.")})
    )
    assert parts(found) == [([], [(4, 5)], [(5, 6)])]


def test_cues_that_are_neighbours_are_one() -> None:
    found = find_attributions(encoding("SCcCT|", {(1, 4): reading("S...T.")}))
    assert parts(found) == [([(0, 1)], [(1, 4)], [(4, 5)])]
    found = find_attributions(encoding("CCCT|", {(0, 3): reading("...T.")}))
    assert found[0].scores[0] == pytest.approx(SURE, abs=0.001)


def test_contents_that_are_neighbours_are_one() -> None:
    found = find_attributions(encoding("CTtTt.T|T|", {(0, 1): reading(".TtTt.T.T.")}))
    assert parts(found) == [([], [(0, 1)], [(1, 5), (6, 7), (8, 9)])]
    assert found[0].scores[1] == pytest.approx(SURE, abs=0.001)


def test_sources_that_are_neighbours_are_one() -> None:
    found = find_attributions(encoding("...CT|", {(3, 4): reading("SsS.T.")}))
    assert parts(found) == [([(0, 3)], [(3, 4)], [(4, 5)])]


def test_a_cue_and_a_content_that_are_neighbours_are_two() -> None:
    found = find_attributions(encoding("TCT|", {(1, 2): reading("T.T.")}))
    assert parts(found) == [([], [(1, 2)], [(0, 1), (2, 3)])]


def test_cues_with_a_word_or_a_paragraph_between_are_two() -> None:
    found = find_attributions(
        encoding(
            "TC.C|CT|",
            {
                (1, 2): reading("........"),
                (3, 4): reading("T......."),
                (5, 6): reading("......T."),
            },
        )
    )
    assert parts(found) == [([], [(3, 4)], [(0, 1)]), ([], [(5, 6)], [(6, 7)])]


def test_spans_end_with_the_last_piece_of_a_word() -> None:
    words = [0, 0, 1, 1, 1, 2, 2, 3, 4]
    found = find_attributions(encoding("SsCccTt.|", {(2, 5): reading("Ss...Tt..")}, words=words))
    assert parts(found) == [([(0, 2)], [(2, 5)], [(5, 7)])]


def test_a_reading_may_start_after_the_first_piece() -> None:
    found = find_attributions(encoding("T|..SCT|", {(5, 6): reading("S.T.", start=4)}, quoted="q"))
    assert parts(found) == [([], [], [(0, 1)]), ([(4, 5)], [(5, 6)], [(6, 7)])]


def test_a_source_may_stand_in_an_earlier_paragraph() -> None:
    found = find_attributions(encoding("Ss.|CT|", {(4, 5): reading("Ss...T.")}))
    assert parts(found) == [([(0, 2)], [(4, 5)], [(5, 6)])]


@pytest.mark.parametrize(
    ("read", "source"), [(".Sss.T.", [(1, 3)]), ("...S.T.", []), (".S|S.T.", [(1, 2)])]
)
def test_the_break_between_paragraphs_is_no_part_of_a_source(read: str, source: Spans) -> None:
    found = find_attributions(encoding("...|CT|", {(4, 5): reading(read)}))
    assert parts(found) == [(source, [(4, 5)], [(5, 6)])]


def test_a_content_does_not_go_on_into_the_next_paragraph() -> None:
    (found,) = find_attributions(encoding("CTt|..|", {(0, 1): reading(".Tttt..")}, tags="CTttt.."))
    assert found.content[0] == (1, 3)
    assert all(not first <= 3 < end for first, end in found.content)


def test_attributions_are_in_order_of_their_first_piece() -> None:
    found = find_attributions(
        encoding("T|.C.S.T.|", {(3, 4): reading(".......T..")}, quoted="q"),
    )
    assert [min(a.source + a.cue + a.content) for a in found] == [(0, 1), (3, 4)]
    found = find_attributions(encoding("S.|T|CT|", {(5, 6): reading("S.....T.")}, quoted="   q"))
    assert parts(found) == [([(0, 1)], [(5, 6)], [(6, 7)]), ([], [], [(3, 4)])]


def test_nothing_is_found_in_nothing() -> None:
    assert find_attributions(encoding("", {})) == []
    assert find_attributions(encoding("|", {})) == []
    assert find_attributions(encoding("...|..|", {})) == []

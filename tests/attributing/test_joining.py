"""Which source and which content belong to which cue.

Texts are written as one letter a piece: ``S`` begins a source, ``s`` goes on; ``C`` and
``c`` a cue, ``T`` and ``t`` a content; ``.`` is outside and ``|`` ends a paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pytest

from onrecord.attributing.joining import (
    LOOSE,
    Found,
    find_attributions,
    find_nested,
)
from onrecord.encoder.base import CueReading, Encoding
from onrecord.encoder.pieces import Pieces

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
    inner: str | None = None,
) -> Encoding:
    """``inner`` labels what is nested."""
    count = len(labels)
    column = np.arange(count, dtype=np.int64)
    ends = [at + 1 for at, label in enumerate(labels) if label == "|"]
    pieces = Pieces(
        ids=column,
        surfaces=np.zeros(count, dtype=np.int64),
        starts=column,
        ends=column,
        words=column if words is None else np.asarray(words, dtype=np.int64),
        bounds=np.asarray([0, *ends], dtype=np.int64),
    )

    def read_cues(cues: Sequence[Cue]) -> list[CueReading]:
        asked.append(set(cues))
        return [readings[cue] for cue in cues]

    return Encoding(
        pieces=pieces,
        tags=scores(tags or labels, TAGS),
        inner=scores(inner or "." * count, TAGS),
        read_cues=read_cues,
    )


asked: list[set[Cue]] = []
"""The cues that were read, call by call."""


def found_in(encoding: Encoding) -> list[Found]:
    """The attributions with a cue; every cue of the encoding is read, once."""
    asked.clear()
    found, _ = find_attributions(encoding)
    assert len(asked) == 1
    return found


def parts(found: Sequence[Found]) -> list[tuple[Spans, Spans, Spans]]:
    return [(one.source, one.cue, one.content) for one in found]


def test_a_source_a_cue_and_a_content() -> None:
    found = found_in(encoding("SsCTtt.|", {(2, 3): reading("Ss.Ttt..")}))
    assert parts(found) == [([(0, 2)], [(2, 3)], [(3, 6)])]
    assert len(found[0].scores) == 4  # cue, source, content, and that the cue finds it
    assert found[0].scores == pytest.approx([SURE] * 4, abs=0.02)


def test_one_source_serves_two_cues() -> None:
    found = found_in(encoding("SCT.CT|", {(1, 2): reading("S.T...."), (4, 5): reading("S....T.")}))
    assert parts(found) == [
        ([(0, 1)], [(1, 2)], [(2, 3)]),
        ([(0, 1)], [(4, 5)], [(5, 6)]),
    ]


def test_a_source_is_what_the_cue_reads_and_not_what_the_tags_show() -> None:
    found = found_in(encoding("S.CT|", {(2, 3): reading(".S.T.")}))
    assert parts(found) == [([(1, 2)], [(2, 3)], [(3, 4)])]


def test_a_cue_can_have_two_sources_and_two_contents() -> None:
    found = found_in(encoding("T.SsCS.Tt|", {(4, 5): reading("T.Ss.S.Tt.")}))
    assert parts(found) == [([(2, 4), (5, 6)], [(4, 5)], [(0, 1), (7, 9)])]


def test_a_cue_can_have_no_source() -> None:
    found = found_in(encoding("CT|", {(0, 1): reading(".T.")}))
    assert parts(found) == [([], [(0, 1)], [(1, 2)])]


@pytest.mark.parametrize(("one", "other", "owner"), [(0.6, 0.9, (3, 4)), (0.9, 0.6, (0, 1))])
def test_a_content_goes_to_the_cue_that_finds_it_most(one: float, other: float, owner: Cue) -> None:
    found = found_in(
        encoding(
            "CTtC|", {(0, 1): reading(".Tt..", sure=one), (3, 4): reading(".Tt..", sure=other)}
        )
    )
    assert parts(found) == [([], [owner], [(1, 3)])]


def test_a_content_is_found_by_a_part_of_it() -> None:
    found = found_in(
        encoding("CTtttttC|", {(0, 1): reading(".Tt......"), (7, 8): reading(".........")})
    )
    assert parts(found) == [([], [(0, 1)], [(1, 7)])]


def test_a_cue_that_is_sure_of_a_third_beats_one_that_is_half_sure_of_all() -> None:
    sure, half = reading(".Tt......"), reading(".Ttttttt.", sure=0.6)
    found = found_in(encoding("CTtttttC|", {(0, 1): sure, (7, 8): half}))
    assert parts(found) == [([], [(0, 1)], [(1, 7)])]


def test_a_content_that_nobody_finds_is_lost_and_its_cue_dropped() -> None:
    found, lost = find_attributions(encoding("SC.|Ttt|", {(1, 2): reading("S.......")}))
    assert found == []
    assert [(one.first, one.end) for one in lost] == [(4, 7)]
    assert lost[0].score == pytest.approx(SURE, abs=0.001)


@pytest.mark.parametrize("factor", [0.8, 1.2])
def test_a_cue_needs_a_little_belief_to_own_a_content(factor: float) -> None:
    belief = LOOSE * factor
    weak = reading("....", sure=1 - 2 * belief)  # Content is two of four equal tags.
    found = found_in(encoding("CTt|", {(0, 1): weak}))
    assert parts(found) == ([([], [(0, 1)], [(1, 3)])] if factor > 1 else [])


def test_a_cue_without_content_is_dropped() -> None:
    found = found_in(encoding("SC..CT|", {(1, 2): reading("S......"), (4, 5): reading(".....T.")}))
    assert parts(found) == [([], [(4, 5)], [(5, 6)])]


def test_cues_that_are_neighbours_are_one() -> None:
    found = found_in(encoding("SCcCT|", {(1, 4): reading("S...T.")}))
    assert parts(found) == [([(0, 1)], [(1, 4)], [(4, 5)])]
    found = found_in(encoding("CCCT|", {(0, 3): reading("...T.")}))
    assert found[0].scores[0] == pytest.approx(SURE, abs=0.001)


def test_contents_that_are_neighbours_are_one() -> None:
    found = found_in(encoding("CTtTt.T|T|", {(0, 1): reading(".TtTt.T.T.")}))
    assert parts(found) == [([], [(0, 1)], [(1, 5), (6, 7), (8, 9)])]
    assert found[0].scores[1] == pytest.approx(SURE, abs=0.001)


def test_sources_that_are_neighbours_are_one() -> None:
    found = found_in(encoding("...CT|", {(3, 4): reading("SsS.T.")}))
    assert parts(found) == [([(0, 3)], [(3, 4)], [(4, 5)])]


def test_a_cue_and_a_content_that_are_neighbours_are_two() -> None:
    found = found_in(encoding("TCT|", {(1, 2): reading("T.T.")}))
    assert parts(found) == [([], [(1, 2)], [(0, 1), (2, 3)])]


def test_cues_with_a_word_or_a_paragraph_between_are_two() -> None:
    found = found_in(
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
    found = found_in(encoding("SsCccTt.|", {(2, 5): reading("Ss...Tt..")}, words=words))
    assert parts(found) == [([(0, 2)], [(2, 5)], [(5, 7)])]


def test_a_reading_may_start_after_the_first_piece() -> None:
    found = found_in(encoding("T|..SCT|", {(5, 6): reading("S.T.", start=4)}))
    assert parts(found) == [([(4, 5)], [(5, 6)], [(6, 7)])]


def test_a_source_may_stand_in_an_earlier_paragraph() -> None:
    found = found_in(encoding("Ss.|CT|", {(4, 5): reading("Ss...T.")}))
    assert parts(found) == [([(0, 2)], [(4, 5)], [(5, 6)])]


@pytest.mark.parametrize(
    ("read", "source"), [(".Sss.T.", [(1, 3)]), ("...S.T.", []), (".S|S.T.", [(1, 2)])]
)
def test_the_break_between_paragraphs_is_no_part_of_a_source(read: str, source: Spans) -> None:
    found = found_in(encoding("...|CT|", {(4, 5): reading(read)}))
    assert parts(found) == [(source, [(4, 5)], [(5, 6)])]


def test_a_content_does_not_go_on_into_the_next_paragraph() -> None:
    (found,) = found_in(encoding("CTt|..|", {(0, 1): reading(".Tttt..")}, tags="CTttt.."))
    assert found.content[0] == (1, 3)
    assert all(not first <= 3 < end for first, end in found.content)


@pytest.mark.parametrize(("weak", "kept"), [(0.4, [(0, 2)]), (0.6, [(0, 2), (3, 4)])])
def test_an_unlikely_part_of_a_source_is_left_out(weak: float, kept: Spans) -> None:
    read = scores("Ss...T.", CUE_TAGS)
    read[3, :2] = np.log([1 - weak, weak]) if weak > 0.5 else np.log([0.3, weak])
    found = found_in(encoding("....CT|", {(4, 5): CueReading(0, read)}))
    assert found[0].source == kept


def test_the_only_source_is_kept_however_unlikely() -> None:
    read = scores("S..CT..", CUE_TAGS)
    read[0, :2] = np.log([0.3, 0.4])
    read[3:5] = scores(".T", CUE_TAGS)
    found = found_in(encoding("...CT.|", {(3, 4): CueReading(0, read)}))
    assert found[0].source == [(0, 1)]


def nested_in(encoding: Encoding, *outer: Found) -> list[tuple[Spans, Spans, Spans]]:
    nested = find_nested(encoding, outer)
    assert all(one.within in outer for one in nested)
    return parts(nested)


def test_what_is_nested_lies_in_a_content() -> None:
    outer = Found(source=[(0, 1)], cue=[(1, 2)], content=[(2, 8)])
    read = {(4, 5): reading("S.Ss.Tt...")}
    text = encoding("SCTttttt.|", read, inner="..SsCTt...")
    assert nested_in(text, outer) == [([(2, 4)], [(4, 5)], [(5, 7)])]


def test_nested_cues_outside_of_all_contents_are_not_looked_for() -> None:
    outer = Found(cue=[(1, 2)], content=[(2, 4)])
    assert nested_in(encoding("SCTt.CT.|", {}, inner="SC...CT..")) == []
    assert nested_in(encoding("SCTt.CT.|", {}, inner="SC...CT.."), outer) == []


def test_a_nested_content_ends_where_the_outer_one_does() -> None:
    outer = Found(cue=[(0, 1)], content=[(1, 4)])
    text = encoding("CTttttt|", {(1, 2): reading("..Ttttt.")}, inner=".CTttttt")
    assert nested_in(text, outer) == [([], [(1, 2)], [(2, 4)])]


def test_each_nested_one_belongs_to_the_content_that_it_stands_in() -> None:
    one = Found(cue=[(0, 1)], content=[(1, 3)])
    other = Found(cue=[(3, 4)], content=[(4, 6)])
    text = encoding(
        "CTtCTt|", {(1, 2): reading("..T...."), (4, 5): reading(".....T.")}, inner=".CT.CT."
    )
    first, second = find_nested(text, [other, one])
    assert (first.within, second.within) == (one, other)


def test_nothing_is_found_in_nothing() -> None:
    assert found_in(encoding("", {})) == []
    assert found_in(encoding("|", {})) == []
    assert found_in(encoding("...|..|", {})) == []

"""Attributions within the content of others, from what an encoder shows to the record."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

from onrecord import Page
from onrecord.attributing import attribute
from onrecord.encoder.base import CUE_ROLES, TAG_ROLES, CueReading, Encoding
from onrecord.encoder.fake import FakeEncoder
from onrecord.encoder.pieces import Pieces, cut_pieces
from onrecord.options import AttributingOptions
from onrecord.records import Attribution, Paragraph, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


class Said(NamedTuple):
    """An attribution by its words."""

    source: str
    cue: str
    content: tuple[str, ...]
    sure: float = 0.9
    sure_source: float = 0.9


class Scripted(FakeEncoder):
    """Shows the attributions that it is given."""

    def __init__(self, outer: Sequence[Said], nested: Sequence[Said] = ()) -> None:
        super().__init__()
        self._outer = outer
        self._nested = nested

    def encode(self, text: str, groups: Sequence[Sequence[Span]]) -> Encoding:
        pieces = cut_pieces(self._tokenizer, text, groups)

        def scores(said: Sequence[Said], roles: Sequence[str]) -> Floats:
            out = np.full((len(pieces.ids), 1 + 2 * len(roles)), 0.001, dtype=np.float32)
            out[:, 0] = 0.99
            for one in said:
                for number, role in enumerate(roles):
                    words = getattr(one, role)
                    sure = one.sure_source if role == "source" else one.sure
                    for part in words if role == "content" else [words] if words else []:
                        first, end = self._at(text, pieces, part)
                        out[first:end] = 0.001
                        out[first, 2 * number + 1] = sure
                        out[first + 1 : end, 2 * number + 2] = sure
            log: Floats = np.log(out)
            return log

        def read_cues(cues: Sequence[tuple[int, int]]) -> list[CueReading]:
            known = {self._at(text, pieces, one.cue): one for one in (*self._outer, *self._nested)}
            return [CueReading(0, scores([known[cue]], CUE_ROLES)) for cue in cues]

        return Encoding(
            pieces, scores(self._outer, TAG_ROLES), scores(self._nested, TAG_ROLES), read_cues
        )

    @staticmethod
    def _at(text: str, pieces: Pieces, words: str) -> tuple[int, int]:
        start = text.index(words)
        first = int(pieces.ends.searchsorted(start, "right"))
        return first, int(pieces.starts.searchsorted(start + len(words)))


def page_of(*paragraphs: str) -> Page:
    text = ""
    spans = []
    for one in paragraphs:
        spans.append(Paragraph(start=len(text), end=len(text) + len(one), kind="body"))
        text += one + "\n\n"
    return Page(id="0" * 64, text=text, paragraphs=tuple(spans))


Shown = tuple[int | None, str, str, str]


def shown(page: Page, found: Sequence[Attribution]) -> list[Shown]:
    """Each with the one that it is in; fails where the record's promises are broken."""
    assert [one.id for one in found] == list(range(len(found)))
    for one in found:
        for spans in (one.source, one.cue, one.content):
            assert all(a < b for a, b in spans)
            assert all(before[1] <= after[0] for before, after in pairwise(spans))
        if one.within is not None:
            assert one.within < one.id
            edges = [edge for span in one.source + one.cue + one.content for edge in span]
            around = found[one.within].content
            assert any(start <= min(edges) and max(edges) <= end for start, end in around)
    return [
        (one.within, page.quote(one.source), page.quote(one.cue), page.quote(one.content))
        for one in found
    ]


WARNED = "Anna said that Ben Cole had warned that it would rain. Ida left."
ANNA = Said("Anna", "said", ("that Ben Cole had warned that it would rain",))
BEN = Said("Ben Cole", "warned", ("that it would rain",))


def test_one_within_another() -> None:
    page = page_of(WARNED)
    found = attribute(page, Scripted([ANNA], [BEN]))
    assert shown(page, found) == [
        (None, "Anna", "said", "that Ben Cole had warned that it would rain"),
        (0, "Ben Cole", "warned", "that it would rain"),
    ]


def test_a_source_outside_of_the_content_is_not_the_nested_ones() -> None:
    page = page_of(WARNED)
    found = attribute(page, Scripted([ANNA], [BEN._replace(source="Ida")]))
    assert [one[1] for one in shown(page, found)] == ["Anna", ""]


def test_without_an_outer_one_nothing_is_nested() -> None:
    assert attribute(page_of(WARNED), Scripted([], [BEN])) == ()


def test_a_nested_cue_without_a_content_is_dropped() -> None:
    page = page_of(WARNED)
    found = attribute(page, Scripted([ANNA], [BEN._replace(content=("Ida left",))]))
    assert len(found) == 1


def test_two_within_two() -> None:
    page = page_of(WARNED, "Dora says Finn denied the theft. No.")
    dora = Said("Dora", "says", ("Finn denied the theft",))
    finn = Said("Finn", "denied", ("the theft",))
    found = attribute(page, Scripted([ANNA, dora], [BEN, finn]))
    assert [one[:2] for one in shown(page, found)] == [
        (None, "Anna"),
        (0, "Ben Cole"),
        (None, "Dora"),
        (2, "Finn"),
    ]


def test_two_within_one() -> None:
    page = page_of("Anna said Ben denied it and Dora feared for the town.")
    anna = Said("Anna", "said", ("Ben denied it and Dora feared for the town",))
    inner = [Said("Ben", "denied", ("it",)), Said("Dora", "feared", ("for the town",))]
    found = attribute(page, Scripted([anna], inner))
    assert [one[:2] for one in shown(page, found)] == [(None, "Anna"), (0, "Ben"), (0, "Dora")]


@pytest.mark.parametrize(
    ("outer", "nested", "kept"),
    [
        pytest.param(0.9, 0.9, [(None, "Anna"), (0, "Ben Cole"), (None, "Dora")], id="all"),
        pytest.param(0.9, 0.6, [(None, "Anna"), (None, "Dora")], id="the nested one is unsure"),
        pytest.param(0.6, 0.9, [(None, "Dora")], id="what is in an unsure one goes with it"),
        pytest.param(0.6, 0.6, [(None, "Dora")], id="both are unsure"),
    ],
)
def test_the_unsure_are_left_out(
    outer: float, nested: float, kept: list[tuple[int | None, str]]
) -> None:
    page = page_of(WARNED, "Dora says no.")
    dora = Said("Dora", "says", ("no",))
    encoder = Scripted([ANNA._replace(sure=outer), dora], [BEN._replace(sure=nested)])
    assert len(attribute(page, encoder)) == 3
    found = attribute(page, encoder, AttributingOptions(min_confidence=0.8))
    assert [one[:2] for one in shown(page, found)] == kept
    assert all(one.confidence >= 0.8 for one in found)


def test_a_confidence_as_high_as_asked_is_enough() -> None:
    page = page_of(WARNED)
    (found,) = attribute(page, Scripted([ANNA]))
    for least, number in ((found.confidence, 1), (found.confidence + 0.001, 0), (1.0, 0), (0.0, 1)):
        options = AttributingOptions(min_confidence=least)
        assert len(attribute(page, Scripted([ANNA]), options)) == number


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("“The doctors told me it was nothing,” said Ann.", "it was nothing", "indirect"),
        ("“The doctors told me ‘it is nothing’,” said Ann.", "‘it is nothing’", "direct"),
        ("“The doctors told me it is “nothing”,” said Ann.", "it is “nothing”", "mixed"),
        ("''The doctors told me it was nothing,'' said Ann.", "it was nothing", "indirect"),
    ],
)
def test_the_outer_ones_marks_do_not_make_the_nested_one_direct(
    text: str, content: str, kind: str
) -> None:
    page = page_of(text)
    outer = Said("Ann", "said", (text.removesuffix(" said Ann."),))
    found = attribute(page, Scripted([outer], [Said("The doctors", "told", (content,))]))
    assert [one[0] for one in shown(page, found)] == [None, 0]
    assert [one.kind for one in found] == ["direct", kind]


def test_a_paragraph_that_goes_on_with_a_quotation_may_begin_with_a_single_mark() -> None:
    page = page_of("Ann said: “I fell.", "‘It is nothing,’ the doctors told me.” She left.")
    outer = Said("Ann", "said", ("“I fell.", "‘It is nothing,’ the doctors told me.”"))
    inner = Said("the doctors", "told", ("‘It is nothing,’",))
    found = attribute(page, Scripted([outer], [inner]))
    assert [one[0] for one in shown(page, found)] == [None, 0]
    assert [one.kind for one in found] == ["direct", "direct"]


def test_a_nested_content_takes_no_mark_that_the_outer_one_leaves() -> None:
    page = page_of("“Ben said ‘it rained’,” Ann told us.")
    outer = Said("Ann", "told", ("Ben said ‘it rained",))
    inner = Said("Ben", "said", ("‘it rained",))
    assert [one[0] for one in shown(page, attribute(page, Scripted([outer], [inner])))] == [None, 0]


def test_a_content_takes_no_mark_that_another_part_of_it_has() -> None:
    page = page_of("Ann called it “a mess – ” and left.")
    (found,) = attribute(page, Scripted([Said("Ann", "called", ("“a mess", "”"))]))
    assert all(before[1] <= after[0] for before, after in pairwise(found.content))


def test_what_is_dropped_does_not_count() -> None:
    page = page_of(WARNED)
    alone = attribute(page, Scripted([ANNA], [BEN._replace(source="", sure=0.6)]))
    dropped = attribute(page, Scripted([ANNA], [BEN._replace(source="Ida", sure=0.6)]))
    assert shown(page, alone) == shown(page, dropped)
    assert alone[1].confidence == dropped[1].confidence

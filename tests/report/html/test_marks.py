"""A page's text in pieces: nothing lost, nothing moved, each with what it belongs to."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from arbitrary import pages
from onrecord.records import Page, Span
from onrecord.report.html.marks import Piece, depths_of, in_order, pieces
from onrecord.report.printable import in_place
from writer import Writer


def _stretches(page: Page) -> list[Span]:
    """The page's paragraphs and comments, cut where made-up ones overlap."""
    found: list[Span] = []
    reached = 0
    parts = [(one.start, one.end) for one in page.paragraphs]
    parts += [(one.start, one.end) for one in page.comments]
    for start, end in sorted(parts):
        found.append((max(start, reached), max(end, reached)))
        reached = max(end, reached)
    return found


def _told(found: tuple[Piece, ...]) -> list[tuple[str, tuple[int, ...], tuple[str, ...]]]:
    return [(one.text, one.attributions, one.roles) for one in found]


@settings(max_examples=60)
@given(pages())
def test_pieces_are_the_text_and_know_their_attributions(page: Page) -> None:
    stretches = _stretches(page)
    for (start, end), found in zip(stretches, pieces(page, stretches), strict=True):
        assert "".join(one.text for one in found) == in_place(page.text[start:end])
        at = start
        for piece in found:
            for place in range(at, at + len(piece.text)):
                assert set(piece.attributions) == {
                    one.id
                    for one in page.attributions
                    for span in (*one.source, *one.cue, *one.content)
                    if span[0] <= place < span[1]
                }
            at += len(piece.text)


@settings(max_examples=60)
@given(pages())
def test_each_attribution_begins_once(page: Page) -> None:
    stretches = _stretches(page)
    begun = [a.id for found in pieces(page, stretches) for one in found for a in one.begins]
    assert len(begun) == len(set(begun))
    inside = {
        one.id
        for one in page.attributions
        if any(a < end and b > start for start, end in stretches for a, b in one.content)
    }
    assert inside <= set(begun)


def test_a_nested_attribution_stands_behind_the_outer_one() -> None:
    page = (
        Writer()
        .paragraph("Ida Vale said Pia Lund had promised a bridge.")
        .attribution("Ida Vale", "said", "Pia Lund had promised a bridge")
        .attribution("Pia Lund", "had promised", "a bridge", within=0)
        .page()
    )
    (found,) = pieces(page, _stretches(page))
    assert _told(found) == [
        ("Ida Vale", (0,), ("source",)),
        (" ", (), ()),
        ("said", (0,), ("cue",)),
        (" ", (), ()),
        ("Pia Lund", (0, 1), ("content", "source")),
        (" ", (0,), ("content",)),
        ("had promised", (0, 1), ("content", "cue")),
        (" ", (0,), ("content",)),
        ("a bridge", (0, 1), ("content",)),
        (".", (), ()),
    ]
    assert found[4].begins == ((1, 2),)


def test_a_span_over_two_paragraphs_is_a_mark_in_both() -> None:
    page = Writer().paragraph("“It leaks.").paragraph("It rusts.”").page()
    said = Writer().paragraph("x").attribution("", "", "x").page().attributions[0]
    page = msgspec.structs.replace(
        page, attributions=(msgspec.structs.replace(said, content=((0, len(page.text)),)),)
    )
    first, second = pieces(page, _stretches(page))
    assert _told(first) == [("“It leaks.", (0,), ("content",))]
    assert _told(second) == [("It rusts.”", (0,), ("content",))]
    assert (first[0].begins, second[0].begins) == (((0, 1),), ())


def test_attributions_stand_in_the_order_of_the_text_whatever_their_ids() -> None:
    page = (
        Writer()
        .paragraph("Ida Vale said it rained.")
        .attribution("Ida Vale", "said", "it rained")
        .paragraph("Pia Lund said Ida Vale had promised a bridge.")
        .attribution("Ida Vale", "had promised", "a bridge", within=2)
        .attribution("Pia Lund", "said", "Ida Vale had promised a bridge")
        .page()
    )
    mixed = tuple(page.attributions[place] for place in (1, 2, 0))
    assert [one.id for one in in_order(mixed)] == [0, 2, 1]
    page = msgspec.structs.replace(page, attributions=mixed)
    begun = [one for found in pieces(page, _stretches(page)) for it in found for one in it.begins]
    assert [(one.id, one.number) for one in begun] == [(0, 1), (2, 2), (1, 3)]


def test_an_outer_one_stands_before_its_own_where_both_begin_together() -> None:
    page = (
        Writer()
        .paragraph("A bridge, Ida Vale said, Pia Lund said.")
        .attribution("Ida Vale", "said", "A bridge", within=1)
        .attribution("Pia Lund", "said", "A bridge, Ida Vale said")
        .page()
    )
    assert [one.id for one in in_order(page.attributions)] == [1, 0]


@given(st.lists(st.none() | st.integers(0, 6), max_size=7))
def test_depths_end_whatever_is_within_what(withins: list[int | None]) -> None:
    said = Writer().paragraph("x").attribution("", "", "x").page().attributions[0]
    chain = [
        msgspec.structs.replace(said, id=number, within=within)
        for number, within in enumerate(withins)
    ]
    depths = depths_of(chain)
    assert set(depths) == set(range(len(withins)))
    assert all(depths[n] == 0 for n, within in enumerate(withins) if within is None)

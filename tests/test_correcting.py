"""Corrections laid over a page."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbitrary import pages
from onrecord.correcting import Correction, Statement, check, correct, statement
from onrecord.errors import CorrectionError
from onrecord.records import Attribution, AttributionKind, Page, Span, from_json, to_json
from writer import Writer

KINDS: tuple[AttributionKind, ...] = ("direct", "indirect", "mixed")


def story() -> Page:
    """Two speakers in the article, one of them quoting the other, and a comment."""
    writer = (
        Writer()
        .paragraph("Piers")
        .paragraph("Elda Marrow said Osric Lund promised new piers. Pia Reyk denied harm.")
    )
    writer.comment("Aldo says it rained all night.")
    writer.speaker("Elda Marrow").speaker("Osric Lund").speaker("Pia Reyk").speaker("Aldo")
    writer.attribution(
        "Elda Marrow", "said", "Osric Lund promised new piers", speaker=1,
        source_type="named_person",
    )  # fmt: skip
    writer.attribution(
        "Osric Lund", "promised", "new piers", within=0, speaker=2, source_type="named_person"
    )
    writer.attribution("Pia Reyk", "denied", "harm", speaker=3, source_type="named_person")
    writer.attribution("Aldo", "says", "it rained all night", comment=0, speaker=4)
    return writer.page()


def of(page: Page, number: int) -> Attribution:
    (one,) = [each for each in page.attributions if each.id == number]
    return one


def made(before: Statement | None, after: Statement | None, number: int = 1) -> Correction:
    return Correction(
        id=number, page=1, made="2026-11-23T10:00:00+00:00", who="Orla", before=before, after=after
    )


def span(page: Page, words: str) -> Span:
    start = page.text.index(words)
    return start, start + len(words)


def changed(page: Page, number: int, **fields: object) -> Correction:
    before = statement(page, of(page, number))
    return made(before, msgspec.structs.replace(before, **fields))


def test_a_statement_is_an_attribution_without_its_place_in_the_record() -> None:
    page = story()
    said = statement(page, of(page, 0))
    assert said.speaker == "Elda Marrow"
    assert page.quote(said.content) == "Osric Lund promised new piers"
    assert check(page, said) == said


def test_nothing_corrected_is_the_same_page() -> None:
    assert correct(story(), []) == (story(), ())


def test_a_changed_speaker_is_one_of_the_page_where_it_has_the_name() -> None:
    page = story()
    laid = correct(page, [changed(page, 2, speaker="Elda Marrow")]).page
    assert of(laid, 2).speaker == 1
    assert of(laid, 2).confidence == 1
    assert laid.speakers == page.speakers
    assert [one for one in laid.attributions if one.id != 2] == [
        one for one in page.attributions if one.id != 2
    ]


def test_a_name_is_found_in_any_case_and_among_aliases() -> None:
    page = story()
    speakers = (msgspec.structs.replace(page.speakers[0], aliases=("Ms. Marrow",)),)
    page = msgspec.structs.replace(page, speakers=speakers + page.speakers[1:])
    for name in ("ms. marrow", "ELDA MARROW"):
        assert of(correct(page, [changed(page, 2, speaker=name)]).page, 2).speaker == 1


def test_a_new_name_is_a_new_speaker() -> None:
    page = story()
    laid = correct(page, [changed(page, 2, speaker="The port", source_type="named_group")]).page
    speaker = laid.speakers[-1]
    assert (speaker.id, speaker.name, speaker.named, speaker.kind) == (5, "The port", True, "group")
    assert speaker.mentions == of(page, 2).source
    assert of(laid, 2).speaker == 5


def test_no_speaker() -> None:
    page = story()
    laid = correct(page, [changed(page, 2, speaker=None, source_type="unattributed")]).page
    assert of(laid, 2).speaker is None


def test_of_two_speakers_of_a_name_the_same_one_stays() -> None:
    writer = Writer().paragraph("A lawyer said it was late. A lawyer said he was not.")
    writer.speaker("a lawyer").speaker("a lawyer")
    writer.attribution("A lawyer", "said", "it was late", speaker=1)
    writer.attribution("A lawyer", "said", "he was not", speaker=2)
    page = writer.page()
    assert of(correct(page, [changed(page, 1, cue_class="neutral")]).page, 1).speaker == 2


def test_a_name_is_found_with_another_white_space() -> None:
    page = story()
    speakers = (msgspec.structs.replace(page.speakers[0], name="Elda\u00a0Marrow"),)
    page = msgspec.structs.replace(page, speakers=speakers + page.speakers[1:])
    assert of(correct(page, [changed(page, 2, speaker="Elda Marrow")]).page, 2).speaker == 1


def test_of_two_that_say_the_same_the_right_one_is_corrected() -> None:
    page = story()
    first = changed(page, 2, content=of(page, 0).content)
    between = correct(page, [first]).page
    wrong = made(statement(between, of(between, 2)), None, 2)
    assert [one.id for one in correct(page, [first, wrong]).page.attributions] == [0, 1, 3]


def test_a_wrong_one_is_gone_and_what_stood_within_it_stands_by_itself() -> None:
    page = story()
    laid = correct(page, [made(statement(page, of(page, 0)), None)]).page
    assert [one.id for one in laid.attributions] == [1, 2, 3]
    assert of(laid, 1).within is None


def test_a_missing_one_is_added_within_what_holds_it() -> None:
    page = story()
    after = Statement(content=(span(page, "new"),), kind="indirect", speaker="Elda Marrow")
    laid = correct(page, [made(None, after)]).page
    assert of(laid, 4).within == 1  # The narrowest of two.
    assert of(laid, 4).comment is None


def test_a_missing_one_takes_in_what_lies_in_it() -> None:
    page = story()
    whole = span(page, "Pia Reyk denied harm")
    laid = correct(page, [made(None, Statement(content=(whole,), kind="indirect"))]).page
    assert of(laid, 2).within == 4
    assert of(laid, 0).within is None


def test_one_in_a_comment_knows_its_comment() -> None:
    page = story()
    after = Statement(content=(span(page, "rained"),), kind="indirect")
    assert of(correct(page, [made(None, after)]).page, 4).comment == 0


def test_ids_of_those_that_are_gone_are_not_used_again() -> None:
    page = story()
    wrong = made(statement(page, of(page, 3)), None)
    missing = made(None, Statement(content=(span(page, "rained"),), kind="indirect"), 2)
    laid = correct(page, [wrong, missing]).page
    assert [one.id for one in laid.attributions] == [0, 1, 2, 4]


def test_what_was_undone_does_not_hold() -> None:
    page = story()
    one = msgspec.structs.replace(
        changed(page, 2, speaker=None), undone="2026-11-23T11:00:00+00:00"
    )
    assert correct(page, [one]) == (page, ())


def test_corrections_follow_one_another() -> None:
    page = story()
    first = changed(page, 2, content=(span(page, "denied harm"),), cue=())
    between = correct(page, [first]).page
    second = changed(between, 2, speaker="Aldo")
    laid = correct(page, [first, second]).page
    assert of(laid, 2).speaker == 4
    assert laid.quote(of(laid, 2).content) == "denied harm"


def test_it_is_found_again_where_another_model_cut_it_otherwise() -> None:
    page = story()
    correction = changed(page, 0, speaker="Aldo")
    start, end = of(page, 0).content[0]
    for cut, same in ((end - 5, True), (start + 5, False)):
        other = msgspec.structs.replace(of(page, 0), id=9, content=((start, cut),))
        read_anew = msgspec.structs.replace(page, attributions=(other,))
        laid = correct(read_anew, [correction]).page
        ids = [one.id for one in laid.attributions]
        assert ids == ([9] if same else [9, 10])
        assert laid.attributions[-1].content == ((start, end),)
        assert laid.attributions[-1].speaker == 4


def test_what_a_model_finds_by_itself_is_not_there_twice() -> None:
    page = story()
    after = statement(page, of(page, 2))
    laid = correct(page, [made(None, msgspec.structs.replace(after, speaker="Aldo"))]).page
    assert len(laid.attributions) == len(page.attributions)
    assert of(laid, 2).speaker == 4


def test_a_wrong_one_that_is_not_there_is_told() -> None:
    page = story()
    wrong = made(statement(page, of(page, 2)), None)
    without = msgspec.structs.replace(page, attributions=page.attributions[:1])
    assert correct(without, [wrong]) == (without, (wrong,))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"content": ()}, "content is empty"),
        ({"content": ((5, 6),)}, "content is empty"),  # White space alone.
        ({"content": ((0, 10_000),)}, "content is from 0 to 10000"),
        ({"content": ((9, 3),)}, "content is from 9 to 3"),
        ({"cue": ((-1, 3),)}, "cue is from -1 to 3"),
        ({"source": tuple((n, n + 1) for n in range(21))}, "source has 21 stretches"),
        ({"speaker": "x" * 301}, "the speaker has 301 characters"),
        ({"kind": "shouted"}, "kind is 'shouted'"),
        ({"kind": None}, "kind is None"),
        ({"source_type": "gossip"}, "source_type is 'gossip'"),
        ({"cue_class": "loud"}, "cue_class is 'loud'"),
    ],
)
def test_what_cannot_be_in_the_page(fields: dict[str, object], told: str) -> None:
    page = story()
    given = msgspec.structs.replace(statement(page, of(page, 2)), **fields)
    with pytest.raises(CorrectionError, match=told):
        check(page, given)


def test_a_content_over_the_border_of_a_comment() -> None:
    page = story()
    start = page.comments[0].start
    with pytest.raises(CorrectionError, match="border of a comment"):
        check(page, Statement(content=((start - 10, start + 4),), kind="indirect"))


def test_spans_are_put_in_order() -> None:
    page = story()
    words = span(page, " promised new piers.")
    given = Statement(
        content=((words[0] + 10, words[1]), words), kind="indirect", speaker=" Elda \n Marrow "
    )
    checked = check(page, given)
    assert page.quote(checked.content) == "promised new piers."
    assert checked.speaker == "Elda Marrow"


@st.composite
def corrections(draw: st.DrawFn, page: Page) -> list[Correction]:
    """Corrections as people make them, of what the page has or anywhere."""
    found = []
    for number in range(draw(st.integers(0, 5))):
        before: Statement | None = None
        if page.attributions and draw(st.sampled_from([False, True])):
            before = statement(page, draw(st.sampled_from(page.attributions)))
        place = st.integers(0, len(page.text))
        given = Statement(
            content=tuple(draw(st.lists(st.tuples(place, place), max_size=3))),
            source=tuple(draw(st.lists(st.tuples(place, place), max_size=2))),
            kind=draw(st.sampled_from(KINDS)),
            speaker=draw(st.none() | st.text(max_size=10)),
        )
        try:
            after = check(page, given)
        except CorrectionError:
            after = None
        if before or after:
            found.append(made(before, after, number))
    return found


@given(st.data())
def test_whatever_is_corrected_the_record_is_one(data: st.DataObject) -> None:
    page = data.draw(pages())
    made = data.draw(corrections(page))
    laid, _ = correct(page, made)
    assert from_json(to_json(laid)) == laid
    assert laid == correct(page, made)[0]
    ids = [one.id for one in laid.attributions]
    assert len(set(ids)) == len(ids)
    speakers = {one.id for one in laid.speakers}
    assert len(speakers) == len(laid.speakers)
    corrected = {one.after.content for one in made if one.after}
    for one in laid.attributions:
        assert one.content
        if one.content in corrected:
            assert one.speaker is None or one.speaker in speakers
            assert one.within is None or one.within in ids
            assert one.within != one.id

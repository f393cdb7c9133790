"""The stage that gives attributions their speakers."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Reader
from onrecord.records import Attribution, Span, Speaker
from onrecord.resolving import resolve

TEXT = "Anna Bell said so. He left. he came. ANNA  BELL\nran; the mayor, Ida Vale, sang."


def spot(words: str) -> Span:
    return TEXT.index(words), TEXT.index(words) + len(words)


def attribution(number: int, *source: Span) -> Attribution:
    return Attribution(
        id=number,
        source=source,
        cue=(),
        content=((15, 17),),
        kind="indirect",
        within=None,
        speaker=None,
        source_type=None,
        cue_class=None,
        negated=None,
        confidence=0.5,
        comment=None,
    )


def test_one_speaker_for_each_wording() -> None:
    sources = ["Anna Bell", "He", "Ida Vale", "Anna Bell"]
    inputs = [attribution(number, spot(words)) for number, words in enumerate(sources)]
    resolved, speakers = resolve(TEXT, inputs)
    assert [a.speaker for a in resolved] == [0, 1, 2, 0]
    assert [(s.id, s.name) for s in speakers] == [(0, "Anna Bell"), (1, "He"), (2, "Ida Vale")]
    assert speakers[0].mentions == (spot("Anna Bell"),)


def test_the_first_letter_and_white_space_do_not_part_wordings() -> None:
    start = TEXT.index("he came")
    spots = [(start, start + 2), spot("ANNA  BELL"), spot("Anna Bell"), spot("He")]
    # "US" is not "us": the rest of a wording keeps its case.
    resolved, speakers = resolve(TEXT, [attribution(n, one) for n, one in enumerate(spots)])
    assert [a.speaker for a in resolved] == [0, 1, 2, 0]
    assert [s.name for s in speakers] == ["he", "ANNA BELL", "Anna Bell"]
    assert speakers[0].mentions == (spots[3], spots[0])
    assert speakers[1].mentions == (spots[1],)


def test_an_attribution_without_a_source_has_no_speaker() -> None:
    resolved, speakers = resolve(TEXT, [attribution(0), attribution(1, spot("He"))])
    assert [a.speaker for a in resolved] == [None, 0]
    assert len(speakers) == 1


def test_a_source_of_several_stretches_is_one_name() -> None:
    resolved, speakers = resolve(TEXT, [attribution(0, spot("the mayor"), spot("Ida Vale"))])
    assert resolved[0].speaker == 0
    assert speakers[0].name == "the mayor … Ida Vale"
    assert speakers[0].mentions == (spot("the mayor"), spot("Ida Vale"))


def test_nothing_more_is_known_of_a_speaker() -> None:
    before = attribution(7, spot("He"))
    (after,), speakers = resolve(TEXT, [before])
    assert speakers == (
        Speaker(id=0, name="He", kind=None, roles=(), aliases=(), mentions=(spot("He"),)),
    )
    assert before.speaker is None
    assert (after.id, after.source, after.content) == (7, before.source, before.content)


def test_no_attributions_no_speakers() -> None:
    assert resolve("", []) == ((), ())


def test_the_speakers_of_a_page(reader: Reader) -> None:
    page = reader.read(
        b"Anna Bell said it rained. Ben Cole said it froze. Anna Bell added it thawed."
    )
    assert [s.name for s in page.speakers] == ["Anna Bell", "Ben Cole"]
    assert [a.speaker for a in page.attributions] == [0, 1, 0]
    assert [page.quote((span,)) for span in page.speakers[0].mentions] == ["Anna Bell"] * 2


SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 12)).map(
    lambda pair: (pair[0], min(len(TEXT), sum(pair)))
)


@given(st.lists(st.lists(SPANS, max_size=3), max_size=12))
@settings(derandomize=True, max_examples=100)
def test_each_mention_is_a_source_of_its_speaker(sources: list[list[Span]]) -> None:
    inputs = [attribution(number, *spans) for number, spans in enumerate(sources)]
    resolved, speakers = resolve(TEXT, inputs)
    assert [speaker.id for speaker in speakers] == list(range(len(speakers)))
    assert len({speaker.name.casefold() for speaker in speakers}) == len(speakers)
    for speaker in speakers:
        own = {span for a in resolved if a.speaker == speaker.id for span in a.source}
        assert own
        assert speaker.mentions == tuple(sorted(own))
    for one in resolved:
        blank = not "".join(TEXT[a:b] for a, b in one.source).strip()
        assert (one.speaker is None) == blank

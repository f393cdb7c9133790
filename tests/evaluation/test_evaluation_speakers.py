"""The figures of speakers, by hand and against the reference scorer."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import SHARED
from onrecord import Page, Reader, to_json
from onrecord.encoder.fake import FakeEncoder
from onrecord.errors import CorpusError
from onrecord.evaluation.corpus import Article, Roles, read_corpus
from onrecord.evaluation.gold_speakers import GoldArticle, GoldSpeaker, read_gold
from onrecord.evaluation.scores import matched
from onrecord.evaluation.speaker_scores import Confusion, Grouping, SpeakerScores
from onrecord.evaluation.speakers import (
    SpeakerExample,
    gold_attributions,
    judge,
    pick_answers,
    read_examples,
    recorded_examples,
    resolved_examples,
    score,
    score_example,
)
from onrecord.records import Attribution, CueClass, Paragraph, SourceType, Span, Speaker

MILL = (
    "Anna Bell said the mill was dry. She added that it would stay so. The county’s engineers "
    "denied it was broken. Ben Cole and Ida Vale hoped for rain. A poll found most agree. "
    "It is understood that work began."
)
FERRY = "Cleo Ash said the ferry sank. He would not say who was aboard. Dov Lund swore it was full."


def spot(text: str, words: str) -> tuple[Span, ...]:
    return ((text.index(words), text.index(words) + len(words)),) if words else ()


def roles(text: str, *words: str) -> Roles:
    return Roles(*(spot(text, one) for one in words))


def who(n: int, speaker: str | None, entity: str | None, *rest: Any) -> GoldSpeaker:
    source_type, cue_class, *negated = rest
    return GoldSpeaker(
        n=n,
        speaker=speaker,
        entity=entity,
        source_type=source_type,
        cue_class=cue_class,
        negated=bool(negated),
    )


def gold_article(name: str, text: str, *found: tuple[Roles, GoldSpeaker]) -> GoldArticle:
    article = Article(name, Path(f"{name}.txt"), text, tuple(one for one, _ in found))
    return GoldArticle(article, tuple(speaker for _, speaker in found))


MILL_GOLD = gold_article(
    "mill",
    MILL,
    (
        roles(MILL, "Anna Bell", "said", "the mill was dry"),
        who(0, "Anna Bell", "e1", "named_person", "neutral"),
    ),
    (
        roles(MILL, "She", "added", "that it would stay so"),
        who(1, "Anna Bell", "e1", "named_person", "neutral"),
    ),
    (
        roles(MILL, "The county’s engineers", "denied", "it was broken"),
        who(2, "county’s engineers", "e2", "unnamed_group", "negative"),
    ),
    (
        roles(MILL, "Ben Cole and Ida Vale", "hoped", "for rain"),
        who(3, "Ben Cole; Ida Vale", "e3", "named_person", "mental"),
    ),
    (
        roles(MILL, "A poll", "found", "most agree"),
        who(4, "A poll of drivers", "e4", "poll", "factive"),
    ),
    (
        roles(MILL, "", "It is understood", "that work began"),
        who(5, None, None, "unattributed", "neutral"),
    ),
)
FERRY_GOLD = gold_article(
    "ferry",
    FERRY,
    (
        roles(FERRY, "Cleo Ash", "said", "the ferry sank"),
        who(0, "Cleo Ash", "e1", "named_person", "neutral"),
    ),
    (
        roles(FERRY, "He", "would not say", "who was aboard"),
        who(1, "Cleo Ash", "e1", "named_person", "neutral", "negated"),
    ),
    (
        roles(FERRY, "Dov Lund", "swore", "it was full"),
        who(2, "Dov Lund", "e2", "named_person", "assertive"),
    ),
)


def answered(
    number: int,
    found: Roles,
    speaker: int | None,
    source_type: SourceType | None,
    cue_class: CueClass | None,
    negated: bool | None = False,
    **changes: Any,
) -> Attribution:
    plain = Attribution(
        id=number,
        source=found.source,
        cue=found.cue,
        content=found.content,
        kind="indirect",
        within=None,
        speaker=speaker,
        source_type=source_type,
        cue_class=cue_class,
        negated=negated,
        confidence=1.0,
        comment=None,
    )
    return msgspec.structs.replace(plain, **changes)


def page(text: str, names: Sequence[str], *attributions: Attribution) -> Page:
    speakers = tuple(
        Speaker(id=number, name=name, kind=None, roles=(), aliases=(), mentions=())
        for number, name in enumerate(names, 1)
    )
    return Page(id="0" * 64, text=text, attributions=attributions, speakers=speakers)


AT = MILL_GOLD.article.attributions
MILL_PAGE = page(
    MILL,
    ["Mrs. Anna Bell", "Ben Cole", "engineers of the county", "Ida Vale; Ben Cole"],
    answered(0, AT[0], 1, "named_person", "neutral"),
    answered(1, AT[1], 2, "named_person", "neutral"),  # Who is "she"?
    answered(2, AT[2], 3, "unnamed_group", "neutral", True),
    answered(3, AT[3], 4, "named_person", "mental"),
    answered(4, roles(MILL, "A poll", "hoped", "most agree"), None, "poll", "factive"),  # No match.
    answered(5, AT[5], None, None, "neutral", None),
    answered(6, AT[4], 1, "poll", "factive", within=3),  # Nested and in a comment: left out.
    answered(7, AT[4], 1, "poll", "factive", comment=0),
)
FERRY_AT = FERRY_GOLD.article.attributions
FERRY_PAGE = page(
    FERRY,
    ["Dov Lund"],
    answered(0, FERRY_AT[0], None, "named_person", "neutral"),
    answered(1, FERRY_AT[1], 1, "named_person", "neutral", True),
    answered(2, FERRY_AT[2], 1, "named_person", "assertive"),
)
EXAMPLES = (SpeakerExample(MILL_GOLD, MILL_PAGE), SpeakerExample(FERRY_GOLD, FERRY_PAGE))


def test_one_article_by_hand() -> None:
    assert score(EXAMPLES[:1]).figures() == pytest.approx(
        {
            "matched": 5,
            "gold": 6,
            "pred": 6,
            "speaker": 4 / 5,
            "resolved": 0,
            "resolved_n": 1,
            "source_type": 4 / 5,
            "source_type_macro_f1": (1 + 1 + 0) / 3,
            "cue_class": 4 / 5,
            "cue_class_macro_f1": (6 / 7 + 0 + 1) / 3,
            "negated": 4 / 5,
            "b3": 2 * (3 / 4) / (1 + 3 / 4),  # Pure, but Anna Bell is in two groups.
            "who_said_what_P": 4 / 6,
            "who_said_what_R": 4 / 6,
            "who_said_what_F1": 4 / 6,
        },
        rel=1e-12,
    )


def test_two_articles_by_hand() -> None:
    figures = score(EXAMPLES).figures()
    assert figures == pytest.approx(
        {
            "matched": 8,
            "gold": 9,
            "pred": 9,
            "speaker": 5 / 8,
            "resolved": 0,
            "resolved_n": 2,
            "source_type": 7 / 8,
            "source_type_macro_f1": 2 / 3,
            "cue_class": 7 / 8,
            "cue_class_macro_f1": (2 * 5 / 11 + 0 + 1 + 1) / 4,
            "negated": 7 / 8,
            "b3": 2 * (6 / 7) * (5 / 7) / (6 / 7 + 5 / 7),
            "who_said_what_P": 5 / 9,
            "who_said_what_R": 5 / 9,
            "who_said_what_F1": 5 / 9,
        },
        rel=1e-12,
    )


def test_groups_are_of_one_article() -> None:
    """He and Dov Lund are one group, and Cleo Ash two; entities of two articles never meet."""
    mill, ferry = (score_example(one).grouping for one in EXAMPLES)
    assert mill == Grouping(Fraction(4), Fraction(3), 4)
    assert ferry == Grouping(Fraction(2), Fraction(2), 3)
    assert score(EXAMPLES).grouping == Grouping(Fraction(6), Fraction(5), 7)


def test_classes_by_hand() -> None:
    scores = score(EXAMPLES)
    assert scores.source_types.by_class().counts == {
        "named_person": matched(6, 6, 6),
        "unattributed": matched(0, 0, 1),
        "unnamed_group": matched(1, 1, 1),
    }
    assert list(scores.cue_classes.by_class().counts) == [
        "neutral",
        "assertive",
        "mental",
        "negative",
    ]
    assert scores.cue_classes.pairs["negative", "neutral"] == 1
    assert scores.negations.by_class()["negated"] == matched(1, 2, 1)


def test_a_class_that_the_gold_has_not_has_no_part_in_the_mean() -> None:
    confusion = Confusion({("poll", "poll"): 1, ("poll", "document"): 1, ("author", None): 1})
    assert confusion.macro_f1 == pytest.approx((2 / 3 + 0) / 2)
    assert confusion.accuracy == pytest.approx(1 / 3)


def test_nothing_predicted_and_nothing_there() -> None:
    empty = SpeakerExample(MILL_GOLD, page(MILL, []))
    figures = score([empty]).figures()
    assert figures.pop("gold") == 6
    assert set(figures.values()) == {0}
    none = gold_article("mill", MILL)
    figures = score([SpeakerExample(none, MILL_PAGE)]).figures()
    assert figures.pop("pred") == 6
    assert set(figures.values()) == {0}
    assert set(score([]).figures().values()) == {0}


def test_a_speaker_who_is_in_no_list_is_nobody() -> None:
    lost = msgspec.structs.replace(FERRY_PAGE, speakers=())
    (*_, last) = judge(SpeakerExample(FERRY_GOLD, lost))
    assert (last.speaker, last.right, last.predicted.speaker) == (None, False, 1)


def test_a_speaker_may_have_the_number_0() -> None:
    """The reference scorer takes it for nobody in its groups; our own records begin at 1."""
    zero = tuple(msgspec.structs.replace(one, speaker=0) for one in FERRY_PAGE.attributions)
    speakers = tuple(msgspec.structs.replace(one, id=0) for one in FERRY_PAGE.speakers)
    changed = msgspec.structs.replace(FERRY_PAGE, attributions=zero, speakers=speakers)
    scores = score_example(SpeakerExample(FERRY_GOLD, changed))
    assert scores.said == matched(1, 3, 3)
    assert scores.grouping == Grouping(Fraction(4 + 1, 3), Fraction(3), 3)


TOLD = "Ida Vale said Tom Reed had promised that the ferry would run."
OUTER = roles(TOLD, "Ida Vale", "said", "Tom Reed had promised that the ferry would run")
INNER = roles(TOLD, "Tom Reed", "had promised", "that the ferry would run")
TOLD_GOLD = gold_article(
    "told",
    TOLD,
    (INNER, who(0, "Tom Reed", "e2", "named_person", "commissive")),
    (OUTER, who(1, "Ida Vale", "e1", "named_person", "neutral")),
)


def test_nested_attributions_are_scored_apart() -> None:
    told = page(
        TOLD,
        ["Ida Vale"],
        answered(0, OUTER, 1, "named_person", "neutral"),
        answered(1, INNER, 1, "named_person", "commissive", within=0),
    )
    example = SpeakerExample(TOLD_GOLD, told)
    outer, inner = score([example]), score([example], nested=True)
    assert outer.said == matched(1, 1, 1)
    assert inner.said == matched(0, 1, 1)
    assert inner.cue_classes.accuracy == 1
    assert (outer + inner).said == matched(1, 2, 2)
    (answer,) = judge(example, nested=True)
    assert (answer.gold.n, answer.source, answer.speaker) == (0, "Tom Reed", "Ida Vale")


def test_errors_are_picked_by_kind() -> None:
    answers = [answer for one in EXAMPLES for answer in judge(one)]
    picked = pick_answers(answers, 2)
    assert sorted(one.name for one in picked["wrong speaker"]) == ["ferry", "mill"]
    others = {kind: some for kind, some in picked.items() if kind != "wrong speaker"}
    assert {kind: [(one.name, one.gold.n) for one in some] for kind, some in others.items()} == {
        "wrong source type": [("mill", 5)],
        "wrong cue class": [("mill", 2)],
        "wrong negation": [("mill", 2)],
    }
    assert pick_answers(reversed(answers), 2) == picked
    assert len(pick_answers(answers, 9)["wrong speaker"]) == 3
    assert not any(pick_answers(answers, 0).values())


# What adds up, and what is perfect


def pages_of(gold: GoldArticle) -> st.SearchStrategy[SpeakerExample]:
    """Pages that have some of an article's gold attributions, with any answers."""
    one = st.tuples(
        st.sampled_from(gold.article.attributions),
        st.none() | st.integers(0, 3),
        st.none() | st.sampled_from(get_args(SourceType)),
        st.none() | st.sampled_from(get_args(CueClass)),
        st.none() | st.booleans(),
    )
    names = [*{who.speaker for who in gold.speakers if who.speaker}, "Nell Frost"]

    def built(answers: Iterable[tuple[Any, ...]]) -> SpeakerExample:
        found = [answered(number, *answer) for number, answer in enumerate(answers)]
        return SpeakerExample(gold, page(gold.article.text, sorted(names), *found))

    return st.lists(one, max_size=8).map(built)


EXAMPLE = st.one_of(*map(pages_of, (MILL_GOLD, FERRY_GOLD, TOLD_GOLD)))


@given(st.lists(EXAMPLE, max_size=4), st.lists(EXAMPLE, max_size=4), EXAMPLE)
@settings(derandomize=True, max_examples=60)
def test_scores_add_up(
    some: list[SpeakerExample], others: list[SpeakerExample], one: SpeakerExample
) -> None:
    a, b, c = score(some), score(others), score_example(one)
    assert a + b == b + a == score([*others, *some])
    assert (a + b) + c == a + (b + c)
    assert a + SpeakerScores() == a
    both = (a + b).figures()
    assert both == (b + a).figures()
    for name in ("matched", "gold", "pred", "resolved_n"):
        assert both.pop(name) == a.figures()[name] + b.figures()[name]
    assert all(0 <= share <= 1 for share in both.values())


def perfect(gold: GoldArticle) -> SpeakerExample:
    entities = sorted({who.entity for who in gold.speakers if who.entity})
    by_entity = {who.entity: who.speaker or "" for who in gold.speakers}
    flat = page(gold.article.text, [])
    found = [
        msgspec.structs.replace(
            one,
            speaker=None if who.entity is None else entities.index(who.entity) + 1,
            source_type=who.source_type,
            cue_class=who.cue_class,
            negated=who.negated,
        )
        for one, who in zip(gold_attributions(gold.article, flat), gold.speakers, strict=True)
    ]
    names = [by_entity[entity] for entity in entities]
    return SpeakerExample(gold, page(gold.article.text, names, *found))


@given(st.lists(st.sampled_from((MILL_GOLD, FERRY_GOLD, TOLD_GOLD)), min_size=1, max_size=3))
@settings(derandomize=True, max_examples=20)
def test_perfect_records_are_perfect(gold: list[GoldArticle]) -> None:
    examples = [perfect(one) for one in gold]
    sides = [score(examples)]
    if TOLD_GOLD in gold:
        sides.append(score(examples, nested=True))
    for scores in sides:
        figures = scores.figures()
        resolved = figures.pop("resolved")
        assert resolved == (1 if figures.pop("resolved_n") else 0)
        assert figures.pop("matched") == figures.pop("gold") == figures.pop("pred") > 0
        assert set(figures.values()) == {1}


# Gold attributions


def test_gold_attributions_are_as_a_record_has_them() -> None:
    text = "Mill: “ It is dry, ” said Anna Bell, and “it leaks,” she said, “a lot.” Ben Cole left."
    article = Article(
        "mill",
        Path("mill.txt"),
        text,
        (
            roles(text, "Anna Bell", "said", "“ It is dry, ”"),
            Roles((), (), ()),
            Roles(
                spot(text, " she "),
                spot(text, "said,"),
                (*spot(text, " “a lot.”"), *spot(text, "“it leaks,” ")),
            ),
            roles(text, "Ben Cole", "left", " "),
        ),
    )
    first, second = gold_attributions(article, page(text, []))
    assert (first.id, first.kind, first.confidence) == (0, "direct", 1.0)
    assert (second.id, second.kind) == (2, "direct")
    assert [text[start:end] for start, end in second.content] == ["“it leaks,”", "“a lot.”"]
    assert [text[start:end] for start, end in second.source] == ["she"]
    assert {first.speaker, first.source_type, first.cue_class, first.negated} == {None}
    assert (first.within, first.comment) == (None, None)


def test_gold_attributions_know_what_they_are_nested_in() -> None:
    inner, outer = gold_attributions(TOLD_GOLD.article, page(TOLD, []))
    assert (inner.id, inner.within, outer.id, outer.within) == (0, 1, 1, None)
    text = f"“{TOLD}” Ben Cole said."
    quoted = Article("told", Path("told.txt"), text, (roles(text, "Ida Vale", "said", "Tom Reed"),))
    assert [one.kind for one in gold_attributions(quoted, page(text, []))] == ["indirect"]


def test_a_quotation_left_open_ends_with_its_paragraph() -> None:
    text = '"It rained.\n\nBen Cole said "it froze" too.'
    article = Article(
        "fog", Path("fog.txt"), text, (roles(text, "Ben Cole", "said", '"it froze"'),)
    )
    whole = page(text, [])
    lines = tuple(
        Paragraph(start=start, end=end, kind="body") for start, end in ((0, 11), (13, len(text)))
    )
    (one,) = gold_attributions(article, msgspec.structs.replace(whole, paragraphs=lines))
    assert one.kind == "direct"
    (one,) = gold_attributions(article, whole)
    assert one.kind != "direct"


STORY = "Anna Bell said it rained. Ben Cole added it froze."


@pytest.fixture
def story(tmp_path: Path) -> GoldArticle:
    gold = gold_article(
        "story",
        STORY,
        (
            roles(STORY, "Anna Bell", "said", "it rained"),
            who(0, "Anna Bell", "e1", "named_person", "neutral"),
        ),
    )
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    article = Article("story", path, STORY, gold.article.attributions)
    return GoldArticle(article, gold.speakers)


def test_the_reader_finds_all_or_all_but_the_attributions(story: GoldArticle) -> None:
    scores = score(read_examples([story], Reader(encoder=FakeEncoder())))
    assert scores.said == matched(1, 2, 1)
    scores = score(resolved_examples([story], Reader(encoder=FakeEncoder())))
    assert scores.said == matched(1, 1, 1)


def test_only_the_given_articles_need_a_record(story: GoldArticle) -> None:
    reader = Reader(encoder=FakeEncoder())
    pages = [reader.read(b"Fine weather."), reader.read(STORY.encode())]
    (one,) = recorded_examples([story], pages)
    assert one == SpeakerExample(story, pages[1])
    with pytest.raises(CorpusError, match="no record has the text of"):
        list(recorded_examples([story], pages[:1]))


@pytest.mark.parametrize("read", [read_examples, resolved_examples])
def test_a_text_that_the_reader_changes_is_an_error(story: GoldArticle, read: Any) -> None:
    text = f"\ufeff{STORY}"  # A byte-order mark is dropped, so that no offset fits any more.
    story.article.path.write_text(text, encoding="utf-8")
    changed = GoldArticle(replace(story.article, text=text), story.speakers)
    with pytest.raises(CorpusError, match="is not read to the letter"):
        list(read([changed], Reader(encoder=FakeEncoder())))


# The reference scorer

SPLIT = SHARED / "corpora" / "polnear" / "dev"
GOLD = SHARED / "corpora" / "polnear-speakers" / "dev"


def _reference(monkeypatch: pytest.MonkeyPatch) -> Any:
    path = SHARED / "tools" / "score_speakers.py"
    monkeypatch.syspath_prepend(str(path.parent))
    spec = importlib.util.spec_from_file_location("score_speakers", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _expected(
    pages: Iterable[Page], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, float]:
    records = folder / "records.jsonl"
    records.write_bytes(b"".join(to_json(one) + b"\n" for one in pages))
    figures: dict[str, float] = _reference(monkeypatch).score(str(SPLIT), str(GOLD), str(records))
    return figures


def _perturbed(rng: np.random.Generator, gold: GoldArticle) -> Page:
    """A page with the gold's attributions, of which some are dropped, moved or doubled.

    Some of their speakers are others, worded otherwise or nobody, some classes others.
    """
    text = gold.article.text
    names = sorted({who.speaker for who in gold.speakers if who.speaker})
    variants = [*names, *(f"The former {name}’s" for name in names), "Nell Frost", "the report"]
    found = []
    whole = gold_attributions(gold.article, page(text, []))
    for one, who in zip(whole, gold.speakers, strict=True):
        if rng.random() < 0.1:
            continue
        speaker: int | None = None if who.speaker is None else names.index(who.speaker) + 1
        if speaker and rng.random() < 0.2:
            speaker += len(names)
        if rng.random() < 0.2:
            speaker = int(rng.integers(1, len(variants) + 1))
        if rng.random() < 0.1:
            speaker = None
        source_type: Any = who.source_type
        cue_class: Any = who.cue_class
        if rng.random() < 0.2:
            source_type = [None, *get_args(SourceType)][rng.integers(9)]
        if rng.random() < 0.2:
            cue_class = [None, *get_args(CueClass)][rng.integers(13)]
        negated = [None, True, False][rng.integers(3)] if rng.random() < 0.2 else who.negated
        content = one.content
        if rng.random() < 0.2:
            start, end = content[0]
            start = int(np.clip(start + rng.integers(-60, 60), 0, len(text) - 1))
            content = ((start, max(start + 1, end)),)
        changed = msgspec.structs.replace(
            one,
            content=content,
            speaker=speaker,
            source_type=source_type,
            cue_class=cue_class,
            negated=negated,
            comment=0 if rng.random() < 0.05 else None,
            within=0 if rng.random() < 0.05 else None,
        )
        found += [changed] * (2 if rng.random() < 0.1 else 1)
    order = rng.permutation(len(found))
    return page(text, variants, *(found[place] for place in order))


@pytest.mark.shared
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_every_figure_is_the_reference_scorers(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold = read_gold(GOLD, read_corpus(SPLIT))
    rng = np.random.default_rng(seed)
    pages = [_perturbed(rng, one) for one in gold]
    figures = score(recorded_examples(gold, pages)).figures()
    assert 0.4 < figures["who_said_what_F1"] < 0.8
    assert 0.4 < figures["b3"] < 0.9
    expected = _expected(pages, tmp_path, monkeypatch)
    # The reference adds up shares of members, article by article: the last digit can differ.
    assert figures == pytest.approx(expected, rel=1e-12, abs=0)
    assert list(figures) == list(expected)


@pytest.mark.shared
def test_the_figures_of_gold_attributions_are_the_reference_scorers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold = read_gold(GOLD, read_corpus(SPLIT))
    examples = list(resolved_examples(gold, Reader(encoder=FakeEncoder())))
    figures = score(examples).figures()
    assert figures["matched"] == figures["gold"] == figures["pred"] == 701
    assert score(examples, nested=True).said == matched(0, 0, 0)
    expected = _expected([one.page for one in examples], tmp_path, monkeypatch)
    assert figures == pytest.approx(expected, rel=1e-12, abs=0)

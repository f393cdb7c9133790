"""The four measures of attributions, by hand and against the reference scorer."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from conftest import SHARED
from onrecord import Page, Reader
from onrecord.errors import CorpusError
from onrecord.evaluation.attributions import (
    Example,
    evaluate,
    evaluate_records,
    parted,
    predicted_roles,
    recorded_examples,
    score,
)
from onrecord.evaluation.corpus import Article, Roles, read_corpus
from onrecord.evaluation.scores import Counts, Scores, matched
from onrecord.records import Attribution, Span

TEXT = "Survey: fog. “The fog is thick,” said Tom Reed, who warned that it would stay."


def spot(words: str) -> Span:
    return TEXT.index(words), TEXT.index(words) + len(words)


def roles(source: str = "", cue: str = "", content: str = "") -> Roles:
    return Roles(*((spot(words),) if words else () for words in (source, cue, content)))


GOLD = (
    roles("Tom Reed", "said", "“The fog is thick,”"),
    roles("who", "warned", "that it would stay"),
    roles("", ":", "fog"),
)


def scored(predicted: tuple[Roles, ...], gold: tuple[Roles, ...] = GOLD) -> Scores:
    return score([Example(TEXT, predicted, gold)])


def test_gold_against_itself_is_perfect() -> None:
    scores = scored(GOLD)
    assert {name: counts.f1 for name, counts in scores.counts.items()} == dict.fromkeys(
        scores.counts, 1.0
    )
    assert scores["attr"] == scores["full"] == matched(3, 3, 3)
    assert scores["exact/cue"] == matched(3, 3, 3)
    assert scores["direct/attr"] == scores["direct_x/full"] == matched(1, 1, 1)


def test_nothing_predicted() -> None:
    scores = scored(())
    assert scores["full"] == matched(0, 0, 3)
    assert all(counts.f1 == 0 for counts in scores.counts.values())


def test_nothing_there() -> None:
    scores = scored(GOLD, ())
    assert scores["full"] == matched(0, 3, 0)
    assert all(counts.f1 == 0 for counts in scores.counts.values())


def test_parts_of_spans_and_a_wrong_cue() -> None:
    scores = scored(
        (
            roles("Tom", "said", "The fog is thick"),
            roles("Tom Reed", "stay", "it would stay"),
        )
    )
    assert scores["attr"] == scores["full"] == matched(1, 2, 3)
    assert scores["attr_nocue"] == matched(2, 2, 3)
    assert scores["full_nocue"] == matched(1, 2, 3)
    assert scores["exact/content"] == matched(1, 2, 3)
    assert scores["exact/source"] == matched(1, 2, 2)
    assert scores["token/source"] == matched(2, 2, 3)
    assert scores["token/content"] == matched(7, 7, 12)


def test_direct_is_told_by_the_first_mark() -> None:
    scores = scored((roles("Tom Reed", "said", "The fog is thick"),))
    assert scores["direct/attr"] == matched(0, 0, 1)
    assert scores["direct_x/attr"] == Counts(right=0, predicted=0, found=1, gold=1)
    scores = scored(
        (roles("Tom Reed", "said", "“The fog is thick,”"),),
        (roles("Tom Reed", "said", "The fog is thick"),),
    )
    assert scores["direct_x/full"] == Counts(right=1, predicted=1, found=0, gold=0)


def test_a_wrong_source_is_matched_and_not_sound() -> None:
    scores = scored((roles("who", "said", "“The fog is thick,”"),))
    assert scores["attr"] == matched(1, 1, 3)
    assert scores["full"] == matched(0, 1, 3)
    assert scores["direct_x/attr"] == matched(1, 1, 1)
    assert scores["direct_x/full"] == matched(0, 1, 1)


def test_a_missing_source_is_right_only_where_none_is() -> None:
    scores = scored((roles("", ":", "fog"), roles("", "warned", "that it would stay")))
    assert scores["attr"] == matched(2, 2, 3)
    assert scores["full"] == matched(1, 2, 3)


def test_a_missing_cue_does_not_hinder_a_match() -> None:
    assert scored((roles("who", "", "that it would stay"),))["full"] == matched(1, 1, 3)


def test_one_to_one_the_most_alike_first() -> None:
    better = roles("Tom Reed", "said", "“The fog is thick,”")
    worse = roles("who", "said", "The fog is thick")
    for predicted in ((better, worse), (worse, better)):
        scores = scored(predicted)
        assert scores["attr"] == scores["full"] == matched(1, 2, 3)


def test_less_than_half_alike_is_no_match() -> None:
    assert scored((roles("who", "warned", "that"),))["attr"] == matched(0, 1, 3)


def test_a_content_missing_on_both_sides_is_no_match() -> None:
    none = (roles("who", "warned", ""),)
    assert scored(none, none)["attr"] == matched(0, 1, 1)


def test_edges_are_compared_without_punctuation() -> None:
    scores = scored((roles("Tom Reed,", " said ", "The fog is thick"),))
    assert scores["exact/source"] == matched(1, 1, 2)
    assert scores["exact/cue"] == matched(1, 1, 3)
    assert scores["exact/content"] == matched(1, 1, 3)
    assert scores["token/source"] == matched(2, 3, 3)


def _attribution(number: int, **changes: Any) -> Attribution:
    plain = Attribution(
        id=number,
        source=((0, 4),),
        cue=((5, 9),),
        content=((10, 12),),
        kind="indirect",
        within=None,
        speaker=None,
        source_type=None,
        cue_class=None,
        negated=None,
        confidence=1,
        comment=None,
    )
    return msgspec.structs.replace(plain, **changes)


def test_comments_and_nested_attributions_are_no_predictions() -> None:
    attributions = (
        _attribution(0),
        _attribution(1, within=0),
        _attribution(2, comment=0),
        _attribution(3, source=(), content=((10, 12), (13, 15))),
    )
    page = Page(id="0" * 64, text="Anna said so so.", attributions=attributions)
    assert predicted_roles(page) == (
        Roles(((0, 4),), ((5, 9),), ((10, 12),)),
        Roles((), ((5, 9),), ((10, 12), (13, 15))),
    )
    assert predicted_roles(page, nested=True) == (Roles(((0, 4),), ((5, 9),), ((10, 12),)),)


TOLD = "Ida Vale said Tom Reed had promised that the ferry would run. Ben Cole left."


def told(source: str = "", cue: str = "", content: str = "") -> Roles:
    words = (source, cue, content)
    return Roles(*(((TOLD.index(w), TOLD.index(w) + len(w)),) if w else () for w in words))


OUTER = told("Ida Vale", "said", "Tom Reed had promised that the ferry would run")
INNER = told("Tom Reed", "had promised", "that the ferry would run")


def test_gold_is_parted_by_place() -> None:
    # A source outside of the other's content, or a content that goes on behind it, is not nested.
    outside = (told("Ida Vale", "promised", "that the ferry"), told("Reed", "run", "run. Ben"))
    assert parted((INNER, *outside, OUTER)) == ((*outside, OUTER), (INNER,))
    assert parted(()) == ((), ())


def test_nested_figures() -> None:
    scores = score([Example(TOLD, (OUTER,), (OUTER, INNER), nested=(INNER,))])
    assert scores["attr"] == scores["full"] == scores["token/cue"] == matched(1, 1, 1)
    assert scores["nested/attr"] == scores["nested/full"] == matched(1, 1, 1)
    wrong = (told("Ben Cole", "promised", "the ferry would run"), told("", "left", "Ben Cole"))
    scores = score([Example(TOLD, (OUTER,), (OUTER, INNER), nested=wrong)])
    assert scores["full"] == matched(1, 1, 1)
    assert scores["nested/attr"] == matched(1, 2, 1)
    assert scores["nested/full"] == matched(0, 2, 1)


def test_a_nested_prediction_is_not_held_against_an_outer_one() -> None:
    scores = score([Example(TOLD, (INNER,), (OUTER, INNER), nested=(OUTER,))])
    assert scores["nested/attr"] == matched(0, 1, 1)
    assert scores["attr"] == matched(0, 1, 1)


def test_nested_figures_are_there_where_the_gold_has_nested_ones() -> None:
    flat = Example(TOLD, (OUTER,), (OUTER,), nested=(INNER,))
    deep = Example(TOLD, (OUTER,), (OUTER, INNER))
    assert not any(name.startswith("nested/") for name in score([flat]).counts)
    scores = score([flat, deep])
    assert scores["nested/full"] == matched(0, 1, 1)
    assert list(scores.counts)[-2:] == ["nested/attr", "nested/full"]


STORY = "Anna Bell said it rained. Ben Cole added it froze."
STORY_GOLD = (
    Roles(((0, 9),), ((10, 14),), ((15, 24),)),
    Roles(((26, 34),), ((35, 40),), ((41, 49),)),
)


def article(folder: Path, text: str, *gold: Roles) -> Article:
    path = folder / f"story{len(text)}.txt"
    path.write_bytes(text.encode())
    return Article(path.stem, path, text, gold)


def test_a_reader_is_evaluated_on_the_files(tmp_path: Path, reader: Reader) -> None:
    other = STORY.replace("said", "sighed")
    articles = [article(tmp_path, STORY, *STORY_GOLD), article(tmp_path, other, *STORY_GOLD[:1])]
    scores = evaluate(articles, reader)
    assert scores["full"] == matched(2, 3, 3)
    pages = [reader.read(one.path) for one in reversed(articles)]
    assert evaluate_records(articles, pages).counts == scores.counts


def test_records_may_hold_more_pages_than_the_corpus(tmp_path: Path, reader: Reader) -> None:
    pages = [reader.read(b"Fine weather."), reader.read(STORY.encode())]
    scores = evaluate_records([article(tmp_path, STORY, *STORY_GOLD)], pages)
    assert scores["full"] == matched(2, 2, 2)


def test_an_example_knows_its_article(tmp_path: Path, reader: Reader) -> None:
    text = f"Fog Rises\n\n{STORY}"
    page = reader.read(text.encode())
    inner = msgspec.structs.replace(page.attributions[1], within=0)
    page = msgspec.structs.replace(page, attributions=(page.attributions[0], inner))
    (one,) = recorded_examples([article(tmp_path, text)], [page])
    assert one.name == f"story{len(text)}"
    assert one.paragraphs == ((0, 9), (11, len(text)))
    assert [one.text[slice(*roles.cue[0])] for roles in one.predicted] == ["said"]
    assert [one.text[slice(*roles.cue[0])] for roles in one.nested] == ["added"]


def test_a_text_without_a_record_is_an_error(tmp_path: Path, reader: Reader) -> None:
    one = article(tmp_path, STORY, *STORY_GOLD)
    with pytest.raises(CorpusError) as caught:
        evaluate_records([one], [reader.read(b"Fine weather.")])
    assert str(one.path) in str(caught.value)
    assert f"onrecord read --format jsonl {tmp_path}" in str(caught.value)


LONGER = f"{STORY} It was cold, and the mill stood dry for weeks."


@pytest.mark.parametrize(
    "text",
    [f"\ufeff{LONGER}", f"<html><body><article><p>{LONGER}</p></article></body></html>"],
    ids=["byte-order mark", "html"],
)
def test_a_text_that_the_reader_changes_is_an_error(
    tmp_path: Path, reader: Reader, text: str
) -> None:
    # A byte-order mark is dropped and HTML laid out anew, so that no offset fits any more.
    one = article(tmp_path, text, *STORY_GOLD)
    assert reader.read(one.path).text != one.text
    with pytest.raises(CorpusError) as caught:
        evaluate([one], reader)
    assert str(one.path) in str(caught.value)


def _reference() -> Any:
    path = SHARED / "tools" / "score_attributions.py"
    spec = importlib.util.spec_from_file_location("score_attributions", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _perturbed(rng: np.random.Generator, text: str, gold: tuple[Roles, ...]) -> tuple[Roles, ...]:
    """Gold with attributions dropped, edges shifted, sources swapped and cues lost."""

    def shifted(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        out = []
        for start, end in spans:
            if rng.random() < 0.4:
                start = int(np.clip(start + rng.integers(-12, 13), 0, len(text) - 1))
                end = int(np.clip(end + rng.integers(-12, 13), start + 1, len(text)))
            out.append((start, end))
        return tuple(out)

    out = []
    for one in gold:
        if rng.random() < 0.15:
            continue
        other = gold[rng.integers(len(gold))] if rng.random() < 0.2 else one
        cue = () if rng.random() < 0.15 else shifted(one.cue)
        out.append(Roles(shifted(other.source), cue, shifted(one.content)))
        if rng.random() < 0.1:
            out.append(Roles(one.source, (), shifted(one.content)))
    return tuple(out[i] for i in rng.permutation(len(out)))


@pytest.mark.shared
@pytest.mark.parametrize("seed", [0, 1])
def test_every_figure_is_the_reference_scorers(seed: int) -> None:
    reference = _reference()
    folder = SHARED / "corpora" / "polnear" / "dev"
    articles = read_corpus(folder)
    loaded = reference.load(str(folder))
    assert [(a.name, a.text) for a in articles] == [(name, text) for name, text, _ in loaded]
    rng = np.random.default_rng(seed)
    examples, docs = [], []
    for one, (_, text, annotators) in zip(articles, loaded, strict=True):
        gold = [{r: list(getattr(a, r)) for r in reference.ROLES} for a in one.attributions]
        assert gold == annotators[0]
        predicted = _perturbed(rng, text, one.attributions)
        examples.append(Example(text, predicted, one.attributions))
        said = [{r: list(getattr(a, r)) for r in reference.ROLES} for a in predicted]
        docs.append((text, annotators[0], said))
    expected = {
        name: figures
        for name, figures in reference.score_docs(docs).items()
        if isinstance(figures, dict)  # src_acc is full over attr
    }
    scores = score(examples)
    assert 0.2 < scores["full"].f1 < 0.95
    assert set(scores.counts) == set(expected)
    for name, figures in expected.items():
        counts = scores[name]
        assert {
            "P": counts.precision,
            "R": counts.recall,
            "F1": counts.f1,
            "tp": counts.found,
            "pred": counts.predicted,
            "gold": counts.gold,
        } == figures, name

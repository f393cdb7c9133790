"""Teachers: what they write is a corpus that can be learned from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the extra train")

from onrecord.encoder.fake import FakeEncoder
from onrecord.errors import CorpusError, TrainingError
from onrecord.evaluation.corpus import Article, Roles, containers, read_corpus
from onrecord.records import Span
from onrecord.training.attributions import TrainingOptions, prepare, train
from onrecord.training.soft import load_soft_labels
from onrecord.training.teacher import nested_attributions, teach

pytestmark = pytest.mark.train

OPTIONS = TrainingOptions(epochs=2, encoder_rate=3e-3, heads_rate=1e-2)


@pytest.fixture(scope="module")
def taught(
    corpus: Path, mpnet: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[str]]:
    out = tmp_path_factory.mktemp("taught")
    said: list[str] = []
    teach(corpus, mpnet, out, options=OPTIONS, folds=2, report=said.append)
    return out, said


def test_what_teachers_write_is_a_corpus(corpus: Path, taught: tuple[Path, list[str]]) -> None:
    out, said = taught
    assert [line for line in said if line.startswith("teacher")] == [
        "teacher 1 of 2",
        "teacher 2 of 2",
    ]
    assert said[-1].endswith("nested attributions in 6 articles")
    labels = load_soft_labels(out / "soft_labels.npz")
    for one, two in zip(read_corpus(corpus), read_corpus(out), strict=True):
        assert (one.name, one.text) == (two.name, two.text)
        assert two.attributions[: len(one.attributions)] == one.attributions
        assert len(labels[one.name].cues) == len(one.attributions)
        np.testing.assert_allclose(labels[one.name].tags.sum(1), 1, rtol=1e-5)


def test_a_student_learns_from_what_teachers_wrote(
    encoder: Path, taught: tuple[Path, list[str]], tmp_path: Path
) -> None:
    losses: list[str] = []
    run = prepare(taught[0], encoder, tmp_path, TrainingOptions(epochs=6, heads_rate=1e-2))
    assert run.soft
    assert ((run.texts[0].tags > 0) & (run.texts[0].tags < 0.99)).any()
    train(run, report=losses.append)
    first, *_, last = (float(line.split("tags ")[1].split(",")[0]) for line in losses)
    assert last < 0.95 * first  # Labels of a teacher that knows little keep it high.


def test_labels_of_another_corpus(
    corpus: Path, encoder: Path, taught: tuple[Path, list[str]], tmp_path: Path
) -> None:
    for kind in ("text", "attributions"):
        (tmp_path / kind).mkdir()
        for path in sorted((corpus / kind).iterdir()):
            name = path.name.replace("story0", "other")
            (tmp_path / kind / name).write_bytes(path.read_bytes())
    labels = tmp_path / "soft_labels.npz"
    labels.write_bytes((taught[0] / "soft_labels.npz").read_bytes())
    with pytest.raises(TrainingError, match="1 of 6 articles, the first of them 'other'"):
        prepare(tmp_path, encoder, tmp_path, TrainingOptions())
    for path in tmp_path.glob("*/other*"):
        path.rename(path.with_name(path.name.replace("other", "story0")))
    (tmp_path / "text/story0.txt").write_text("It rained.\n")
    with pytest.raises(TrainingError, match="'story0' are for"):
        prepare(tmp_path, encoder, tmp_path, TrainingOptions())


def test_a_teacher_that_was_stopped_goes_on(corpus: Path, mpnet: Path, tmp_path: Path) -> None:
    def stop(line: str) -> None:
        if line == "teacher 3 of 3":
            raise KeyboardInterrupt

    parts, whole = tmp_path / "parts", tmp_path / "whole"
    with pytest.raises(KeyboardInterrupt):
        teach(corpus, mpnet, parts, options=OPTIONS, folds=3, report=stop)
    assert not (parts / "soft_labels.npz").exists()
    said: list[str] = []
    teach(corpus, mpnet, parts, options=OPTIONS, folds=3, resume=True, report=said.append)
    # What is finished is not trained again.
    assert [line[:9] for line in said[:-1]] == [
        *("teacher 1", "teacher 2", "teacher 3"),
        *("epoch 1: ", "epoch 2: "),
    ]
    teach(corpus, mpnet, whole, options=OPTIONS, folds=3)
    resumed = load_soft_labels(parts / "soft_labels.npz")
    for name, labels in load_soft_labels(whole / "soft_labels.npz").items():
        np.testing.assert_array_equal(labels.tags, resumed[name].tags)


def test_what_a_teacher_cannot_do(corpus: Path, mpnet: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="'tpu'"):
        teach(tmp_path / "none", mpnet, tmp_path, device="tpu")
    with pytest.raises(CorpusError):
        teach(tmp_path / "none", mpnet, tmp_path)
    with pytest.raises(TrainingError, match="the corpus itself"):
        teach(corpus, mpnet, corpus / "text" / "..")
    for folds in (1, 7):
        with pytest.raises(TrainingError, match=f"6 articles, which cannot be parted in {folds}"):
            teach(corpus, mpnet, tmp_path, folds=folds)
    with pytest.raises(TrainingError, match="without --resume"):
        teach(corpus, mpnet, tmp_path, resume=True)


TEXT = "Ben Cole said, “that Anna Bell said Dora Finn added a line there.” Nobody asked."


def spot(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


OWN = Roles(
    (spot("Ben Cole"),),
    (spot("said"),),
    (spot("“that Anna Bell said Dora Finn added a line there.”"),),
)


def found(*attributions: Roles) -> list[tuple[str, str, str]]:
    article = Article("one", Path("one.txt"), TEXT, attributions)
    nested = nested_attributions(FakeEncoder(), article)
    assert all(len(one.source) == len(one.cue) == len(one.content) == 1 for one in nested)
    within = containers([*attributions, *nested])
    assert None not in within[len(attributions) :]
    assert within[: len(attributions)] == containers(attributions)
    return [
        tuple(TEXT[slice(*spans[0])] for spans in (one.source, one.cue, one.content))  # type: ignore[misc]
        for one in nested
    ]


def test_what_is_nested_in_a_content() -> None:
    assert found(OWN) == [("Anna Bell", "said", "Dora Finn added a line there")]
    assert found() == []
    assert found(Roles(OWN.source, OWN.cue, (spot("that Anna Bell said"),))) == []  # too short


def test_what_the_annotator_marked_is_not_marked_again() -> None:
    start = TEXT.index("Anna")
    anna = Roles(
        (spot("Anna Bell"),), ((start + 10, start + 14),), (spot("Dora Finn added a line there"),)
    )
    assert found(OWN, anna) == [("Dora Finn", "added", "a line there")]


def test_what_the_annotator_marked_stays_nested_as_it_was() -> None:
    dora = Roles((spot("Dora Finn"),), (spot("added"),), (spot("a line there"),))
    assert found(OWN, dora) == []  # Anna Bell's content would hold it.

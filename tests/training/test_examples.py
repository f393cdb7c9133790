"""Articles as labels: hard ones, nested ones, a teacher's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the extra train")

from tokenizers import Tokenizer

from onrecord.encoder.pieces import Pieces, open_tokenizer
from onrecord.encoder.windows import SIZE
from onrecord.errors import TrainingError
from onrecord.evaluation.corpus import ROLES, Article, Roles, read_corpus
from onrecord.records import Span
from onrecord.training.examples import batches, cut_article, label_article
from onrecord.training.soft import SoftLabels

pytestmark = pytest.mark.train

TEXT = "the mayor said the clerk wrote it rained. the boat left."


@pytest.fixture
def tokenizer(encoder: Path) -> Tokenizer:
    return open_tokenizer((encoder / "tokenizer.json").read_bytes())


def spot(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return start, start + len(words)


OUTER = Roles((spot("the mayor"),), (spot("said"),), (spot("the clerk wrote it rained"),))
NESTED = Roles((spot("the clerk"),), (spot("wrote"),), (spot("it rained"),))


def article(*attributions: Roles, text: str = TEXT) -> Article:
    return Article("one", Path("one.txt"), text, attributions)


def marked(pieces: Pieces, labels: np.typing.NDArray[np.float32]) -> list[list[str]]:
    """The words of each role, those that begin a span in brackets."""
    out = []
    for role in range(labels.shape[1] // 2):
        kinds = labels.argmax(1) - 2 * role
        words = [TEXT[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)]
        out.append(
            [f"[{w}]" if k == 1 else w for w, k in zip(words, kinds, strict=True) if k in (1, 2)]
        )
    return out


def test_labels_stand_on_the_words_they_mark(corpus: Path, tokenizer: Tokenizer) -> None:
    article = read_corpus(corpus)[1]
    labelled = label_article(tokenizer, article)
    pieces = labelled.pieces
    for number, role in enumerate(ROLES):
        begins = pieces.starts[labelled.tags[:, 2 * number + 1] == 1].tolist()
        assert begins == sorted(getattr(a, role)[0][0] for a in article.attributions)
    assert len(labelled.cues) == len(article.attributions)
    for cue, attribution in zip(labelled.cues, article.attributions, strict=True):
        assert (int(pieces.starts[cue.first]), int(pieces.ends[cue.last])) == attribution.cue[0]
        sources = cue.start + (cue.roles[:, 1] == 1).nonzero()[0]
        assert pieces.starts[sources].tolist() == [attribution.source[0][0]]
    assert not labelled.inner[:, 1:].any()


def test_nested_attributions_have_labels_of_their_own(tokenizer: Tokenizer) -> None:
    labelled = label_article(tokenizer, article(OUTER, NESTED))
    words = ["[the]", "clerk", "wrote", "it", "rained"]
    assert marked(labelled.pieces, labelled.tags) == [["[the]", "mayor"], ["[said]"], words]
    assert marked(labelled.pieces, labelled.inner) == [
        ["[the]", "clerk"],
        ["[wrote]"],
        ["[it]", "rained"],
    ]
    assert [TEXT[labelled.pieces.starts[c.first] :][:5] for c in labelled.cues] == [
        "said ",
        "wrote",
    ]


def test_adjacent_spans_of_a_role_are_one(tokenizer: Tokenizer) -> None:
    two = Roles(content=(spot("it rained."), spot("the boat left.")))
    labelled = label_article(tokenizer, article(two))
    assert marked(labelled.pieces, labelled.tags)[2] == [
        "[it]", "rained", ".", "the", "boat", "left", "."
    ]  # fmt: skip
    apart = Roles(content=(spot("the clerk"), spot("it rained")))
    labelled = label_article(tokenizer, article(apart))
    assert marked(labelled.pieces, labelled.tags)[2] == ["[the]", "clerk", "[it]", "rained"]
    lines = TEXT.replace(". ", ".\n")
    labelled = label_article(tokenizer, article(two, text=lines))
    assert marked(labelled.pieces, labelled.tags)[2].count("[the]") == 1


def test_a_teachers_labels_are_mixed_in(tokenizer: Tokenizer) -> None:
    one = article(OUTER, NESTED)
    hard = label_article(tokenizer, one)
    length = len(hard.pieces.ids)
    cue = hard.cues[0]
    tags = np.full((length, 7), 1 / 7, dtype=np.float32)
    roles = np.full((length - 1, 5), 1 / 5, dtype=np.float32)
    soft = SoftLabels(tags, {(cue.first, cue.last): (1, roles)})
    mixed = label_article(tokenizer, one, soft, softness=0.8)
    np.testing.assert_allclose(mixed.tags, 0.2 * hard.tags + 0.8 / 7, rtol=1e-5)
    np.testing.assert_array_equal(mixed.inner, hard.inner)
    first = 1 - cue.start  # where the teacher's reading begins
    read = slice(first, first + length - 1)
    np.testing.assert_allclose(
        mixed.cues[0].roles[read], 0.2 * cue.roles[read] + 0.8 / 5, rtol=1e-5
    )
    np.testing.assert_array_equal(mixed.cues[0].roles[:first], cue.roles[:first])
    np.testing.assert_array_equal(mixed.cues[1].roles, hard.cues[1].roles)  # not read by it


def test_labels_of_another_text(tokenizer: Tokenizer) -> None:
    soft = SoftLabels(np.zeros((3, 7), dtype=np.float32))
    with pytest.raises(TrainingError, match=r"'one' are for 3 pieces, and the text has \d+"):
        label_article(tokenizer, article(OUTER), soft, softness=0.5)


def test_a_cue_longer_than_any_window_is_none(tokenizer: Tokenizer) -> None:
    text = "said " + "the boat left. " * SIZE + "so"
    one = Roles(cue=((0, 4), (len(text) - 2, len(text))), content=((5, 8),))
    assert label_article(tokenizer, article(one, text=text)).cues == ()


def test_a_batch_holds_every_piece_once_and_its_labels(tokenizer: Tokenizer) -> None:
    text = TEXT + "\n\n"
    shifted = [
        replace(OUTER, **{r: tuple((a + i, b + i) for a, b in getattr(OUTER, r)) for r in ROLES})
        for i in range(0, 60 * len(text), len(text))
    ]
    labelled = label_article(tokenizer, article(*shifted, text=text * 60))
    assert len(cut_article(tokenizer, text * 60).ids) == len(labelled.pieces.ids) > 2 * SIZE
    seen = 0
    for batch in batches([labelled], size=2, edges=(2, 3), seed=5):
        assert batch.mask.sum(1).tolist() == [
            2 + int(row) for row in (batch.tags.sum((1, 2))).tolist()
        ]
        seen += int(batch.tags[..., 3].sum())
        for (row, first, last), roles in zip(batch.cues.tolist(), batch.roles, strict=True):
            assert batch.tags[row, first, 3] == 1
            assert first == last
            assert roles.sum(1).tolist() == batch.tags[row].sum(1).tolist()
            assert roles[:, 1].sum() <= 1
    assert seen >= 60  # and once more where they are another window's context

"""Pages that people corrected are learned from."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

pytest.importorskip("torch", reason="needs the extra train")

from onrecord import Corpus
from onrecord.cli.train import How, train_attributions
from onrecord.correcting import statement
from onrecord.errors import OptionsError, TrainingError
from onrecord.evaluation.corpus import Roles
from onrecord.training.corrected import corrected_articles
from store import made_corpus

pytestmark = pytest.mark.train


@pytest.fixture
def corrected(tmp_path: Path) -> Corpus:
    """A corpus with a corrected page, whose second attribution is none."""
    made = made_corpus.corpus(tmp_path / "desk.db")
    page = made.page(1)
    first, second = (statement(page, one) for one in page.attributions[:2])
    made.correct(1, before=first, after=msgspec.structs.replace(first, cue=()), who="Orla")
    made.correct(1, before=second, after=None, who="Orla")
    return made


def test_a_corrected_page_is_an_article(corrected: Corpus, tmp_path: Path) -> None:
    (article,) = corrected_articles(corrected.path, tmp_path / "articles")
    page = corrected.page(1)
    assert article.text == page.text
    assert article.attributions == tuple(
        Roles(one.source, one.cue, one.content) for one in page.attributions
    )
    assert article.attributions[0].cue == ()
    assert len(article.attributions) == 2


def test_they_are_learned_alone_and_beside_a_corpus(
    corrected: Corpus,
    corpus: Path,
    encoder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    how = How(epochs=1)
    train_attributions(None, tmp_path / "alone", how, corrections=corrected.path, encoder=encoder)
    assert "learns from 1 corrected page" in capsys.readouterr().out
    card = (tmp_path / "alone/weights/MODEL_CARD.md").read_text()
    assert "in 1 articles of the corpus `desk`" in card
    train_attributions(corpus, tmp_path / "both", how, corrections=corrected.path, encoder=encoder)
    card = (tmp_path / "both/weights/MODEL_CARD.md").read_text()
    assert f"in 7 articles of the corpus `{corpus.stem} and desk`" in card


def test_what_holds_nothing_to_learn_from(tmp_path: Path, encoder: Path) -> None:
    made = made_corpus.corpus(tmp_path / "c.db")
    with pytest.raises(TrainingError, match="no page in it was corrected"):
        train_attributions(
            None, tmp_path / "out", How(epochs=1), corrections=made.path, encoder=encoder
        )
    with pytest.raises(OptionsError, match="nothing to learn from"):
        train_attributions(None, tmp_path / "out", How(epochs=1), encoder=encoder)

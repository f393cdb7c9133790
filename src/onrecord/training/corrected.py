"""Pages that people corrected, as articles to learn from."""

from __future__ import annotations

from pathlib import Path

from onrecord.errors import TrainingError
from onrecord.evaluation.corpus import Article, read_corpus
from onrecord.exporting.brat import write_brat
from onrecord.store import Corpus


def corrected_articles(path: Path, folder: Path) -> list[Article]:
    """The current pages of a corpus with a correction that holds, written to a new folder.

    All of their attributions are learned, those that nobody changed too: who corrects a page
    has looked at it. Raises `StoreError` where the corpus cannot be used, and `TrainingError`
    where nothing in it was corrected.
    """
    if not write_brat(Corpus(path).corrected(), folder):
        raise TrainingError(
            f"{path}: no page in it was corrected. Correct some with: onrecord serve {path}"
        )
    return read_corpus(folder)

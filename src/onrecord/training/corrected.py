"""Pages that people corrected, as articles to learn from."""

from __future__ import annotations

from pathlib import Path

from onrecord.errors import TrainingError
from onrecord.evaluation.corpus import Article, Roles
from onrecord.store import Corpus


def corrected_articles(path: Path) -> list[Article]:
    """The current pages of a corpus with a correction that holds, by day.

    All of their attributions are learned, those that nobody changed too: who corrects a page
    has looked at it. Raises `StoreError` where the corpus cannot be used, and `TrainingError`
    where nothing in it was corrected.
    """
    articles = [
        Article(
            name=page.id,
            path=path,
            text=page.text,
            attributions=tuple(
                Roles(one.source, one.cue, one.content) for one in page.attributions
            ),
        )
        for page in Corpus(path).corrected()
    ]
    if not articles:
        raise TrainingError(
            f"{path}: no page in it was corrected. Correct some with: onrecord serve {path}"
        )
    return articles

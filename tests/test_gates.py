"""What the shipped weights must keep, on data that stays outside of the project.

The weights were trained on PolNeAR's train part and never on dev. Floors go up, never down.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from conftest import SHARED
from onrecord import Reader
from onrecord.evaluation.attributions import evaluate
from onrecord.evaluation.corpus import read_corpus

DEV = SHARED / "corpora/polnear/dev"
FINGERPRINT = "3e70fedf5d205578d9da4299f7d75c742c0cb5a8bd325f98b2e015b2770e4d39"

FLOORS = {"full": 74.5, "direct/full": 86.0}
"""F1 in percent on PolNeAR's dev part."""

SEED_PARENTS = [None, 0, 0, None, 3, None, 5, None, 7, 8, 7, 10, 10, None, None]


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted((*folder.glob("text/*.txt"), *folder.glob("attributions/*.ann"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@pytest.mark.shared
def test_dev_is_the_corpus_that_the_floors_were_measured_on() -> None:
    assert _fingerprint(DEV) == FINGERPRINT


@pytest.mark.shared
def test_attributions_on_dev_stay_above_their_floors() -> None:
    scores = evaluate(read_corpus(DEV), Reader())
    found = {name: 100 * scores[name].f1 for name in FLOORS}
    assert all(found[name] >= floor for name, floor in FLOORS.items()), found


@pytest.mark.shared
def test_the_seed_page() -> None:
    (path,) = (SHARED / "seed").glob("*.txt")
    text = path.read_text(encoding="utf-8")
    page = Reader().read(path)
    article, _, thread = text.partition("\n\n\n\n\n")
    assert page.text == text
    assert page.language == "en"
    assert page.headline == text.split("\n", 1)[0]
    paragraphs = [text[p.start : p.end] for p in page.paragraphs]
    assert paragraphs == [line.strip() for line in article.split("\n") if line.strip()]
    assert [p.kind for p in page.paragraphs] == ["headline"] + ["body"] * (len(paragraphs) - 1)
    assert [c.parent for c in page.comments] == SEED_PARENTS
    assert page.comments[0].author is None
    authors = [c.author for c in page.comments[1:]]
    bullets = [line.split("•", 1)[1].strip() for line in thread.split("\n") if "•" in line]
    assert authors == bullets
    # Every character of the thread is a comment's, a name's, a bullet or white space.
    kept = "".join(text[c.start : c.end] for c in page.comments) + "".join(bullets)
    assert len("".join(kept.split())) == len("".join(thread.replace("•", "").split()))

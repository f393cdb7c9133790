"""Somebody's program is killed while it corrects: a correction is whole or not there."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from onrecord import Corpus
from onrecord.correcting import correct
from store.made_corpus import corpus

KILLS = 8
SEED = 7
ROOT = Path(__file__).parents[1]

CHILD = """
import sys
from onrecord import Corpus
from onrecord.correcting import Statement, statement
corpus = Corpus(sys.argv[1])
print("ready", flush=True)
while True:
    page = corpus.page(1)
    before = statement(page, page.attributions[0])
    after = Statement(content=((60, 75),), kind="indirect", speaker="Ada Bell")
    number = corpus.correct(1, before=None, after=after, who="Orla").id
    corpus.correct(1, before=before, after=None, who="Orla")
    corpus.undo(number + 1, who="Orla")
    corpus.undo(number, who="Orla")
"""


def test_killed_at_any_moment_the_page_is_its_answer_with_its_corrections(tmp_path: Path) -> None:
    made = corpus(tmp_path / "c.db")
    model = made.page(1)
    moments = random.Random(SEED)  # noqa: S311 - nothing secret
    for _ in range(KILLS):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(made.path)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(moments.uniform(0, 0.2))
        child.kill()
        child.communicate()
        _check(made, model)
    assert len(made.corrections(limit=10_000)) > KILLS


def _check(made: Corpus, model: object) -> None:
    with closing(sqlite3.connect(made.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    answer = made.answer(1)
    assert answer == model
    corrections = reversed(made.corrections(1, limit=10_000))
    page = made.page(1)
    # The tables give attributions by their ids.
    expected = sorted(correct(answer, corrections).page.attributions, key=lambda one: one.id)
    assert list(page.attributions) == expected

"""What one program holds open, another one must not take away."""

from __future__ import annotations

from multiprocessing import get_context
from pathlib import Path

from onrecord.store import Watch
from store import made_corpus

PATIENCE = 60


def test_a_program_that_adds_leaves_the_log_to_one_that_reads(tmp_path: Path) -> None:
    """The last connection to a corpus takes the log with it, and must be the last of all programs.

    A file that is opened and closed beside SQLite takes away its locks, and then a corpus that
    several threads read while another program writes is damaged.
    """
    corpus = made_corpus.corpus(tmp_path / "c.db")
    watch = Watch(corpus.path)
    assert corpus.overview().pages == 2
    watch.state()
    adding = get_context("spawn").Process(
        target=made_corpus.add, args=(corpus, [("rain.txt", "Rain\n\nAnna Bell said it rained.")])
    )
    adding.start()
    adding.join(PATIENCE)
    assert adding.exitcode == 0
    assert (tmp_path / "c.db-wal").exists()
    assert corpus.overview().pages == 3
    watch.close()

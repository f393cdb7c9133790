"""Gold of pages: reading it, and the digests that stand for text that is not ours."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from onrecord.errors import CorpusError
from onrecord.evaluation.gold_pages import (
    GoldComment,
    GoldPage,
    begins,
    digested,
    ends,
    key,
    read_gold,
    same,
)

COMMENT = GoldComment(
    id=1, parent=None, author="Ana Rower", text_start="It leaked before", text_end="on the wall."
)
GOLD = GoldPage(
    headline="The barrier opens",
    byline="Ben Kerr and Cleo Ash",
    date="2024-05-03",
    first_paragraph_start="On the",
    comments=(COMMENT,),
)


def test_white_space_and_what_is_never_seen_do_not_count() -> None:
    assert key(" Re\u00adpub\u200blic \n of  Ana ") == "republicofana"
    assert same("Ana  Rower", "ana rower")
    assert same(None, None)
    assert not same("Ana", None)


def test_edges() -> None:
    text = key("It leaked before it was opened. They are back on the wall.")
    assert begins(text, "It leaked  before")
    assert ends(text, "on the wall.")
    assert not begins(text, "It leaks")
    assert not ends(text, "on the wall")


def test_digests_say_the_same_as_the_text() -> None:
    hidden = digested(GOLD)
    assert "Ana" not in msgspec.json.encode(hidden).decode()
    assert same(hidden.comments[0].author, "Ana Rower")
    assert not same(hidden.comments[0].author, "Ana Rowan")
    assert begins(key("It leaked before it was opened"), hidden.comments[0].text_start)
    assert not begins(key("It leaked afterwards"), hidden.comments[0].text_start)
    assert ends(key("back on the wall."), hidden.comments[0].text_end)
    assert len(hidden.byline or ()) == 2
    assert hidden.date == GOLD.date


def test_gold_is_read_in_order(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.json").write_bytes(msgspec.json.encode(GOLD))
    assert list(read_gold(tmp_path)) == [("a", GOLD), ("b", GOLD)]


def test_broken_gold(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="holds no gold"):
        list(read_gold(tmp_path))
    (tmp_path / "a.json").write_text("{}")
    with pytest.raises(CorpusError, match=r"a\.json is no gold of a page"):
        list(read_gold(tmp_path))

"""``onrecord comments``: threads and replies."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from cli.ask import ask, header, rows
from onrecord.cli.asking import fields
from onrecord.errors import NotInStoreError, OptionsError
from onrecord.store import PageThreads, Replies
from store.handmade import write
from writer import Writer


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = Writer().paragraph("Bridge Opens").comment("It leaks.", author="Ada")
    tree.comment("It does not.", 0, author="Bo").comment("It does.", 1, author="Ada")
    flat = Writer().paragraph("Ferry Leaves").comment("At last.", author="Cy")
    pages = [tree.page(site="Aar Post"), flat.page(site="Bode Bugle", id="1" * 64)]
    return write(tmp_path_factory.mktemp("comments") / "c.db", pages).path


def test_threads(path: Path) -> None:
    tree, flat = rows("comments", path)
    assert list(tree) == fields(PageThreads)
    assert (tree["headline"], tree["comments"], tree["threads"], tree["depth"]) == (
        *("Bridge Opens", 3, 1),
        3,
    )
    assert (flat["page"], flat["commenters"]) == (2, 1)
    assert ask("comments", path).splitlines()[1].split() == (
        "1 Bridge Opens Aar Post 3 1 3 2 7 0".split()
    )


def test_replies(path: Path) -> None:
    found = rows("comments", path, "--replies")
    assert [(row["author"], row["to"]) for row in found] == [("Ada", "Bo"), ("Bo", "Ada")]
    assert list(found[0]) == fields(Replies)
    assert "commenter  replies to" in ask("comments", path, "--replies")


def test_options_narrow(path: Path) -> None:
    assert [row["page"] for row in rows("comments", path, "2")] == [2]
    assert [row["page"] for row in rows("comments", path, "--site", "Aar Post")] == [1]
    assert len(rows("comments", path, "--limit", "1")) == 1
    assert len(rows("comments", path, "1", "--replies", "--limit", "1")) == 1


def test_where_nothing_is_there(path: Path) -> None:
    assert ask("comments", path, "2", "--replies") == "no comment that replies to another\n"
    assert header("comments", path, "2", "--replies") == fields(Replies)
    with pytest.raises(NotInStoreError, match="no page '3'"):
        ask("comments", path, "3")
    with pytest.raises(OptionsError, match="no page of the site"):
        ask("comments", path, "--site", "Cher")


def test_fields_are_the_keys_of_json() -> None:
    assert [field.encode_name for field in msgspec.structs.fields(Replies)] == fields(Replies)

"""Threads: trees of comments counted, held against a walk over the records."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Corpus, Page
from onrecord.errors import NotInStoreError, OptionsError
from onrecord.store.pseudonyms import pseudonym, without_names
from store.handmade import Said, made_page, write
from writer import Writer


def _page(*comments: tuple[int | None, str | None], **values: Any) -> Page:
    """A page of comments, each with its parent and its author."""
    writer = Writer().paragraph("Bridge Opens")
    for number, (parent, author) in enumerate(comments):
        writer.comment(f"This is comment {number}.", parent, author=author)
    page = writer.page(**values)
    return msgspec.structs.replace(page, id=f"{hash((comments, *values.items())) % 2**256:064x}")


TREE = _page(
    *((None, "Ada"), (0, "Bo"), (1, "Ada"), (2, "Bo"), (0, "Bo"), (None, None), (5, None)),
    site="Aar Post",
)
FLAT = _page((None, "Ada"), (None, "Ada"), (0, "Ada"), site="Bode Bugle")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    path = tmp_path_factory.mktemp("threads") / "c.db"
    said = made_page(Said("it rained", "Anna Bell", comment=True), Said("no", "Ben Cole"))
    return write(path, [FLAT, said, TREE, made_page(Said("a page without comments"))])


def test_pages_with_comments_those_with_most_first(corpus: Corpus) -> None:
    tree, flat, said = corpus.threads()
    assert (tree.page, tree.site, tree.headline) == (3, "Aar Post", "Bridge Opens")
    assert (tree.comments, tree.threads, tree.depth, tree.commenters) == (7, 2, 4, 2)
    assert tree.words == 7 * 4
    assert (flat.comments, flat.threads, flat.depth, flat.commenters) == (3, 2, 2, 1)
    assert (said.comments, said.attributions, tree.attributions) == (1, 1, 0)


def test_who_replies_to_whom_on_a_site(corpus: Corpus) -> None:
    found = [(one.site, one.author, one.to, one.replies, one.pages) for one in corpus.replies()]
    assert found == [
        ("Aar Post", "Bo", "Ada", 3, 1),
        ("Aar Post", None, None, 1, 1),
        ("Aar Post", "Ada", "Bo", 1, 1),
        ("Bode Bugle", "Ada", "Ada", 1, 1),
    ]


def test_one_page_one_site_and_a_limit(corpus: Corpus) -> None:
    assert [one.page for one in corpus.threads(page="1")] == [1]
    assert [one.page for one in corpus.threads(site="Bode Bugle")] == [1]
    assert corpus.threads(page="1", site="Aar Post") == []
    assert corpus.threads(page="4") == []
    assert len(corpus.threads(limit=2)) == 2
    assert [one.to for one in corpus.replies(page=TREE.id, limit=1)] == ["Ada"]
    assert [one.author for one in corpus.replies(site="Bode Bugle")] == ["Ada"]


def test_what_is_not_there_is_told(corpus: Corpus) -> None:
    with pytest.raises(NotInStoreError, match="no page '9'"):
        corpus.threads(page="9")
    for question in (corpus.threads, corpus.replies):
        with pytest.raises(OptionsError, match=r"no page of the site 'Cher'.*Aar Post"):
            question(site="Cher")


def test_an_older_version_is_there_when_it_is_asked_for(tmp_path: Path) -> None:
    address = "https://a.example/"
    corpus = write(tmp_path / "c.db", [_page((None, "Ada"), (0, "Bo"), url=address)])
    write(corpus.path, [_page((None, "Ada"), url=address)])
    assert [one.comments for one in corpus.threads()] == [1]
    assert corpus.replies() == []
    assert [one.comments for one in corpus.threads(page="1")] == [2]


def test_pseudonyms_reply_as_their_names_would(tmp_path: Path) -> None:
    key = b"k" * 32
    corpus = write(tmp_path / "c.db", [without_names(TREE, key)])
    most = corpus.replies()[0]
    assert (most.author, most.to) == (
        pseudonym("Bo", "Aar Post", key),
        pseudonym("Ada", "Aar Post", key),
    )
    assert most.replies == 3


@st.composite
def _trees(draw: st.DrawFn) -> Page:
    size = draw(st.integers(1, 8))
    authors = st.sampled_from([None, "Ada", "Bo"])
    parents = [draw(st.sampled_from([None, *range(n)])) for n in range(size)]
    return _page(*((parent, draw(authors)) for parent in parents))


@settings(max_examples=40, deadline=None)
@given(st.lists(_trees(), max_size=3, unique_by=lambda page: page.id))
def test_any_tree_is_counted_right(pages: list[Page]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        corpus = write(Path(folder) / "c.db", pages)
        threads, replies = corpus.threads(), corpus.replies()
    expected: Counter[tuple[str | None, str | None]] = Counter()
    for number, page in enumerate(pages, 1):
        depths: dict[int, int] = {}
        for one in page.comments:
            depths[one.id] = 1 if one.parent is None else depths[one.parent] + 1
            if one.parent is not None:
                expected[one.author, page.comments[one.parent].author] += 1
        (found,) = (one for one in threads if one.page == number)
        assert (found.comments, found.depth) == (len(page.comments), max(depths.values()))
        assert found.threads == sum(one.parent is None for one in page.comments)
        assert found.commenters == len({one.author for one in page.comments} - {None})
    assert {(one.author, one.to): one.replies for one in replies} == expected

"""Pages in a list, held against the records."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import Corpus
from onrecord.errors import NotInStoreError, QueryError
from onrecord.store import Filter
from store.handmade import Said, made_page, write


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    pages = [
        made_page(Said("it rained", "Anna Bell"), published="2026-03-01", headline="Rain"),
        made_page(Said("it snowed"), Said("it thawed", comment=True), headline="No date"),
        made_page(headline="Nobody speaks", published="2026-03-02"),
        made_page(Said("it rained", "Pia Lund"), published="2026-03-03", url="https://a.example/"),
        made_page(Said("it rains", "Pia Lund"), published="2026-03-04", url="https://a.example/"),
    ]
    return write(tmp_path / "c.db", pages)


def test_the_newest_come_first_and_old_versions_not_at_all(corpus: Corpus) -> None:
    found = corpus.list_pages()
    assert (found.total, [one.number for one in found.pages]) == (4, [5, 3, 1, 2])
    by_id = {page.id: page for page in corpus.pages()}
    assert {one.sha256 for one in found.pages} == set(by_id)
    for one in found.pages:
        page = by_id[one.sha256]
        assert (one.url, one.site, one.headline) == (page.url, page.site, page.headline)
        assert (one.published, one.language) == (page.published, page.language)
        assert one.attributions == len(page.attributions)
        assert one.comments == len(page.comments)
        assert one.words == len(page.text.split())


def test_a_part_of_the_list(corpus: Corpus) -> None:
    found = corpus.list_pages(limit=2, offset=1)
    assert (found.total, [one.number for one in found.pages]) == (4, [3, 1])
    assert corpus.list_pages(offset=4).pages == ()


def test_with_a_filter_pages_with_what_is_asked_for(corpus: Corpus) -> None:
    found = corpus.list_pages(Filter(words="rain*"))
    assert (found.total, [one.number for one in found.pages]) == (2, [5, 1])
    # All of a page counts, not what is asked for alone.
    (both,) = corpus.list_pages(Filter(words="snowed")).pages
    assert both.attributions == 2
    second = corpus.list_pages(Filter(words="it"), limit=1, offset=1)
    assert (second.total, [one.number for one in second.pages]) == (3, [1])
    with pytest.raises(QueryError):
        corpus.list_pages(Filter(words='"'))


def test_a_page_by_its_number(corpus: Corpus) -> None:
    page = corpus.page(5)
    assert corpus.number(page.id[:12]) == corpus.number("https://a.example/") == 5
    with pytest.raises(NotInStoreError):
        corpus.number("https://nowhere.example/")

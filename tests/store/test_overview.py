"""What a corpus holds, in numbers, and what failed."""

from __future__ import annotations

from pathlib import Path

from onrecord.store import Overview
from store.handmade import Said, made_page, write
from store.made_corpus import add


def test_an_empty_corpus(tmp_path: Path) -> None:
    assert write(tmp_path / "c.db", []).overview() == Overview(
        pages=0,
        versions=0,
        words=0,
        attributions=0,
        speakers=0,
        comments=0,
        first=None,
        last=None,
        undated=0,
        sites=(),
        site_count=0,
        readings=(),
        failures=0,
        names=False,
    )


def test_all_but_versions_is_of_current_pages(tmp_path: Path) -> None:
    address = "https://a.example/"
    corpus = write(
        tmp_path / "c.db",
        [
            made_page(
                *[Said("it rained all day", name, comment=True) for name in ("Ada Bo", "Cy Di")],
                url=address,
                site="Old Post",
                published="2001-01-01",
            )
        ],
    )
    write(
        corpus.path,
        [
            made_page(Said("no", "Ada Bo"), Said("yes"), url=address, site="Aar Post"),
            made_page(Said("so", "a sailor", comment=True), published="2026-02-03", site="B"),
            made_page(Said("so", "Ada Bo"), published="2026-01-03", site="B", headline="x"),
            made_page(Said("well", "Emil"), published="2025-01-03"),
        ],
    )
    held = corpus.overview()
    assert (held.pages, held.versions, held.undated) == (4, 1, 1)
    assert (held.attributions, held.comments, held.speakers) == (5, 1, 2)
    assert (held.first, held.last) == ("2025-01-03", "2026-02-03")
    assert held.sites == (("B", 2), (None, 1), ("Aar Post", 1))
    assert held.site_count == 2
    ((label, pages),) = held.readings
    assert label.startswith("onrecord ")
    assert pages == 5  # an older version was read by something too
    assert held.words == 4 + 3 + 4 + 4 + 3


def test_the_largest_sites_stand_and_the_others_are_counted(tmp_path: Path) -> None:
    pages = [made_page(Said("so"), site=f"Post {number:02}") for number in range(13)]
    held = write(tmp_path / "c.db", pages).overview()
    assert [site for site, _ in held.sites] == [f"Post {number:02}" for number in range(10)]
    assert held.site_count == 13


def test_names_or_pseudonyms(tmp_path: Path) -> None:
    from onrecord import Corpus

    corpus = Corpus(tmp_path / "c.db")
    add(corpus, [], names=True)
    assert corpus.overview().names


def test_failures_stand_in_the_order_in_which_they_first_failed(tmp_path: Path) -> None:
    from onrecord import Corpus

    corpus = Corpus(tmp_path / "c.db")
    assert add(corpus, [("b.txt", " "), ("a.txt", "")])
    add(corpus, [("b.txt", "  "), ("c.txt", "\n")])
    failures = corpus.failures()
    assert [(one.name, one.error, one.tries) for one in failures] == [
        ("b.txt", "EmptyInputError", 2),
        ("a.txt", "EmptyInputError", 1),
        ("c.txt", "EmptyInputError", 1),
    ]
    assert failures[0].message.startswith("the input is empty")
    assert corpus.overview().failures == 3

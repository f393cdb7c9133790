"""The search, pages, speakers and comments, as the app answers them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from onrecord import Corpus
from store.handmade import Said, made_page, write
from store.made_corpus import add, corpus
from web.asked import client, found, words
from writer import Writer


@pytest.fixture
def made(tmp_path: Path) -> Corpus:
    return corpus(tmp_path / "c.db")


def test_the_search_shows_attributions_by_page(made: Corpus) -> None:
    with client(made) as asking:
        answer = asking.get("/").text
        assert "5 attributions in 2 pages, newest first" in words(answer)
        assert "The corpus holds 2 pages with 5 attributions, 2026-03-04 to 2026-03-04." in words(
            answer
        )
        page = answer
        assert found(page, "//h3//text()") == [
            "Council Argues Over The Harbour Piers",
            "Convoy Waits At The Border",
        ]
        assert found(page, "//h3/a/@href") == ["/pages/1", "/pages/2"]


@pytest.mark.parametrize(
    ("query", "contents"),
    [
        ("q=divers", ["nobody had asked the divers"]),
        ("q=div*+OR+bread", ["nobody had asked the divers", "the drivers would wait for bread"]),
        ("speaker=Elda+Marrow&q=road", ["the road was open"]),
        ("since=2026-03&q=safe", ["the northern piers were safe"]),
        ("since=2027", []),
        ("site=The+Sarrow+Lantern&speaker=Lund", ["the concrete was old"]),
        ("place=comments", []),
    ],
)
def test_what_is_asked_for_is_found(made: Corpus, query: str, contents: list[str]) -> None:
    with client(made) as asking:
        for part in ("", "&part=results"):
            page = asking.get(f"/?{query}{part}").text
            assert found(page, "//mark/text()") == contents
            assert bool(found(page, "//form")) == (part == "")


def test_words_that_cannot_be_understood_are_explained_in_place(made: Corpus) -> None:
    with client(made) as asking:
        answer = asking.get("/?q=%22divers&part=results")
        assert answer.status_code == 200
        assert "A quotation mark is not closed" in answer.text


def test_results_come_in_pages_whose_addresses_keep_the_filter(tmp_path: Path) -> None:
    made = Corpus(tmp_path / "c.db")
    add(made, [("many.txt", "Many\n\n" + "Anna Bell said it rained.\n\n" * 45)])
    with client(made) as asking:
        page = asking.get("/?q=rained&page=2").text
        assert len(found(page, "//mark")) == 20
        assert found(page, "//a[@rel='prev']/@href") == ["/?q=rained&page=1"]
        assert found(page, "//a[@rel='next']/@href") == ["/?q=rained&page=3"]
        last = asking.get("/?q=rained&page=3").text
        assert len(found(last, "//mark")) == 5
        assert found(last, "//a[@rel='next']") == []


def test_what_is_found_as_csv(made: Corpus) -> None:
    with client(made) as asking:
        answer = asking.get("/search.csv?q=divers")
        assert answer.headers["content-type"].startswith("text/csv")
        assert "attachment" in answer.headers["content-disposition"]
        (row,) = csv.DictReader(answer.text.removeprefix("\ufeff").splitlines())
        assert row["speaker"] == "Osric Marrow"
        assert row["content"] == "nobody had asked the divers"


def test_a_page_is_shown_as_in_the_report(made: Corpus) -> None:
    with client(made) as asking:
        answer = asking.get("/pages/1")
        page = answer.text
        assert found(page, "//h1//text()") == ["Council Argues Over The Harbour Piers"]
        first = found(page, "//*[@id='ledger']//blockquote")[0]
        assert first.text_content().strip() == "the northern piers were safe"


@pytest.mark.parametrize("path", ["/pages/99", "/speakers/99", "/nowhere"])
def test_what_is_not_there_is_told(made: Corpus, path: str) -> None:
    with client(made) as asking:
        answer = asking.get(path)
        assert answer.status_code == 404
        assert "Not there" in words(answer.text)


def test_speakers_and_one_of_them(made: Corpus) -> None:
    with client(made) as asking:
        page = asking.get("/speakers").text
        names = found(page, "//tbody/tr/th/a/text()")
        assert names == ["Elda Marrow", "Osric Marrow", "Pia Lund", "Aldo Reyk"]
        (own,) = found(asking.get("/speakers?speaker=Pia").text, "//tbody//a/@href")
        answer = asking.get(own).text
        assert "1 attribution, 4 words, in 1 page" in words(answer)
        assert found(answer, "//mark/text()") == ["the concrete was old"]
        narrowed = asking.get(f"{own}?q=nothing").text
        assert "0 attributions in 0 pages" in words(narrowed)
        nobody = asking.get("/speakers?speaker=Nobody")
        assert nobody.status_code == 200
        assert "Nobody" in nobody.text


def test_a_number_is_that_speaker_alone(tmp_path: Path) -> None:
    made = write(tmp_path / "c.db", [made_page(Said("it rained", "300"))])
    with client(made) as asking:
        assert asking.get("/speakers/300").status_code == 404
        assert asking.get("/speakers/1").status_code == 200


@pytest.mark.parametrize("path", ["/", "/speakers", "/compare", "/audit"])
def test_a_form_keeps_the_speaker_that_is_asked_for(made: Corpus, path: str) -> None:
    with client(made) as asking:
        page = asking.get(f"{path}?identity=1").text
        assert found(page, "//form//input[@name='identity']/@value") == ["1"]


def test_comments_and_who_replies(tmp_path: Path) -> None:
    thread = Writer().paragraph("Bridge Opens").comment("It leaks.", author="Ada")
    thread.comment("It does not.", 0, author="Bo").comment("It does.", 1, author="Ada")
    made = write(tmp_path / "c.db", [thread.page(site="Aar Post")])
    with client(made) as asking:
        page = asking.get("/comments").text
        discussion, first, _ = (
            [cell.text_content() for cell in row] for row in found(page, "//tbody/tr")
        )
        assert discussion == ["Bridge Opens", "Aar Post", "3", "1", "3", "2", "0"]
        assert first == ["Ada", "Bo", "Aar Post", "1", "1"]
        wrong = asking.get("/comments?site=nowhere")
        assert wrong.status_code == 400
        assert "no page of the site" in wrong.text

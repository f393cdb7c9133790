"""A people file at question time: who is one, what can be counted by, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import Corpus
from onrecord.errors import OptionsError, PeopleError
from store.handmade import Said, made_page, write

FILE = """name,aliases,kind,gender,party
Anna Bell,A. Bell;Annie Bell,person,f,Quay
Ben Cole,,person,m,
Ferry Line,FL,group,,
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return write(
        tmp_path / "c.db",
        [
            made_page(Said("one", "Anna Bell"), Said("two", "Ben Cole"), site="Aar Post"),
            made_page(Said("three", "Annie Bell"), Said("four", "Dora Finn"), site="Bode Bugle"),
            made_page(Said("five", "A. Bell"), Said("six", "Anna Bell"), site="Cher Times"),
        ],
    )


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(FILE, "utf-8")
    return file


def _counts(corpus: Corpus, by: str, people: Path | None = None) -> dict[str | None, int]:
    stats = corpus.stats([by], people=people)
    return {group.labels[0]: group.attributions for group in stats.groups}


def test_speakers_with_the_same_row_are_one(corpus: Corpus, people: Path) -> None:
    assert _counts(corpus, "speaker") == {
        **{"Anna Bell": 2, "Ben Cole": 1, "Annie Bell": 1, "Dora Finn": 1, "A. Bell": 1}
    }
    assert _counts(corpus, "speaker", people) == {"Anna Bell": 4, "Ben Cole": 1, "Dora Finn": 1}
    stats = corpus.stats([], people=people)
    assert stats.total.speakers == 3
    assert stats.ambiguous == 0
    by_page = corpus.stats(["page"], people=people)
    assert {group.speakers for group in by_page.groups if group.labels == ("2.html",)} == {1}


def test_columns_are_counted_by(corpus: Corpus, people: Path) -> None:
    assert _counts(corpus, "gender", people) == {"f": 4, "m": 1, None: 1}
    assert _counts(corpus, "party", people) == {"Quay": 4, None: 2}
    two = corpus.stats(["gender", "party"], people=people).groups
    assert [group.labels for group in two] == [("f", "Quay"), ("m", None), (None, None)]


def test_columns_that_pages_were_read_with_are_counted_by(tmp_path: Path) -> None:
    row = {"name": "Anna Bell", "party": "Quay"}
    pages = [
        made_page(Said("one", "Anna Bell"), Said("two"), listed={"Anna Bell": row}, site="A"),
        made_page(Said("three", "Annie Bell"), listed={"Annie Bell": row}, site="B"),
    ]
    corpus = write(tmp_path / "c.db", pages)
    assert _counts(corpus, "party") == {"Quay": 2, None: 1}
    assert _counts(corpus, "speaker") == {"Anna Bell": 2, None: 1}
    assert corpus.speaker("Anna Bell").listed == row
    with pytest.raises(OptionsError, match="column of the people file: name, party"):
        corpus.stats(["gender"])


def test_what_fits_several_rows_gets_none_and_is_told(corpus: Corpus, tmp_path: Path) -> None:
    file = tmp_path / "two.csv"
    file.write_text("name,aliases,side\nAnna Bell,,left\nAnne Bell,Anna Bell,right\n", "utf-8")
    stats = corpus.stats(["speaker"], people=file)
    assert stats.ambiguous == 1
    assert {group.labels[0] for group in stats.groups} >= {"Anna Bell", "Annie Bell"}


def test_a_column_that_is_not_there_is_told(corpus: Corpus, people: Path, tmp_path: Path) -> None:
    with pytest.raises(OptionsError, match=r"'age'; give one of .*: gender, kind, name, party$"):
        corpus.stats(["age"], people=people)
    other = tmp_path / "other.csv"
    other.write_text("name,gender\nGil Hart,m\n", "utf-8")
    with pytest.raises(OptionsError, match="no speaker of the corpus fits a row"):
        corpus.stats(["gender"], people=other)
    assert _counts(corpus, "speaker", other) == _counts(corpus, "speaker")
    with pytest.raises(PeopleError, match="no such file"):
        corpus.stats([], people=tmp_path / "none.csv")


def test_a_profile_has_all_that_the_row_merges(corpus: Corpus, people: Path) -> None:
    alone = corpus.speaker("Annie Bell")
    assert (alone.attributions, alone.listed) == (1, {})
    merged = corpus.speaker("Annie Bell", people=people)
    assert merged == corpus.speaker("anna bell", people=people)
    assert (merged.name, merged.attributions, merged.pages) == ("Anna Bell", 4, 3)
    assert len(merged.identities) == 3
    assert merged.aliases == (("A. Bell", 1), ("Annie Bell", 1))
    assert (merged.listed["gender"], merged.listed["party"]) == ("f", "Quay")
    for number in merged.identities:
        (found,) = corpus.find_speakers(str(number), people=people)
        assert (found.name, found.attributions) == ("Anna Bell", 4)


def test_the_name_in_the_file_is_found_though_no_page_has_it(tmp_path: Path) -> None:
    corpus = write(tmp_path / "c.db", [made_page(Said("one", "A. Bell"), Said("two", "A. Bell"))])
    file = tmp_path / "people.csv"
    file.write_text("name,aliases\nAnna Bell,A. Bell\n", "utf-8")
    assert corpus.speaker("ANNA", people=file).attributions == 2


def test_a_row_can_merge_more_than_a_statement_has_room_for(tmp_path: Path) -> None:
    """SQLite binds 32,766 values at most; a bare surname is somebody else in each page."""
    file = tmp_path / "people.csv"
    file.write_text("name,aliases\nAnna Bell,Bell\n", "utf-8")
    corpus = write(tmp_path / "c.db", [made_page(Said("one", "Bell"))])
    from onrecord.store.database import writing

    with writing(corpus.path) as connection:
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 33000) "
            "INSERT INTO identities (key, name, kind) SELECT 'page x ' || i, 'Bell', 'person' "
            "FROM n"
        )
    assert len(corpus.speaker("bell", people=file).identities) == 33_001

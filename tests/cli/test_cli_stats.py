"""``onrecord stats``: dimensions, forms, reprints, the people file."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.ask import ask, header, rows
from onrecord.errors import OptionsError, PeopleError
from store.handmade import Said, made_page, write

WIRE = "the ferry will not leave the harbour before the engineers have looked at it"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = [
        made_page(
            Said(WIRE, "Anna Bell", "direct"),
            Said("it sways", "two engineers", source_type="unnamed_group", comment=True),
            site="Aar Post",
            published="2026-03-04",
            headline="=Bridge",
        ),
        made_page(
            Said(f"that {WIRE}", "Anna Bell", cue_class="mental"),
            Said("no", "Ben Cole"),
            site="Bode Bugle",
            published="2026-05-01",
        ),
    ]
    return write(tmp_path_factory.mktemp("stats") / "c.db", pages).path


def test_without_a_dimension_there_is_one_row(path: Path) -> None:
    (row,) = rows("stats", path)
    assert (row["attributions"], row["pages"], row["speakers"]) == (4, 2, 2)
    assert (row["named"], row["unnamed"], row["unattributed"]) == (3, 1, 0)
    assert (row["direct"], row["cue_mental"], row["unnamed_group"]) == (1, 1, 1)
    assert len(ask("stats", path).splitlines()) == 2


def test_dimensions_can_be_repeated(path: Path) -> None:
    found = rows("stats", path, "--by", "month", "--by", "place")
    assert [(row["month"], row["place"], row["attributions"]) for row in found] == [
        ("2026-03", "article", 1),
        ("2026-03", "comments", 1),
        ("2026-05", "article", 2),
    ]


def test_programs_get_the_numbers_of_speakers_and_pages(path: Path) -> None:
    first, *_ = rows("stats", path, "--by", "speaker")
    assert (first["speaker_number"], first["speaker"]) == (1, "Anna Bell")
    pages = rows("stats", path, "--by", "page")
    assert [(row["page_number"], row["page"]) for row in pages] == [(2, "1.html"), (1, "=Bridge")]
    assert "\n1,'=Bridge," in ask("stats", path, "--by", "page", "--format", "csv").replace(
        "\r", ""
    )


@pytest.mark.parametrize(
    ("arguments", "number"),
    [
        (["--words", "ferry"], 2),
        (["--speaker", "cole"], 1),
        (["--source-type", "unnamed_group"], 1),
        (["--cue-class", "mental"], 1),
        (["--kind", "direct"], 1),
        (["--site", "Aar Post"], 2),
        (["--since", "2026-04"], 2),
        (["--until", "2026-03-04"], 2),
        (["--in", "comments"], 1),
        (["--words", "train"], 0),
    ],
)
def test_every_filter_narrows(path: Path, arguments: list[str], number: int) -> None:
    assert [row["attributions"] for row in rows("stats", path, *arguments)] == [number]


def test_reprints_count_once_beside_the_count_of_all(path: Path) -> None:
    found = rows("stats", path, "--by", "site", "--unique")
    assert [(row["attributions"], row["once"], row["words"]) for row in found] == [
        (2, 2, 16),
        (2, 1, 1),
    ]
    text = ask("stats", path, "--by", "site", "--unique")
    assert "attributions  once" in text
    assert "once: near-identical contents" in text


def test_a_people_file_gives_columns(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,words,speaker\nAnna Bell,many,x\n", "utf-8")
    found = rows("stats", path, "--by", "words", "--people", file)
    assert [(row["listed_words"], row["words"]) for row in found] == [("many", 29), (None, 3)]
    with pytest.raises(OptionsError, match="a column of the people file: name, speaker, words"):
        ask("stats", path, "--by", "age", "--people", file)
    with pytest.raises(OptionsError, match="give one of site, day"):
        ask("stats", path, "--by", "words")
    with pytest.raises(PeopleError):
        ask("stats", path, "--people", tmp_path / "none.csv")


def test_the_limit_is_the_tables_and_programs_get_all(path: Path) -> None:
    text = ask("stats", path, "--by", "speaker", "--limit", "1")
    assert "and 2 groups more (--limit shows them)" in text
    assert "Ben Cole" not in text
    assert len(rows("stats", path, "--by", "speaker", "--limit", "1")) == 3


def test_a_header_stands_without_rows(path: Path) -> None:
    nothing = ("stats", path, "--by", "speaker", "--by", "kind", "--words", "train")
    assert rows(*nothing) == []
    assert header(*nothing) == header("stats", path, "--by", "speaker", "--by", "kind")
    assert header(*nothing)[:4] == ["speaker_number", "speaker", "kind", "attributions"]

"""``onrecord search``: filters, forms, what cannot be asked, and hostile pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from cli.ask import ask, exit_code, header, rows
from onrecord.cli.asking import CueClasses, Kinds, Place, SourceTypes, fields
from onrecord.errors import NotAStoreError, OptionsError, QueryError, StoreMissingError
from onrecord.records import AttributionKind, CueClass, SourceType
from onrecord.store import Hit, filters
from store.handmade import Said, made_page, write


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = [
        made_page(
            Said("the old bridge is safe", "Anna Bell", "direct", cue_class="mental"),
            Said("the bridge sways", "two engineers", source_type="unnamed_group"),
            Said("bridges are for boats", "rower", source_type="author", comment=True),
            site="Aar Post",
            published="2026-03-04",
            headline="Bridge Opens",
        ),
        made_page(Said("a bridge too far", "Ben Cole"), site="Bode Bugle", published="2026-05-01"),
    ]
    return write(tmp_path_factory.mktemp("search") / "c.db", pages).path


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ("bridge", 3),
        ("bridge*", 4),
        ("bridge NOT safe", 2),
        ('"old bridge"', 1),
        ("BRIDGE --speaker bell", 1),
        ("--source-type unnamed_group", 1),
        ("--cue-class mental", 1),
        ("--kind direct", 1),
        ("--site Aar·Post", 3),
        ("--since 2026-04", 1),
        ("--until 2026-03", 3),
        ("--in comments", 1),
        ("bridge --in article --site Aar·Post --kind indirect", 1),
        ("bridge* --limit 2", 2),
        ("bridge* --limit 9 --offset 3", 1),
        ("train", 0),
        ("", 4),
    ],
)
def test_every_filter_narrows(path: Path, arguments: str, found: int) -> None:
    quoted = arguments.startswith('"')
    split = [arguments] if quoted else _split(arguments)
    assert len(rows("search", path, *split)) == found


def _split(arguments: str) -> list[str]:
    words, *options = arguments.split(" --")
    parts = [words] if words and not words.startswith("--") else []
    options = [words.removeprefix("--"), *options] if words.startswith("--") else options
    for option in options:
        name, _, value = option.partition(" ")
        parts += [f"--{name}", value.replace("·", " ")]
    return parts


def test_people_read_what_is_said_in_its_place(path: Path) -> None:
    text = ask("search", path, "safe")
    assert text.startswith("1 attribution in 1 page, newest pages first\n\nBridge Opens\npage 1 ")
    assert "    Anna Bell said ⟦the old bridge is safe⟧.\n" in text
    assert ask("search", path, "train") == "nothing found\n"
    assert "(--offset 2 goes on)" in ask("search", path, "bridge", "--limit", "2")


def test_rows_are_hits(path: Path) -> None:
    (row,) = rows("search", path, "safe")
    assert list(row) == fields(Hit) == header("search", path, "train")
    assert (row["page"], row["speaker"], row["content"]) == (
        *(1, "Anna Bell"),
        "the old bridge is safe",
    )


def test_the_choices_are_those_of_the_records() -> None:
    """Typer wants an enumeration where records have a Literal."""
    assert tuple(map(str, SourceTypes)) == get_args(SourceType)
    assert tuple(map(str, CueClasses)) == get_args(CueClass)
    assert tuple(map(str, Kinds)) == get_args(AttributionKind)
    assert tuple(map(str, Place)) == get_args(filters.Place)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (['"old bridge'], QueryError, "quotation mark is not closed"),
        (["bridge AND"], QueryError, "AND, OR, NOT"),
        (["covid-19"], QueryError, 'quotation marks: "covid-19"'),
        ([" "], QueryError, "no words to search for"),
        (["--site", "Cher"], OptionsError, "largest sites here: Aar Post, Bode Bugle"),
        (["--since", "March"], OptionsError, "'March' is no day"),
        (["--since", "2026", "--until", "2025"], OptionsError, "exchange them"),
    ],
)
def test_what_cannot_be_asked_is_told(
    path: Path, arguments: list[str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        ask("search", path, *arguments)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["bridge"], 0), (['"open'], 5), (["--since", "March"], 2), (["--limit", "0"], 2)],
)
def test_exit_codes(
    path: Path, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code("search", path, *arguments) == code
    assert exit_code("search", path.with_name("none.db"), *arguments) == (code if code == 2 else 4)
    assert "none.db: no such corpus" in capsys.readouterr().err or code == 2


def test_a_corpus_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError, match="onrecord add"):
        ask("search", tmp_path / "none.db", "x")
    other = tmp_path / "notes.txt"
    other.write_text("These are notes. " * 99)
    with pytest.raises(NotAStoreError, match="no SQLite file"):
        ask("search", other, "x")


def test_a_reader_that_has_enough_is_no_error(path: Path) -> None:
    program = f"{sys.executable} -m onrecord search {path} --format csv | head -c 9"
    command = ["bash", "-c", f"set -o pipefail; {program}"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("utf-8-sig") == "page,a"


HOSTILE = "=cmd\x1b[2J\x07\u202e[/bold] :bomb: \x9b"


def test_a_hostile_page_reaches_no_terminal_and_no_spreadsheet(tmp_path: Path) -> None:
    page = made_page(Said(f"{HOSTILE} x", f"E{HOSTILE}"), site=HOSTILE, headline=HOSTILE)
    path = write(tmp_path / "c.db", [page]).path
    for name, *arguments in (
        ("search", "x"),
        ("speakers",),
        ("speakers", "1"),
        ("stats", "--by", "site", "--by", "speaker", "--by", "page"),
        ("comments",),
        ("show",),
        ("show", "1"),
    ):
        form = [] if name == "show" else [["--format", "csv"], ["--format", "jsonl"]]
        for extra in ([], *form):
            text = ask(name, path, *arguments, *extra)
            assert not set(text) & set("\x1b\x07\u202e\x9b"), (name, extra)
            if extra == ["--format", "csv"]:
                assert ",=" not in text
                assert "\n=" not in text


@pytest.mark.parametrize("width", [24, 40, 80, 200])
def test_any_terminal_has_room(path: Path, width: int) -> None:
    for name, *arguments in (
        ("search", "bridge"),
        ("speakers",),
        ("speakers", "Anna"),
        ("stats", "--by", "site"),
        ("comments",),
        ("comments", "--replies"),
        ("show",),
        ("show", "--failed"),
    ):
        text = ask(name, path, *arguments, width=width)
        assert max(map(len, text.splitlines())) <= max(width, 34 if name == "stats" else 0)

"""``onrecord report`` as a user runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from onrecord import Reader
from onrecord.report.html import report_html
from warcs import response

EXAMPLES = Path(__file__).parents[2] / "examples"
PAGE = EXAMPLES / "harbour-barrier.html"


def report(*arguments: str | Path, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "onrecord", "report", *map(str, arguments)],
        input=data,
        capture_output=True,
        check=False,
    )


def test_writes_one_file_with_the_page(tmp_path: Path) -> None:
    written = tmp_path / "report.html"
    done = report(PAGE, "-o", written)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert written.read_text("utf-8") == report_html(Reader().read(PAGE))
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_standard_input_to_standard_output() -> None:
    done = report("-", data=PAGE.read_bytes())
    assert done.returncode == 0
    assert done.stdout.decode() == report_html(Reader().read(PAGE))


def test_options_of_reading_count(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name,role\nQuentin Marsh,harbour master\n")
    cues = tmp_path / "cues.tsv"
    cues.write_text("told\tcritical\n")
    assert report(PAGE, "--people", people, "--cues", cues).returncode == 0
    few = report(PAGE, "--min-confidence", "1").stdout
    assert b'class="ref"' not in few
    assert b"No attribution was found in the article." in few
    plain = report(PAGE, "--kind", "text").stdout.decode()
    assert "&lt;!doctype html&gt;" in plain.lower()


def test_several_pages_are_not_one(tmp_path: Path) -> None:
    path = tmp_path / "two pages.warc"
    path.write_bytes(response("Orla"))
    done = report(path)
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.decode() == (
        f"error: {path}: this is an archive or JSONL, which can hold any number of pages, and a "
        f"report is of one. Add it to a corpus: onrecord add CORPUS.db '{path}'\n"
    )


@pytest.mark.parametrize("name", ["missing.html", "."])
def test_no_such_page(tmp_path: Path, name: str) -> None:
    done = report(tmp_path / name, "-o", tmp_path / "report.html")
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.startswith(f"error: {tmp_path / name}".encode())
    assert done.stderr.count(b"\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    done = report(PAGE, "-o", tmp_path / "none" / "report.html")
    assert done.returncode == 2
    assert b"cannot be written: No such file or directory" in done.stderr


def test_the_page_is_not_overwritten(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(PAGE.read_bytes())
    done = report(page, "-o", page)
    assert done.returncode == 2
    assert b"is an input too" in done.stderr
    assert page.read_bytes() == PAGE.read_bytes()


def test_nothing_is_said_when_the_reader_of_the_output_goes() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "onrecord", "report", str(PAGE)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""

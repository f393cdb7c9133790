"""``onrecord read`` as a user runs it: a program of its own, with real weights."""

from __future__ import annotations

import gzip
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from onrecord import Input, InputError, Outcome, Reader, from_json
from onrecord.cli.read import Format, read_inputs
from onrecord.encoder.fake import FakeEncoder
from warcs import response

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
STORY = "Bridge Opens Late\n\nAnna Bell said the bridge was safe.\n\nBen Cole said it was not.\n"


def onrecord(
    *arguments: str | Path, data: bytes = b"", width: int = 100
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "onrecord", *map(str, arguments)],
        input=data,
        capture_output=True,
        check=False,
        env={**os.environ, "COLUMNS": str(width)},
    )


def test_ledger_of_the_example_page() -> None:
    done = onrecord("read", EXAMPLES / "harbour-barrier.html")
    assert done.returncode == 0
    assert done.stderr == b""
    out = done.stdout.decode()
    assert out.startswith("Harbour barrier “was never tested”, opposition says\n")
    assert "Ines Calder, Tobias Wren" in out
    assert "There is no secret survey" in out
    assert re.search(r"^\d+ attributions \(\d+ direct, ", out, re.M)
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 100


def test_narrow_ledger_fits() -> None:
    out = onrecord("read", EXAMPLES / "grain-convoy.txt", width=40).stdout.decode()
    assert max(map(len, out.splitlines())) <= 40
    assert "Lorry drivers" in out


def test_json_is_one_object_and_an_array_for_more(tmp_path: Path) -> None:
    one = json.loads(onrecord("read", EXAMPLES / "grain-convoy.txt", "--format", "json").stdout)
    assert one["schema"] == "onrecord/page/1"
    out = tmp_path / "pages.json"
    done = onrecord("read", EXAMPLES, "--format", "json", "-o", out)
    assert done.stdout == b""
    pages = json.loads(out.read_bytes())
    assert [page["headline"] is not None for page in pages] == [True, True]
    assert one in pages


def test_jsonl_is_a_record_a_line_whatever_the_threads() -> None:
    lines = [onrecord("read", EXAMPLES, "--format", "jsonl", "--threads", n).stdout for n in "14"]
    assert lines[0] == lines[1]
    assert len([from_json(line) for line in lines[0].splitlines()]) == 2


def test_the_unsure_is_left_out() -> None:
    page = EXAMPLES / "harbour-barrier.html"
    everything = json.loads(onrecord("read", "--format", "json", page).stdout)["attributions"]
    done = onrecord("read", "--format", "json", "--min-confidence", "0.9", page)
    sure = json.loads(done.stdout)["attributions"]
    assert 0 < len(sure) < len(everything)
    assert all(one["confidence"] >= 0.9 for one in sure)
    wrong = onrecord("read", "--min-confidence", "90", page)
    assert wrong.returncode == 2
    assert b"min_confidence is 90.0; give 0 to 1" in wrong.stderr


def test_standard_input_and_kind() -> None:
    done = onrecord(
        "read", "-", "--format", "jsonl", "--kind", "text", data=b"<p>not read as HTML</p>"
    )
    assert from_json(done.stdout).text == "<p>not read as HTML</p>"


def test_an_archive_is_an_array_and_its_warnings_are_lines(tmp_path: Path) -> None:
    archive = tmp_path / "news.warc.gz"
    archive.write_bytes(
        gzip.compress(response("Aar")) + b"damage" + gzip.compress(response("Cher"))
    )
    done = onrecord("read", archive, "--format", "json")
    assert done.returncode == 0
    assert [page["url"] for page in json.loads(done.stdout)] == [
        "https://aar.example/",
        "https://cher.example/",
    ]
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith(f"warning: [record-broken] {archive}: after byte ")


def test_standard_input_may_be_anything() -> None:
    row = b'{"text": "Anna Bell said the bridge was safe."}\n'
    for data in (row * 2, gzip.compress(row * 2), response("Aar") * 2):
        done = onrecord("read", "-", "--format", "jsonl", data=data)
        assert done.returncode == 0, done.stderr
        assert len(done.stdout.splitlines()) == 2
    one = onrecord("read", "-", "--format", "json", data=row)
    assert isinstance(json.loads(one.stdout), list)
    none = onrecord("read", "-", "--format", "json", data=b'{"text": 1}\n')
    assert none.returncode == 1
    assert json.loads(none.stdout) == []
    assert none.stderr.startswith(b"error: -:1: a value has the wrong type")


def test_markdown_and_an_address(tmp_path: Path) -> None:
    (tmp_path / "story.md").write_text("# Bridge *opens* late\n\nAnna Bell said **so**.\n")
    done = onrecord(
        "read", tmp_path, "https://a.example/", "--format", "jsonl", "--kind", "markdown"
    )
    assert done.returncode == 1
    assert from_json(done.stdout).text == "Bridge opens late\n\nAnna Bell said so."
    assert done.stderr.startswith(b"error: https://a.example/: nothing is fetched from the web.")


def test_a_page_beyond_the_limit(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_text(STORY + " " * 2**20)
    done = onrecord("read", large, "--max-size", "1")
    assert done.returncode == 1
    assert b"and the limit is 1 MB. Raise it with --max-size 2" in done.stderr
    assert onrecord("read", large, "--max-size", "2").returncode == 0
    assert onrecord("read", large, "--max-size", "0").returncode == 2


def test_failures_are_lines_on_standard_error_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(STORY)
    (tmp_path / "empty.txt").write_text("")
    done = onrecord("read", tmp_path, tmp_path / "none.txt", "--format", "jsonl")
    assert done.returncode == 1
    assert from_json(done.stdout).headline == "Bridge Opens Late"
    errors = done.stderr.decode().splitlines()
    assert len(errors) == 2
    assert "empty.txt: the input is empty" in errors[0]
    assert "none.txt: no such file or folder" in errors[1]


def test_output_that_cannot_be_written(tmp_path: Path) -> None:
    done = onrecord("read", EXAMPLES, "-o", tmp_path / "no" / "such.json")
    assert done.returncode == 2
    assert b"cannot be written" in done.stderr
    full = onrecord("read", EXAMPLES, "-o", "/dev/full")
    assert full.returncode == 4
    assert b"No space left" in full.stderr
    assert b"Traceback" not in done.stderr + full.stderr


def test_output_never_takes_the_place_of_an_input(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(STORY)
    done = onrecord("read", tmp_path, "-o", page)
    assert done.returncode == 2
    assert b"is an input too" in done.stderr
    assert page.read_text() == STORY


def test_output_stands_untouched_where_the_run_fails(tmp_path: Path) -> None:
    out = tmp_path / "pages.jsonl"
    out.write_text("kept")
    done = onrecord("read", EXAMPLES, "-o", out, "--weights", tmp_path)
    assert done.returncode == 3
    assert [path.name for path in tmp_path.iterdir()] == ["pages.jsonl"]
    assert out.read_text() == "kept"


def test_a_missing_model_is_exit_code_3(tmp_path: Path) -> None:
    done = onrecord("read", EXAMPLES / "grain-convoy.txt", "--weights", tmp_path)
    assert done.returncode == 3
    assert b"no model at" in done.stderr


@pytest.mark.parametrize("arguments", [["read"], ["read", "x", "--kind", "pdf"], ["rad"]])
def test_a_wrong_command_line_is_exit_code_2(arguments: list[str]) -> None:
    done = onrecord(*arguments)
    assert done.returncode == 2
    assert b"Usage" in done.stderr


def test_a_reader_that_has_enough_is_no_error() -> None:
    command = f"{sys.executable} -m onrecord read {EXAMPLES} {EXAMPLES} --format json | head -n 1"
    command = f"set -o pipefail; {command}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stdout == b"[\n"
    assert done.stderr == b""


def test_a_hostile_page_cannot_steer_the_terminal() -> None:
    text = "Bridge \x1b[2J Opens\n\nAnna Bell said \u202ethe bridge\x07 was safe.\n"
    out = onrecord("read", "-", data=text.encode()).stdout.decode()
    assert "Bridge" in out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out)


def on_terminal(*arguments: str) -> bytes:
    """What the program shows on a pseudo-terminal, as a person would run it."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "onrecord", *arguments],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"},
    ) as program:
        os.close(follower)
        shown = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # The other end was closed: the program is done.
                break
            if not part:
                break
            shown += part
    os.close(leader)
    assert program.returncode == 0
    return shown


def test_on_a_terminal_there_is_colour_and_a_bar() -> None:
    shown = on_terminal("read", str(EXAMPLES))
    assert b"\x1b[1m" in shown
    assert b"2/2" in shown or b"1/2" in shown
    assert b"Grain Convoy" in shown


def test_the_bar_counts_the_pages_of_an_archive(tmp_path: Path) -> None:
    archive = tmp_path / "news.warc"
    archive.write_bytes(response("Aar") + response("Bode"))
    shown = on_terminal("read", str(archive), "--output", str(tmp_path / "out"))
    assert b"1 read" in shown or b"2 read" in shown


def test_what_was_read_until_a_run_was_stopped_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "pages.jsonl"
    out.write_text("older")

    class Stopping(Reader):
        def read_each(self, inputs: Iterable[Input | InputError]) -> Iterator[Outcome]:
            yield from super().read_each(list(inputs)[:1])
            raise KeyboardInterrupt

    reader = Stopping(encoder=FakeEncoder())
    with pytest.raises(KeyboardInterrupt):
        read_inputs(reader, [str(EXAMPLES)], format=Format.jsonl, output=out)
    assert out.read_text() == "older"
    kept = (tmp_path / "pages.jsonl.part").read_bytes()
    assert from_json(kept).headline is not None

"""``onrecord serve``: a corpus in the browser, from the command line."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.made_corpus import corpus

TOKEN = "a token of some length"  # noqa: S105


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "onrecord", "serve", *map(str, arguments)]


@contextmanager
def started(
    *arguments: str | Path, **variables: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The program, and the address that it tells."""
    process = subprocess.Popen(
        command(*arguments, "--no-open", "--port", "0"),
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **variables},
    )
    try:
        assert process.stderr is not None
        told = process.stderr.readline()
        address = re.search(r"http://\S+/", told)
        assert address is not None, told
        yield process, address[0]
    finally:
        process.kill()
        process.communicate()


def get(address: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(address, headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_serves_until_ctrl_c(tmp_path: Path) -> None:
    corpus(tmp_path / "c.db")
    with started(tmp_path / "c.db") as (process, address):
        status, page = get(address)
        assert status == 200
        assert "Council Argues Over The Harbour Piers" in page
        process.send_signal(signal.SIGINT)
        assert process.wait(30) in (0, 130, -signal.SIGINT)
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


def test_the_token_is_that_of_the_file(tmp_path: Path) -> None:
    corpus(tmp_path / "c.db")
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    with started(tmp_path / "c.db", "--token-file", tmp_path / "token") as (_, address):
        assert get(address)[0] == 401
        assert get(address, Authorization=f"Bearer {TOKEN}")[0] == 200


def test_other_machines_are_told_of_plainly(tmp_path: Path) -> None:
    corpus(tmp_path / "c.db")
    arguments = (tmp_path / "c.db", "--host", "0.0.0.0")
    with started(*arguments, ONRECORD_TOKEN=TOKEN) as (process, address):
        assert process.stderr is not None
        assert "is not encrypted" in process.stderr.readline()
        port = address.rsplit(":", 1)[1]
        assert get(f"http://127.0.0.1:{port}")[0] == 401


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--host", "0.0.0.0"], 2, "give a token"),
        (["--port", "70000"], 2, "port is 70000"),
        (["--rate", "-1"], 2, "rate is -1"),
        (["--token-file", "none.txt"], 2, "the token cannot be read"),
        (["--token-file", "empty.txt"], 2, "there is no token in it"),
        (["--host", "192.0.2.77", "--token-file", "token.txt"], 4, "192.0.2.77"),
    ],
)
def test_what_cannot_be_served(tmp_path: Path, arguments: list[str], code: int, told: str) -> None:
    corpus(tmp_path / "c.db")
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "token.txt").write_text(TOKEN)
    environment = {name: value for name, value in os.environ.items() if name != "ONRECORD_TOKEN"}
    done = subprocess.run(
        command("c.db", *arguments),
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    corpus(tmp_path / "c.db")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            command(tmp_path / "c.db", "--port", port), capture_output=True, text=True, check=False
        )
    assert done.returncode == 4
    assert f"127.0.0.1, port {port}" in done.stderr
    assert "--port" in done.stderr


def test_a_corpus_that_is_not_there(tmp_path: Path) -> None:
    done = subprocess.run(
        command(tmp_path / "none.db", "--port", "0"), capture_output=True, text=True, check=False
    )
    assert done.returncode == 4
    assert "no such corpus" in done.stderr

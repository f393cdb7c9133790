"""Commands that ask a corpus, run in this process and read back in each form."""

from __future__ import annotations

import csv
import json
import os
import sys
from pathlib import Path
from typing import Any
from unittest import mock

from typer.testing import CliRunner

from onrecord.cli import app, main

_RUN = CliRunner()


def ask(*arguments: str | Path, width: int = 100) -> str:
    """What a command prints to somebody. Raises what it raises."""
    with mock.patch.dict(os.environ, COLUMNS=str(width)):
        done = _RUN.invoke(app, list(map(str, arguments)), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert done.stderr == ""
    return done.stdout_bytes.decode()


def rows(*arguments: str | Path) -> list[dict[str, Any]]:
    """The rows that a command prints as JSON, held against those that it prints as CSV."""
    found = [json.loads(line) for line in ask(*arguments, "--format", "jsonl").splitlines()]
    text = ask(*arguments, "--format", "csv")
    assert text.startswith("\ufeff")
    table = list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))
    assert len(table) == len(found)
    for one, other in zip(found, table, strict=True):
        assert list(one) == list(other)
    return found


def header(*arguments: str | Path) -> list[str]:
    """The header of the CSV that a command prints."""
    return ask(*arguments, "--format", "csv").removeprefix("\ufeff").splitlines()[0].split(",")


def exit_code(*arguments: str | Path) -> int:
    """With what the program ends, its errors told and not raised."""
    with mock.patch.object(sys, "argv", ["onrecord", *map(str, arguments)]):
        try:
            main()
        except SystemExit as end:
            return int(end.code or 0)
    raise AssertionError("the program always ends the process")

"""The documents say what is so: examples run, shown output is real, links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


def _blocks(language: str) -> list[tuple[str, str]]:
    return [
        (path.name, block)
        for path in DOCUMENTS
        for found, block in _BLOCK.findall(path.read_text("utf-8"))
        if found == language
    ]


@pytest.mark.parametrize(("name", "code"), _blocks("python"))
def test_python_examples_run(name: str, code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout


@pytest.mark.parametrize(("name", "block"), _blocks("console"))
def test_shown_output_is_what_the_command_prints(name: str, block: str) -> None:
    """A block is one command after ``$`` and its output; ``...`` stands for lines left out."""
    command, _, shown = block.removeprefix("$ ").partition("\n")
    program, *arguments = shlex.split(command)
    assert program == "onrecord"
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", *arguments],
        cwd=ROOT,
        capture_output=True,
        check=True,
        env={**os.environ, "COLUMNS": "100"},
    )
    pattern = ".*".join(
        re.escape(part.strip()) for part in re.split(r"^\.\.\.$", shown, flags=re.M)
    )
    assert re.fullmatch(pattern, done.stdout.decode().strip(), re.S), done.stdout.decode()


def test_links_between_documents_lead_somewhere() -> None:
    for path in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_paths_named_in_contributing_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    paths = re.findall(r"`((?:src|tests|docs)/[\w/.]*)`", text)
    assert paths
    assert all((ROOT / path).exists() for path in paths)

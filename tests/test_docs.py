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
_BLOCK = re.compile(r"^```(python|console)\n(.*?)^```$", re.M | re.S)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_examples_run_and_print_what_is_shown(path: Path, tmp_path: Path) -> None:
    """A document's blocks run one after the other, in a folder that has the examples.

    One in ``python`` runs and prints something. One in ``console`` is a command after ``$``
    and its output; ``...`` stands for lines left out.
    """
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    environment = {**os.environ, "COLUMNS": "100", "XDG_DATA_HOME": str(tmp_path / "data")}
    for language, block in _BLOCK.findall(path.read_text("utf-8")):
        if language == "python":
            arguments, pattern = ["-W", "error", "-c", block], "."
        else:
            command, _, shown = block.removeprefix("$ ").partition("\n")
            program, *rest = shlex.split(command)
            assert program == "onrecord"
            arguments, pattern = ["-m", "onrecord", *rest], _pattern(shown)
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            capture_output=True,
            check=False,
            env=environment,
        )
        assert done.returncode == 0, done.stderr.decode()
        printed = done.stdout.decode().strip()
        match = re.search if language == "python" else re.fullmatch
        assert match(pattern, printed, re.S), printed


def _pattern(shown: str) -> str:
    return ".*".join(re.escape(part.strip()) for part in re.split(r"^\.\.\.$", shown, flags=re.M))


def test_links_between_documents_lead_somewhere() -> None:
    for path in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_paths_named_in_contributing_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    paths = re.findall(r"`((?:src|tests|docs)/[\w/.]*)`", text)
    assert paths
    assert all((ROOT / path).exists() for path in paths)

"""The direction of imports, and what the package must do without."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[1] / "src/onrecord"


def test_imports_point_one_way() -> None:
    """The layers are in pyproject.toml; import-linter holds them."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=SOURCES.parents[1], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "1 kept, 0 broken" in done.stdout


def _part(path: Path) -> str:
    return path.relative_to(SOURCES).parts[0].removesuffix(".py")


@pytest.mark.parametrize(("package", "home"), [("onnxruntime", "encoder"), ("torch", "training")])
def test_one_part_alone_imports(package: str, home: str) -> None:
    for path in SOURCES.rglob("*.py"):
        text = path.read_text("utf-8")
        if f"import {package}" in text or f"from {package}" in text:
            # Training quantises with onnxruntime's own tools.
            assert _part(path) in {home, "training"}, path


WITHOUT = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"torch", "transformers", "spacy", "onnx"}:
            raise ImportError(name)
sys.meta_path.insert(0, Blocked())
from onrecord.cli.main import main
sys.argv = ["onrecord", "read", sys.argv[1], "--format", "jsonl"]
main()
"""


def test_reads_a_page_where_torch_transformers_and_spacy_cannot_be_imported() -> None:
    page = SOURCES.parents[1] / "examples/harbour-barrier.html"
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, str(page)], capture_output=True, text=True, check=True
    )
    assert '"attributions":[{' in done.stdout


def test_the_library_never_prints_and_never_exits() -> None:
    for path in SOURCES.rglob("*.py"):
        if _part(path) == "cli":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"print", "exit", "quit"}, path
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                assert (node.value.id, node.attr) != ("sys", "exit"), path

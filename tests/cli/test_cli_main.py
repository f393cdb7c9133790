"""Help, version, schema, and that every command and option is documented."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
import typer
from typer.testing import CliRunner

import onrecord
from onrecord.cli import app

DOCS = (Path(__file__).parents[2] / "docs/commands.md").read_text(encoding="utf-8")
ROOT = typer.main.get_command(app)
run = CliRunner()


def _commands(command: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """Every command by its path. Typer brings its own copy of click, so classes do not tell."""
    if not hasattr(command, "commands"):
        return {path: command}
    found: dict[tuple[str, ...], Any] = {}
    for name, child in command.commands.items():
        found |= _commands(child, (*path, name))
    return found


COMMANDS = _commands(ROOT)


def test_the_commands() -> None:
    assert sorted(COMMANDS) == [
        ("add",),
        ("comments",),
        ("corrections",),
        ("evaluate", "attributions"),
        ("evaluate", "coreference"),
        ("evaluate", "pages"),
        ("evaluate", "pronouns"),
        ("evaluate", "speakers"),
        ("export",),
        ("read",),
        ("report",),
        ("schema",),
        ("search",),
        ("serve",),
        ("show",),
        ("speakers",),
        ("stats",),
        ("train", "attributions"),
        ("train", "speakers"),
        ("train", "teacher"),
        ("update",),
    ]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_and_option_has_help_and_docs(path: tuple[str, ...]) -> None:
    command = COMMANDS[path]
    assert command.help
    section = re.search(rf"^## onrecord {' '.join(path)}\b.*?(?=^## )", DOCS, re.M | re.S)
    assert section is not None
    for parameter in command.params:
        if parameter.param_type_name == "option" and parameter.name != "help":
            assert parameter.help
            assert all(f"`{name}" in section[0] for name in parameter.opts), parameter.opts


def test_version() -> None:
    assert run.invoke(app, ["--version"]).output == f"onrecord {onrecord.__version__}\n"


def test_schema_is_a_json_schema() -> None:
    schema = json.loads(run.invoke(app, ["schema"]).output)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema == json.loads(msgspec.json.encode(onrecord.page_schema()))

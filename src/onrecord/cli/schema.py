"""``onrecord schema``: what a record looks like."""

from __future__ import annotations

import msgspec
import typer

from onrecord.records import page_schema


def command() -> None:
    """Print the JSON Schema of a page's record."""
    data = msgspec.json.format(msgspec.json.encode(page_schema()), indent=2)
    typer.echo(data.decode())

"""The command line: one file a command, which parses and calls a plain function."""

from onrecord.cli.main import app, main

__all__ = ["app", "main"]

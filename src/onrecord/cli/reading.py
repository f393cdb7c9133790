"""The options of every command that reads pages: ``read``, ``add``, ``update``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord.options import MAX_BYTES, MEGABYTE


class Kind(StrEnum):
    """What an input is."""

    html = "html"
    text = "text"
    markdown = "markdown"
    warc = "warc"
    jsonl = "jsonl"


LARGEST = MAX_BYTES // MEGABYTE
"""Megabytes of the largest page, unless another limit is given."""

KindOfInput = Annotated[
    Kind | None, typer.Option("--kind", help="Read as this, whatever the bytes look like.")
]
MaxSize = Annotated[
    int, typer.Option(metavar="MB", min=1, help="Read no page larger than this, unpacked.")
]
Language = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="Take the pages to be in this language, for instance en."),
]
Confidence = Annotated[
    float, typer.Option(metavar="SHARE", help="Leave out attributions of less confidence, 0 to 1.")
]
PeopleFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Pin speakers to the names in this CSV, and carry its columns."
    ),
]
CueFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Class cues by this TSV too, before the packaged classes."),
]
Weights = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Read with this model instead of the shipped one."),
]

"""A corpus of hostile pages, and the addresses of an app over it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from litestar import Litestar

from hostile import PAYLOADS, record
from onrecord import Corpus
from onrecord.correcting import statement
from onrecord.records import Page
from store.handmade import write

CORRECTED = range(1, len(PAYLOADS) + 1, 40)
"""Pages in which somebody corrected an attribution."""


def hostile_pages() -> Iterator[Page]:
    """A record of each payload, as a reader would write it."""
    for one in PAYLOADS:
        page = record(one.text)
        yield msgspec.structs.replace(page, language="en", published="2026-03-04", fetched=None)


def hostile_corpus(path: Path) -> Corpus:
    """A page of each payload, and corrections by people with hostile names."""
    corpus = write(path, hostile_pages())
    for number in CORRECTED:
        page, text = corpus.page(number), PAYLOADS[number - 1].text[:90]
        before = statement(page, page.attributions[0])
        after = msgspec.structs.replace(before, speaker=text.strip() or None)
        if after != before:
            corpus.correct(number, before=before, after=after, who=f"x {text}")
    return corpus


def paths(app: Litestar, method: str = "GET") -> list[str]:
    """The paths of all routes that take a method, as they are declared."""
    return sorted({one.path for one in app.routes if method in getattr(one, "methods", ())})


def filled(path: str, numbers: Sequence[int] = (1,), reading: str = "x") -> list[str]:
    """A route's path with values in the place of its parameters."""
    if "{" not in path:
        return [path]
    return [_filled(path, str(number), reading) for number in numbers]


def _filled(path: str, number: str, reading: str) -> str:
    values = {"own": "0", "id": reading, "file_path": "app.css", "path": "x", "action": "undo"}
    return re.sub(r"/?\{(\w+):\w+\}", lambda one: f"/{values.get(one[1], number)}", path)

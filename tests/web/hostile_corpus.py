"""A corpus of hostile pages, and the addresses of an app over it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode

import msgspec
from litestar import Litestar

from hostile import html_page, record
from onrecord import Corpus
from onrecord.correcting import statement
from onrecord.records import Page
from payloads import PAYLOADS
from store.handmade import write
from store.made_corpus import add

CORRECTED = range(1, len(PAYLOADS) + 1, 40)
"""Pages in which somebody corrected an attribution."""


def hostile_pages() -> Iterator[Page]:
    """A record of each payload, as a reader would write it."""
    for one in PAYLOADS:
        page = record(one.text)
        yield msgspec.structs.replace(page, language="en", published="2026-03-04", fetched=None)


def hostile_corpus(path: Path) -> Corpus:
    """A page of each payload, corrections by people with hostile names, and pages as read.

    The numbers of the first are those of `PAYLOADS`, from 1. Some of the others cannot be read,
    and the corpus keeps why, by their hostile names.
    """
    corpus = write(path, hostile_pages())
    add(corpus, [(f"{one.text}.html", html_page(one.text).decode()) for one in PAYLOADS[::5]])
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


def addresses(app: Litestar, numbers: Sequence[int]) -> list[str]:
    """The addresses of all that can be asked for: of pages and the like by their numbers.

    What has no number is asked for as it is, and for hostile outlets.
    """
    found = []
    for path in paths(app):
        found += filled(path, numbers)
        if "{" not in path:
            found += [f"{path}?{_outlets(number)}" for number in numbers[:: len(numbers) // 8]]
    return found


def _outlets(number: int) -> str:
    texts = [PAYLOADS[(number + more) % len(PAYLOADS)].text for more in (0, 1)]
    return urlencode({"site": texts[0], "other_site": texts[1], "by": "site", "then": "speaker"})


def filled(path: str, numbers: Sequence[int] = (1,), reading: str = "x") -> list[str]:
    """A route's path with values in the place of its parameters."""
    if "{" not in path:
        return [path]
    return [_filled(path, str(number), reading) for number in numbers]


def _filled(path: str, number: str, reading: str) -> str:
    values = {"own": "0", "id:str": reading, "file_path": "app.css", "path": "x", "action": "undo"}

    def value(one: re.Match[str]) -> str:
        return f"/{values.get(one[1]) or values.get(f'{one[1]}:{one[2]}') or number}"

    return re.sub(r"/?\{(\w+):(\w+)\}", value, path)

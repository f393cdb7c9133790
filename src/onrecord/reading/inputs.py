"""What a user names on the command line, as inputs to read one after the other."""

from __future__ import annotations

import glob
import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import (
    InputError,
    InputNotFoundError,
    NoPagesError,
    NotFetchedError,
    UnreadableError,
)

SUFFIXES = ".html .htm .xhtml .txt .text .md .markdown .warc .jsonl .ndjson".split()
"""Files that are taken from a folder, with ``.gz`` behind it too.

A file that is named itself is read whatever its name.
"""

STDIN = "-"

_ADDRESS = re.compile(r"(?:https?|ftp):/", re.I)
_PAGE = re.compile(rf"(?:{'|'.join(map(re.escape, SUFFIXES))})(?:\.gz)?$", re.I)


@dataclass(frozen=True, slots=True)
class Input:
    """A file, or bytes, or else standard input; ``name`` is what messages call it."""

    name: str
    path: Path | None
    data: bytes | None = field(default=None, repr=False)

    def open(self) -> AbstractContextManager[BinaryIO]:
        """The input's bytes from their beginning.

        Raises `UnreadableError`, `InputNotFoundError`, or `NotFetchedError` for the address
        of a page on the web.
        """
        if self.data is not None:
            return io.BytesIO(self.data)
        try:
            if self.path is None:
                return nullcontext(sys.stdin.buffer)
            return self.path.open("rb")
        except FileNotFoundError as error:
            raise _nothing(self.name, "no such file. Check the path.") from error
        except (AttributeError, ValueError) as error:  # no standard input; a NUL in a path
            raise UnreadableError(self.name, "cannot be read: there is no such input.") from error
        except OSError as error:
            raise UnreadableError(self.name, f"cannot be read: {error.strerror}.") from error


def find_inputs(names: Sequence[str]) -> Iterator[Input | InputError]:
    """The inputs that files, folders (with all below them), globs and ``-`` stand for.

    What cannot be found is an error among them, so that the rest is still read.
    """
    for name in names:
        path = Path(name)
        if name == STDIN:
            yield Input(STDIN, None)
        elif os.path.isdir(name):  # noqa: PTH112 - Path raises where the name is too long
            yield from _folder(name, path)
        elif os.path.exists(name):  # noqa: PTH110
            yield Input(name, path)
        elif glob.has_magic(name) and not _ADDRESS.match(name):
            yield from _glob(name)
        else:
            yield _nothing(name, "no such file or folder. Check the path.")


def _nothing(name: str, message: str) -> InputError:
    """The error where nothing is found by a name, which may be a web address."""
    if not _ADDRESS.match(name):
        return InputNotFoundError(name, message)
    return NotFetchedError(
        name,
        "nothing is fetched from the web. Save the page in a browser (Ctrl+S, as HTML), or with "
        "curl --location --output page.html and its address, and give the file.",
    )


def _folder(name: str, path: Path) -> Iterator[Input | InputError]:
    empty = True
    for found in _below(path):
        yield found
        empty = False
    if empty:
        known = ", ".join(sorted(SUFFIXES))
        yield NoPagesError(
            name, f"the folder holds no page (a file that ends in {known}, or that and .gz)."
        )


def _below(top: Path) -> Iterator[Input | InputError]:
    """The pages below a folder, in the order of their names, however deep they lie.

    Pipes and devices are none: opening one would wait for ever.
    """
    waiting = [(top, True)]
    while waiting:
        path, folder = waiting.pop()
        if not folder:
            yield Input(str(path), path)
            continue
        try:
            with os.scandir(path) as entries:
                kept = [(path / entry.name, entry.is_dir()) for entry in entries if _kept(entry)]
        except OSError as error:
            yield UnreadableError(str(path), f"cannot be read: {error.strerror}.")
            continue
        waiting += sorted(kept, reverse=True)


def _kept(entry: os.DirEntry[str]) -> bool:
    if entry.is_dir():
        return not entry.is_symlink()  # It may lead back up.
    gone = not os.path.exists(entry.path)  # noqa: PTH110 - a link to nothing is told of
    return bool(_PAGE.search(entry.name)) and (entry.is_file() or gone)


def _glob(name: str) -> Iterator[Input | InputError]:
    # Path.glob takes no absolute pattern.
    files = sorted(Path(found) for found in glob.glob(name, recursive=True))  # noqa: PTH207
    files = [file for file in files if file.is_file()]
    if not files:
        yield InputNotFoundError(name, "the pattern matches no file. Check the path.")
    for file in files:
        yield Input(str(file), file)

"""What a user names on the command line, as inputs to read one after the other."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import InputError, InputNotFoundError, NoPagesError, UnreadableError

SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".txt", ".text"})
"""Files that are taken from a folder. A file that is named itself is read whatever its name."""

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """A file, or standard input; ``name`` is what messages call it."""

    name: str
    path: Path | None

    def read(self) -> bytes:
        """The input's bytes. Raises `UnreadableError` or `InputNotFoundError`."""
        try:
            if self.path is None:
                return sys.stdin.buffer.read()
            return self.path.read_bytes()
        except FileNotFoundError as error:
            raise InputNotFoundError(self.name, "no such file. Check the path.") from error
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
        elif glob.has_magic(name):
            yield from _glob(name)
        else:
            yield InputNotFoundError(name, "no such file or folder. Check the path.")


def _folder(name: str, path: Path) -> Iterator[Input | InputError]:
    files = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and not p.is_dir())
    if not files:
        known = ", ".join(sorted(SUFFIXES))
        yield NoPagesError(name, f"the folder holds no page (a file that ends in {known}).")
    for file in files:
        yield Input(str(file), file)


def _glob(name: str) -> Iterator[Input | InputError]:
    # Path.glob takes no absolute pattern.
    files = sorted(Path(found) for found in glob.glob(name, recursive=True))  # noqa: PTH207
    files = [file for file in files if file.is_file()]
    if not files:
        yield InputNotFoundError(name, "the pattern matches no file. Check the path.")
    for file in files:
        yield Input(str(file), file)

"""One page as it came in, before it is read."""

from __future__ import annotations

import math
from dataclasses import dataclass

from onrecord.errors import InputError, TooLargeError
from onrecord.options import MEGABYTE
from onrecord.records import PageKind, Warning


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page's own bytes, and what is known of it from outside of it.

    ``url``, ``headline`` and ``published`` overrule what the page says of itself. The bytes
    are those that the page's id is made of: unpacked from gzip, HTTP's codings undone, or
    the UTF-8 of a JSONL row's value.
    """

    name: str
    """What messages call it."""
    data: bytes
    kind: PageKind | None = None
    """``None`` leaves it to the bytes."""
    charset: str | None = None
    """The encoding that HTTP declared, by HTTP's name for it."""
    url: str | None = None
    headline: str | None = None
    published: str | None = None
    fetched: str | None = None
    """ISO 8601 of when a crawler fetched it, which is no day of publication."""
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning about an archive that belongs to none of its pages."""

    name: str
    """What it is about."""
    warning: Warning


Found = Document | InputError | Notice
"""What an input holds, one after the other. An error stands for a page that is none."""


def too_large(name: str, limit: int, size: int | None = None) -> TooLargeError:
    """The error for a page of ``size`` bytes, or of more than ``limit`` where nobody counted."""
    is_size = f"{_megabytes(size)} MB" if size else f"more than {_megabytes(limit)} MB"
    enough = math.ceil(size / MEGABYTE) if size else math.ceil(2 * limit / MEGABYTE)
    return TooLargeError(
        name,
        f"the page has {is_size}, and the limit is {_megabytes(limit)} MB. Raise it with "
        f"--max-size {enough} (in Python: ReadingOptions(max_bytes={enough} * 2**20)).",
    )


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.3g}" if size < 1000 * MEGABYTE else f"{size / MEGABYTE:.0f}"

"""What a person found in saved pages: one JSON file a page.

Text that is not ours to copy can stand as digests: ``sha256:N:HEX`` is the digest of the
first (or last) N characters that count, ``sha256:HEX`` that of the whole.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec

from onrecord.errors import CorpusError

DIGEST = "sha256"


class GoldComment(msgspec.Struct, frozen=True, kw_only=True):
    """A comment as a person read it: ``text_start`` and ``text_end`` are its edges."""

    id: int
    parent: int | None
    author: str | None
    time: str | None = None
    time_text: str | None = None
    text_start: str
    text_end: str


class GoldPage(msgspec.Struct, frozen=True, kw_only=True):
    """What a person found in a page. A field that is not known is not scored."""

    headline: str | None = None
    headline_alt: str | None = None
    byline: str | tuple[str, ...] | None = None
    date: str | None = None
    first_paragraph_start: str | None = None
    last_paragraph_end: str | None = None
    lede_start: str | None = None
    comments: tuple[GoldComment, ...]


def read_gold(folder: Path) -> Iterator[tuple[str, GoldPage]]:
    """The gold of a folder with the name of its page, in order.

    Raises `CorpusError` where there is none, or a file of it is broken.
    """
    files = sorted(folder.glob("*.json"))
    if not files:
        raise CorpusError(f"{folder} holds no gold (NAME.json). Give a folder that does.")
    for file in files:
        try:
            yield file.stem, msgspec.json.decode(file.read_bytes(), type=GoldPage)
        except (OSError, msgspec.MsgspecError) as error:
            raise CorpusError(f"{file} is no gold of a page: {error}") from error


def digested(gold: GoldPage) -> GoldPage:
    """The same gold with digests in place of names and text."""

    def edge(text: str | None) -> str | None:
        return f"{DIGEST}:{len(key(text))}:{_digest(key(text))}" if text else text

    def whole(text: str | None) -> str | None:
        return f"{DIGEST}:{_digest(key(text))}" if text else text

    byline = gold.byline
    names = people(byline)
    return msgspec.structs.replace(
        gold,
        headline=whole(gold.headline),
        headline_alt=whole(gold.headline_alt),
        byline=tuple(f"{DIGEST}:{_digest(name)}" for name in sorted(names)) if names else byline,
        first_paragraph_start=edge(gold.first_paragraph_start),
        last_paragraph_end=edge(gold.last_paragraph_end),
        lede_start=edge(gold.lede_start),
        comments=tuple(
            msgspec.structs.replace(
                one,
                author=whole(one.author),
                text_start=edge(one.text_start),
                text_end=edge(one.text_end),
            )
            for one in gold.comments
        ),
    )


def people(byline: str | tuple[str, ...] | None) -> frozenset[str]:
    """Whom a gold byline names, by their keys: "A and B" are two."""
    names = (byline,) if isinstance(byline, str) else byline or ()
    return frozenset(key(part) for name in names for part in name.split(" and "))


def same(gold: str | None, text: str | None) -> bool:
    """Whether a text is the gold's."""
    if gold and gold.startswith(f"{DIGEST}:"):
        return gold == f"{DIGEST}:{_digest(key(text or ''))}"
    return key(gold or "") == key(text or "")


def begins(text: str, start: str) -> bool:
    """Whether a text's key begins as the gold does."""
    length, digest = _edge(start)
    return _digest(text[:length]) == digest


def ends(text: str, end: str) -> bool:
    """Whether a text's key ends as the gold does."""
    length, digest = _edge(end)
    return _digest(text[max(0, len(text) - length) :]) == digest


def _edge(gold: str) -> tuple[int, str]:
    if gold.startswith(f"{DIGEST}:"):
        _, length, digest = gold.split(":")
        return int(length), digest
    return len(key(gold)), _digest(key(gold))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def key(text: str) -> str:
    """What of a text counts: its characters without white space and what is never seen."""
    text = unicodedata.normalize("NFC", text)
    return "".join(
        c for c in text if not c.isspace() and unicodedata.category(c) != "Cf"
    ).casefold()

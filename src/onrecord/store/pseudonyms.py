"""Commenters are private people: a corpus holds a pseudonym for each, unless told otherwise.

A pseudonym is a keyed hash (BLAKE2b, RFC 7693, 64 bits) of the site and the name, so that one
commenter of a site bears the same one everywhere, and nobody without the key can try names.
The key is a file of its own, outside the corpus. This hides names, not people: what somebody
writes can still give them away.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

import msgspec
from platformdirs import user_data_path

from onrecord.errors import OptionsError
from onrecord.records import Comment, Page

KEY_BYTES = 32
DIGEST_BYTES = 8
"""Two of a million commenters share a pseudonym with a chance of 1 in 37 million."""

PREFIX = "reader-"
MASK = "·"

_SIGN = re.compile(r"\S")


def default_key_file() -> Path:
    """Where the key is unless one is named: in the user's own folder of data."""
    return user_data_path("onrecord") / "pseudonyms.key"


def read_key(path: Path) -> bytes:
    """The key in a file, which is made, for its owner alone, where there is none.

    Raises `OptionsError` where it cannot be used.
    """
    if not path.exists():
        try:
            _make_key(path)
        except OSError as error:
            raise _unusable(path, f"cannot be made: {error.strerror}") from error
    return _existing(path)


def _make_key(path: Path) -> None:
    """Write a key that is on the disk before it has its name: a corpus must not outlive its key.

    Where another program is quicker, its key stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
            file.flush()
            os.fsync(handle)
        with suppress(FileExistsError):
            os.link(scratch, path)
    finally:
        Path(scratch).unlink()


def _existing(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except OSError as error:
        raise _unusable(path, f"cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise _unusable(path, "holds no key") from error
    if len(key) != KEY_BYTES:
        raise _unusable(path, f"holds {len(key)} bytes and not {KEY_BYTES}")
    return key


def _unusable(path: Path, what: str) -> OptionsError:
    return OptionsError(
        f"{path}: the key of pseudonyms {what}. Name another file with --key, "
        "or keep commenters' names with --names."
    )


def fingerprint(key: bytes) -> str:
    """What tells two keys apart and does not give the key."""
    return hashlib.blake2b(b"fingerprint", key=key, digest_size=DIGEST_BYTES).hexdigest()


def pseudonym(name: str, site: str | None, key: bytes) -> str:
    """What a commenter of a site is called."""
    who = msgspec.json.encode([site, " ".join(name.split())])
    return PREFIX + hashlib.blake2b(who, key=key, digest_size=DIGEST_BYTES).hexdigest()


def without_names(page: Page, key: bytes) -> Page:
    """The page with pseudonyms for its commenters.

    In plain text their names stand in ``text`` too, between the comments. All there, outside
    of paragraphs and comments, but white space becomes ``·``, so that offsets stay. What
    is written in an article or a comment stays to the letter, names of other commenters
    included.
    """
    if not page.comments:
        return page
    comments = tuple(_hidden(one, page.site, key) for one in page.comments)
    kept = [(one.start, one.end) for one in page.paragraphs]
    kept = sorted(kept + [(one.start, one.end) for one in page.comments])
    parts, at = [], 0
    for start, end in kept:
        parts.append(_SIGN.sub(MASK, page.text[at : max(at, start)]))
        parts.append(page.text[max(at, start) : end])
        at = max(at, end)
    parts.append(_SIGN.sub(MASK, page.text[at:]))
    return msgspec.structs.replace(page, comments=comments, text="".join(parts))


def _hidden(comment: Comment, site: str | None, key: bytes) -> Comment:
    if comment.author is None:
        return comment
    return msgspec.structs.replace(comment, author=pseudonym(comment.author, site, key))

"""What attributions are filtered by, as words of the full-text index.

The index finds what has several words at once in a few milliseconds, however common each is.
So that filters cost no more, each attribution bears them as words of their own column: its
source type is ``tnamedperson``, its site a hash. (Days are in the ids: `places`.)
"""

from __future__ import annotations

import hashlib

from onrecord.store.database import Row


def facets(row: Row) -> str:
    """The words of an attribution: a row of what it is filtered by."""
    words = [f"k{row['kind']}", "incomments" if row["in_comment"] else "inarticle"]
    if row["source_type"]:
        words.append(source_type(row["source_type"]))
    if row["cue_class"]:
        words.append(cue_class(row["cue_class"]))
    if row["site"]:
        words.append(site(row["site"]))
    if row["identity"]:
        words.append(identity(row["identity"]))
    return " ".join(words)


def source_type(name: str) -> str:
    """The word of a source type."""
    return "t" + name.replace("_", "")


def cue_class(name: str) -> str:
    """The word of a cue class."""
    return "c" + name


def kind(name: str) -> str:
    """The word of direct, indirect or mixed."""
    return "k" + name


def site(name: str) -> str:
    """The word of a site."""
    return "s" + hashlib.blake2b(name.encode(), digest_size=8).hexdigest()


def identity(number: int) -> str:
    """The word of a speaker over pages."""
    return f"i{number}"

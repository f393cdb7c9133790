"""Which language a page is written in."""

from __future__ import annotations

import re

import py3langid

SAMPLE = 4000
"""Characters that are looked at: more do not change the answer."""

NONE = "zxx"
"""What the detector calls letters of no language."""

_CODE = re.compile(r"\s*([a-z]{2,3})(?![a-z])", re.I)

ENOUGH = 40
"""With fewer letters than this the page's own word is taken."""


def language_of(sample: str, declared: str | None) -> str | None:
    """The ISO 639-1 code of the language of ``sample``, or ``None`` where nobody knows.

    What the page declares is often a template's default, so it counts only for a text
    too short to tell.
    """
    sample = sample[:SAMPLE]
    if sum(map(str.isalpha, sample)) >= ENOUGH:
        code, _ = py3langid.classify(sample)
        if code != NONE:
            return str(code)
    found = _CODE.match(declared or "")
    return found[1].lower() if found else None

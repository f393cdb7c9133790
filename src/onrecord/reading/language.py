"""Which language a page is written in."""

from __future__ import annotations

import py3langid

SAMPLE = 4000
"""Characters that are looked at: more do not change the answer."""

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
        return str(code)
    return declared.split("-")[0].lower() if declared else None

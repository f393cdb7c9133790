"""GAP: pronouns in Wikipedia's words, each with two names that it may stand for.

Webster, Recasens, Axelrod and Baldridge (2018), "Mind the GAP: A Balanced Corpus of
Gendered Ambiguous Pronouns", TACL 6.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

from onrecord.errors import CorpusError
from onrecord.records import Span

FEMININE = frozenset({"she", "her", "hers", "herself"})

_COLUMNS = ("ID", "Text", "Pronoun", "Pronoun-offset", "A", "A-offset", "A-coref")


class GapExample(NamedTuple):
    """A text, a pronoun in it, and two names with whether it stands for them."""

    name: str
    text: str
    pronoun: Span
    names: tuple[Span, Span]
    right: tuple[bool, bool]

    @property
    def feminine(self) -> bool:
        return self.text[slice(*self.pronoun)].lower() in FEMININE


def read_gap(path: Path) -> list[GapExample]:
    """The examples of a file. Raises `CorpusError` where it is none of GAP's."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CorpusError(f"{path} cannot be read: {error}") from error
    if not rows or not set(_COLUMNS) <= set(rows[0]):
        raise CorpusError(f"{path} is no file of GAP: it needs the columns {', '.join(_COLUMNS)}.")
    return [_example(path, number, row) for number, row in enumerate(rows, 2)]


def _example(path: Path, number: int, row: dict[str, str]) -> GapExample:
    try:
        pronoun, a, b = (
            (int(row[f"{what}-offset"]), int(row[f"{what}-offset"]) + len(row[what]))
            for what in ("Pronoun", "A", "B")
        )
        right = (row["A-coref"].upper() == "TRUE", row["B-coref"].upper() == "TRUE")
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise CorpusError(f"{path}, line {number}: {error}") from error
    return GapExample(row["ID"], row["Text"], pronoun, (a, b), right)

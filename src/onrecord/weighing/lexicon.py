"""The lexicon of cues: which class a wording has. The packaged one, with a newsroom's laid over.

A file of rows, columns apart by tabs: phrase, class, and "negated" where the wording itself says
that nothing was said ("decline"). Further columns are notes. ``cues.tsv`` tells its readers the
rest; `onrecord.weighing.matching` is what finds phrases in a cue.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import cast, get_args

from onrecord.errors import OptionsError
from onrecord.records import CueClass
from onrecord.weighing.words import phrase_words

FILE = "cues.tsv"
CLASSES: tuple[str, ...] = get_args(CueClass)
ANY = "*"
"""The word of a phrase that stands for up to `MAX_GAP` others."""
QUESTION = "?"
"""The last word of a phrase that fits only where the content is a question."""
MAX_GAP = 3
START = 0
MAX_WORDS = 10
"""Words of the longest phrase. The packaged ones have up to 6."""
WEAK = "?"
NEGATED = "negated"
_ADVICE = "Save it as UTF-8 text, columns apart by tabs."


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lexicon knows about a phrase."""

    cue_class: CueClass
    weak: bool = False
    """Whether any other phrase of the cue that is not weak goes first: "issue a denial"."""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases and their classes, as a tree by words.

    A state is how far a phrase has come, and `START` where none has begun.
    """

    following: Mapping[tuple[int, str], int]
    """From a state and a word to the next state."""
    entries: Mapping[int, Entry]
    """By the states in which phrases end."""


def read_lexicon(path: Path | None = None) -> Lexicon:
    """The packaged lexicon, with the rows of the file at ``path`` in place of its own.

    A row for a phrase that the packaged lexicon has takes its place; a longer packaged phrase
    still wins over a shorter one of the file.

    Raises `OptionsError` where the file cannot be used; the message names the line.
    """
    rows = dict(_packaged())
    if path is not None:
        rows.update(_rows(_read(path), str(path)))
    # One flat table and not an object a word: 100,000 rows take half the time.
    following: dict[tuple[int, str], int] = {}
    entries: dict[int, Entry] = {}
    for words, entry in rows.items():
        state = START
        for word in words:
            state = following.setdefault((state, word), len(following) + 1)
        entries[state] = entry
    return Lexicon(following, entries)


@cache
def packaged_lexicon() -> Lexicon:
    """The packaged lexicon alone, read once."""
    return read_lexicon()


@cache
def _packaged() -> dict[tuple[str, ...], Entry]:
    text = files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return dict(_rows(text, FILE))


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise OptionsError(f"{path}: no such file. Check the path.") from error
    except IsADirectoryError as error:
        raise OptionsError(f"{path}: this is a folder. Give the lexicon's file itself.") from error
    except ValueError as error:  # A NUL in the name.
        raise OptionsError(f"{str(path)!r} is no path. Check it.") from error
    except OSError as error:
        raise OptionsError(f"{path}: cannot be read: {error.strerror}.") from error
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise OptionsError(f"{path}:1: the file is in UTF-16. {_ADVICE}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # `error.object` lacks the byte-order mark, so its offsets fit no other data.
        line = error.object.count(b"\n", 0, error.start) + 1
        byte = f"0x{error.object[error.start]:02x}"
        raise OptionsError(f"{path}:{line}: the byte {byte} is no UTF-8. {_ADVICE}") from error


def _rows(text: str, name: str) -> Iterator[tuple[tuple[str, ...], Entry]]:
    seen: dict[tuple[str, ...], tuple[int, Entry]] = {}
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        line = line.strip("\n")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        words, entry = _row(line, f"{name}:{number}")
        earlier, other = seen.setdefault(words, (number, entry))
        if other != entry:
            raise OptionsError(
                f"{name}:{number}: {' '.join(words)!r} is {_show(entry)} here and {_show(other)} "
                f"in line {earlier}. Leave one of the two lines out."
            )
        if earlier == number:
            yield words, entry


def _row(line: str, where: str) -> tuple[tuple[str, ...], Entry]:
    columns = [column.strip() for column in line.split("\t")]
    if len(columns) == 1:
        raise OptionsError(
            f"{where}: {_cut(line)!r} has no class. Give a phrase, a tab, and one of "
            f"{', '.join(CLASSES)}."
        )
    phrase, named = columns[0], columns[1]
    cue_class = named.casefold().removesuffix(WEAK)
    if cue_class not in CLASSES:
        raise OptionsError(
            f"{where}: the class of {_cut(phrase)!r} is {_cut(named)!r}. "
            f"Give one of {', '.join(CLASSES)}."
        )
    words = phrase_words(phrase)
    if not words or words[0] in (ANY, QUESTION) or words[-1] == ANY or QUESTION in words[:-1]:
        raise OptionsError(
            f"{where}: the phrase is {_cut(phrase)!r}. Give it a word to begin with; "
            f"{ANY} stands between words, and {QUESTION} at the end."
        )
    if len(words) > MAX_WORDS:
        raise OptionsError(
            f"{where}: the phrase {_cut(phrase)!r} has {len(words)} words. Give up to {MAX_WORDS}."
        )
    flag = columns[2].casefold() if len(columns) > 2 else ""
    if flag not in ("", NEGATED):
        raise OptionsError(
            f"{where}: the third column of {_cut(phrase)!r} is {_cut(columns[2])!r}. "
            f"Give {NEGATED!r} or nothing; notes go into the fourth."
        )
    return words, Entry(cast(CueClass, cue_class), named.endswith(WEAK), flag == NEGATED)


def _show(entry: Entry) -> str:
    negated = ", negated" if entry.negated else ""
    return f"{entry.cue_class}{WEAK if entry.weak else ''}{negated}"


def _cut(value: str) -> str:
    return value if len(value) <= 60 else value[:60] + "…"

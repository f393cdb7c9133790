"""A newsroom's own list of people and organisations, in CSV, and which of its rows a name fits."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import get_args

import msgspec

from onrecord.errors import PeopleError
from onrecord.records import SpeakerKind
from onrecord.resolving.names import SUFFIXES
from onrecord.resolving.nouns import read_nouns

MAX_BYTES = 128 * 2**20
"""Size of the largest file: over a million rows."""

KINDS: tuple[SpeakerKind, ...] = get_args(SpeakerKind)
KNOWN = ("name", "aliases", "kind", "role", "group")
"""The columns with a meaning. All others are carried into the record as they are."""

_SPELLINGS = {"alias": "aliases"}
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
_KNOWN = "Known columns: name (required), aliases, kind, role, group; any other is carried along"
_SAVE = "Save it from the spreadsheet as CSV in UTF-8."
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SHOWN = 60
"""Characters of a cell that a message shows."""

_PEOPLE = frozenset(["person", "author"])
_THINGS = frozenset(["group", "document", "poll"])
_BARE = frozenset("mr mrs ms miss mx dr prof professor".split())
"""What says nothing of whose the surname behind it is, so that "Dr. Lund" can stand for "Lund"."""
_GIVEN = frozenset(
    "baron dean del don duke king major marshal prince princess queen saint st".split()
)
"""Titles that are first names too: "Dean Martin Bell" is not Martin Bell."""
_PARTICLES = frozenset("al bin da de del den der di do dos du el la le ten van von y".split())

_ODD = {
    **dict.fromkeys("’‘‛ʼʹ′´`", "'"),
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ""),
    **{"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"},
}
"""Letters and signs that Unicode does not take apart, as plain ones."""
_ODDS = re.compile(f"[{''.join(_ODD)}]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_SIGN = re.compile(r"[^\w\n -]")
_SIGNS = str.maketrans(
    {c: " " for c in map(chr, range(128)) if not c.isalnum() and c not in "-\n"}
    | {"'": None, "&": " and "}
)
_LOOSE_HYPHEN = re.compile(r"-(?:(?![^ \n-])|(?<![^ \n-]-))")
_INITIALS = re.compile(r" (?=[^\W\d_]\b)(?<=\b[^\W\d_] )")


class Row(msgspec.Struct, frozen=True, gc=False):
    """A row of a people file. Its cells are trimmed; a cell that is empty is not there."""

    line: int
    """Where it begins in the file, from 1."""
    name: str
    aliases: tuple[str, ...]
    kind: SpeakerKind | None
    columns: dict[str, str]
    """The cells by column, in the file's order, without the aliases."""


@dataclass(frozen=True, slots=True)
class People:
    """The rows of a people file, found by name in the same time however many they are."""

    rows: tuple[Row, ...]
    _exact: _Index
    """By name and alias, folded, with and without titles."""
    _ends: _Index
    """By first and last name, where there are words between."""

    def rows_for(self, names: Sequence[str], kind: SpeakerKind | None) -> tuple[Row, ...]:
        """The rows that a speaker fits, in the file's order: none, the one, or those to report.

        ``names`` are the speaker's in the page, the fullest first. Each is looked up only
        where none before it fits a row. A name that is short for another one of them
        ("Marrow", of "Elda Marrow") is not looked up at all: it says less than that one,
        and could fit somebody else.
        """
        folded = _fold(" ".join(name.split()) for name in names)
        words = [_words(form) for form in folded]
        for form, own in zip(folded, words, strict=True):
            if (
                form
                and not any(_shortens(own, other) for other in words)
                and (rows := self._fitting(form, kind))
            ):
                return rows
        return ()

    def _fitting(self, form: str, kind: SpeakerKind | None) -> tuple[Row, ...]:
        """The rows with that name or alias; else those that differ in a title or middle name."""
        rows = self._equal(form, kind)
        if rows or kind in _THINGS:
            return rows
        untitled = _untitled(form)
        first, _, rest = form.partition(" ")
        if first in _BARE and rest:
            untitled = _untitled(rest)
        if untitled != form and (rows := self._equal(untitled, kind)):
            return rows
        if not (found := _split(_untitled(form))):
            return ()
        ends, middle = found
        candidates = _in_order((*self._exact.get(ends), *self._ends.get(ends)))
        return tuple(
            row
            for row in candidates
            if (kind in _PEOPLE or row.kind in _PEOPLE)
            and _agree(kind, row.kind)
            and _has_between(row, ends, middle)
        )

    def _equal(self, form: str, kind: SpeakerKind | None) -> tuple[Row, ...]:
        return _in_order(row for row in self._exact.get(_key(form)) if _agree(kind, row.kind))


def read_people(path: Path) -> People:
    """Read a people file.

    Raises `PeopleError` where it cannot be used: no CSV in UTF-8, columns that are missing or
    doubled, a row that is broken, or one that stands there twice.
    """
    text = _decoded(path, _bytes(path))
    lines = io.StringIO(text, newline="")
    delimiter = _delimiter(path, lines)
    records = _records(path, lines, delimiter)
    line, header = next(records, (1, []))
    if not header:
        raise PeopleError(f"{path}: the file is empty. {_KNOWN}.")
    columns = _columns(path, line, header, delimiter)
    rows = tuple(_rows(path, records, columns, delimiter))
    if not rows:
        raise PeopleError(f"{path}: there is no row below the columns. Give each name a row.")
    folded = _fold(name for row in rows for name in (row.name, *row.aliases))
    _check(path, rows, folded)
    return People(rows, *_indexes(rows, folded))


# The file


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise PeopleError(f"{path}: no such file. Check the path.") from error
    except IsADirectoryError as error:
        raise PeopleError(f"{path}: this is a folder. Give the CSV file itself.") from error
    except ValueError as error:
        raise PeopleError(f"{str(path)!r} is no path. Check it.") from error
    except OSError as error:
        raise PeopleError(f"{path}: cannot be read: {error.strerror}.") from error
    if len(data) > MAX_BYTES:
        size = f"{MAX_BYTES // 2**20} MiB"
        raise PeopleError(f"{path}: larger than {size}. Leave out rows that no page can fit.")
    return data


def _decoded(path: Path, data: bytes) -> str:
    if data.startswith(_WORKBOOKS):
        raise PeopleError(f"{path}: this is a workbook (such as XLSX or ODS), and no CSV. {_SAVE}")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PeopleError(f"{path}: the file is in UTF-16. {_SAVE}")
    if (at := data.find(b"\0")) >= 0:
        line = _line(data[:at])
        raise PeopleError(f"{path}:{line}: a NUL byte, which no text holds. {_SAVE}")
    try:
        return data.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        line = _line(data[: error.start])
        byte = f"0x{data[error.start]:02x}"
        raise PeopleError(f"{path}:{line}: the byte {byte} is no UTF-8. {_SAVE}") from error


def _line(before: bytes) -> int:
    """The number of the line that these bytes lead up to."""
    return before.count(b"\n") + before.replace(b"\r\n", b"").count(b"\r") + 1


def _delimiter(path: Path, lines: io.StringIO) -> str:
    """What the header's cells are told apart by: whatever finds "name" and most columns."""
    best = (False, 0, ",")
    for delimiter in _DELIMITERS:
        try:
            _, header = next(_records(path, lines, delimiter), (1, []))
        except PeopleError:
            header = []
        named = "name" in (cell.strip().casefold() for cell in header)
        if (named, len(header)) > best[:2]:
            best = (named, len(header), delimiter)
    return best[2]


def _records(path: Path, lines: io.StringIO, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The records that hold anything, from the file's beginning, each with its first line."""
    lines.seek(0)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            limit = f"{csv.field_size_limit():,} characters"
            what = f"a cell is longer than {limit}; a quotation mark may never be closed"
        elif "unexpected end" in str(error):
            what = "a quotation mark that is opened here is never closed"
        else:
            what = "a cell goes on after its closing quotation mark"
        raise PeopleError(
            f'{path}:{line}: {what}. Write a quotation mark in a quoted cell twice ("").'
        ) from error


def _columns(path: Path, line: int, header: Sequence[str], delimiter: str) -> list[str]:
    """The names of the columns; those of `KNOWN` in small letters."""
    columns: list[str] = []
    seen: set[str] = set()
    shown = ", ".join(_shown(cell.strip()) for cell in header[:20])
    found = f"Columns found, by {_DELIMITERS[delimiter]}: {shown}. {_KNOWN}."
    for number, cell in enumerate(header, 1):
        folded = cell.strip().casefold()
        folded = _SPELLINGS.get(folded, folded)
        if not folded:
            raise PeopleError(f"{path}:{line}: column {number} has no name. {found}")
        if folded in seen:
            raise PeopleError(f"{path}:{line}: two columns are called {_shown(folded)}. {found}")
        seen.add(folded)
        columns.append(folded if folded in KNOWN else cell.strip())
    if "name" not in seen:
        raise PeopleError(f"{path}:{line}: no column is called 'name'. {found}")
    return columns


# The rows


def _rows(
    path: Path,
    records: Iterable[tuple[int, list[str]]],
    columns: Sequence[str],
    delimiter: str,
) -> Iterator[Row]:
    kinds: dict[str, SpeakerKind | None] = {"": None, **{kind: kind for kind in KINDS}}
    for line, cells in records:
        if len(cells) > len(columns):
            raise PeopleError(
                f"{path}:{line}: {len(cells)} cells, and {len(columns)} columns. Put a cell with "
                f"a {_DELIMITERS[delimiter]} in it in double quotation marks."
            )
        trimmed = map(str.strip, cells)
        values = {column: cell for column, cell in zip(columns, trimmed, strict=False) if cell}
        name = " ".join(values.get("name", "").split())
        if not name:
            raise PeopleError(
                f"{path}:{line}: the row has no name. Give one, or leave the row out."
            )
        values["name"] = name
        listed = values.pop("aliases", "")
        if delimiter != ";":
            listed = listed.replace(";", "|")
        aliases = [" ".join(alias.split()) for alias in listed.split("|")]
        kind = values.get("kind", "").casefold()
        if kind not in kinds:
            raise PeopleError(
                f"{path}:{line}: the kind is {_shown(values['kind'])}. "
                f"Give one of {', '.join(KINDS)}, or none."
            )
        if kind:
            values["kind"] = kind
        yield Row(line, name, tuple(filter(None, aliases)), kinds[kind], values)


def _check(path: Path, rows: Sequence[Row], folded: Sequence[str]) -> None:
    """Raise `PeopleError` for a name without letters, and for a row that stands there twice."""
    forms = iter(folded)
    first: dict[str, Row] = {}
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        form = next(forms)
        for name, one in ((row.name, form), *((alias, next(forms)) for alias in row.aliases)):
            if not one:
                raise PeopleError(
                    f"{path}:{row.line}: {_shown(name)} holds no letter or digit. "
                    "Write the name, or leave it out."
                )
        key = _key(form)
        other = first.setdefault(key, row)
        if other is row:
            continue
        seen.setdefault((key, *_values(other)), other.line)
        if (line := seen.setdefault((key, *_values(row)), row.line)) != row.line:
            raise PeopleError(
                f"{path}:{row.line}: {_shown(row.name)} stands in line {line} with the same "
                "values. Leave one out, or tell the two apart by a column."
            )


def _values(row: Row) -> Iterator[tuple[str, str]]:
    return (pair for pair in row.columns.items() if pair[0] != "name")


def _shown(cell: str) -> str:
    return repr(cell if len(cell) <= _SHOWN else cell[:_SHOWN] + "…")


# Finding


class _Index:
    """Rows by key. Nearly every key has one row, and a list for each would cost a second."""

    def __init__(self, keys: Sequence[str], rows: Sequence[Row]) -> None:
        self._first = dict(zip(reversed(keys), reversed(rows), strict=True))
        self._others: dict[str, list[Row]] = {}
        for key, row in zip(keys, rows, strict=True):
            if self._first[key] is not row:
                self._others.setdefault(key, []).append(row)

    def get(self, key: str) -> Iterator[Row]:
        """The rows there; one can come twice."""
        if key in self._first:
            yield self._first[key]
            yield from self._others.get(key, ())


def _indexes(rows: Sequence[Row], folded: Sequence[str]) -> tuple[_Index, _Index]:
    keys = _key("\n".join(folded)).split("\n")
    bearers = [row for row in rows for _ in range(1 + len(row.aliases))]
    ends: list[str] = []
    between: list[Row] = []
    for row, form in zip(tuple(bearers), folded, strict=True):
        if form.count(" ") > 1 and row.kind not in _THINGS:
            untitled = _untitled(form)
            if untitled != form:
                keys.append(_key(untitled))
                bearers.append(row)
            if found := _split(untitled):
                ends.append(found[0])
                between.append(row)
    return _Index(keys, bearers), _Index(ends, between)


def _in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Each row once, by line."""
    by_line = {row.line: row for row in rows}
    return tuple(by_line[line] for line in sorted(by_line))


def _has_between(row: Row, ends: str, middle: str) -> bool:
    """Whether a name of a row has that first and last name, and no other middle name."""
    own = middle.split()
    for form in _fold((row.name, *row.aliases)):
        found = _split(_untitled(form))
        if found and found[0] == ends:
            other = found[1].split()
            if _abbreviates(own, other) or _abbreviates(other, own):
                return True
    return False


def _agree(one: SpeakerKind | None, other: SpeakerKind | None) -> bool:
    """Whether two kinds can be of one speaker; an author can be a person or an agency."""
    if one is None or other is None or one == other:
        return True
    return {one, other} in ({"author", "person"}, {"author", "group"})


# Names


def _fold(names: Iterable[str]) -> list[str]:
    """Names without case, accents, signs and "the", their words a space apart.

    All are folded at once, a name a line: it takes a fifth of the time. No name may hold
    a line's end.
    """
    text = "\n".join(names).casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", _ODDS.sub(lambda odd: _ODD[odd[0]], text))
        text = unicodedata.normalize("NFC", _ACCENTS.sub("", text)).casefold()
    text = text.translate(_SIGNS)
    if not text.isascii():
        text = _SIGN.sub(_unless_mark, text)
    text = _LOOSE_HYPHEN.sub(" ", text)
    forms = (" ".join(line.split()) for line in text.split("\n"))
    return [form[4:] if form.startswith("the ") else form for form in forms]


def _unless_mark(sign: re.Match[str]) -> str:
    """A space for a sign; the vowels of scripts such as Devanagari are marks, and stay."""
    return sign[0] if unicodedata.category(sign[0])[0] == "M" else " "


def _words(form: str) -> tuple[str, ...]:
    return tuple(form.replace("-", " ").split())


def _key(form: str) -> str:
    """What equal names share; initials are run together: "j. k.", "j.k." and "jk"."""
    return _INITIALS.sub("", form.replace("-", " "))


def _untitled(form: str) -> str:
    """A name without the titles before it, if two words are left at least."""
    while form.count(" ") > 1:
        first, _, rest = form.partition(" ")
        if not _is_title(first):
            break
        form = rest
    return form


@lru_cache(maxsize=2**16)
def _is_title(word: str) -> bool:
    nouns = read_nouns()
    return word not in _GIVEN and (word in _BARE or nouns.honorific(word) or nouns.title(word))


def _split(form: str) -> tuple[str, str] | None:
    """First and last name (and "Jr."), and what is between; nothing for a bare surname."""
    first, _, rest = form.partition(" ")
    middle, _, last = rest.rpartition(" ")
    if middle and last in SUFFIXES:
        suffix = last
        middle, _, last = middle.rpartition(" ")
        last = f"{last} {suffix}"
    if not last or len(first) == 1:
        return None
    return f"{first} {last}".replace("-", " "), middle


def _shortens(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether a name is another one with words left out or cut to initials, such as all but
    the surname. One of initials alone is a name of its own: "W.H.O."."""
    return short != long and not set(short).isdisjoint(long) and _abbreviates(short, long)


def _abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether words stand among others in the same order, each whole or as its initial."""
    rest = iter(long)
    return all(
        any(
            word == other or (len(word) == 1 and other[0] == word and other not in _PARTICLES)
            for other in rest
        )
        for word in short
    )

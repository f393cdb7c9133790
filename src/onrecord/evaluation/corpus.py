"""Corpora in PolNeAR's layout: ``text/NAME.txt`` and ``attributions/NAME_ANNOTATOR.ann``.

The annotations are brat standoff. PolNeAR's own files hold notes that break over lines, so
only lines that begin with T or E and a number are read, and all T before any E.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import CorpusError
from onrecord.records import Span

ROLES = ("source", "cue", "content")

_BOUND = re.compile(r"T\d+$")
_EVENT = re.compile(r"E\d+$")


@dataclass(frozen=True, slots=True)
class Roles:
    """An attribution as its spans alone: what gold and prediction have in common."""

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A text with the first annotator's attributions, in the order of the file's E lines."""

    name: str
    path: Path
    text: str
    attributions: tuple[Roles, ...]


def containers(attributions: Sequence[Roles]) -> list[int | None]:
    """For each attribution the number of the one it is nested in, or none.

    It is nested where its whole extent lies inside another's content; the smallest such
    content counts, so that nesting can go on.
    """
    extents = [_extent(one) for one in attributions]
    contents = sorted(
        (end - start, start, end, number)
        for number, one in enumerate(attributions)
        for start, end in one.content
    )
    out: list[int | None] = []
    for number, extent in enumerate(extents):
        around = (
            other
            for _, start, end, other in contents
            # Two contents in one place, without more, are in neither.
            if extent and extents[other] != extent and start <= extent[0] and extent[1] <= end
        )
        out.append(next((other for other in around if other != number), None))
    return out


def _extent(one: Roles) -> Span | None:
    spans = [*one.source, *one.cue, *one.content]
    return (min(a for a, _ in spans), max(b for _, b in spans)) if spans else None


def read_corpus(folder: Path) -> list[Article]:
    """The articles of a corpus, by name. Raises `CorpusError` where there are none."""
    texts = sorted((folder / "text").glob("*.txt"))
    annotations = sorted((folder / "attributions").glob("*.ann"))
    if not texts or not annotations:
        missing = "text/*.txt" if not texts else "attributions/*.ann"
        raise CorpusError(
            f"{folder} is no corpus in PolNeAR's layout: it has no {missing}. "
            "Name the folder that holds text/ and attributions/."
        )
    first: dict[str, Path] = {}
    for path in annotations:
        first.setdefault(path.stem.rpartition("_")[0], path)
    lost = [path.stem for path in texts if path.stem not in first]
    if lost:
        raise CorpusError(
            f"{folder}: {len(lost)} of {len(texts)} texts have no annotations, the first of "
            f"them {lost[0]!r}. Name them attributions/{lost[0]}_ANNOTATOR.ann."
        )
    return [
        Article(path.stem, path, _decoded(path), read_annotations(first[path.stem]))
        for path in texts
    ]


def read_annotations(path: Path) -> tuple[Roles, ...]:
    """The attributions of one brat file. Raises `CorpusError` with the line at fault."""
    bounds: dict[str, list[Span]] = {}
    events: list[tuple[int, str]] = []
    for number, line in enumerate(_decoded(path).split("\n"), 1):
        part = line.rstrip("\r").split("\t")
        if len(part) < 2:
            continue
        if _BOUND.match(part[0]):
            bounds[part[0]] = _offsets(path, number, part[1])
        elif _EVENT.match(part[0]):
            events.append((number, part[1]))
    return tuple(_roles(path, number, event, bounds) for number, event in events)


def write_annotations(path: Path, text: str, attributions: Sequence[Roles]) -> None:
    """Write attributions as a brat file that `read_annotations` reads."""
    lines = []
    bound = 0
    for event, one in enumerate(attributions, 1):
        spots = [(role, getattr(one, role)) for role in ROLES if getattr(one, role)]
        if not spots:
            continue
        anchor = dict(spots).get("cue") or spots[-1][1]
        numbered = list(enumerate([("attribution", anchor), *spots], bound + 1))
        for number, (role, spans) in numbered:
            places = ";".join(f"{start} {end}" for start, end in spans)
            words = " ".join(" ".join(text[start:end] for start, end in spans).split())
            lines.append(f"T{number}\t{role.capitalize()} {places}\t{words}")
        arguments = " ".join(f"{role.capitalize()}:T{number}" for number, (role, _) in numbered)
        lines.append(f"E{event}\t{arguments}")
        bound += len(numbered)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _offsets(path: Path, number: int, part: str) -> list[Span]:
    try:
        pairs = [pair.split() for pair in part.split(" ", 1)[1].split(";")]
        spans = [(int(start), int(end)) for start, end in pairs]
    except (IndexError, ValueError) as error:
        raise CorpusError(f"{path}, line {number}: {part!r} names no offsets") from error
    if any(not 0 <= start < end for start, end in spans):
        raise CorpusError(f"{path}, line {number}: {part!r} has offsets that are no stretch")
    return spans


def _roles(path: Path, number: int, event: str, bounds: dict[str, list[Span]]) -> Roles:
    spans: dict[str, list[Span]] = {role: [] for role in ROLES}
    for argument in event.split()[1:]:
        role, _, bound = argument.partition(":")
        role = role.rstrip("0123456789").lower()
        if bound not in bounds:
            raise CorpusError(f"{path}, line {number}: {argument!r} names no T line")
        if role in spans:
            spans[role] += bounds[bound]
    return Roles(**{role: tuple(found) for role, found in spans.items()})


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} cannot be read as UTF-8: {error}") from error

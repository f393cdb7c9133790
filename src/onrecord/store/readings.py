"""What wrote the attributions of a page, so that pages of an older model can be told."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

import msgspec

from onrecord.encoder.weights import MANIFEST, PACKAGED, read_manifest
from onrecord.errors import OptionsError
from onrecord.options import Options
from onrecord.store.database import Connection

DIGITS = 12
"""Of a file's SHA-256: enough to tell files apart."""


class File(msgspec.Struct, frozen=True):
    """A file that the attributions hang on."""

    name: str
    sha256: str


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the attributions of a page hang on, but the page."""

    version: str
    """Of the program, whose rules are a part of the model."""
    model: File
    people: File | None
    cues: File | None
    speakers: bool
    min_confidence: float

    @property
    def label(self) -> str:
        """What it is called, the same only for the same."""
        parts = [f"onrecord {self.version}", f"{self.model.name} {self.model.sha256}"]
        parts += [f"people {one.name} {one.sha256}" for one in (self.people,) if one]
        parts += [f"cues {one.name} {one.sha256}" for one in (self.cues,) if one]
        parts += ["no speakers"] * (not self.speakers)
        parts += [f"from {self.min_confidence}"] * bool(self.min_confidence)
        return ", ".join(parts)


def reading_of(options: Options, weights: Path | None) -> Reading:
    """What a reader of these options is.

    Raises `WeightsError` where there is no model, `OptionsError` for a file that cannot be read.
    """
    folder = weights or PACKAGED
    name = read_manifest(folder).name
    return Reading(
        version=version("onrecord"),
        model=File(name, _digest(folder / MANIFEST)),
        people=_file(options.resolving.people),
        cues=_file(options.weighing.cues),
        speakers=options.resolving.speakers,
        min_confidence=options.attributing.min_confidence,
    )


def _file(path: Path | None) -> File | None:
    return None if path is None else File(path.name, _digest(path))


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:DIGITS]
    except OSError as error:
        raise OptionsError(f"{path}: cannot be read: {error.strerror}.") from error


def write_reading(connection: Connection, reading: Reading) -> int:
    """The reading's row, made where there is none."""
    details = msgspec.json.encode(reading).decode()
    connection.execute(
        "INSERT INTO readings (label, details) VALUES (?, ?) ON CONFLICT (label) DO NOTHING",
        [reading.label, details],
    )
    found = connection.execute("SELECT id FROM readings WHERE label = ?", [reading.label])
    return int(found.fetchone()[0])


def outdated(connection: Connection, reading: Reading, *, drop_files: bool) -> list[int]:
    """The numbers of the pages that something else wrote than this reading, in their order.

    Raises `OptionsError` where a file that some of them were read with would be lost.
    """
    rows = connection.execute(
        "SELECT details FROM readings WHERE label <> ? AND id IN (SELECT reading FROM pages)",
        [reading.label],
    ).fetchall()
    for row in rows:
        old = msgspec.json.decode(row[0], type=Reading)
        for kind in ("people", "cues"):
            was = getattr(old, kind)
            if was and not getattr(reading, kind) and not drop_files:
                raise OptionsError(
                    f"some pages were read with the {kind} file {was.name}. Name it again with "
                    f"--{kind} FILE, or give --drop-files to read them without."
                )
    found = connection.execute(
        "SELECT p.id FROM pages p JOIN readings r ON r.id = p.reading WHERE r.label <> ? "
        "ORDER BY p.id",
        [reading.label],
    )
    return [row[0] for row in found]

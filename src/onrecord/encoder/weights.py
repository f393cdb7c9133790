"""The model's files: where they are, and that they are the right ones."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from onrecord.encoder.calibration import Calibration
from onrecord.errors import WeightsAlteredError, WeightsMissingError

PACKAGED = Path(__file__).parent / "model"
"""The weights that ship with the package, with their model card."""

MANIFEST = "manifest.json"

NEXT_STEP = "Install onrecord again, or name a folder that `onrecord train attributions` wrote."


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names a model, the SHA-256 of each of its files, and what its scores are worth."""

    name: str
    files: dict[str, str]
    calibration: Calibration = Calibration()


def write_manifest(
    folder: Path,
    name: str,
    files: list[str],
    calibration: Calibration = Calibration(),  # noqa: B008
) -> None:
    """Write down the checksums of a model's files, and its calibration."""
    manifest = Manifest(
        name=name,
        calibration=calibration,
        files={file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in files},
    )
    data = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    (folder / MANIFEST).write_bytes(data + b"\n")


def read_manifest(folder: Path) -> Manifest:
    """What a model's folder holds. Raises `WeightsMissingError` or `WeightsAlteredError`."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except OSError as error:
        raise WeightsMissingError(f"no model at {folder}: {error.strerror}. {NEXT_STEP}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise WeightsAlteredError(
            f"{folder / MANIFEST} is no manifest: {error}. {NEXT_STEP}"
        ) from error


def read_weights(folder: Path) -> dict[str, bytes]:
    """The model's files by name, each checked against the manifest.

    Raises `WeightsMissingError` or `WeightsAlteredError`, with the next step.
    """
    manifest = read_manifest(folder)
    found = {}
    for file, expected in manifest.files.items():
        try:
            data = (folder / file).read_bytes()
        except OSError as error:
            raise WeightsMissingError(
                f"{file} of the model at {folder} cannot be read: {error.strerror}. {NEXT_STEP}"
            ) from error
        actual = hashlib.sha256(data).hexdigest()
        if actual != expected:
            raise WeightsAlteredError(
                f"{folder / file} is not the file of model {manifest.name!r}: its SHA-256 is "
                f"{actual[:12]}…, the manifest says {expected[:12]}…. {NEXT_STEP}"
            )
        found[file] = data
    return found

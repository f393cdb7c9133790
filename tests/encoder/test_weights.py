"""The model's files and their checksums."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from onrecord.encoder.calibration import Calibration
from onrecord.encoder.onnx import FILES
from onrecord.encoder.weights import (
    MANIFEST,
    PACKAGED,
    read_manifest,
    read_weights,
    write_manifest,
)
from onrecord.errors import WeightsAlteredError, WeightsError, WeightsMissingError

NEXT_STEP = "Install onrecord again, or name a folder"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.bin").write_bytes(b"first\x00")
    (tmp_path / "two.bin").write_bytes(b"second")
    (tmp_path / "other.txt").write_text("not of the model")
    write_manifest(tmp_path, "small", ["one.bin", "two.bin"])
    return tmp_path


def test_what_is_written_is_read_back(folder: Path) -> None:
    assert read_weights(folder) == {"one.bin": b"first\x00", "two.bin": b"second"}
    manifest = (folder / MANIFEST).read_text("utf-8")
    assert '"small"' in manifest
    assert hashlib.sha256(b"second").hexdigest() in manifest
    assert manifest.endswith("}\n")


def test_writing_again_takes_the_files_as_they_are_now(folder: Path) -> None:
    (folder / "one.bin").write_bytes(b"third")
    write_manifest(folder, "small", ["one.bin"])
    assert read_weights(folder) == {"one.bin": b"third"}


def test_a_calibration_is_written_down(folder: Path) -> None:
    assert read_manifest(folder).calibration == Calibration()
    calibration = Calibration(rise=1.25, fall=0.5, shift=-0.75)
    write_manifest(folder, "small", ["one.bin"], calibration)
    assert read_manifest(folder).calibration == calibration
    assert read_weights(folder) == {"one.bin": b"first\x00"}


def test_a_manifest_of_before_needs_no_calibration(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(b'{"name": "small", "files": {}}')
    assert read_manifest(folder).calibration == Calibration()


def _told(folder: Path, kind: type[WeightsError]) -> str:
    with pytest.raises(WeightsError) as caught:
        read_weights(folder)
    assert type(caught.value) is kind
    assert NEXT_STEP in str(caught.value)
    assert str(folder) in str(caught.value)
    return str(caught.value)


def test_a_missing_folder(tmp_path: Path) -> None:
    assert "No such file" in _told(tmp_path / "none", WeightsMissingError)


def test_a_file_in_place_of_the_folder(folder: Path) -> None:
    _told(folder / "one.bin", WeightsMissingError)


def test_a_folder_without_a_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()
    _told(folder, WeightsMissingError)


def test_a_missing_file(folder: Path) -> None:
    (folder / "two.bin").unlink()
    assert "two.bin" in _told(folder, WeightsMissingError)


def test_a_folder_in_place_of_a_file(folder: Path) -> None:
    (folder / "two.bin").unlink()
    (folder / "two.bin").mkdir()
    assert "two.bin" in _told(folder, WeightsMissingError)


def test_an_altered_file(folder: Path) -> None:
    (folder / "two.bin").write_bytes(b"Second")
    told = _told(folder, WeightsAlteredError)
    assert "two.bin" in told
    assert "'small'" in told
    assert hashlib.sha256(b"Second").hexdigest()[:12] in told
    assert hashlib.sha256(b"second").hexdigest()[:12] in told


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"\xff\xfe not JSON",
        b"[]",
        b'{"name": "small"}',
        b'{"name": "small", "files": ["one.bin"]}',
        b'{"name": "small", "files": {"one.bin": 7}}',
        b'{"name": "small", "files": {}, "more": 1}',
        b'{"name": "sm\xffll", "files": {}}',
        b'{"name": "small", "files": {}, "calibration": {"rise": "much"}}',
        b'{"name": "small", "files": {}, "calibration": {"climb": 1}}',
    ],
)
def test_a_broken_manifest(folder: Path, manifest: bytes) -> None:
    (folder / MANIFEST).write_bytes(manifest)
    assert MANIFEST in _told(folder, WeightsAlteredError)


def test_the_shipped_model_is_whole() -> None:
    files = read_weights(PACKAGED)
    assert set(files) == set(FILES)
    assert all(files.values())


def test_the_shipped_model_is_small_and_has_its_card() -> None:
    sizes = {path.name: path.stat().st_size for path in PACKAGED.iterdir()}
    assert sum(sizes.values()) <= 32_000_000
    assert "no licence" in (PACKAGED / "MODEL_CARD.md").read_text(encoding="utf-8")

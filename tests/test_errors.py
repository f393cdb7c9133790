"""One tree of errors, drawn where it is defined; coded warnings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord import Reader, errors
from onrecord.errors import OnrecordError

SOURCES = Path(errors.__file__).parent
DOCS = Path(__file__).parents[1] / "docs"


def _subclasses(root: type[Exception]) -> set[type[Exception]]:
    return {root}.union(*(_subclasses(child) for child in root.__subclasses__()))


def test_the_docstring_draws_the_whole_tree() -> None:
    drawn = re.findall(r"\w+Error", (errors.__doc__ or "").split("A message says")[0])
    assert sorted(drawn) == sorted(error.__name__ for error in _subclasses(OnrecordError))


def test_every_error_is_raised_somewhere() -> None:
    code = "".join(
        path.read_text("utf-8") for path in SOURCES.rglob("*.py") if path.stem != "errors"
    )
    for error in _subclasses(OnrecordError):
        if not error.__subclasses__():
            # Imported and used; the errors of a file stand in a table by SQLite's codes.
            assert len(re.findall(rf"\b{error.__name__}\b", code)) > 1, error


def test_every_warning_code_is_used_and_documented() -> None:
    code = "".join(path.read_text("utf-8") for path in SOURCES.rglob("*.py"))
    used = set(re.findall(r"code=\"([a-z-]+)\"", code))
    assert used == set(errors.WARNING_CODES)
    documented = (DOCS / "commands.md").read_text("utf-8")
    for name, meaning in errors.WARNING_CODES.items():
        assert f"| `{name}` | {meaning} |" in documented


def test_every_input_error_is_documented() -> None:
    documented = (DOCS / "commands.md").read_text("utf-8")
    for error in _subclasses(errors.InputError):
        assert f"`{error.__name__}`" in documented


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", errors.EmptyInputError),
        (b" \n\t ", errors.EmptyInputError),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64), errors.BinaryInputError),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", errors.BinaryInputError),
        (b"<html><body></body></html>", errors.NoArticleError),
    ],
)
def test_bad_input_has_an_error_of_its_own(
    reader: Reader, data: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error) as caught:
        reader.read(data)
    assert type(caught.value) is error
    assert str(caught.value).startswith("<bytes>: ")

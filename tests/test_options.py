"""Options are checked where they are made."""

from __future__ import annotations

import pytest

from onrecord import ReadingOptions
from onrecord.errors import OptionsError


@pytest.mark.parametrize("language", [None, "en", "de", "gsw"])
def test_languages(language: str | None) -> None:
    assert ReadingOptions(language=language).language == language


@pytest.mark.parametrize("language", ["english", "EN", "", "e", "en-GB"])
def test_what_is_no_language(language: str) -> None:
    with pytest.raises(OptionsError, match="ISO 639-1"):
        ReadingOptions(language=language)


def test_a_limit_that_nothing_fits_into() -> None:
    with pytest.raises(OptionsError, match="max_bytes is 0; give at least 1"):
        ReadingOptions(max_bytes=0)

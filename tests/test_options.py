"""Options are checked where they are made."""

from __future__ import annotations

import pytest

from onrecord import ReadingOptions
from onrecord.errors import OptionsError
from onrecord.options import AttributingOptions, Options


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


@pytest.mark.parametrize("least", [0, 0.0, 0.25, 1])
def test_confidences(least: float) -> None:
    assert AttributingOptions(min_confidence=least).min_confidence == least


@pytest.mark.parametrize("least", [-0.1, 1.01, 90.0, float("inf"), float("nan")])
def test_what_is_no_confidence(least: float) -> None:
    with pytest.raises(OptionsError, match=f"min_confidence is {least}; give 0 to 1"):
        AttributingOptions(min_confidence=least)


def test_nothing_is_left_out_unless_asked() -> None:
    assert Options().attributing == AttributingOptions(min_confidence=0)

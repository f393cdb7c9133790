"""The language of a text, and what the page says of it."""

from __future__ import annotations

import pytest

from onrecord.reading.language import ENOUGH, language_of

ENGLISH = "The mayor said on Tuesday that the new bridge would open late this year."
GERMAN = "Der Gemeinderat hat den Bau der neuen Brücke noch einmal vertagt."
FRENCH = "Le maire a déclaré mardi que le nouveau pont ouvrirait plus tard."
RUSSIAN = "Мэр заявил во вторник, что новый мост откроется позже обычного."


@pytest.mark.parametrize("declared", [None, "en", "de", "pl-PL"])
@pytest.mark.parametrize(
    ("text", "language"), [(ENGLISH, "en"), (GERMAN, "de"), (FRENCH, "fr"), (RUSSIAN, "ru")]
)
def test_the_text_decides(text: str, language: str, declared: str | None) -> None:
    assert language_of(text, declared) == language


@pytest.mark.parametrize(
    ("declared", "language"),
    [
        ("de", "de"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("en_US", "en"),
        (" en ", "en"),
        (None, None),
        ("", None),
        ("-", None),
        ("english", None),
    ],
)
def test_the_page_s_word_for_a_text_too_short(declared: str | None, language: str | None) -> None:
    assert language_of("It rained.", declared) == language


def test_letters_count_and_nothing_else() -> None:
    assert language_of("12:30, 14:45! " * 50, "fr") == "fr"
    assert language_of("", None) is None
    letters = "dass der Rat noch einmal tagt und berät und vertagt"
    assert sum(map(str.isalpha, letters)) >= ENOUGH
    assert language_of(letters, "fr") == "de"
    assert language_of(letters[:20], "fr") == "fr"


def test_letters_of_no_language() -> None:
    assert language_of("x" * 200, None) is None
    assert language_of("x" * 200, "en") == "en"


def test_the_beginning_of_a_long_text_decides() -> None:
    assert language_of(GERMAN * 200 + ENGLISH * 400, None) == "de"

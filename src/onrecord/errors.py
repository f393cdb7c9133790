"""Everything that Onrecord raises, and the codes of its warnings.

::

    OnrecordError
    ├── InputError              an input cannot become a page
    │   ├── InputNotFoundError  no such file or folder, or a glob that matches nothing
    │   ├── NoPagesError        a folder that holds no page
    │   ├── UnreadableError     the system refuses to read it
    │   ├── EmptyInputError     nothing, or white space alone
    │   ├── BinaryInputError    neither HTML nor text; the message says what it is
    │   ├── EncodingError       bytes that decode in no plausible encoding
    │   └── NoArticleError      HTML in which no article was found
    ├── OptionsError            an option's value that cannot be
    ├── WeightsError            the model cannot be used
    │   ├── WeightsMissingError
    │   └── WeightsAlteredError
    ├── RecordError             a line that is not a page's record
    ├── CorpusError             a folder that is not in PolNeAR's layout, or a broken file in it
    ├── TrainingError           a training run that cannot start or go on
    └── ExtraMissingError       an optional part whose packages are not installed

A message says what went wrong, the value given, and the next step. A warning is kept in
the record and never stops the reading; its code is one of `WARNING_CODES`.
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Root of everything raised on purpose."""


class InputError(OnrecordError):
    """An input cannot become a page. ``input`` is its name as given."""

    def __init__(self, name: str, message: str) -> None:
        self.input = name
        super().__init__(f"{name}: {message}")


class InputNotFoundError(InputError):
    """Nothing stands at that path, or a glob matches nothing."""


class NoPagesError(InputError):
    """A folder holds no file that looks like a page."""


class UnreadableError(InputError):
    """The operating system refuses to read the input."""


class EmptyInputError(InputError):
    """The input holds nothing but white space."""


class BinaryInputError(InputError):
    """The input is neither HTML nor text."""


class EncodingError(InputError):
    """The bytes decode in no plausible encoding."""


class NoArticleError(InputError):
    """No article was found in the HTML."""


class OptionsError(OnrecordError):
    """An option has a value that it cannot have."""


class WeightsError(OnrecordError):
    """The model cannot be used."""


class WeightsMissingError(WeightsError):
    """A file of the model is not there."""


class WeightsAlteredError(WeightsError):
    """A file of the model is not the one that its manifest names."""


class RecordError(OnrecordError):
    """A line of JSON is not a page's record."""


class CorpusError(OnrecordError):
    """A folder is not a corpus in PolNeAR's layout, or a file in it is broken."""


class TrainingError(OnrecordError):
    """A training run cannot start or go on."""


class ExtraMissingError(OnrecordError):
    """An optional part was asked for and its packages are not installed."""

    def __init__(self, extra: str, package: str) -> None:
        self.extra = extra
        super().__init__(
            f"this needs the package {package!r}, which is not installed. "
            f"Install the optional part with: pip install 'onrecord[{extra}]'"
        )


WARNING_CODES: dict[str, str] = {
    "encoding-guessed": "The bytes are not UTF-8 and name no encoding; the likeliest was taken.",
    "bytes-replaced": "Some bytes are not UTF-8; U+FFFD stands for them.",
    "language-not-supported": "The page is not in English, so no attributions were looked for.",
    "headline-not-found": "The page names no headline.",
    "article-not-found": "The page holds comments but no article.",
}
"""Every code that a record's warnings can carry, and what it means."""

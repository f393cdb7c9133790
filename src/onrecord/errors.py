"""Everything that Onrecord raises, and the codes of its warnings.

::

    OnrecordError
    ├── InputError              an input cannot become a page
    │   ├── InputNotFoundError  no such file or folder, or a glob that matches nothing
    │   ├── NotFetchedError     a web address, and nothing is fetched
    │   ├── NoPagesError        a folder or an archive that holds no page
    │   ├── SeveralPagesError   an archive where one page was asked for
    │   ├── UnreadableError     the system refuses to read it
    │   ├── TooLargeError       a page beyond the limit on its size
    │   ├── DamagedError        compressed or archived data that are cut off or corrupt
    │   ├── RowError            a line of JSONL that is no page
    │   ├── EmptyInputError     nothing, or white space alone
    │   ├── BinaryInputError    neither HTML nor text; the message says what it is
    │   ├── EncodingError       bytes that decode in no plausible encoding
    │   ├── NoArticleError      HTML in which no article was found
    │   └── BrokenReaderError   a fault of the program's own on this page
    ├── OptionsError            an option's value that cannot be
    │   └── PeopleError         a people file that cannot be used
    ├── WeightsError            the model cannot be used
    │   ├── WeightsMissingError
    │   └── WeightsAlteredError
    ├── WorkersError            the processes that read pages cannot be started
    ├── RecordError             a line that is not a page's record
    ├── StoreError              a corpus file cannot be used
    │   ├── StoreMissingError   no file or folder at that path
    │   ├── NotAStoreError      no SQLite file, or one of another program
    │   ├── NewerStoreError     a newer version of the program wrote it
    │   ├── OlderStoreError     an older version wrote it, and it was not brought up to date
    │   ├── DamagedStoreError   the file is corrupt
    │   ├── BusyStoreError      another program has been writing to it for long
    │   ├── StoreFullError      the disk is full
    │   └── StoreReadOnlyError  the file or its folder cannot be written
    ├── QueryError              words to search for that cannot be understood
    ├── NotInStoreError         a page or speaker that the corpus does not hold
    ├── CorrectionError         a correction that cannot be of its page
    │   └── ConflictError       what it corrects is no longer what it was
    ├── CorpusError             a folder that is not in PolNeAR's layout, or a broken file in it
    ├── TrainingError           a training run that cannot start or go on
    ├── ServingError            the app cannot listen at its address
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
        self.message = message
        super().__init__(f"{name}: {message}")

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        # It crosses from one process to another; by default `args` would be its one argument.
        return type(self), (self.input, self.message)


class InputNotFoundError(InputError):
    """Nothing stands at that path, or a glob matches nothing."""


class NotFetchedError(InputError):
    """The input is a web address; reading never touches the network."""


class NoPagesError(InputError):
    """A folder holds no file that looks like a page, or an archive no HTML."""


class SeveralPagesError(InputError):
    """The input is an archive or JSONL, and one page was asked for."""


class UnreadableError(InputError):
    """The operating system refuses to read the input."""


class TooLargeError(InputError):
    """A page has more bytes than `ReadingOptions.max_bytes`."""


class DamagedError(InputError):
    """Compressed or archived data are cut off or corrupt, so that pages may be lost."""


class RowError(InputError):
    """A line of JSONL is no page: no JSON, no ``html`` or ``text``, or wrong types."""


class EmptyInputError(InputError):
    """The input holds nothing but white space."""


class BinaryInputError(InputError):
    """The input is neither HTML nor text."""


class EncodingError(InputError):
    """The bytes decode in no plausible encoding."""


class NoArticleError(InputError):
    """No article was found in the HTML."""


class BrokenReaderError(InputError):
    """The program failed on the page, or was killed while it read it."""


class OptionsError(OnrecordError):
    """An option has a value that it cannot have."""


class PeopleError(OptionsError):
    """A people file cannot be used; the message names the line at fault."""


class WeightsError(OnrecordError):
    """The model cannot be used."""


class WeightsMissingError(WeightsError):
    """A file of the model is not there."""


class WeightsAlteredError(WeightsError):
    """A file of the model is not the one that its manifest names."""


class WorkersError(OnrecordError):
    """The processes that read pages cannot be started."""


class RecordError(OnrecordError):
    """A line of JSON is not a page's record."""


class StoreError(OnrecordError):
    """A corpus file cannot be used. It is as sound as it was."""


class StoreMissingError(StoreError):
    """No file stands at the path, or no folder to make one in."""


class NotAStoreError(StoreError):
    """The file is no SQLite file, or one of another program."""


class NewerStoreError(StoreError):
    """A newer version of the program wrote the file."""


class OlderStoreError(StoreError):
    """An older version of the program wrote the file; `Corpus.update` brings it up to date."""


class DamagedStoreError(StoreError):
    """The file is corrupt."""


class BusyStoreError(StoreError):
    """Another program has been writing to the file for long."""


class StoreFullError(StoreError):
    """The disk is full."""


class StoreReadOnlyError(StoreError):
    """The file or its folder cannot be written."""


class QueryError(OnrecordError):
    """Words to search for that cannot be understood."""


class NotInStoreError(OnrecordError):
    """A page or a speaker that the corpus does not hold."""


class CorrectionError(OnrecordError):
    """A correction that cannot be of its page."""


class ConflictError(CorrectionError):
    """Somebody changed the attribution since it was looked at."""


class CorpusError(OnrecordError):
    """A folder is not a corpus in PolNeAR's layout, or a file in it is broken."""


class TrainingError(OnrecordError):
    """A training run cannot start or go on."""


class ServingError(OnrecordError):
    """The app cannot listen at the address that it was given."""


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
    "bytes-replaced": "Some bytes could not be decoded; U+FFFD stands for them.",
    "page-cut-off": "The page's compressed data end early or are corrupt; its beginning was read.",
    "published-not-read": "A row's `published` is no ISO 8601 date; what the page says was taken.",
    "markdown-as-text": "The Markdown is too long or nested too deep; it was read as plain text.",
    "record-broken": "A record of an archive is broken and was left out.",
    "responses-passed-over": "An archive holds responses that are no pages: redirects, errors.",
    "language-not-supported": "The page is not in English, so no attributions were looked for.",
    "people-ambiguous": "A speaker fits several rows of the people file; none was taken.",
    "correction-lost": "The model no longer finds what a person marked as wrong; nothing was done.",
    "headline-not-found": "The page names no headline.",
    "article-not-found": "The page holds comments but no article.",
    "article-guessed": "The page is too large or too deep to look closely where its article is.",
    "tree-cut": "HTML nested more than 2,048 deep; what stands behind that is lost.",
    "thread-count": "The page counts another number of comments than are in it.",
    "thread-not-read": "The page is too large to look for comments in it.",
    "thread-flat": "Replies are evident, but not to which comment.",
}
"""Every code that a record's warnings can carry, and what it means."""

"""A corpus: one file, and everything that can be done with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from onrecord.correcting import Correction, Statement
from onrecord.errors import ExtraMissingError, InputError, OptionsError
from onrecord.exporting.parquet import arrow_table
from onrecord.exporting.tables import Table
from onrecord.options import Options
from onrecord.pipeline import Reader
from onrecord.reading import Input, find_inputs
from onrecord.records import Page
from onrecord.store.adding import Step, add_pages, failed_inputs
from onrecord.store.corrections import (
    add_correction,
    corrected_pages,
    list_corrections,
    load_answer,
    set_undone,
)
from onrecord.store.database import Connection, reading, transaction, writing
from onrecord.store.filters import Filter
from onrecord.store.listing import Listed, list_pages
from onrecord.store.overview import Failure, Overview, failures, overview
from onrecord.store.pages import find_page, load_page, load_pages
from onrecord.store.people import lay_people
from onrecord.store.pseudonyms import default_key_file, fingerprint, read_key, without_names
from onrecord.store.readings import outdated, reading_of, write_reading
from onrecord.store.reprints import find_reprints, reprints_are_known
from onrecord.store.search import Found, search
from onrecord.store.speakers import (
    Profile,
    SpeakerCount,
    find_speakers,
    list_speakers,
    profile,
)
from onrecord.store.stats import Stats, count
from onrecord.store.threads import PageThreads, Replies, page_threads, replies
from onrecord.store.updating import update_pages
from onrecord.workers import MakeExecutor, MakeReader, Prepare, Workers

if TYPE_CHECKING:
    from pandas import DataFrame

NAMES = "names"


def _never() -> bool:
    return False


class Corpus:
    """Pages and their records in one SQLite file.

    No file is held open between calls, so a corpus may be shared by threads, and by programs:
    one writes at a time, any number read. Every method raises a subclass of `StoreError` where
    the file cannot be used.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Name a corpus. The file is made by the first `add`."""
        self.path = Path(path)

    def add(
        self,
        inputs: Iterable[Input | InputError | str | os.PathLike[str]],
        options: Options = Options(),  # noqa: B008 - frozen
        *,
        weights: Path | None = None,
        jobs: int | None = None,
        names: bool = False,
        key_file: Path | None = None,
        retry_failed: bool = False,
        stop: Callable[[], bool] = _never,
        make_reader: MakeReader | None = None,
        make_executor: MakeExecutor | None = None,
    ) -> Iterator[Step]:
        """Add the pages of inputs, and say of each what became of it, as it is iterated over.

        A page whose bytes are in the corpus is skipped. One whose address is known with other
        bytes is a new version: both are kept, the newer one is current. Each page is written
        whole or not at all, so an interrupted run goes on where it was when it is started again.

        ``names`` keeps commenters' names; without it they become pseudonyms with the key in
        ``key_file``. A corpus is one or the other for good. ``jobs`` processes read, all cores
        by default. Once ``stop`` says so, pages under way are finished and no other is begun.
        ``make_reader`` and ``make_executor`` take the place of the model and of the processes.

        Raises `OptionsError`, `WeightsError`, and subclasses of `StoreError`.
        """
        make = make_reader or partial(Reader, options, weights=weights, threads=1)
        make()  # An option that cannot be is told before anything is begun.
        about = reading_of(options, weights)
        with writing(self.path, create=True) as connection:
            prepare = _commenters(connection, names=names, key_file=key_file)
            with transaction(connection):
                row = write_reading(connection, about)
            found = _inputs(inputs)
            if retry_failed:
                named = {one.input if isinstance(one, InputError) else one.name for one in found}
                again = [name for name in failed_inputs(connection) if name not in named]
                found += find_inputs(again)
            with Workers(make, jobs, prepare=prepare, make_executor=make_executor) as workers:
                yield from add_pages(
                    connection,
                    found,
                    workers,
                    reading=row,
                    options=options.reading,
                    retry_failed=retry_failed,
                    stop=stop,
                )

    def update(
        self,
        options: Options = Options(),  # noqa: B008 - frozen
        *,
        weights: Path | None = None,
        jobs: int | None = None,
        drop_files: bool = False,
        stop: Callable[[], bool] = _never,
        make_reader: MakeReader | None = None,
        make_executor: MakeExecutor | None = None,
    ) -> Iterator[Step]:
        """Read anew, from the stored text, the pages that another model or other options wrote.

        An interrupted run goes on where it was. Raises as `add` does, and `OptionsError` where
        pages were read with a people or cue file that is not named now, unless ``drop_files``.
        """
        make = make_reader or partial(Reader, options, weights=weights, threads=1)
        make()
        about = reading_of(options, weights)
        with writing(self.path) as connection:
            numbers = outdated(connection, about, drop_files=drop_files)
            with transaction(connection):
                row = write_reading(connection, about)
            with Workers(make, jobs, make_executor=make_executor) as workers:
                yield from update_pages(connection, numbers, workers, reading=row, stop=stop)

    def correct(
        self, page: str | int, *, before: Statement | None, after: Statement | None, who: str
    ) -> Correction:
        """Correct a page: ``before`` becomes ``after``, everywhere and until it is undone.

        Without ``before`` an attribution was missing, without ``after`` it is none; `statement`
        makes ``before`` from a record. ``who`` is kept with it. Raises `CorrectionError` for
        what cannot be in the page, `ConflictError` where no attribution is as ``before`` says,
        and `NotInStoreError` for a page that is not there.
        """
        with writing(self.path) as connection, transaction(connection):
            number = find_page(connection, page)
            return add_correction(connection, number, before=before, after=after, who=who)

    def undo(self, correction: int, *, who: str) -> Correction:
        """Let a correction no longer hold. Raises `NotInStoreError` where there is none."""
        with writing(self.path) as connection, transaction(connection):
            return set_undone(connection, correction, who=who)

    def redo(self, correction: int) -> Correction:
        """Let a correction hold again. Raises `NotInStoreError` where there is none."""
        with writing(self.path) as connection, transaction(connection):
            return set_undone(connection, correction, who=None)

    def corrections(
        self, page: str | int | None = None, *, limit: int = 50, offset: int = 0
    ) -> list[Correction]:
        """What people corrected, in all pages or in one, the newest first.

        Raises `NotInStoreError` for a page that is not there.
        """
        with reading(self.path) as connection:
            number = None if page is None else find_page(connection, page)
            return list_corrections(connection, page=number, limit=limit, offset=offset)

    def corrected(self) -> Iterator[Page]:
        """The records of the current pages with a correction that holds, as corrected."""
        with reading(self.path) as connection:
            for number in list(corrected_pages(connection)):
                yield load_page(connection, number)

    def answer(self, page: str | int) -> Page:
        """A page's record as the model wrote it, without corrections.

        Raises `NotInStoreError` where there is none.
        """
        with reading(self.path) as connection:
            return load_answer(connection, find_page(connection, page))

    def outdated(
        self,
        options: Options = Options(),  # noqa: B008 - frozen
        *,
        weights: Path | None = None,
    ) -> int:
        """How many pages `update` would read anew.

        A corpus that an older version wrote is brought up to date first, as `update` does.
        """
        with writing(self.path) as connection:
            return len(outdated(connection, reading_of(options, weights), drop_files=True))

    def page(self, name: str | int) -> Page:
        """A page's record, by its number, the beginning of its id, or its address.

        Raises `NotInStoreError` where there is none.
        """
        with reading(self.path) as connection:
            return load_page(connection, find_page(connection, name))

    def number(self, name: str) -> int:
        """A page's number, by the beginning of its id, or its address.

        Raises `NotInStoreError` where there is none.
        """
        with reading(self.path) as connection:
            return find_page(connection, name)

    def list_pages(
        self,
        asked: Filter = Filter(),  # noqa: B008 - frozen
        *,
        limit: int = 50,
        offset: int = 0,
    ) -> Listed:
        """The current pages, the newest first, without their texts.

        With a filter, those that hold an attribution which is asked for. Raises `QueryError` or
        `OptionsError` for what cannot be asked.
        """
        with reading(self.path) as connection:
            return list_pages(connection, asked, limit=limit, offset=offset)

    def pages(self, asked: Filter | None = None) -> Iterator[Page]:
        """The records of all current pages, one at a time.

        With a filter, the pages that hold an attribution which is asked for, with these
        attributions alone. Raises `QueryError` or `OptionsError` for what cannot be asked.
        """
        with reading(self.path) as connection:
            yield from load_pages(connection, asked)

    def frame(self, table: Table = "attributions", asked: Filter | None = None) -> DataFrame:
        """A table of the current pages as a pandas data frame: `exporting.tables` has its columns.

        All of it is in memory. Raises as `pages` does, and `ExtraMissingError` without pandas.
        """
        try:
            import pandas
        except ImportError as error:
            raise ExtraMissingError("pandas", "pandas") from error
        frame = arrow_table(self.pages(asked), table).to_pandas(types_mapper=pandas.ArrowDtype)
        return cast("DataFrame", frame)

    def search(self, asked: Filter, *, limit: int = 20, offset: int = 0) -> Found:
        """The attributions that are asked for, those of the newest pages first.

        Raises `QueryError` or `OptionsError` for what cannot be asked.
        """
        with reading(self.path) as connection:
            return search(connection, asked, limit=limit, offset=offset)

    def stats(
        self,
        by: Sequence[str] = (),
        asked: Filter = Filter(),  # noqa: B008 - frozen
        *,
        unique: bool = False,
        people: Path | None = None,
    ) -> Stats:
        """Counts of attributions by the dimensions in ``by``: `DIMENSIONS`, or a people column.

        ``unique`` counts contents that are near-identical in several pages once, in the group of
        the first; it looks for them, and writes that down, when pages were added. ``people`` is
        a people file: speakers with the same row are one, and its columns can be counted by,
        instead of those that the pages were read with.

        Raises `OptionsError`, `QueryError` or `PeopleError` for what cannot be asked.
        """
        if unique and not self._knows_reprints():
            with writing(self.path) as connection:
                find_reprints(connection)
        with reading(self.path) as connection:
            ambiguous = lay_people(connection, people)
            return count(connection, by, asked, once=unique, ambiguous=ambiguous)

    def _knows_reprints(self) -> bool:
        with reading(self.path) as connection:
            return reprints_are_known(connection)

    def speakers(
        self,
        asked: Filter = Filter(),  # noqa: B008
        *,
        limit: int = 50,
        people: Path | None = None,
    ) -> list[SpeakerCount]:
        """The speakers with a name over all pages, those who say most first.

        Raises as `stats` does.
        """
        with reading(self.path) as connection:
            lay_people(connection, people)
            return list_speakers(connection, asked, limit=limit)

    def find_speakers(
        self, name: str, *, limit: int = 50, people: Path | None = None
    ) -> list[SpeakerCount]:
        """The speakers whom a name, words of one, or a speaker's number can mean.

        Raises `NotInStoreError` where nobody is found.
        """
        with reading(self.path) as connection:
            lay_people(connection, people)
            return find_speakers(connection, name, limit=limit)

    def speaker(self, name: str | int, *, people: Path | None = None) -> Profile:
        """All of the speaker whom a name means best: roles, months, and whom they speak about.

        Raises `NotInStoreError` where nobody is found.
        """
        with reading(self.path) as connection:
            lay_people(connection, people)
            found = find_speakers(connection, str(name), limit=1000)
            return profile(connection, found[0].identity)

    def threads(
        self, *, page: str | None = None, site: str | None = None, limit: int = 50
    ) -> list[PageThreads]:
        """Pages with comments: how many threads, how deep, how many commenters.

        Raises `NotInStoreError` for a page that is not there.
        """
        with reading(self.path) as connection:
            number = None if page is None else find_page(connection, page)
            return page_threads(connection, page=number, site=site, limit=limit)

    def replies(
        self, *, page: str | None = None, site: str | None = None, limit: int = 50
    ) -> list[Replies]:
        """Which commenter replies to which, the most frequent pairs first.

        Raises `NotInStoreError` for a page that is not there.
        """
        with reading(self.path) as connection:
            number = None if page is None else find_page(connection, page)
            return replies(connection, page=number, site=site, limit=limit)

    def overview(self) -> Overview:
        """What the corpus holds, in numbers."""
        with reading(self.path) as connection:
            return overview(connection, NAMES)

    def failures(self) -> list[Failure]:
        """The inputs that became no page, with their errors."""
        with reading(self.path) as connection:
            return failures(connection)


def _inputs(
    inputs: Iterable[Input | InputError | str | os.PathLike[str]],
) -> list[Input | InputError]:
    found: list[Input | InputError] = []
    for one in inputs:
        if isinstance(one, Input | InputError):
            found.append(one)
        else:
            found += find_inputs([os.fspath(one)])
    return found


def _commenters(connection: Connection, *, names: bool, key_file: Path | None) -> Prepare | None:
    """What makes pseudonyms, if the corpus has them. The first `add` decides."""
    key = None if names else read_key(key_file or default_key_file())
    wanted = NAMES if key is None else fingerprint(key)
    with transaction(connection):
        connection.execute(
            "INSERT INTO settings (key, value) VALUES ('commenters', ?) "
            "ON CONFLICT (key) DO NOTHING",
            [wanted],
        )
    found = connection.execute("SELECT value FROM settings WHERE key = 'commenters'")
    had = found.fetchone()[0]
    if had == wanted:
        return None if key is None else partial(without_names, key=key)
    if had == NAMES:
        raise OptionsError("this corpus keeps commenters' names; add to it with --names")
    if names:
        raise OptionsError(
            "this corpus keeps pseudonyms for commenters; add to it without --names, "
            "or begin another corpus"
        )
    raise OptionsError(
        "this corpus has pseudonyms of another key, with which a commenter would get a second "
        "one; name its key with --key FILE, or begin another corpus"
    )

"""A corpus: one file, and everything that can be done with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from onrecord.errors import InputError, OptionsError
from onrecord.options import Options
from onrecord.pipeline import Reader
from onrecord.reading import Input, find_inputs
from onrecord.records import Page
from onrecord.store.adding import Step, add_pages, failed_inputs
from onrecord.store.database import Connection, reading, transaction, writing
from onrecord.store.filters import Filter
from onrecord.store.pages import find_page, load_page, load_pages
from onrecord.store.pseudonyms import default_key_file, fingerprint, read_key, without_names
from onrecord.store.readings import outdated, reading_of, write_reading
from onrecord.store.search import Found, search
from onrecord.store.updating import update_pages
from onrecord.workers import MakeExecutor, MakeReader, Prepare, Workers

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
                found += find_inputs(failed_inputs(connection))
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

    def outdated(
        self,
        options: Options = Options(),  # noqa: B008 - frozen
        *,
        weights: Path | None = None,
    ) -> int:
        """How many pages `update` would read anew."""
        with reading(self.path) as connection:
            return len(outdated(connection, reading_of(options, weights), drop_files=True))

    def page(self, name: str | int) -> Page:
        """A page's record, by its number, the beginning of its id, or its address.

        Raises `NotInStoreError` where there is none.
        """
        with reading(self.path) as connection:
            return load_page(connection, find_page(connection, str(name)))

    def pages(self, asked: Filter | None = None) -> Iterator[Page]:
        """The records of all current pages, one at a time.

        With a filter, the pages that hold an attribution which is asked for, with these
        attributions alone. Raises `QueryError` or `OptionsError` for what cannot be asked.
        """
        with reading(self.path) as connection:
            yield from load_pages(connection, asked)

    def search(self, asked: Filter, *, limit: int = 20, offset: int = 0) -> Found:
        """The attributions that are asked for, those of the newest pages first.

        Raises `QueryError` or `OptionsError` for what cannot be asked.
        """
        with reading(self.path) as connection:
            return search(connection, asked, limit=limit, offset=offset)


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

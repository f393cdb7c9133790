"""Pages that an older model wrote, read anew from the stored text, each in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from onrecord.errors import InputError
from onrecord.records import Page
from onrecord.store.adding import Step
from onrecord.store.corrections import with_corrections
from onrecord.store.database import Connection, transaction
from onrecord.store.pages import load_page
from onrecord.store.writing import rewrite_page
from onrecord.workers import Task, Workers


def update_pages(
    connection: Connection,
    numbers: Iterable[int],
    workers: Workers,
    *,
    reading: int,
    stop: Callable[[], bool],
) -> Iterator[Step]:
    """Read the pages anew. What is done when it is stopped is not done again."""
    tasks = (_task(connection, number) for number in numbers)
    for done in workers.read_in_order(tasks, stop):
        number, name = done.tag
        if isinstance(done.result, Page):
            yield _rewrite(connection, number, name, done.result, reading)
        else:
            yield Step(result="failed", name=name, error=done.result)
    with transaction(connection):
        connection.execute(
            "DELETE FROM identities WHERE id NOT IN "
            "(SELECT identity FROM speakers WHERE identity IS NOT NULL)"
        )


def _rewrite(connection: Connection, number: int, name: str, page: Page, reading: int) -> Step:
    try:
        with transaction(connection):
            page = with_corrections(connection, number, page)
            rewrite_page(connection, number, page, reading=reading)
    except InputError as error:  # It has no place in the corpus; it stays as it was.
        return Step(result="failed", name=name, error=error)
    return Step(result="added", name=name, attributions=len(page.attributions))


def _task(connection: Connection, number: int) -> Task[tuple[int, str]]:
    name = connection.execute("SELECT input FROM pages WHERE id = ?", [number]).fetchone()[0]
    return Task((number, name), name, load_page(connection, number))

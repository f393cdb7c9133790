"""An attribution's id in the corpus: the day, the page, and the number in the page, as one integer.

::

    22 bits                 22 bits                19 bits
    day of publication      page's row             number in the page's record
    (0: not known)

Ids in order are pages in the order of their days. So a range of days is a range of ids, which
the full-text index finds at once, and the newest attributions are its last ones. The same
attribution has the same id after `Corpus.update`.
"""

from __future__ import annotations

from datetime import date

from onrecord.errors import TooLargeError

PAGE_BITS, NUMBER_BITS = 22, 19

PAGES = 2**PAGE_BITS
"""A corpus has room for four million pages."""
NUMBERS = 2**NUMBER_BITS
"""And a page for half a million attributions: a book of 60 MB that does nothing but quote."""

FIRST, LAST = 0, 2**63 - 1


def day_of(moment: str | None) -> str | None:
    """The day of an ISO 8601 time, as the page gives it; ``None`` where it names none."""
    try:
        return date.fromisoformat((moment or "")[: len("YYYY-MM-DD")]).isoformat()
    except ValueError:
        return None


def first_id(day: str | None, page: int) -> int:
    """The id of the page's attribution 0."""
    return (_ordinal(day) << PAGE_BITS | page) << NUMBER_BITS


def check_room(name: str, page: int, numbers: int) -> None:
    """Raises `TooLargeError` where a page has no place in the corpus."""
    if numbers >= NUMBERS or page >= PAGES:
        raise TooLargeError(
            name,
            f"a corpus holds {PAGES:,} pages of {NUMBERS:,} attributions, and this would be "
            f"page {page:,} with {numbers:,}. Begin another corpus.",
        )


def ids_of_days(since: date | None, until: date | None) -> tuple[int, int]:
    """The first and the last id that pages of these days can have, both days in it."""
    low = FIRST if since is None and until is None else 1 if since is None else since.toordinal()
    first = low << PAGE_BITS + NUMBER_BITS
    if until is None:
        return first, LAST
    return first, (until.toordinal() + 1 << PAGE_BITS + NUMBER_BITS) - 1


def _ordinal(day: str | None) -> int:
    return 0 if day is None else date.fromisoformat(day).toordinal()

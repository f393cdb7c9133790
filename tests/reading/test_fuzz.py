"""Broken pages: a sound record or one of the project's own errors, soon."""

from __future__ import annotations

import time
from itertools import pairwise

from mutations import broken_pages
from onrecord.errors import InputError
from onrecord.options import ReadingOptions
from onrecord.reading import read_page
from onrecord.records import Page

COUNT = 2000

SECONDS = 5
"""No page may take longer; they take some hundredths. `bench/fuzz.py` tries many more."""


def test_broken_pages() -> None:
    read = 0
    for number, data in enumerate(broken_pages(COUNT)):
        start = time.monotonic()
        try:
            page = read_page(data, str(number), ReadingOptions(kind="html"))
        except InputError:
            continue
        finally:
            assert time.monotonic() - start < SECONDS, number
        read += 1
        check(page)
    assert read > COUNT / 2


def check(page: Page) -> None:
    """What holds of every record."""
    spans = [(p.start, p.end) for p in page.paragraphs]
    spans += [(c.start, c.end) for c in page.comments]
    assert all(0 <= start <= end <= len(page.text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert [c.id for c in page.comments] == list(range(len(page.comments)))
    assert all(c.parent is None or c.parent < c.id for c in page.comments)
    assert "\x00" not in page.text

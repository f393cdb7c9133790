"""What a large page costs: twice the page, twice the work. Counted, not timed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING

import pytest

from onrecord.records import Page
from writer import Writer, show

if TYPE_CHECKING:
    from _typeshed import TraceFunction


def _calls(work: Callable[[], object]) -> int:
    """Calls of Python functions and of those in C."""
    number = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return number


def _lines(work: Callable[[], object], module: str) -> int:
    """Lines of a module that are run, loops and all."""
    number = 0

    def local(frame: FrameType, event: str, argument: object) -> TraceFunction:
        nonlocal number
        number += event == "line"
        return local

    def trace(frame: FrameType, event: str, argument: object) -> TraceFunction | None:
        return local if module in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return number


def _long(number: int) -> Page:
    """A page of as many attributions; each in the one before, one speaker for all of them."""
    writer = Writer().speaker("Anna Bell", *(f"role {one}" for one in range(number)))
    for one in range(number):
        writer.speaker(f"Ben Cole the {one}th")
        writer.paragraph(f"Anna Bell told the council at noon that “bridge” {one} was safe.")
        writer.attribution(
            *("Anna Bell", "told", f"that “bridge” {one} was safe"),
            kind="mixed",
            speaker=1 if one % 2 else one + 2,
            source_type="named_person",
            within=one - 1 if one else None,
        )
    return writer.page()


@pytest.mark.parametrize("width", [60, 100])
def test_cost_grows_with_the_page(width: int) -> None:
    small, large = _long(150), _long(300)
    calls = [_calls(partial(show, page, width)) for page in (small, large)]
    assert calls[1] < 2.3 * calls[0]
    ran = [_lines(partial(show, page, width), "onrecord") for page in (small, large)]
    assert ran[1] < 2.3 * ran[0]

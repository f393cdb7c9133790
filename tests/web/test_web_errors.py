"""Errors as pages and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import (
    BusyStoreError,
    NotInStoreError,
    OptionsError,
    QueryError,
    StoreError,
    TooLargeError,
    UnreadableError,
)
from onrecord.web.errors import status_of
from store.made_corpus import corpus
from web.asked import client, words


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OptionsError("x"), 400),
        (QueryError("x"), 400),
        (NotInStoreError("x"), 404),
        (TooLargeError("x", "y"), 413),
        (UnreadableError("x", "y"), 422),
        (BusyStoreError("x"), 503),
        (StoreError("x"), 500),
        (ZeroDivisionError(), 500),
    ],
)
def test_statuses(error: Exception, status: int) -> None:
    assert status_of(error) == status


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("source_type=somebody", "source_type"),
        ("page=0", "page"),
        ("page=many", "page"),
        ("since=yesterday", "'yesterday' is no day"),
        ("identity=9223372036854775808", "identity"),
    ],
)
def test_a_question_that_cannot_be_asked_names_what_is_wrong(
    tmp_path: Path, query: str, told: str
) -> None:
    with client(corpus(tmp_path / "c.db")) as asking:
        answer = asking.get(f"/?{query}")
        assert answer.status_code == 400
        assert "That cannot be asked" in words(answer.text)
        assert told in words(answer.text)

"""Times as pages write them for machines."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

LONG = 64
"""Characters of the longest time."""


_RFC = re.compile(
    r"(?:\w{3},\s+)?\d{1,2}\s+\w{3}\s+\d{4}\s+\d\d:\d\d(?::\d\d)?\s+(?:[+-]\d{4}|[A-Z]{1,3})"
)
"""Python's own parser takes much that is not RFC 5322, and loses "pm"."""


def iso_moment(value: str | None) -> str | None:
    """A day, or a day with its time and offset, in ISO 8601; ``None`` for anything else.

    Reads ISO 8601, RFC 5322 and seconds or milliseconds since 1970. A day stays a day:
    midnight would be a guess.
    """
    if not value or len(value) > LONG or not any(map(str.isdigit, value)):
        return None  # Most values that are looked at are no times.
    value = value.strip()
    for parse in (date.fromisoformat, datetime.fromisoformat):
        try:
            return (
                parse(value).isoformat()
                if not value.isdigit() or len(value) == 8
                else _epoch(value)
            )
        except (ValueError, OverflowError, OSError):
            continue
    if not _RFC.fullmatch(value):
        return None
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, OverflowError):
        return None


def _epoch(value: str) -> str | None:
    if len(value) not in (10, 13):
        return None
    return datetime.fromtimestamp(int(value[:10]), UTC).isoformat()

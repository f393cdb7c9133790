"""Times as pages write them for machines."""

from __future__ import annotations

from datetime import date, datetime


def iso_moment(value: str | None) -> str | None:
    """A day, or a day with its time and offset, in ISO 8601; ``None`` for anything else.

    A day stays a day: midnight would be a guess.
    """
    value = (value or "").strip()
    for parse in (date.fromisoformat, datetime.fromisoformat):
        try:
            return parse(value).isoformat()
        except ValueError:
            continue
    return None

"""Texts without comments: a paragraph that is taken for one gets a false speaker."""

from __future__ import annotations

import pytest

from conftest import SHARED
from onrecord.reading.plain import read_plain

ARTICLE = """Bridge Opens Late

Anna Bell said on Tuesday that the bridge over the Orla would open three weeks late, in June.

"""

INTERVIEW = "".join(
    f"Q: What about pier {i}?\n\nA: It is safe, and it was never in danger.\n\n" for i in range(6)
)
NAMED_INTERVIEW = "".join(
    f"Dora Quill: What about pier {i}?\n\nAnna Bell: It is safe, I say.\n\n" for i in range(6)
)
SAID = "".join(
    f"Anna Bell said:\n\n“It is safe, for the {i}th time.”\n\nBen Cole said:\n\n“It is not.”\n\n"
    for i in range(4)
)
MINUTES = """Minutes of the meeting of 3 May 2024, 10:15

1. Opening

   The chair opened the meeting at 10:15.

2. Piers

   Anna Bell said that the piers were safe.

   1. North pier

      Ben Cole asked who pays.

3. Comments

   None were made.

4. Closing

   The meeting closed at 11:45.
"""
LIVE_BLOG = "".join(
    f"{9 + i}:15 am\n{name}\n\nThe gates are open, and pier {i} holds.\n\nShare\n\n"
    for i, name in enumerate(("Dora Quill", "Pia Lorch", "Dora Quill", "Tom Osier"))
)
NAMED_LIVE_BLOG = "".join(
    f"{name}\n3 May 2024, {9 + i}:15\n\nThe gates are open, and pier {i} holds.\n\nShare\n\n"
    for i, name in enumerate(("Dora Quill", "Pia Lorch", "Dora Quill", "Tom Osier", "Pia Lorch"))
)
TICKER = "".join(f"Ravenholm • {i} hours ago\n\nPier {i} holds.\n\n" for i in range(1, 9))
SECTIONS = "".join(
    f"{name} • {i + 1} hours ago\n\nTitle number {i}\n\n"
    for i, name in enumerate(("Politics", "Sport", "Weather", "Money", "Culture", "Travel"))
)
DATED = "".join(f"• {i}. Mai 2024: Pier {i} holds.\n" for i in range(1, 9))
TIMELINE = "".join(f"{i} May 2024\n\nPier {i} holds, says the mayor.\n\n" for i in range(1, 9))
OTHERS = "".join(
    f"Title number {i}\nBy Dora Quill\n{i} May 2024, 10:15\n\nA few words on it.\nRead more\n\n"
    for i in range(1, 7)
)
AUTHORS = "".join(f"Pia Lorch - {i} May 2024, 10:15\n\nTitle of page {i}\n\n" for i in range(1, 7))
TOUR = "".join(
    f"{town} 3 May 2024, 20:00\nTown hall\n\n" for town in ("Ulm", "Bonn", "Jena", "Kiel")
)
CHANGES = "".join(f"v1.{i} - 2024-05-0{i}\n\n• Pier {i} is drawn.\n\n" for i in range(1, 9))
TERMS = "".join(f"• {term}\n\n  It is dear.\n\n" for term in ("Safety", "Cost", "Time", "Piers"))
MENU = "• Columns\n\n  Our best.\n\n" + "".join(
    f"    • {name}\n\n      Spends freely.\n\n"
    for name in ("Money", "Defense", "Health", "Sport", "Law")
)
FORUMS = "".join(
    f"Title number {i}\n\nAntworten: {i}\n\nLetzter Beitrag: {i}.10.2010, 23:08\n\n"
    for i in range(1, 6)
)
EMPTY_THREAD = "0 Comments\n\nLeave a comment\n\nName\n\nEmail\n\nWebsite\n"


@pytest.mark.parametrize(
    "text",
    [
        INTERVIEW,
        NAMED_INTERVIEW,
        SAID,
        MINUTES,
        LIVE_BLOG,
        NAMED_LIVE_BLOG,
        TICKER,
        SECTIONS,
        DATED,
        TIMELINE,
        OTHERS,
        AUTHORS,
        TOUR,
        CHANGES,
        TERMS,
        MENU,
        FORUMS,
        EMPTY_THREAD,
        "  - a bridge\n  - a ferry\n    - by day\n    - by night\n",
    ],
)
def test_no_comments(text: str) -> None:
    assert read_plain(ARTICLE + text).comments == ()
    assert read_plain(text).comments == ()


@pytest.mark.shared
def test_news_has_no_comments() -> None:
    dev = sorted((SHARED / "corpora/polnear/dev/text").glob("*.txt"))
    train = sorted((SHARED / "corpora/polnear/train/text").glob("*.txt"))
    for path in (*dev, *train[::4]):
        assert read_plain(path.read_text(encoding="utf-8")).comments == (), path.name

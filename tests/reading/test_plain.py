"""Plain text: kept to the letter, paragraphs and headline found in it."""

from __future__ import annotations

import pytest

from onrecord.reading.draft import Draft
from onrecord.reading.plain import HEADLINE, WRAPPED, read_plain

BLANK_LINES = """Bridge Opens Late

Anna Bell said the bridge was safe.

Ben Cole said it was not.
"""

WIDE = (
    "The mayor of Ravenholm said on Tuesday that the bridge over the Orla would open three "
    "weeks late because of the storm, which broke two of its piers."
)

WRAPPED_TEXT = """Bridge Opens Late

The mayor of Ravenholm said on Tuesday that the
bridge over the Orla would open late because of
the storm, which broke two of its piers.

Ben Cole, who runs the ferry, said that he was
glad.
"""


def shown(draft: Draft) -> list[str]:
    return [draft.text[p.start : p.end] for p in draft.paragraphs]


@pytest.mark.parametrize(
    "text", [BLANK_LINES, BLANK_LINES.replace("\n", "\r\n"), "\n\n a \n b\t\n"]
)
def test_text_is_kept_to_the_letter(text: str) -> None:
    assert read_plain(text).text == text


def test_blank_lines_part_paragraphs() -> None:
    draft = read_plain(BLANK_LINES)
    assert shown(draft) == [
        "Bridge Opens Late",
        "Anna Bell said the bridge was safe.",
        "Ben Cole said it was not.",
    ]
    assert [p.kind for p in draft.paragraphs] == ["headline", "body", "body"]
    assert draft.headline == "Bridge Opens Late"
    assert draft.comments == ()
    assert draft.warnings == ()


def test_windows_line_ends_part_the_same_paragraphs() -> None:
    assert shown(read_plain(BLANK_LINES.replace("\n", "\r\n"))) == shown(read_plain(BLANK_LINES))


def test_lines_of_white_space_are_blank() -> None:
    draft = read_plain("Bridge Opens Late\n \t\nIt rained.\n\u00a0\nIt snowed.")
    assert shown(draft) == ["Bridge Opens Late", "It rained.", "It snowed."]


def test_paragraphs_leave_the_white_space_around_them_out() -> None:
    draft = read_plain("\n\n  Bridge Opens Late  \n\n\tIt rained.\t\n\n")
    assert shown(draft) == ["Bridge Opens Late", "It rained."]


def test_line_ends_part_paragraphs_where_lines_are_long() -> None:
    assert len(WIDE) > WRAPPED
    draft = read_plain(f"Bridge Opens Late\n{WIDE}\nBen Cole was glad.\n{WIDE}\n")
    assert shown(draft) == ["Bridge Opens Late", WIDE, "Ben Cole was glad.", WIDE]
    assert draft.headline == "Bridge Opens Late"


def test_line_ends_part_short_paragraphs_too() -> None:
    """Lines that end at any column were not broken to a width."""
    lines = [
        "Ravenholm Council Delays the Opening of the Bridge Again",
        "Anna Bell said it was safe.",
        "Ben Cole disagreed.",
        "It rained all day.",
    ]
    draft = read_plain("\n".join(lines))
    assert shown(draft) == lines
    assert draft.headline == lines[0]


def test_lines_broken_to_a_width_are_joined() -> None:
    draft = read_plain(WRAPPED_TEXT)
    assert shown(draft) == [block.strip() for block in WRAPPED_TEXT.split("\n\n")]
    windows = read_plain(WRAPPED_TEXT.replace("\n", "\r\n"))
    assert [p.replace("\r\n", "\n") for p in shown(windows)] == shown(draft)


def test_a_line_that_had_room_ends_its_paragraph() -> None:
    text = WRAPPED_TEXT.replace("piers.\n\nBen", "piers.\nBen")
    assert shown(read_plain(text)) == shown(read_plain(WRAPPED_TEXT))


def headline(first: str, rest: str = "\n\nBen Cole said that it rained.\n") -> str | None:
    return read_plain(first + rest).headline


@pytest.mark.parametrize(
    "first",
    [
        "Bridge opens late, says mayor",
        "Who knew about the bridge?",
        "Bridge Opens Late After Storm.",
        "B" * HEADLINE,
    ],
)
def test_headline(first: str) -> None:
    assert headline(first) == first


@pytest.mark.parametrize(
    "first",
    [
        "The mayor said that it rained all day in town.",
        "“We never knew about the bridge,” said everybody who lives near it.",
        "Here is what the engineers found out:",
        "b" * (HEADLINE + 1),
        "Ravenholm council delays the opening\nof the bridge",
    ],
)
def test_a_first_paragraph_that_is_no_headline(first: str) -> None:
    draft = read_plain(f"{first}\n\nBen Cole said that it rained.\n")
    assert draft.headline is None
    assert {p.kind for p in draft.paragraphs} == {"body"}
    assert [w.code for w in draft.warnings] == ["headline-not-found"]


def test_a_lone_paragraph_is_no_headline() -> None:
    draft = read_plain("Bridge Opens Late")
    assert draft.headline is None
    assert shown(draft) == ["Bridge Opens Late"]


def test_plain_text_says_nothing_of_itself() -> None:
    draft = read_plain(BLANK_LINES)
    assert (draft.byline, draft.published, draft.site, draft.url) == ((), None, None, None)
    assert draft.language is None

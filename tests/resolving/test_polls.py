"""The polls that a page names, and the percentages that belong to them."""

from __future__ import annotations

import pytest

from resolving.marked import said_by, speakers_of

QUILL = "Quill Research poll"


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        (f"A {QUILL} came. [[58 percent]] agree. [[Only 3%]] left.", [QUILL] * 2),
        (f"A {QUILL} came. [[58 percent of residents]] agree.", [QUILL]),
        (f"A {QUILL} came. [[Three in 10 drivers]] left.", [QUILL]),
        (f"A {QUILL} came. [[A majority of voters]] left.", [QUILL]),
        (f"A {QUILL} came. [[The poll]] and [[the survey]] say so.", [QUILL] * 2),
        (f"[[58 percent]] agree, a {QUILL} found.", [QUILL]),
        (
            "A poll by Norwell Research came. [[58 percent]] agree.",
            ["poll by Norwell Research"],
        ),
        (
            "A survey of 1,200 adults by the Tide Institute came. [[58 percent]] agree.",
            ["survey of 1,200 adults by the Tide Institute"],
        ),
        (
            f"A {QUILL} came. [[58 percent]] agree. A Tide Institute poll came. [[5%]] left.",
            [QUILL, "Tide Institute poll"],
        ),
        (f"A {QUILL} came. [[Polls]] say so.", ["Polls"]),
        (f"A {QUILL} came. [[Residents]] say so.", ["Residents"]),
        ("[[58 percent]] agree.", ["58 percent"]),
        ("[[A poll]] says so. [[The poll]] ends.", ["poll"] * 2),
    ],
)
def test_whose_percentages_they_are(marked: str, names: list[str]) -> None:
    assert said_by(marked) == names


@pytest.mark.parametrize(
    ("marked", "named"),
    [(f"[[A {QUILL}]] says so.", True), ("[[58 percent]] say so.", False)],
)
def test_kinds(marked: str, named: bool) -> None:
    (speaker,) = speakers_of(marked)
    assert (speaker.kind, speaker.named) == ("poll", named)

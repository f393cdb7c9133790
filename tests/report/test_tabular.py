"""A table at any width: words stay whole, and what has no room is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType

from onrecord.report.tabular import LONGEST, Column, Tabular
from writer import squeezed

COLUMNS = [
    Column("no."),
    Column("speaker", text=True),
    Column("roles", text=True, rank=1),
    Column("attributions"),
    Column("words", rank=2),
    Column("notes", text=True, rank=3, whole=True, from_width=90),
]
ROWS = [
    ["12", "Elda Marrow", "Harbour Minister; spokeswoman of the inland waterways", "7", "1,204"],
    ["3", "reader-3f9a1c2b77e04d55", "", "123", "9"],
]
NOTES = ("mental 20%, other 3%", "none")


def lines(table: RenderableType, width: int) -> list[str]:
    console = Console(width=width, color_system=None)
    with console.capture() as capture:
        console.print(table)
    return [line.rstrip() for line in capture.get().splitlines()]


def made(total: bool = False) -> Tabular:
    return Tabular(COLUMNS, [[*r, n] for r, n in zip(ROWS, NOTES, strict=True)], total=total)


def test_all_stands_where_there_is_room() -> None:
    head, first, second = lines(made(), 140)
    assert head.split() == ["no.", "speaker", "roles", "attributions", "words", "notes"]
    assert "Harbour Minister; spokeswoman of the inland waterways" in first
    assert first.index("7 ") > second.index("123")  # numbers stand on the right
    assert head.index("notes") == first.index("mental") == second.index("none")


def test_text_goes_on_below_between_words() -> None:
    head, *rest = lines(made(), 89)
    assert "notes" not in head
    own = [line[head.index("roles") : head.index("attributions")].strip() for line in rest]
    assert " ".join(filter(None, own)) == ROWS[0][2]
    assert not any(line.startswith("no room") for line in rest)


def test_what_has_no_room_is_named_the_least_needed_first() -> None:
    assert lines(made(), 65)[-1] == "no room for: words"
    assert lines(made(), 50)[-1] == "no room for: roles, words"
    assert lines(made(), 20)[-2:] == ["no room for: roles,", "words"]


@pytest.mark.parametrize("width", range(46, 140))
def test_no_word_is_broken_that_has_room(width: int) -> None:
    shown = lines(made(), width)
    assert max(map(cell_len, shown)) <= width
    assert any("reader-3f9a1c2b77e04d55" in line for line in shown)
    assert any("spokeswoman" in line for line in shown) or "roles" in shown[-1]


def test_a_longer_word_is_broken_and_nothing_lost() -> None:
    word = "x" * (LONGEST + 30)
    shown = lines(Tabular([Column("a", text=True), Column("b")], [[word, "1"]]), 40)
    assert word in squeezed("".join(shown).replace(" 1", "").replace("b", ""))


def test_without_rows_the_heads_stand() -> None:
    assert lines(Tabular(COLUMNS[:2], []), 80) == ["no.  speaker"]


def test_pages_cannot_write_markup_or_steer() -> None:
    """Rich would read the first as a style, fail on the second, and draw the third."""
    cells = ["[bold]x[/bold]", "[/]", ":warning:", "a\x1b[2Jb\u202ec\nd"]
    table = Tabular([Column(str(n), text=True) for n in range(4)], [cells])
    shown = "\n".join(lines(table, 100))
    assert "[bold]x[/bold]" in shown
    assert "[/]" in shown
    assert ":warning:" in shown
    assert "a\ufffd[2Jb\ufffdc d" in shown


@given(
    st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), min_size=1, max_size=3),
    st.integers(20, 160),
)
def test_any_text_at_any_width_fits(rows: list[tuple[str, str]], width: int) -> None:
    columns = [Column("one", text=True), Column("n"), Column("two", text=True, rank=1)]
    shown = lines(Tabular(columns, [(a, "1", b) for a, b in rows]), width)
    assert max(map(cell_len, shown)) <= width

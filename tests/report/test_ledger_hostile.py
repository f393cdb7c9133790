"""Pages that try to steer the terminal, to be markup, or not to fit."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from onrecord.records import Warning
from writer import Writer, bare, show


def test_words_that_look_like_markup_are_shown_to_the_letter() -> None:
    said = "[bold]it[/bold] was [link=x]safe[/] :smile: [/nonsense]"
    cue = "[i]said[/i] [/] loudly"
    page = (
        Writer()
        .speaker("[red]Anna[/red]", "[b]Minister[/b]", listed={"[u]id[/u]": "[/x]"})
        .paragraph(f"She {cue} [link=y]{said}.")
        .attribution("She", "[i]said[/i]", said, speaker=1, source_type="named_person")
        .page(site="[red]Post[/red]", byline=("[i]Gil[/i]",))
    )
    shown = show(page, 200, full=True)
    for words in (said, "[i]said[/i]", "[red]Anna[/red]", "[b]Minister[/b]", "[u]id[/u] [/x]"):
        assert words in shown
    assert "[red]Post[/red] · [i]Gil[/i]" in shown


EVIL = "\x1b[2J\x1b]0;title\x07\x9b31m\x08\u202egnp\u202c\u2066x\u2069\r\x00\x7f"


@pytest.mark.parametrize("width", [40, 100])
@pytest.mark.parametrize("full", [False, True])
def test_nothing_of_the_page_steers_the_terminal(width: int, full: bool) -> None:
    page = (
        Writer()
        .speaker(
            f"Bella{EVIL}", f"Minister{EVIL}", listed={f"role{EVIL}": f"r{EVIL}", "party": EVIL}
        )
        .speaker(f"both{EVIL}", members=(1,))
        .paragraph(f"Bridge {EVIL}")
        .paragraph(f"Anna{EVIL}Bell quite{EVIL} said{EVIL} aloud{EVIL} it was{EVIL}safe.")
        .attribution(
            *(f"Anna{EVIL}Bell", f"said{EVIL}", f"it was{EVIL}safe"),
            speaker=1,
            source_type="named_person",
        )
        .attribution("", f"said{EVIL}", "safe", speaker=2, source_type="named_person")
        .comment(f"Yes{EVIL}.", author=f"Ana{EVIL}", posted_text=f"now{EVIL}")
        .comment(f"No{EVIL}.", posted=f"2024{EVIL}")
        .page(
            site=f"Post{EVIL}",
            byline=(f"Gil{EVIL}",),
            published=f"2024{EVIL}",
            url=f"https://post.example/{EVIL}",
            warnings=(Warning(code="encoding-guessed", message=f"read{EVIL}"),),
        )
    )
    shown = show(page, width, full=full)
    for word in ("Bridge", "Anna", "Bella", "Minister", "quite", "now", "Post", "Gil", "read"):
        assert word in shown
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=60),
    st.integers(20, 120),
    st.booleans(),
    st.booleans(),
)
def test_any_words_fit_any_width(words: str, width: int, full: bool, known: bool) -> None:
    page = (
        Writer()
        .speaker(words, words, named=known, listed={words: words})
        .paragraph(words)
        .attribution(words, words, words, kind="mixed", speaker=1, source_type="unnamed_person")
        .attribution("", words, words, within=0, source_type="unattributed")
        .comment(words, author=words)
        .attribution("", "", words, comment=0)
        .page()
    )
    shown = show(page if known else bare(page), width, full=full)
    assert max(map(cell_len, shown.splitlines())) <= width
    assert "nobody named" in " ".join(shown.split())

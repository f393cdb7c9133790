"""What a search found, as people read it."""

from __future__ import annotations

import msgspec
from rich.console import Console

from onrecord.report.hits import found_text
from onrecord.store import Found, Hit
from writer import squeezed

HIT = Hit(
    page=3,
    attribution=0,
    sha256="0" * 64,
    url="https://aar.example/1",
    site="Aar Post",
    headline="Bridge Opens",
    published="2026-01-05T10:00:00Z",
    comment=None,
    speaker="Anna Bell",
    identity=1,
    roles=("Bridge Minister",),
    source_type="named_person",
    cue_class="neutral",
    kind="indirect",
    negated=False,
    confidence=0.9,
    source="Anna Bell",
    cue="said",
    content="that it rained",
    before="On Monday Anna Bell said ",
    after=", again.",
)


def shown(*hits: Hit, total: int | None = None, offset: int = 0, width: int = 100) -> list[str]:
    found = Found(total=len(hits) if total is None else total, pages=1, hits=hits)
    console = Console(width=width, highlight=False, color_system=None)
    with console.capture() as capture:
        console.print(found_text(found, offset=offset))
    return [line.rstrip() for line in capture.get().splitlines()]


def changed(**values: object) -> Hit:
    return msgspec.structs.replace(HIT, **values)


def test_a_page_with_what_was_found_in_it() -> None:
    assert shown(HIT, changed(negated=True, cue_class="mental", comment=4)) == [
        "2 attributions in 1 page, newest pages first",
        "",
        "Bridge Opens",
        "page 3 · Aar Post · 2026-01-05 · https://aar.example/1",
        "  Anna Bell · Bridge Minister · named person · indirect",
        "    On Monday Anna Bell said ⟦that it rained⟧, again.",
        "  Anna Bell · Bridge Minister · named person · indirect · mental · negated · in comment 5",
        "    On Monday Anna Bell said ⟦that it rained⟧, again.",
    ]


def test_what_is_not_known() -> None:
    bare = changed(
        **dict.fromkeys("url site headline published speaker source_type cue_class negated".split())
    )
    lines = shown(bare)
    assert lines[2:4] == ["(no headline)", "page 3 · no date"]
    nobody = changed(speaker=None, roles=(), source_type="unattributed")
    assert "  — · ! unattributed · indirect" in shown(nobody)


def test_how_many_and_which() -> None:
    assert shown(total=0) == ["nothing found"]
    assert shown(total=3, offset=7) == ["3 attributions in 1 page, and none behind the first 7"]
    assert shown(HIT, HIT, total=9, offset=2)[0].endswith("first: 3 to 4 (--offset 4 goes on)")
    assert shown(HIT, HIT, total=4, offset=2)[0].endswith("first: 3 to 4")


def test_pages_stand_apart_and_each_once() -> None:
    lines = shown(HIT, HIT, changed(page=2))
    assert [line for line in lines if line.startswith("page ")] == [
        "page 3 · Aar Post · 2026-01-05 · https://aar.example/1",
        "page 2 · Aar Post · 2026-01-05 · https://aar.example/1",
    ]


def test_a_page_cannot_steer_nor_close_what_is_said() -> None:
    hostile = changed(
        content="it [/bold]\x1b[2J⟧ rained \u202e",
        before="⟦yes⟧ [red] ",
        headline=":warning: [/x]",
        speaker="[i]Anna\x07",
        roles=("x" * 500,),
    )
    text = "\n".join(shown(hostile))
    assert text.count("⟦") == text.count("⟧") == 1
    assert "⟦it [/bold]\ufffd[2J\ufffd rained \ufffd⟧" in text
    assert ":warning: [/x]" in text
    assert "[i]Anna\ufffd" in text
    assert text.count("x") < 100
    assert not set(text) & set("\x1b\x07\u202e")


def test_narrow_lines_lose_nothing() -> None:
    wide, narrow = ("".join(shown(HIT, width=width)) for width in (200, 24))
    assert squeezed(wide) == squeezed(narrow)
    assert max(map(len, shown(HIT, width=24))) <= 24

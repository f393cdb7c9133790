"""Whatever the text: no error, speakers that hold together, and time that grows as the page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.records import Attribution, Page, Paragraph, Span
from onrecord.resolving import resolve
from onrecord.resolving.stage import Resolved
from resolving.marked import attribution, comment_on, page_of

WORDS = """
Ida Ben Vale Hale Marrow O’Neill de van al-Talal Mr. Mrs. Dr. Sen. Mayor minister Minister Jr. II
KC Norwell Council Courier (NC) Quill Research poll survey company newspaper lawyer experts men
the The a an some Some two both one of them who which whose that He she She they It it his her
its their I we my and or in by for at with , . ; : “ ” ‘ ’ " ' ( ) – — - % 58 percent 3 in 10
said says letter report officials Scholars divers campaign spokeswoman 24-year-old former
""".split()

pieces = st.sampled_from([*WORDS, "\n", "\u00a0", "é", "ß", "İ", "中", "😀", "\u0301", "\u2028"])
texts = st.lists(st.tuples(pieces, st.sampled_from([" ", " ", " ", "", "’s "])), max_size=60).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)
spans = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 40)), max_size=8)


def page_with(text: str, places: Sequence[tuple[int, int]]) -> tuple[Page, list[Attribution]]:
    """A page, and an attribution for each place; every third is quoted and has no source."""
    page, _ = page_of(text.replace("[", "("))
    sources = [(a, min(a + n, len(page.text))) for a, n in places if a < len(page.text)]
    found = []
    for number, span in enumerate(sources):
        within = number - 1 if number % 4 == 3 else None
        if number % 3 == 2:
            found.append(attribution(number, content=(span,), kind="direct", within=within))
        else:
            found.append(attribution(number, span, within=within))
    return page, found


@settings(max_examples=300, deadline=None)
@given(texts, spans)
def test_speakers_hold_together(text: str, places: Sequence[tuple[int, int]]) -> None:
    page, attributions = page_with(text, places)
    resolved = resolve(page, attributions)
    assert resolved == resolve(page, attributions)
    assert [a.id for a in resolved.attributions] == [a.id for a in attributions]
    ids = [speaker.id for speaker in resolved.speakers]
    assert ids == list(range(1, len(ids) + 1))
    assert all(a.speaker is None or a.speaker in ids for a in resolved.attributions)
    flat = "".join(page.text.split())
    for speaker in resolved.speakers:
        assert speaker.name
        assert set(speaker.members) <= set(ids)
        assert list(speaker.mentions) == sorted(speaker.mentions)
        assert all(0 <= a < b <= len(page.text) for a, b in speaker.mentions)
        if speaker.named and not speaker.members:
            assert "".join(speaker.name.split()) in flat


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), spans, st.booleans())
def test_any_text_is_resolved(
    text: str, places: Sequence[tuple[int, int]], in_comment: bool
) -> None:
    page, attributions = page_with(text, places)
    if in_comment:
        page = comment_on(page, 0, author=None)
        attributions = [msgspec.structs.replace(one, comment=0) for one in attributions]
    assert len(resolve(page, attributions).attributions) == len(attributions)


MIXED = """\
# Ida Vale Hammers Port Chief
[[Mayor Ida Vale]] met [[Ben Vale]], a diver, and Sam Bell. [[Vale]] spoke. [[She]] left.
[[The two men]] agreed, and [[the divers]] too. A Quill Research poll came: [[58 percent]] agree.
[[Lawyer Pia Lund]] and [[lawyer Osric Lund]] came. [[The lawyer]] spoke. [[They]] left.
The Coastal Courier wrote; the Norwell Council (NC) did. [[The NC]] spoke. [[It]] left.
[[Ida Vale and Ben Hale]] spoke. [[Hale, Vale and Bell]] left. [[One of them]] ran. [[I]] sat.
"""


def test_the_same_page_has_the_same_speakers_whatever_the_hash_seed() -> None:
    script = (
        "import sys, msgspec\n"
        "from onrecord.resolving import resolve\n"
        "from resolving.marked import page_of\n"
        "sys.stdout.buffer.write(msgspec.json.encode(resolve(*page_of(sys.stdin.read()))))"
    )
    found = [
        subprocess.run(
            [sys.executable, "-c", script],
            input=MIXED.encode(),
            capture_output=True,
            check=True,
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": os.pathsep.join(sys.path),
                "PYTHONUTF8": "1",
            },
        ).stdout
        for seed in ("1", "2")
    ]
    assert found[0] == found[1]
    assert len(json.loads(found[0])["speakers"]) > 5


# Time


LIMIT = 20.0
"""Seconds. Each of these takes less than two; what was quadratic took from 30 on."""


def letters(number: int) -> str:
    """A word for each number, none the beginning of a sentence."""
    word = ""
    while True:
        word, number = chr(97 + number % 26) + word, number // 26
        if not number:
            return word


def timely(page: Page, attributions: Sequence[Attribution]) -> Resolved:
    since = time.perf_counter()
    resolved = resolve(page, attributions)
    assert time.perf_counter() - since < LIMIT
    return resolved


@pytest.mark.parametrize(
    ("line", "speakers"),
    [
        ("[[Ida{0} Vale{0}]] spoke.", 5_000),
        ("[[Ida Vale]] spoke.", 1),
        ("[[Vale]] spoke.", 1),
        ("[[I{0} Vale]] spoke and [[vale]] left.", None),
        ("[[Ida V{0}]] spoke and [[ida]] left.", None),
        ("Minister I{0} V{0} came. [[The minister]] spoke.", None),
        ("The V{0} Company came. [[The company]] spoke.", None),
        ("The Coast Authority (V{0}) came. [[V{0}]] spoke.", None),
        ("Ida V{0} came. [[Her campaign]] and [[the V{0} campaign]] spoke.", None),
        ("Ida V{0} came. [[Her lawyer]] spoke.", None),
        ("[[A {0} report]] came.", None),
        ("[[The {0} experts]] left. [[The experts]] came.", None),
        ("A poll by V{0} Research came. [[5 percent]] left.", None),
        ("[[I{0} Vale and Ida Hale]] spoke.", None),
        ("[[The two men]] spoke.", 1),
        ("[[One of them]] spoke.", 0),
        ("[[She]] spoke.", 0),
    ],
)
def test_five_thousand_sources(line: str, speakers: int | None) -> None:
    lines = 5_000 // line.count("[[")
    page, attributions = page_of(" ".join(line.format(letters(n)) for n in range(lines)))
    resolved = timely(page, attributions)
    assert speakers is None or len(resolved.speakers) == speakers


def test_five_thousand_relatives_in_one_sentence() -> None:
    """Once half a minute: each looked back to the sentence's beginning."""
    timely(*page_of("Vale (" + " ".join(["a man, [[who]] spoke", "things [[which]] go"] * 2_500)))


def test_five_thousand_quotations_alone_and_nested() -> None:
    page, sources = page_of("Ida Vale spoke. " + " ".join(["“[[It rained.]]”"] * 5_000))
    alone = [attribution(n, content=one.source, kind="direct") for n, one in enumerate(sources)]
    assert len(timely(page, alone).speakers) == 1
    nested = [
        attribution(n, *one.source, within=n + 1 if n + 1 < len(sources) else None)
        for n, one in enumerate(sources)
    ]
    timely(page, nested)


SIZE = 100_000

UNITS = [
    *("a", "A", "é", "中", "1", "_", ".", "-", "’", '"', "“", "(", ")", " ", "\u00a0", "!?"),
    *("Aa", "a.", "A.", "a’", "A’", "a-", "A-", "1,", "a@", "A/", "A_", "A\u0301", ".”", '."'),
    *("A ", "Ab ", "AB ", "A. ", "A & ", "Aa de ", "Aa, ", "the Aa ", "Vale’s ", "Vale (", "Aa\n"),
    *("Council of ", "Aa and ", "Aa “", "Aa (“Bb”) ", "Mr. ", "Lord Vale of ", "Minister of "),
    *("Vale, a ", "Vale, the b c d e f g ", "poll by the ", "survey carried out by A and "),
    *("VALE: ", "Then ", "May ", "Germans ", "a wanted ", "aaaa aaaa ", ". (", "Affairs and Foo "),
]


@pytest.mark.parametrize("unit", UNITS)
def test_a_hundred_thousand_characters_of_one_kind(unit: str) -> None:
    """A hundred thousand full stops once took a minute and a half."""
    text = unit * (SIZE // len(unit))
    page = Page(id="x", text=text, paragraphs=(Paragraph(start=0, end=len(text), kind="body"),))
    places: list[Span] = [(at, at + 20) for at in range(0, len(text) - 20, 1_000)]
    timely(page, [attribution(number, span) for number, span in enumerate(places)])


@pytest.mark.parametrize(
    "make",
    [
        lambda: "the man of " * 5_000,
        lambda: "one or " * 5_000 + "more",
        lambda: "Vale of the man, " * 5_000,
        lambda: ", ".join(f"I{letters(n)} Vale" for n in range(5_000)) + " and Ida Hale",
        lambda: "(" * 20_000,
        lambda: "Ida Vale (" * 2_000,
    ],
)
def test_one_long_source(make: Callable[[], str]) -> None:
    timely(*page_of(f"[[{make()}]] spoke."))


def test_time_grows_as_the_page() -> None:
    def took(lines: int) -> float:
        text = " ".join(
            f"[[I{letters(n)} V{letters(n)}]] spoke. [[She]] left." for n in range(lines)
        )
        page, attributions = page_of(text)
        since = time.perf_counter()
        resolve(page, attributions)
        return time.perf_counter() - since

    assert took(4_000) < 4 * took(2_000) + 1

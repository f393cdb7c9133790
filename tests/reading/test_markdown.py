"""Markdown: blocks without their marks."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError, NoArticleError
from onrecord.options import ReadingOptions
from onrecord.reading import Document, read_document
from onrecord.reading.draft import Draft
from onrecord.reading.markdown import LONGEST, read_markdown
from onrecord.records import from_json, to_json

STORY = """\
# The *bridge* opens `late`

**Anna Bell** said the [bridge](https://a.example/ "title") was ![a picture](b.png)
safe &amp; sound.\\
She left.

## What now?

> “It leaks,”
> said Ben.
>
> > Twice.

- One
- Two

  and more
  1. Three

```python
print("hi")
```

| Span | Length |
|------|--------|
| east | 40 m   |
"""


def blocks(text: str) -> list[tuple[str, str]]:
    draft = read_markdown(text, "x.md")
    return [(p.kind, draft.text[p.start : p.end]) for p in draft.paragraphs]


def test_blocks_and_their_kinds() -> None:
    assert blocks(STORY) == [
        ("headline", "The bridge opens late"),
        ("body", "Anna Bell said the bridge was safe & sound. She left."),
        ("heading", "What now?"),
        ("quote", "“It leaks,” said Ben."),
        ("quote", "Twice."),
        ("list", "One"),
        ("list", "Two"),
        ("list", "and more"),
        ("list", "Three"),
        ("body", 'print("hi")'),
        *[("body", cell) for cell in ("Span", "Length", "east", "40 m")],
    ]


def test_the_first_heading_of_the_first_level_is_the_headline() -> None:
    assert blocks("Kicker\n\nHead\n====\n\n# Head\n\nText") == [
        ("headline", "Head"),
        ("body", "Kicker"),
        ("heading", "Head"),
        ("body", "Text"),
    ]
    draft = read_markdown("## Second level\n\nText.", "x")
    assert draft.headline is None
    assert [warning.code for warning in draft.warnings] == ["headline-not-found"]


def front(lines: str, body: str = "# Part one\n\nText.") -> Draft:
    return read_markdown(f"---\n{lines}---\n{body}", "x")


def test_front_matter_is_metadata_and_no_text() -> None:
    draft = front(
        'title: "Bridge: open"\nauthor: Anna Bell\ndate: 2026-03-04 07:30:00 +0100\n'
        "url: https://a.example/b\nlang: en\ntags:\n  - rain\n"
    )
    assert draft.headline == "Bridge: open"
    assert draft.text == "Bridge: open\n\nPart one\n\nText."
    assert [paragraph.kind for paragraph in draft.paragraphs] == ["headline", "heading", "body"]
    assert draft.byline == ("Anna Bell",)
    assert draft.published == "2026-03-04T07:30:00+01:00"
    assert draft.url == "https://a.example/b"
    assert draft.language == "en"
    assert draft.warnings == ()


def test_front_matter_lists_and_what_is_not_understood() -> None:
    assert front("authors: [Anna Bell, 'Ben Cole']\n").byline == ("Anna Bell", "Ben Cole")
    assert front("author:\n- Anna Bell\n- Ben Cole\n").byline == ("Anna Bell", "Ben Cole")
    odd = front("date: soon\nurl: /here\n: x\n{{}}\n")
    assert (odd.published, odd.url) == (None, None)
    assert odd.text == "Part one\n\nText."


def test_a_title_that_is_the_heading_too_stands_once() -> None:
    assert front("title: Part one\n").text == "Part one\n\nText."


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    text = "---\n\nFirst text.\n\n---\n\nMore."
    assert [block for _, block in blocks(text)] == ["First text.", "More."]


def test_html_leaves_its_text_alone() -> None:
    text = (
        "<div onclick='x()'><script>alert(1)</script>Kept <b>text</b><!-- not this --></div>\n\n"
        "One<br>two <b onclick=x>three</b><script>alert(2)</script> <!-- no --> four\n\n"
        "<style>p {}</style>\n"
    )
    assert blocks(text) == [("body", "Kept text"), ("body", "One two three four")]


@pytest.mark.parametrize("text", ["![](a.png)", "<!-- nothing -->", "---", "[a]: b"])
def test_markdown_without_text(text: str) -> None:
    with pytest.raises(NoArticleError, match=r"^x\.md: the Markdown holds no text"):
        read_markdown(text, "x.md")


@pytest.mark.parametrize("text", ["> " * 500 + "Deep.", "- " * 50 + "Deep.", "word " * LONGEST])
def test_what_cannot_be_parsed_in_bounds_is_plain_text(text: str) -> None:
    draft = read_markdown(text, "x")
    assert draft.text == text
    assert "markdown-as-text" in [warning.code for warning in draft.warnings]


@pytest.mark.parametrize(
    "piece", ["*a **", "[", "![", "`a", "> a\n", "- a\n", "[a]: b\n", "<", "<!--", "_a__", "[a]\n"]
)
def test_time_grows_with_the_text_alone(piece: str) -> None:
    start = time.perf_counter()
    with suppress(NoArticleError):
        read_markdown(piece * (40_000 // len(piece)) + "\n\nText.", "x")
    assert time.perf_counter() - start < 5


PIECES = ["# ", "> ", "- ", "1. ", "\n", "\n\n", "    ", "*", "**", "`", "```\n", "[", "](", ")"]
PIECES += [
    "---\n",
    "title: ",
    "<b>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "|",
    "|-|-|\n",
    "word ",
]
PIECES += [
    "\\",
    "&amp;",
    "&#0;",
    "\0",
    "\t",
    "\x1c",
    "\u2028",
    "===\n",
    "![",
    "[^1]",
    "<?xml ",
    "~~",
]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_markdown(text: str) -> None:
    document = Document(name="x", data=f"Word. {text}".encode(), kind="markdown")
    try:
        page = read_document(document, ReadingOptions())
    except InputError:
        return
    assert from_json(to_json(page)) == page
    assert page.headline is None or page.paragraphs[0].kind == "headline"
    assert [p.kind for p in page.paragraphs[1:]].count("headline") == 0
    for paragraph in page.paragraphs:
        words = page.text[paragraph.start : paragraph.end]
        assert words == words.strip() != ""

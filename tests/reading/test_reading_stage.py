"""The stage: whatever the bytes, a page that keeps its promises or a coded error."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.errors import EmptyInputError, NoArticleError, OnrecordError
from onrecord.options import ReadingOptions
from onrecord.reading import read_page
from onrecord.reading.document import Document
from onrecord.reading.stage import read_document
from onrecord.records import Page, from_json, to_json

STORY = "Bridge Opens Late\n\nAnna Bell said on Tuesday that the bridge over the Orla was safe.\n"
GERMAN = "Brücke\n\nDer Gemeinderat hat den Bau der neuen Brücke noch einmal vertagt.\n"
HTML = (
    '<html lang="en"><head><title>Bridge Opens Late</title></head><body><article>'
    "<p>Anna Bell said on Tuesday that the bridge over the Orla was safe.</p>"
    "<p>Ben Cole said on Monday that nobody had looked at it.</p></article></body></html>"
)

TEXT = ReadingOptions(kind="text")
AS_HTML = ReadingOptions(kind="html")


def read(text: str, options: ReadingOptions = ReadingOptions()) -> Page:  # noqa: B008 - frozen
    return read_page(text.encode(), "x", options)


@pytest.mark.parametrize("data", [STORY.encode(), b"\xef\xbb\xbf" + STORY.encode(), HTML.encode()])
def test_id_is_the_sha256_of_the_bytes(data: bytes) -> None:
    assert read_page(data, "x", ReadingOptions()).id == hashlib.sha256(data).hexdigest()


def test_html_and_text_are_told_apart() -> None:
    assert read(STORY).text == STORY
    assert read(HTML).text.startswith("Bridge Opens Late\n\nAnna Bell said on Tuesday")


def test_kind_overrules_the_bytes() -> None:
    assert read(HTML, TEXT).text == HTML
    with pytest.raises(NoArticleError, match=r"^x: "):
        read("It rained.", AS_HTML)


def test_language_overrules_the_text() -> None:
    assert read(GERMAN).language == "de"
    assert read(GERMAN, ReadingOptions(language="en")).language == "en"
    assert read(HTML, ReadingOptions(language="fr")).language == "fr"


def test_language_is_that_of_the_article_not_of_its_comments() -> None:
    thread = f"\nComments\n\n  • Ana\n\n    {STORY.splitlines()[2] * 20}\n"
    page = read(GERMAN + thread)
    assert len(page.comments) == 1
    assert page.language == "de"


def test_nothing_is_attributed_yet() -> None:
    assert read(STORY).attributions == ()
    assert read(STORY).speakers == ()


def test_warnings_of_all_steps_are_kept() -> None:
    text = "“Café,” the mayor of Orla said, and nobody knew what she had meant by that word."
    page = read_page(text.encode("cp1252"), "x", TEXT)
    assert [w.code for w in page.warnings] == ["encoding-guessed", "headline-not-found"]


def read_or_error(data: bytes, options: ReadingOptions) -> Page | None:
    """The page, or nothing where an error of ours says why not; any other error is a bug."""
    try:
        return read_page(data, "x", options)
    except OnrecordError:
        return None


def check(page: Page) -> None:
    """What holds for the page of any input."""
    paragraphs = [(one.start, one.end) for one in page.paragraphs]
    comments = [(one.start, one.end) for one in page.comments]
    assert all(start < end for start, end in paragraphs)
    for spans in (paragraphs, comments):
        assert all(0 <= start <= end <= len(page.text) for start, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        for start, end in spans:
            assert page.text[start:end] == page.text[start:end].strip()
    if page.paragraphs and page.comments:
        assert page.paragraphs[-1].end <= page.comments[0].start
    for number, comment in enumerate(page.comments):
        assert comment.id == number
        assert comment.parent is None or 0 <= comment.parent < number
        assert comment.author is None or comment.author == comment.author.strip() != ""
    assert page.headline is None or page.paragraphs[0].kind == "headline"
    assert [p.kind for p in page.paragraphs[1:]].count("headline") == 0
    assert from_json(to_json(page)) == page


PARTS = [
    "Bridge Opens Late",
    "Anna Bell said so.",
    "word ",
    "é\u0301",
    "🌧",
    "\u200b",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "  ",
    "    ",
    "\u00a0",
    "\u2028",
    "\x0b",
    "\x85",
    "\x1c",
    "\x07",
    "• ",
    "- ",
    "\n\n  • Ana\n\n    ",
    "\n\n    • Ben\n\n      ",
    "\n  • Cleo\n    ",
]
parts = st.lists(st.sampled_from(PARTS), max_size=20).map("".join)
characters = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80)
texts = (parts | characters).filter(lambda text: any(map(str.isalpha, text)))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(texts.filter(lambda text: not text.startswith("\ufeff")))
@example("\x1c\n  • Ana\n\n    First.\x1c\n")
@example("  • \n\n    Text\n")
def test_any_plain_text(text: str) -> None:
    page = read(text, TEXT)
    assert page.text == text
    assert page.paragraphs or page.comments
    spans = [(p.start, p.end) for p in page.paragraphs] + [(c.start, c.end) for c in page.comments]
    covered = {at for span in spans for at in range(*span)}
    names = "".join(comment.author or "" for comment in page.comments)
    left = "".join(c for at, c in enumerate(text) if at not in covered and c.isalpha())
    assert left == "".join(filter(str.isalpha, names))
    check(page)


TAGS = [
    "<html>",
    "<!DOCTYPE html>",
    "<body>",
    "</body>",
    "<p>",
    "</p>",
    "<div class=comment-content>",
    "</div>",
    "<ol>",
    "</ol>",
    '<li class="comment" id="comment-1">',
    '<li class="pingback">',
    "</li>",
    '<b class="fn">',
    "</b>",
    '<time datetime="2024-03-05">',
    "</time>",
    "<title>",
    "</title>",
    "<h1>",
    "</h1>",
    "<blockquote>",
    "<ul><li>",
    "<br>",
    "<!-- ",
    " -->",
    "<?x ",
    "?>",
    "<script>",
    "</script>",
    "<![CDATA[",
    "]]>",
    "&nbsp;",
    "&#0;",
    "&#xd800;",
    "&#x1b;",
    "\x01",
    "\x0c",
    "<",
    '"',
    "The mayor of Ravenholm said on Tuesday that the bridge would open late this year. ",
]
markups = st.lists(st.sampled_from(TAGS), max_size=30).map("".join)
ARTICLE = "<html><body><article><p>Anna Bell said on Tuesday that it was safe.</p></article><ol>"


@settings(max_examples=200, deadline=None, derandomize=True)
@given(markups | characters | markups.map(ARTICLE.__add__))
def test_any_string_read_as_html(text: str) -> None:
    page = read_or_error(text.encode(), AS_HTML)
    if page:
        check(page)


heads = st.sampled_from([b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff\xfe\0\0", b"%PDF"])


@settings(max_examples=200, deadline=None, derandomize=True)
@given(heads, st.binary(max_size=120))
@example(b"", b"")
def test_any_bytes(head: bytes, body: bytes) -> None:
    data = head + body
    for options in (ReadingOptions(), TEXT):
        page = read_or_error(data, options)
        if page:
            assert page.id == hashlib.sha256(data).hexdigest()
            check(page)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.text(" \t\r\n\u00a0\u2003\x0c", max_size=20))
def test_white_space_is_no_page(text: str) -> None:
    for options in (ReadingOptions(), TEXT, AS_HTML):
        with pytest.raises(EmptyInputError):
            read(text, options)


def test_what_is_known_from_outside_of_the_page() -> None:
    """An archive's day is when the page was fetched, and says nothing of its publication."""
    document = Document(
        name="x",
        data=HTML.encode(),
        url="https://news.example/bridge",
        fetched="2026-03-04T05:06:07+00:00",
    )
    page = read_document(document, ReadingOptions())
    assert page.url == "https://news.example/bridge"
    assert page.fetched == "2026-03-04T05:06:07+00:00"
    assert page.published is None

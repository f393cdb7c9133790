"""Markdown: its blocks without their marks, laid out like those of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import lxml.html
from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.token import Token

from onrecord.errors import NoArticleError
from onrecord.reading.draft import Draft, lay_out
from onrecord.reading.moments import iso_moment
from onrecord.reading.plain import read_plain
from onrecord.records import ParagraphKind, Warning

LONGEST = 500_000
"""Characters of the longest Markdown that is parsed: a book. Of "![" alone it takes 7 s."""

DEEPEST = 20
"""Blocks within one another; the parser leaves out what lies deeper, and is as much slower."""

_FRONT = re.compile(
    r"\ufeff?---[ \t]*\n(?=[\w-]+[ \t]*:)(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.M | re.S
)
_KEY = re.compile(r"([\w-]+)[ \t]*:[ \t]*(.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.+)")
_OFFSET = re.compile(r"[ \t]+(?=[+-]\d\d:?\d\d$)")
_ADDRESS = re.compile(r"https?://\S+", re.I)
_HIDDEN = ("script", "style", "template", "noscript")
_HIDDEN_TAG = re.compile(rf"<(/?)({'|'.join(_HIDDEN)})\b", re.I)

Block = tuple[ParagraphKind, str]


def read_markdown(text: str, name: str) -> Draft:
    """Read Markdown (CommonMark, with tables).

    The title in the front matter is the headline, or else the first heading of the first
    level. Of HTML in it the text is kept. What is too long or nested too deep to be parsed
    is read as plain text, with a warning. Raises `NoArticleError`.
    """
    front = _FRONT.match(text)
    tokens = _parse(text[front.end() :] if front else text)
    if tokens is None:
        message = f"longer than {LONGEST} characters or nested deeper than {DEEPEST}"
        warning = Warning(code="markdown-as-text", message=f"the Markdown is {message}")
        draft = read_plain(text)
        return replace(draft, warnings=(*draft.warnings, warning))
    fields = _fields(front[1]) if front else {}
    headline, blocks = _headline(list(_blocks(tokens)), fields)
    if not blocks:
        raise NoArticleError(name, "the Markdown holds no text. Give the page's text.")
    whole, paragraphs, _ = lay_out([("headline", headline), *blocks] if headline else blocks, [])
    missing = Warning(code="headline-not-found", message="the Markdown has no heading # or title")
    url = "".join(fields.get("url", []))
    return Draft(
        text=whole,
        headline=headline,
        paragraphs=paragraphs,
        comments=(),
        byline=tuple(dict.fromkeys(fields.get("author", []) + fields.get("authors", []))),
        published=iso_moment(_OFFSET.sub("", "".join(fields.get("date", [])))),
        url=url if _ADDRESS.fullmatch(url) else None,
        language=next(iter(fields.get("lang", []) + fields.get("language", [])), None),
        warnings=() if headline else (missing,),
    )


def _parse(text: str) -> list[Token] | None:
    """The blocks and their parts; ``None`` for what cannot be parsed in bounds."""
    if len(text) > LONGEST:
        return None
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    return None if any(token.level >= DEEPEST - 1 for token in tokens) else tokens


def _headline(
    blocks: list[tuple[str, Block]], fields: dict[str, list[str]]
) -> tuple[str | None, list[Block]]:
    """The headline, and the blocks without it."""
    top = next((block[1] for tag, block in blocks if tag == "h1"), None)
    title = " ".join(" ".join(fields.get("title", [])).split())
    headline = title or top
    kept: list[Block] = []
    for tag, block in blocks:
        if tag == "h1" and block[1] == top and (top == headline or not title):
            top = None  # Only the first of them.
        else:
            kept.append(block)
    return headline, kept


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, Block]]:
    """The paragraphs, each with the element that it stands in."""
    around: list[str] = []
    for token in tokens:
        if token.nesting == 1:
            around.append(token.tag)
        elif token.nesting == -1:
            around.pop()
        elif token.type == "inline":
            yield from _paragraph(around, _shown(token.children or []))
        elif token.type in ("fence", "code_block"):
            yield from _paragraph(around, token.content)
        elif token.type == "html_block":
            yield from _paragraph(around, _shown_html(token.content))


def _paragraph(around: Sequence[str], text: str) -> Iterator[tuple[str, Block]]:
    text = " ".join(text.split())
    tag = around[-1] if around else ""
    kind: ParagraphKind = "body"
    if "li" in around:
        kind = "list"
    elif "blockquote" in around:
        kind = "quote"
    elif tag.startswith("h") and tag[1:].isdigit():
        kind = "heading"
    if text:
        yield tag, (kind, text)


def _shown(children: Sequence[Token]) -> str:
    """What a reader sees of a paragraph; an image's other text is not seen."""
    parts: list[str] = []
    hidden: str | None = None
    for token in children:
        tag = _HIDDEN_TAG.match(token.content) if token.type == "html_inline" else None
        if tag and hidden is None and not tag[1]:
            hidden = tag[2].lower()
        elif tag and tag[1] and tag[2].lower() == hidden:
            hidden = None
        elif hidden is None and token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or token.content.lower().startswith("<br"):
            parts.append(" ")
    return "".join(parts)


def _shown_html(markup: str) -> str:
    try:
        tree = lxml.html.fromstring(f"<div>{markup}</div>")
    except (etree.LxmlError, ValueError):
        return ""
    etree.strip_elements(tree, *_HIDDEN, etree.Comment, with_tail=False)
    return " ".join(map(str, tree.itertext()))


def _fields(front: str) -> dict[str, list[str]]:
    """The simple lines of front matter: a key with a value, or with a list."""
    fields: dict[str, list[str]] = {}
    values: list[str] = []
    for line in front.splitlines():
        if found := _KEY.match(line):
            values = fields.setdefault(found[1].lower(), [])
            value = found[2].strip()
            parts = value[1:-1].split(",") if value[:1] == "[" and value[-1:] == "]" else [value]
            values += filter(None, map(_unquoted, parts))
        elif found := _ITEM.match(line):
            values += filter(None, [_unquoted(found[1])])
    return fields


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value

"""Records as four flat tables, the same in CSV and in Parquet.

``attributions``, ``pages``, ``speakers`` and ``comments`` have a row for each of these. They
are joined by ``page``, and by ``speaker`` and ``comment`` within a page. What each column
holds is said in `TABLES`. Together the four hold the whole record. Offsets count Unicode code
points of the page's ``text``, end exclusive. What is not known is null.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from onrecord.records import Attribution, Page, Span

SCHEMA: Literal["onrecord/tables/1"] = "onrecord/tables/1"

Table = Literal["attributions", "pages", "speakers", "comments"]
ColumnType = Literal[
    "text",
    "integer",
    "number",  # with a fraction
    "flag",
    "texts",
    "integers",
    "spans",  # pairs of start and end
    "mapping",  # text by text
    "paragraphs",
    "warnings",
]
Row: TypeAlias = dict[str, object]

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``type`` is the type of its values where they are not null."""

    name: str
    type: ColumnType
    meaning: str
    in_csv: bool = True
    """Whether CSV has it: a spreadsheet's cell ends at 32,767 characters."""


_ORIGIN = (
    Column("page", "text", "The page: SHA-256 of its bytes, in hexadecimal."),
    Column("url", "text", "The page's address."),
    Column("site", "text", "The name of the page's site."),
    Column("published", "text", "When the page was published, ISO 8601."),
)

TABLES: Mapping[Table, tuple[Column, ...]] = {
    "attributions": (
        *_ORIGIN,
        Column("headline", "text", "The page's headline."),
        Column("language", "text", "The page's language, ISO 639-1."),
        Column("attribution", "integer", "The attribution's number in the page."),
        Column("within", "integer", "The attribution whose content holds this one whole."),
        Column("comment", "integer", "The comment that it stands in; null in the article."),
        Column("comment_author", "text", "Who wrote that comment."),
        Column("source", "text", "The words that say who, to the letter; gaps are ' … '."),
        Column("cue", "text", "The words that attribute, to the letter; gaps are ' … '."),
        Column("content", "text", "What is attributed, to the letter; gaps are ' … '."),
        Column("source_spans", "spans", "Where the source stands."),
        Column("cue_spans", "spans", "Where the cue stands."),
        Column("content_spans", "spans", "Where the content stands."),
        Column("words", "integer", "How many words the content has."),
        Column("kind", "text", "direct, indirect or mixed."),
        Column("speaker", "integer", "The speaker's number in the page."),
        Column("speaker_name", "text", "The speaker's name, or best description."),
        Column("speaker_named", "flag", "Whether that is a proper name."),
        Column("speaker_kind", "text", "person, group, document, poll or author."),
        Column("speaker_roles", "texts", "What the page says that the speaker is."),
        Column("source_type", "text", "How the source is identified."),
        Column("cue_class", "text", "What kind of cue presents it."),
        Column("negated", "flag", "Whether the cue is negated; null where nobody has looked."),
        Column("confidence", "number", "From 0 to 1."),
        Column("listed", "mapping", "The speaker's row of the people file, by column."),
    ),
    "pages": (
        *_ORIGIN,
        Column("headline", "text", "The page's headline."),
        Column("byline", "texts", "Who wrote the article."),
        Column("fetched", "text", "When a crawler fetched the page, ISO 8601."),
        Column("language", "text", "ISO 639-1."),
        Column("words", "integer", "How many words the text has, comments included."),
        Column("attributions", "integer", "How many attributions the page has."),
        Column("speakers", "integer", "How many speakers."),
        Column("comments", "integer", "How many comments."),
        Column("warnings", "warnings", "What to know about how the page was read."),
        Column("paragraphs", "paragraphs", "Where the article's paragraphs stand.", in_csv=False),
        Column("text", "text", "The page's text, comments included.", in_csv=False),
    ),
    "speakers": (
        *_ORIGIN,
        Column("speaker", "integer", "The speaker's number in the page."),
        Column("name", "text", "The fullest proper name in the page, or best description."),
        Column("named", "flag", "Whether that is a proper name."),
        Column("kind", "text", "person, group, document, poll or author."),
        Column("roles", "texts", "What the page says that they are, in its own words."),
        Column("aliases", "texts", "The other wordings of the name in the page."),
        Column("mentions", "spans", "Where the page refers to them."),
        Column("members", "integers", "Where several speak at once: the numbers of each."),
        Column("attributions", "integer", "How many attributions of the page are theirs."),
        Column("listed", "mapping", "Their row of the people file, by column."),
    ),
    "comments": (
        *_ORIGIN,
        Column("comment", "integer", "The comment's number in the page."),
        Column("parent", "integer", "The comment that it replies to."),
        Column("depth", "integer", "How many comments stand above it in its thread."),
        Column("author", "text", "Who wrote it."),
        Column("posted", "text", "When, ISO 8601."),
        Column("posted_text", "text", "When, as the page shows it."),
        Column("start", "integer", "Where it begins in the page's text."),
        Column("end", "integer", "Where it ends."),
        Column("text", "text", "What it says, to the letter."),
        Column("words", "integer", "How many words it has."),
        Column("attributions", "integer", "How many attributions stand in it."),
    ),
}
"""The columns of each table, in order."""


def rows(page: Page, table: Table) -> Iterator[Row]:
    """The rows of a page in a table: a value for each column, in order."""
    if table == "attributions":
        return _attributions(page)
    if table == "speakers":
        return _speakers(page)
    if table == "comments":
        return _comments(page)
    return iter([_page(page)])


def _page(page: Page) -> Row:
    return {
        **_origin(page),
        "headline": page.headline,
        "byline": page.byline,
        "fetched": page.fetched,
        "language": page.language,
        "words": count_words(page.text),
        "attributions": len(page.attributions),
        "speakers": len(page.speakers),
        "comments": len(page.comments),
        "warnings": [{"code": one.code, "message": one.message} for one in page.warnings],
        "paragraphs": [
            {"start": one.start, "end": one.end, "kind": one.kind} for one in page.paragraphs
        ],
        "text": page.text,
    }


def _attributions(page: Page) -> Iterator[Row]:
    speakers = {one.id: one for one in page.speakers}
    authors = {one.id: one.author for one in page.comments}
    for one in page.attributions:
        speaker = speakers.get(one.speaker) if one.speaker is not None else None
        yield {
            **_origin(page),
            "headline": page.headline,
            "language": page.language,
            "attribution": one.id,
            "within": one.within,
            "comment": one.comment,
            "comment_author": authors.get(one.comment) if one.comment is not None else None,
            "source": _quoted(page, one.source),
            "cue": _quoted(page, one.cue),
            "content": _quoted(page, one.content),
            "source_spans": one.source,
            "cue_spans": one.cue,
            "content_spans": one.content,
            "words": _content_words(page, one),
            "kind": one.kind,
            "speaker": one.speaker,
            "speaker_name": speaker.name if speaker else None,
            "speaker_named": speaker.named if speaker else None,
            "speaker_kind": speaker.kind if speaker else None,
            "speaker_roles": speaker.roles if speaker else (),
            "source_type": one.source_type,
            "cue_class": one.cue_class,
            "negated": one.negated,
            "confidence": one.confidence,
            "listed": speaker.listed if speaker else {},
        }


def _speakers(page: Page) -> Iterator[Row]:
    theirs = Counter(one.speaker for one in page.attributions)
    for one in page.speakers:
        yield {
            **_origin(page),
            "speaker": one.id,
            "name": one.name,
            "named": one.named,
            "kind": one.kind,
            "roles": one.roles,
            "aliases": one.aliases,
            "mentions": one.mentions,
            "members": one.members,
            "attributions": theirs[one.id],
            "listed": one.listed,
        }


def _comments(page: Page) -> Iterator[Row]:
    held = Counter(one.comment for one in page.attributions)
    depths: dict[int, int] = {}
    for one in page.comments:
        # A parent comes before its replies; one that is not in the page counts as none.
        depths[one.id] = 0 if one.parent is None else depths.get(one.parent, -1) + 1
        text = page.text[one.start : one.end]
        yield {
            **_origin(page),
            "comment": one.id,
            "parent": one.parent,
            "depth": depths[one.id],
            "author": one.author,
            "posted": one.posted,
            "posted_text": one.posted_text,
            "start": one.start,
            "end": one.end,
            "text": text,
            "words": count_words(text),
            "attributions": held[one.id],
        }


def _origin(page: Page) -> Row:
    """Which page a row comes from."""
    return {"page": page.id, "url": page.url, "site": page.site, "published": page.published}


def _quoted(page: Page, spans: tuple[Span, ...]) -> str | None:
    return page.quote(spans) if spans else None


def _content_words(page: Page, one: Attribution) -> int:
    return sum(count_words(page.text[start:end]) for start, end in one.content)


def count_words(text: str) -> int:
    """How many words a text has, in the tables and in a corpus."""
    return len(_WORD.findall(text))

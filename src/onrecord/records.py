"""The record of a page: frozen types, the same as JSON.

Offsets count Unicode code points of ``Page.text``, end exclusive, so that
``page.text[start:end]`` is what was said, to the letter. A field that is not known is
``None`` or empty.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from onrecord.errors import RecordError

SCHEMA: Literal["onrecord/page/1"] = "onrecord/page/1"

Offset = Annotated[int, msgspec.Meta(ge=0)]
Span = tuple[Offset, Offset]
"""Start and end of a stretch of ``Page.text``."""

PageKind = Literal["html", "text", "markdown"]
InputKind = Literal[PageKind, "warc", "jsonl"]
ParagraphKind = Literal["headline", "standfirst", "heading", "body", "quote", "list", "caption"]
AttributionKind = Literal["direct", "indirect", "mixed"]
SpeakerKind = Literal["person", "group", "document", "poll", "author"]
SourceType = Literal[
    "named_person",
    "unnamed_person",
    "named_group",
    "unnamed_group",
    "document",
    "poll",
    "author",
    "unattributed",
]
CueClass = Literal[
    "neutral",
    "assertive",
    "distancing",
    "factive",
    "negative",
    "critical",
    "supportive",
    "directive",
    "commissive",
    "interrogative",
    "mental",
    "other",
]


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph of the article. Paragraphs follow one another and never overlap."""

    start: Offset
    end: Offset
    kind: ParagraphKind


class Comment(msgspec.Struct, frozen=True, kw_only=True):
    """A reader comment. ``parent`` is the id of an earlier comment, so a thread is a forest."""

    id: int
    parent: int | None
    author: str | None
    posted: str | None
    """ISO 8601, with an offset where the page gives one."""
    posted_text: str | None
    """The time as the page shows it ("2 weeks ago")."""
    start: Offset
    end: Offset


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """Who (source), by which words (cue), says what (content).

    Source and cue can be empty, content never is. The spans of a role are in order and do
    not overlap; none begins or ends with white space.
    """

    id: int
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: Annotated[tuple[Span, ...], msgspec.Meta(min_length=1)]
    kind: AttributionKind
    within: int | None
    """The attribution whose content holds this one whole."""
    speaker: int | None
    source_type: SourceType | None
    cue_class: CueClass | None
    negated: bool | None
    """``None`` where nobody has looked, which is not the same as no."""
    confidence: Annotated[float, msgspec.Meta(ge=0, le=1)]
    comment: int | None
    """The comment that it stands in; ``None`` in the article."""


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """The person, organisation, document or poll that sources stand for."""

    id: int
    name: str
    """The fullest proper name in the page, or the best description where there is none."""
    named: bool = False
    """Whether ``name`` is a proper name."""
    kind: SpeakerKind | None
    roles: tuple[str, ...]
    """What the page says that they are, in its own words."""
    aliases: tuple[str, ...]
    """The other wordings of the name in the page."""
    mentions: tuple[Span, ...]
    members: tuple[int, ...] = ()
    """Who speaks where several do at once ("Marrow and Lund said"): their ids."""
    listed: dict[str, str] = {}
    """The row of the people file, by column, where one fits."""


class Warning(msgspec.Struct, frozen=True, kw_only=True):
    """Something to know about how the page was read; ``code`` is stable."""

    code: str
    message: str


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One document: an article and its comments, with who says what in them."""

    schema: Literal["onrecord/page/1"] = SCHEMA
    id: str
    """SHA-256, in hexadecimal, of the page's own bytes: unpacked from gzip, without HTTP's codings
    in a WARC, the UTF-8 of the row's value in JSONL."""
    url: str | None = None
    site: str | None = None
    headline: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None
    """ISO 8601."""
    fetched: str | None = None
    """ISO 8601: when a crawler fetched the page, where an archive says so."""
    language: str | None = None
    """ISO 639-1."""
    text: str
    paragraphs: tuple[Paragraph, ...] = ()
    comments: tuple[Comment, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    warnings: tuple[Warning, ...] = ()

    def quote(self, spans: tuple[Span, ...]) -> str:
        """The words at ``spans``, gaps shown as " … "."""
        return " … ".join(self.text[start:end] for start, end in spans)


def page_schema() -> dict[str, Any]:
    """The JSON Schema of a page's record."""
    return msgspec.json.schema(Page)


def to_json(page: Page) -> bytes:
    """The record as one line of JSON."""
    return msgspec.json.encode(page)


def from_json(data: bytes | str) -> Page:
    """Read a record back.

    Raises `RecordError` where it is not one.
    """
    try:
        return msgspec.json.decode(data, type=Page)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise RecordError(f"not a record of schema {SCHEMA}: {error}") from error

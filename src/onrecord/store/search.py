"""Attributions by their words: found, newest page first, each with where it stands."""

from __future__ import annotations

import msgspec

from onrecord.records import AttributionKind, CueClass, SourceType
from onrecord.store.database import Connection
from onrecord.store.filters import SELECTED, Filter, select
from onrecord.store.places import NUMBER_BITS

AROUND = 120
"""Characters of the page that are shown before and after a content, cut at words."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution that was found, and where."""

    page: int
    """The page's number in the corpus."""
    attribution: int
    """The attribution's id in the page's record."""
    sha256: str
    url: str | None
    site: str | None
    headline: str | None
    published: str | None
    comment: int | None
    """The id of the comment that it stands in."""
    speaker: str | None
    identity: int | None
    """The speaker over all pages."""
    roles: tuple[str, ...]
    source_type: SourceType | None
    cue_class: CueClass | None
    kind: AttributionKind
    negated: bool | None
    confidence: float
    source: str
    cue: str
    content: str
    """Verbatim; gaps are shown as " … "."""
    before: str
    """The page before the content, from the beginning of a word."""
    after: str


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found: so many attributions in so many pages, and the first of them."""

    total: int
    pages: int
    hits: tuple[Hit, ...]


def search(connection: Connection, asked: Filter, *, limit: int, offset: int = 0) -> Found:
    """The attributions that are asked for, those of the latest day of publication first.

    Raises `QueryError` or `OptionsError` for what cannot be asked.
    """
    selection = select(connection, asked)
    # The index alone answers these, without a look at a million rows.
    total, pages = connection.execute(
        f"SELECT count(*), count(DISTINCT rowid >> {NUMBER_BITS}) FROM search WHERE {SELECTED}",
        selection,
    ).fetchone()
    rows = connection.execute(
        f"SELECT rowid FROM search WHERE {SELECTED} ORDER BY rowid DESC LIMIT ? OFFSET ?",
        [*selection, limit, offset],
    ).fetchall()
    texts: dict[int, str] = {}
    # A page's own stand in its order, whichever of them are among these.
    found = sorted((row[0] for row in rows), key=lambda one: (-(one >> NUMBER_BITS), one))
    hits = [_hit(connection, one, texts) for one in found]
    return Found(total=total, pages=pages, hits=tuple(hits))


_HIT = """
SELECT a.*, a.number AS attribution, p.sha256, p.url, p.site, p.headline, p.published,
       c.number AS comment_number, s.name AS speaker_name, s.roles
FROM attributions a JOIN pages p ON p.id = a.page
     LEFT JOIN comments c ON c.id = a.comment LEFT JOIN speakers s ON s.id = a.speaker
WHERE a.id = ?
"""


def _hit(connection: Connection, number: int, texts: dict[int, str]) -> Hit:
    row = connection.execute(_HIT, [number]).fetchone()
    page = row["page"]
    if page not in texts:
        texts.clear()  # Hits come by page; of ten thousand, the texts would be gigabytes.
        texts[page] = connection.execute("SELECT text FROM pages WHERE id = ?", [page]).fetchone()[
            0
        ]
    spans = msgspec.json.decode(row["spans"])[CONTENT]
    return Hit(
        **{name: row[name] for name in _SAME},
        comment=row["comment_number"],
        speaker=row["speaker_name"],
        roles=msgspec.json.decode(row["roles"] or "[]"),
        negated=None if row["negated"] is None else bool(row["negated"]),
        before=_before(texts[page], spans[0][0]),
        after=_after(texts[page], spans[-1][1]),
    )


CONTENT = 2
"""Where the content is among an attribution's spans."""

_SAME = (
    "page attribution sha256 url site headline published identity source_type cue_class kind "
    "confidence source cue content"
).split()


def _before(text: str, end: int) -> str:
    """The words before a place in its paragraph, the first one whole."""
    start = max(0, end - AROUND)
    part = text[start:end]
    cut = max(part.rfind("\n\n") + 1, 0)
    if not cut and start:
        cut = part.find(" ") + 1
    return part[cut:].lstrip()


def _after(text: str, start: int) -> str:
    part = text[start : start + AROUND]
    end = part.find("\n\n")
    if end < 0 and start + AROUND < len(text):
        end = part.rfind(" ")
    return (part if end < 0 else part[:end]).rstrip()

"""The tables of a corpus, as named migrations. A change is a new migration at the end.

::

    pages ─┬─ comments
           ├─ speakers ── identities     one speaker over all pages
           └─ attributions               speaker: the row of speakers
    readings                             what wrote a page's attributions
    failures                             inputs that became no page
    search                               words and filters of the current pages (FTS5)
    reprints                             contents that are near-identical to an earlier one
    settings
    corrections                          what people changed, missed or marked as wrong
    answers                              the model's own of pages with corrections

``number`` is an id in the page's record; ``id`` is the row's own. Columns that hold lists are
JSON. ``attributions`` and ``speakers`` are as corrected. Rows of the full-text index bear the
ids of the attributions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x6F6E7263
"""SQLite's mark of whose file it is: "onrc"."""

SET = "onrecord"
"""What the migrations are recorded under."""


def migrations() -> Migrations:
    """The migrations, oldest first. Each is applied whole or not at all, and recorded."""
    from sqlite_utils import Migrations  # A tenth of a second, which readers need not wait.

    made = Migrations(SET)
    for name, script in SCRIPTS.items():

        @made(name=name)
        def step(database: Database, script: str = script) -> None:
            for statement in script.split(";\n"):
                database.conn.execute(statement)

    return made


_CORPUS = """
CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE readings (
    id INTEGER PRIMARY KEY,
    label TEXT NOT NULL UNIQUE,
    details TEXT NOT NULL
);

CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    input TEXT NOT NULL,
    added TEXT NOT NULL,
    current INTEGER NOT NULL,
    seen TEXT NOT NULL,
    reading INTEGER NOT NULL REFERENCES readings (id),
    url TEXT,
    site TEXT,
    headline TEXT,
    byline TEXT NOT NULL,
    published TEXT,
    day TEXT,
    fetched TEXT,
    language TEXT,
    words INTEGER NOT NULL,
    warnings TEXT NOT NULL,
    paragraphs TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX pages_by_url ON pages (url);
CREATE INDEX pages_by_site_and_day ON pages (site, day);
CREATE INDEX pages_by_reading ON pages (reading);

CREATE TABLE comments (
    id INTEGER PRIMARY KEY,
    page INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    parent INTEGER REFERENCES comments (id),
    depth INTEGER NOT NULL,
    author TEXT,
    posted TEXT,
    posted_text TEXT,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    words INTEGER NOT NULL,
    UNIQUE (page, number)
);
CREATE INDEX comments_by_parent ON comments (parent);

CREATE TABLE identities (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT
);

CREATE TABLE speakers (
    id INTEGER PRIMARY KEY,
    page INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    identity INTEGER REFERENCES identities (id),
    name TEXT NOT NULL,
    named INTEGER NOT NULL,
    kind TEXT,
    roles TEXT NOT NULL,
    aliases TEXT NOT NULL,
    mentions TEXT NOT NULL,
    members TEXT NOT NULL,
    listed TEXT NOT NULL,
    UNIQUE (page, number)
);
CREATE INDEX speakers_by_identity ON speakers (identity);

CREATE TABLE attributions (
    id INTEGER PRIMARY KEY,
    page INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    comment INTEGER REFERENCES comments (id),
    speaker INTEGER REFERENCES speakers (id),
    identity INTEGER REFERENCES identities (id),
    kind TEXT NOT NULL,
    source_type TEXT,
    cue_class TEXT,
    negated INTEGER,
    confidence REAL NOT NULL,
    within INTEGER,
    words INTEGER NOT NULL,
    source TEXT NOT NULL,
    cue TEXT NOT NULL,
    content TEXT NOT NULL,
    spans TEXT NOT NULL,
    UNIQUE (page, number)
);
CREATE INDEX attributions_for_counts
    ON attributions (page, source_type, cue_class, kind, words, identity, comment);
CREATE INDEX attributions_by_speaker ON attributions (speaker);
CREATE INDEX attributions_by_identity ON attributions (identity);
CREATE INDEX attributions_by_comment ON attributions (comment);

CREATE TABLE failures (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    input TEXT NOT NULL,
    sha256 TEXT,
    error TEXT NOT NULL,
    message TEXT NOT NULL,
    tries INTEGER NOT NULL,
    last_tried TEXT NOT NULL
);
CREATE INDEX failures_by_sha256 ON failures (sha256);

CREATE TABLE reprints (
    attribution INTEGER PRIMARY KEY REFERENCES attributions (id) ON DELETE CASCADE,
    first INTEGER NOT NULL REFERENCES attributions (id) ON DELETE CASCADE
);
CREATE INDEX reprints_by_first ON reprints (first);

CREATE VIRTUAL TABLE search USING fts5 (
    content, speaker, facets,
    content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
)
"""

_CORRECTIONS = """
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    page INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
    made TEXT NOT NULL,
    who TEXT NOT NULL,
    before TEXT,
    after TEXT,
    undone TEXT,
    undone_by TEXT
);
CREATE INDEX corrections_by_page ON corrections (page);

CREATE TABLE answers (
    page INTEGER PRIMARY KEY REFERENCES pages (id) ON DELETE CASCADE,
    record TEXT NOT NULL
)
"""

SCRIPTS = {"corpus_1": _CORPUS, "corrections_2": _CORRECTIONS}
"""The migrations by their names, in order."""

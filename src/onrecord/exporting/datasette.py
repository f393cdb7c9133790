"""What Datasette is told of a corpus: names, labels, facets, and where its search is.

The file is for ``datasette CORPUS.db --metadata FILE``
(https://docs.datasette.io/en/stable/metadata.html).
"""

from __future__ import annotations

from typing import Any

_SAID = "Verbatim from the page; gaps are shown as “ … ”."

_TABLES: dict[str, dict[str, Any]] = {
    "attributions": {
        "description": "Who says what, in which words. A row is one attribution.",
        "label_column": "content",
        "facets": ["source_type", "cue_class", "kind"],
        "fts_table": "search",
        "fts_pk": "id",
        "size": 50,
        "columns": {
            "page": "The page that it stands in.",
            "number": "Its id in the page's record.",
            "comment": "The comment that it stands in; empty in the article.",
            "speaker": "Who speaks, in this page.",
            "identity": "Who speaks, over all pages.",
            "kind": "direct: all in quotation marks; mixed: partly; indirect: in the page's words.",
            "source_type": "How the source is identified.",
            "cue_class": "How the cue presents what is said.",
            "negated": "1 where the cue is negated: “did not say”.",
            "confidence": "How sure the model is, 0 to 1.",
            "within": "The number of the attribution whose content holds this one.",
            "words": "Words of the content.",
            "source": f"Who, in the page's words. {_SAID}",
            "cue": f"The words that attribute. {_SAID}",
            "content": f"What is attributed. {_SAID}",
            "spans": "Offsets of source, cue and content in the page's text, in code points.",
        },
    },
    "pages": {
        "description": "The pages, older versions of an address included (current is 0).",
        "label_column": "headline",
        "facets": ["site", "current", "language"],
        "sort_desc": "day",
        "size": 50,
        "columns": {
            "sha256": "Of the bytes that were read.",
            "input": "What it was read from.",
            "seen": "When it was fetched, or added: the latest of an address is current.",
            "reading": "What wrote its attributions.",
            "day": "The day of publication.",
            "words": "Words of article and comments.",
            "paragraphs": "Start, end and kind of each, in code points of the text.",
        },
    },
    "speakers": {
        "description": "The speakers of each page.",
        "label_column": "name",
        "facets": ["kind", "named"],
        "columns": {
            "identity": "The same speaker over all pages; empty for one without a name.",
            "named": "1 where the name is a proper name.",
            "roles": "What the page says that they are.",
            "listed": "The row of the people file.",
        },
    },
    "identities": {
        "description": "Speakers over all pages. Names are merged only where that is safe.",
        "label_column": "name",
        "facets": ["kind"],
    },
    "comments": {
        "description": "Reader comments; parent is the comment that it replies to.",
        "label_column": "number",
        "columns": {"author": "A pseudonym, unless the corpus keeps names."},
    },
    "readings": {"description": "What wrote attributions.", "label_column": "label"},
    "failures": {"description": "Inputs that became no page, and why.", "facets": ["error"]},
    "corrections": {"description": "What people corrected, with what was there before."},
    "answers": {"description": "What the model wrote of pages that people corrected."},
    "reprints": {"description": "Contents near-identical to an earlier one in another page."},
    **{
        name: {"hidden": True}
        for name in ("settings", "_sqlite_migrations", "search", "search_data", "search_idx")
    },
}

_SOURCING = """
select p.site, count(*) as attributions,
       sum(a.source_type like 'named%') as named,
       sum(a.source_type like 'unnamed%') as unnamed,
       sum(a.source_type = 'unattributed') as unattributed
from attributions a join pages p on p.id = a.page
where p.current group by p.site order by attributions desc
"""


def datasette_metadata(name: str) -> dict[str, Any]:
    """The metadata of a corpus whose file is ``NAME.db``."""
    queries = {
        "sourcing_by_site": {
            "title": "Sourcing by site",
            "description": "How many attributions have a named, an unnamed, and no source.",
            "sql": _SOURCING.strip(),
        }
    }
    return {
        "title": f"Onrecord: {name}",
        "description": "Who says what, on whose authority.",
        "databases": {name: {"tables": _TABLES, "queries": queries}},
    }

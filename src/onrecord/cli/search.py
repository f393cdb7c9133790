"""``onrecord search``: attributions by their words."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.cli.asking import (
    CorpusPath,
    CueClassIs,
    Format,
    FormatIs,
    In,
    KindIs,
    Since,
    Site,
    SourceTypeIs,
    Speaker,
    Until,
    fields,
    filter_of,
    write_answer,
)
from onrecord.report.hits import found_text
from onrecord.store import Corpus, Hit


def command(
    corpus: CorpusPath,
    words: Annotated[
        str | None,
        typer.Argument(
            metavar="WORDS",
            help='Words of what is said: barrier, "storm surge", flood*, AND, OR, NOT.',
        ),
    ] = None,
    speaker: Speaker = None,
    source_type: SourceTypeIs = None,
    cue_class: CueClassIs = None,
    kind: KindIs = None,
    site: Site = None,
    since: Since = None,
    until: Until = None,
    place: In = None,
    limit: int = typer.Option(20, min=1, help="Show at most so many attributions."),
    offset: int = typer.Option(0, min=0, help="Pass over so many first."),
    format: FormatIs = Format.table,
) -> None:
    """Search what is said in a corpus, newest pages first."""
    asked = filter_of(words, speaker, source_type, cue_class, kind, site, since, until, place)
    found = Corpus(corpus).search(asked, limit=limit, offset=offset)
    write_answer(format, found_text(found, offset=offset), fields(Hit), found.hits)

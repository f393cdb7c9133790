"""``onrecord speakers``: who speaks in a corpus, and all that it knows of one."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer
from rich.console import Group, RenderableType

from onrecord.cli.asking import (
    CorpusPath,
    CueClassIs,
    Format,
    FormatIs,
    In,
    KindIs,
    People,
    Since,
    Site,
    SourceTypeIs,
    Until,
    filter_of,
    write_answer,
)
from onrecord.report.tables import profile_text, speakers_table
from onrecord.store import Corpus


def command(
    corpus: CorpusPath,
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="Words of a name in a row, or a speaker's number."),
    ] = None,
    people: People = None,
    source_type: SourceTypeIs = None,
    cue_class: CueClassIs = None,
    kind: KindIs = None,
    site: Site = None,
    since: Since = None,
    until: Until = None,
    place: In = None,
    limit: int = typer.Option(50, min=1, help="List at most so many speakers."),
    format: FormatIs = Format.table,
) -> None:
    """List the speakers of a corpus, or show one: roles, months, whom they speak about."""
    store = Corpus(corpus)
    if name is None:
        asked = filter_of(None, None, source_type, cue_class, kind, site, since, until, place)
        found = store.speakers(asked, limit=limit, people=people)
        write_answer(format, speakers_table(found), found)
        return
    found = store.find_speakers(name, limit=limit, people=people)
    if len(found) > 1:
        told = f"{len(found):,} speakers are called so; give one's number to see all of it"
        table: RenderableType = Group(told, "", speakers_table(found))
        write_answer(format, table, found)
        return
    profile = store.speaker(found[0].identity, people=people)
    write_answer(format, profile_text(profile), [msgspec.to_builtins(profile)])

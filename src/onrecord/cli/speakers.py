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
    fields,
    filter_of,
    write_answer,
)
from onrecord.errors import OptionsError
from onrecord.report.tables import profile_text, speakers_table
from onrecord.store import Corpus, Filter, Profile, SpeakerCount


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
    asked = filter_of(None, None, source_type, cue_class, kind, site, since, until, place)
    if name is None:
        found = store.speakers(asked, limit=limit, people=people)
        write_answer(format, speakers_table(found), fields(SpeakerCount), found)
        return
    if asked != Filter():
        raise OptionsError(
            f"the options that narrow the list are of no use with a name ({name!r}); leave them "
            "out, or see what somebody says with: onrecord search"
        )
    found = store.find_speakers(name, limit=limit + 1, people=people)
    if len(found) > 1:
        many = f"more than {limit:,}" if len(found) > limit else f"{len(found):,}"
        told = f"{many} speakers are called so; give one's number to see all of it"
        table: RenderableType = Group(told, "", speakers_table(found[:limit]))
        write_answer(format, table, fields(SpeakerCount), found[:limit])
        return
    profile = store.speaker(found[0].identity, people=people)
    row = msgspec.to_builtins(profile)
    write_answer(format, profile_text(profile), fields(Profile), [row])

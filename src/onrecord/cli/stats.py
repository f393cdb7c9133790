"""``onrecord stats``: who is quoted, how much, and how they are identified."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

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
    Speaker,
    Until,
    filter_of,
    write_answer,
)
from onrecord.report.tables import stats_table
from onrecord.store import DIMENSIONS, Corpus, Group, Stats


def command(
    corpus: CorpusPath,
    by: Annotated[
        list[str],
        typer.Option(
            metavar="WHAT",
            help=f"Count by {', '.join(DIMENSIONS)}, or a column of the people file. Repeatable.",
        ),
    ] = [],  # noqa: B006 - Typer copies it
    words: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Only what is said with these words.")
    ] = None,
    speaker: Speaker = None,
    source_type: SourceTypeIs = None,
    cue_class: CueClassIs = None,
    kind: KindIs = None,
    site: Site = None,
    since: Since = None,
    until: Until = None,
    place: In = None,
    unique: bool = typer.Option(
        False, "--unique", help="Count wire copy and reprints once, beside the count of all."
    ),
    people: People = None,
    limit: int = typer.Option(50, min=1, help="Show at most so many groups in the table."),
    format: FormatIs = Format.table,
) -> None:
    """Count attributions: how many, whose, named or not, and in which words."""
    asked = filter_of(words, speaker, source_type, cue_class, kind, site, since, until, place)
    stats = Corpus(corpus).stats(by, asked, unique=unique, people=people)
    write_answer(format, stats_table(stats, limit=limit), _head(stats), _rows(stats))


def _rows(stats: Stats) -> Iterator[dict[str, Any]]:
    """A flat row for each group; without a dimension, one for all."""
    for group in stats.groups:
        yield {**_keys(stats, group), **_counts(group)}


def _head(stats: Stats) -> list[str]:
    return [*_keys(stats, None), *_counts(stats.total)]


def _keys(stats: Stats, group: Group | None) -> dict[str, Any]:
    """What a group is of. Speakers and pages have a number too: names can be the same.

    A column of the people file that is called like a count has "listed_" before it.
    """
    counts = _counts(stats.total)
    found: dict[str, Any] = {}
    for place, name in enumerate(stats.by):
        if name in ("speaker", "page"):
            found[f"{name}_number"] = group and group.key[place]
        head = f"listed_{name}" if name in counts or name in found else name
        found[head] = group and group.labels[place]
    return found


def _counts(group: Group) -> dict[str, int]:
    once = {} if group.once is None else {"once": group.once}
    return {
        "attributions": group.attributions,
        **once,
        "pages": group.pages,
        "speakers": group.speakers,
        "words": group.words,
        "in_comments": group.in_comments,
        "named": group.named,
        "unnamed": group.unnamed,
        **group.source_types,
        **group.kinds,
        **{f"cue_{name}": number for name, number in group.cue_classes.items()},
    }

"""What is wrong with what was found, to look at: counts by class, and examples."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.evaluation.corpus import ROLES, Roles
from onrecord.evaluation.errors import (
    COLUMNS,
    Error,
    ErrorClass,
    Judged,
    Judgement,
    count_errors,
    extent_of,
)
from onrecord.evaluation.speakers import Answer, SpeakerErrorClass
from onrecord.records import Span
from onrecord.report.ledger import NOBODY
from onrecord.report.printable import ELLIPSIS, printable, shortened

PART = 160
"""Characters that are shown of a stretch in brackets; its middle is left out."""

BETWEEN = 80
"""Characters that are shown of what stands outside of the brackets, before, between, after."""

_BREAK = re.compile(r"\s*\n\s*")


def error_tables(judgements: Sequence[Judgement]) -> RenderableType:
    """How many gold attributions, and how many predicted ones, are in each class."""
    parts: list[RenderableType] = []
    for side, rows in error_json(judgements).items():
        table = Table(box=None, pad_edge=False, header_style="dim")
        table.add_column(side, no_wrap=True)
        for column in COLUMNS:
            table.add_column(column, justify="right", no_wrap=True)
        for name, numbers in rows.items():
            table.add_row(name, *(str(numbers[column]) for column in COLUMNS))
        sums = (sum(numbers[column] for numbers in rows.values()) for column in COLUMNS)
        table.add_row("together", *map(str, sums))
        parts += [table, ""]
    return Group(*parts[:-1])


def error_json(judgements: Sequence[Judgement]) -> dict[str, dict[str, dict[str, int]]]:
    """The counts as plain numbers: by side, class and column."""
    gold = count_errors(one for judgement in judgements for one in judgement.gold)
    predicted = count_errors(one for judgement in judgements for one in judgement.predicted)
    return {
        "gold": {name: numbers for name, numbers in gold.items() if name != "invented"},
        "predicted": {name: numbers for name, numbers in predicted.items() if name != "missed"},
    }


def error_examples(picked: Mapping[ErrorClass, Iterable[Error]]) -> RenderableType:
    """Errors of each class, gold above and predicted below, each role in brackets."""
    parts: list[RenderableType] = []
    for errors in picked.values():
        for number, error in enumerate(errors, 1):
            head = f"{error.kind} {number}: {printable(error.example.name)}"
            parts += ["", Text(head, style="bold"), *_side("gold", error, error.gold)]
            parts += _side("predicted", error, error.predicted)
    return Group(*parts[1:])


def _side(name: str, error: Error, side: Sequence[Judged]) -> Iterator[RenderableType]:
    if not side:
        yield Padding(Text(f"{name} {NOBODY}"), (0, 0, 0, 2))
    window = _window(error.example.text, error.example.paragraphs, error.extent)
    for one in side:
        start, end = extent_of(one.roles)
        verdict = "" if one.verdict == error.kind else f", {one.verdict}"
        yield Padding(Text(f"{name} {start}-{end}, {one.kind}{verdict}"), (0, 0, 0, 2))
        yield Padding(Text(_marked(error.example.text, one.roles, window)), (0, 0, 0, 4))


def speaker_examples(picked: Mapping[SpeakerErrorClass, Iterable[Answer]]) -> RenderableType:
    """Wrong answers of each class: the source's words, gold, given, and the place in the text."""
    parts: list[RenderableType] = []
    for kind, answers in picked.items():
        for number, one in enumerate(answers, 1):
            page = one.example.page
            extent = one.extent
            window = _window(page.text, [(p.start, p.end) for p in page.paragraphs], extent)
            parts += ["", Text(f"{kind} {number}: {printable(one.name)}", style="bold")]
            parts += [
                Padding(Text(f"{label:8}{_shown(words)}"), (0, 0, 0, 2))
                for label, words in (("source", one.source), *_answered(kind, one))
            ]
            parts += [
                Padding(Text(f"{'at':8}{extent[0]}-{extent[1]}"), (0, 0, 0, 2)),
                Padding(Text(_marked(page.text, one.roles, window)), (0, 0, 0, 4)),
            ]
    return Group(*parts[1:])


def _answered(kind: SpeakerErrorClass, one: Answer) -> Iterator[tuple[str, str | None]]:
    """What the gold says and what was given, of what is wrong."""
    gold, given = one.gold, one.predicted
    if kind == "wrong speaker":
        yield from (("gold", gold.speaker), ("given", one.speaker))
    elif kind == "wrong source type":
        yield from (("speaker", gold.speaker), ("gold", gold.source_type))
        yield "given", given.source_type
    elif kind == "wrong cue class":
        yield from (("gold", gold.cue_class), ("given", given.cue_class))
    else:
        answers = ("not negated", "negated")
        yield from (("gold", answers[gold.negated]), ("given", answers[bool(given.negated)]))


def _shown(words: str | None) -> str:
    return shortened(printable(words), PART) if words else NOBODY


def _window(text: str, paragraphs: Sequence[Span], extent: Span) -> Span:
    """The paragraphs that an extent reaches into."""
    paragraphs = paragraphs or [(0, len(text))]
    at = bisect_right(paragraphs, extent[0], key=lambda paragraph: paragraph[0]) - 1
    start = min(paragraphs[max(at, 0)][0], extent[0])
    end = min((end for _, end in paragraphs if end >= extent[1]), default=extent[1])
    return start, end


def _marked(text: str, roles: Roles, window: Span) -> str:
    """The text of a window with an attribution's roles in brackets, shortened."""
    spans = [(*span, role) for role in ROLES for span in getattr(roles, role)]
    edges = sorted({*window, *(edge for start, end, _ in spans for edge in (start, end))})
    parts = []
    for at, following in zip(edges, [*edges[1:], edges[-1]], strict=True):
        parts += ["]" for _, end, _ in spans if end == at]
        opened = sorted((-end, role) for start, end, role in spans if start == at)
        parts += [f"[{role} " for _, role in opened]
        inside = any(start <= at < end for start, end, _ in spans)
        stretch = _flat(text[at:following])
        if inside:
            parts.append(shortened(stretch, PART))
        elif at == window[0]:
            parts.append(_last(stretch))
        elif following == window[1]:
            parts.append(_first(stretch))
        else:
            parts.append(shortened(stretch, BETWEEN))
    return "".join(parts).strip()


def _flat(text: str) -> str:
    """A stretch on one line, safe to print; white space at its edges is kept as one blank."""
    line = _BREAK.sub(" ¶ ", text)
    left = " " if line[:1].isspace() else ""
    right = " " if line[-1:].isspace() and line.strip() else ""
    return f"{left}{printable(line)}{right}"


def _first(text: str) -> str:
    """The first words of a text."""
    if len(text) <= BETWEEN:
        return text
    return text[:BETWEEN].rsplit(" ", 1)[0] + ELLIPSIS


def _last(text: str) -> str:
    """The last words of a text."""
    if len(text) <= BETWEEN:
        return text
    return ELLIPSIS + text[-BETWEEN:].split(" ", 1)[-1]

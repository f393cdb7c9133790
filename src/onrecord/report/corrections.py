"""Corrections in words: what each changed, for a terminal and for the app."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from onrecord.correcting import Correction, Statement
from onrecord.records import Page
from onrecord.report.labels import NOBODY
from onrecord.report.printable import printable

Fields = tuple[tuple[str, str], ...]
"""Names of fields with their values as shown."""

_ACTIONS = {"change": "changed", "wrong": "marked as no attribution", "missing": "added"}


@dataclass(frozen=True, slots=True)
class Told:
    """A correction, in words."""

    correction: Correction
    headline: str
    before: Fields
    """What it changed; nothing where the attribution was missing."""
    after: Fields

    @property
    def action(self) -> str:
        """What was done, as a participle."""
        return _ACTIONS[self.correction.action]


def told(one: Correction, page: Page) -> Told:
    """What a correction changed: of a changed attribution its content and what differs."""
    before, after = dict(_fields(page, one.before)), dict(_fields(page, one.after))
    if before and after:
        kept = {name for name in before if name == "content" or before[name] != after[name]}
        before = {name: before[name] for name in before if name in kept}
        after = {name: after[name] for name in after if name in kept}
    return Told(
        correction=one,
        headline=printable(page.headline or "(no headline)"),
        before=tuple(before.items()),
        after=tuple(after.items()),
    )


def corrections_text(found: Sequence[Told]) -> RenderableType:
    """Lay corrections out for a terminal, one below the other."""
    if not found:
        return Text("nobody has corrected anything")
    parts: list[RenderableType] = []
    for one in found:
        parts += [_head(one), Padding(_change(one), (0, 0, 0, 2))]
    return Group(*parts)


def _head(one: Told) -> Text:
    made = one.correction
    when = made.made[:16].replace("T", " ")
    head = Text(f"{made.id}  {one.action} by {printable(made.who)}, {when}", style="bold")
    head.append(f" · page {made.page}, {one.headline}", style="dim not bold")
    if made.undone:
        undone = made.undone[:16].replace("T", " ")
        head.append(f" · undone by {printable(made.undone_by or NOBODY)}, {undone}", style="yellow")
    return head


def _change(one: Told) -> Text:
    before, after = dict(one.before), dict(one.after)
    lines = []
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        shown = [NOBODY if value is None else value or NOBODY for value in (was, now)]
        lines.append(f"{name}: {shown[0] if was == now else ' → '.join(shown)}")
    return Text("\n".join(lines))


def _fields(page: Page, one: Statement | None) -> Iterator[tuple[str, str]]:
    if one is None:
        return
    yield "content", printable(page.quote(one.content))
    yield "source", printable(page.quote(one.source))
    yield "cue", printable(page.quote(one.cue))
    yield "speaker", printable(one.speaker or NOBODY)
    yield "source type", (one.source_type or NOBODY).replace("_", " ")
    yield "cue class", one.cue_class or NOBODY
    yield "quoted", one.kind
    yield "negated", "yes" if one.negated else "no"

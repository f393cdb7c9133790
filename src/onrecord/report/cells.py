"""What the ledger shows of one attribution: who, says, authority, where. Text, not yet laid out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from rich.text import Text

from onrecord.records import Attribution, Page, Speaker
from onrecord.report.context import cue_in_context
from onrecord.report.labels import ANONYMOUS, manner, source_label
from onrecord.report.printable import ELLIPSIS, printable, shortened

CONTENT = 280
"""Characters of a content that are shown unless all are asked for."""

ASIDE = 60
"""Characters of a role, or of a wording beside a name, that are shown unless all are."""

NAME = "cyan"
NO_NAME = "bold magenta"
"""Anonymous sources stand out; `labels.UNNAMED` marks them where there is no colour."""

NOBODY_NAMED = "nobody named"
NOT_HERE = "(not named here)"

_TOKEN = re.compile(r"\w+")
_PAUSES = " ,;:"
_EMPTY = frozenset("a an the s".split())


@dataclass(frozen=True, slots=True)
class Cells:
    """An attribution in the ledger."""

    where: str
    """Paragraph or comment, counted from 1."""
    depth: int
    """In how many others it is nested."""
    name: Text
    role: str
    wording: str
    """The source's words where they say something else than name and role do."""
    authority: str
    """The kind of source; empty where nobody has looked."""
    anonymous: bool
    manner: tuple[str, ...]
    cue: Text
    """Empty where nothing introduces the content."""
    content: str


def cells(page: Page, *, full: bool) -> Iterator[Cells]:
    """What is shown of each attribution, in the page's order."""
    speakers = {speaker.id: _Known.of(speaker, full) for speaker in page.speakers}
    ends = [paragraph.end for paragraph in page.paragraphs]
    depths: dict[int, int] = {}
    for one in page.attributions:
        depth = 0 if one.within is None else depths.get(one.within, 0) + 1
        depths[one.id] = depth
        if one.comment is None:
            where = f"¶ {bisect_right(ends, one.content[0][0]) + 1}"
        else:
            where = f"c {one.comment + 1}"
        speaker = None if one.speaker is None else speakers.get(one.speaker)
        name, role, wording = _who(page, one, speaker, full)
        anonymous = one.source_type in ANONYMOUS
        yield Cells(
            where=where,
            depth=depth,
            name=Text(name, style=NO_NAME if anonymous else NAME),
            role=role,
            wording=wording,
            authority=source_label(one.source_type),
            anonymous=anonymous,
            manner=manner(one),
            cue=_cue(page, one),
            content=_cut(printable(page.quote(one.content)), CONTENT, full),
        )


@dataclass(frozen=True, slots=True)
class _Known:
    """What rows need of a speaker, worked out once however often they speak."""

    name: str
    role: str
    proper: bool
    in_name: frozenset[str]
    in_all: frozenset[str]
    """Words of the name and of all roles."""

    @classmethod
    def of(cls, speaker: Speaker, full: bool) -> _Known:
        """That of a speaker."""
        name = printable(speaker.name)
        return cls(
            name=name,
            role=role_of(speaker, full=full),
            proper=speaker.named and not name[:1].islower(),
            in_name=_tokens(name),
            in_all=_tokens(" ".join((name, *speaker.roles))),
        )


def role_of(speaker: Speaker, *, full: bool) -> str:
    """The first role of a speaker, in the page's words; ``full`` gives all of them."""
    if not speaker.roles:
        return ""
    if full:
        return "; ".join(map(printable, speaker.roles))
    return shortened(printable(speaker.roles[0]), ASIDE)


def _who(
    page: Page, attribution: Attribution, speaker: _Known | None, full: bool
) -> tuple[str, str, str]:
    """Name, role, and the source's words where these are different from both."""
    words = printable(page.quote(attribution.source)).rstrip(_PAUSES)
    if speaker is None:
        looked = attribution.source_type is not None
        return (f"“{words}”" if words and looked else words or NOBODY_NAMED), "", ""
    name, role = speaker.name, speaker.role
    if not words:
        return name, role, NOT_HERE
    said = _tokens(words)
    if said == speaker.in_name and not speaker.proper:
        return words, role, ""  # with its article, to the letter
    if speaker.in_name <= said <= speaker.in_all:
        return name, role, ""
    return name, role, f"“{_cut(words, ASIDE, full)}”"


def _tokens(words: str) -> frozenset[str]:
    return frozenset(_TOKEN.findall(words.casefold())) - _EMPTY


def _cue(page: Page, attribution: Attribution) -> Text:
    cue = cue_in_context(page.text, attribution)
    line = Text()
    if cue is None:
        return line
    if cue.before:
        line.append(printable(page.quote((cue.before,))), style="dim")
        line.append(" " * page.text[cue.before[1] - 1].isspace())
    line.append(printable(page.quote(cue.words)), style="bold")
    if cue.after:
        line.append(f" {printable(page.quote((cue.after,)))}", style="dim")
    if cue.cut:
        line.append(ELLIPSIS.rstrip(), style="dim")
    return line


def _cut(text: str, length: int, full: bool) -> str:
    return text if full else shortened(text, length)

"""Pages written by hand for tests, piece by piece, so that a test needs no offsets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec
from rich.console import Console

from onrecord.records import (
    Attribution,
    AttributionKind,
    Comment,
    CueClass,
    Page,
    Paragraph,
    ParagraphKind,
    SourceType,
    Span,
    Speaker,
    SpeakerKind,
    Warning,
)
from onrecord.report.ledger import print_ledger


@dataclass
class Writer:
    """Writes a page. What is attributed is found by its words: their last place so far."""

    text: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)

    def paragraph(self, text: str) -> Writer:
        start, end = self._add(text)
        kind: ParagraphKind = "body" if self.paragraphs else "headline"
        self.paragraphs.append(Paragraph(start=start, end=end, kind=kind))
        return self

    def comment(
        self,
        text: str,
        parent: int | None = None,
        *,
        author: str | None = "rower",
        posted: str | None = None,
        posted_text: str | None = None,
    ) -> Writer:
        start, end = self._add(text)
        self.comments.append(
            Comment(
                id=len(self.comments),
                parent=parent,
                author=author,
                posted=posted,
                posted_text=posted_text,
                start=start,
                end=end,
            )
        )
        return self

    def speaker(
        self,
        name: str,
        *roles: str,
        kind: SpeakerKind = "person",
        named: bool = True,
        members: tuple[int, ...] = (),
        listed: dict[str, str] | None = None,
    ) -> Writer:
        """A speaker; the first is number 1."""
        self.speakers.append(
            Speaker(
                id=len(self.speakers) + 1,
                name=name,
                named=named,
                kind=kind,
                roles=roles,
                aliases=(),
                mentions=(),
                members=members,
                listed=listed or {},
            )
        )
        return self

    def attribution(
        self,
        source: str,
        cue: str | tuple[str, ...],
        *content: str,
        kind: AttributionKind = "indirect",
        comment: int | None = None,
        within: int | None = None,
        speaker: int | None = None,
        source_type: SourceType | None = None,
        cue_class: CueClass | None = None,
        negated: bool | None = None,
    ) -> Writer:
        """Attribute the last stretches that read so."""
        self.attributions.append(
            Attribution(
                id=len(self.attributions),
                source=self._spans(source),
                cue=self._spans(*([cue] if isinstance(cue, str) else cue)),
                content=self._spans(*content),
                kind=kind,
                within=within,
                speaker=speaker,
                source_type=source_type,
                cue_class=cue_class,
                negated=negated,
                confidence=0.9,
                comment=comment,
            )
        )
        return self

    def page(self, **values: Any) -> Page:
        page = Page(
            id="0" * 64,
            headline=self.text[slice(0, self.paragraphs[0].end)] if self.paragraphs else None,
            text=self.text,
            paragraphs=tuple(self.paragraphs),
            comments=tuple(self.comments),
            attributions=tuple(self.attributions),
            speakers=tuple(self.speakers),
        )
        return msgspec.structs.replace(page, **values)

    def _add(self, text: str) -> Span:
        self.text += "\n\n" if self.text else ""
        start = len(self.text)
        self.text += text
        return start, len(self.text)

    def _spans(self, *stretches: str) -> tuple[Span, ...]:
        starts = [(self.text.rindex(one), one) for one in stretches if one]
        return tuple((start, start + len(one)) for start, one in starts)


def story() -> Page:
    """A page with every kind of source, a nested one, and comments."""
    return (
        Writer()
        .speaker("Anna Bell", "Bridge Minister", listed={"name": "Anna Bell", "party": "Quay"})
        .speaker("two engineers", kind="group", named=False)
        .speaker("report", kind="document", named=False)
        .speaker("Dora Finn")
        .paragraph("Bridge Opens Late")
        .paragraph("Bridge Minister Anna Bell told the council on Monday that the bridge was safe.")
        .attribution(
            "Bridge Minister Anna Bell",
            "told",
            "that the bridge was safe",
            speaker=1,
            source_type="named_person",
            cue_class="neutral",
        )
        .paragraph("“Two engineers claimed it sways,” she said. “It does not.”")
        .attribution(
            "she",
            "said",
            "“Two engineers claimed it sways,”",
            "“It does not.”",
            kind="direct",
            speaker=1,
            source_type="named_person",
            cue_class="neutral",
        )
        .attribution(
            "Two engineers",
            "claimed",
            "it sways",
            speaker=2,
            source_type="unnamed_group",
            cue_class="distancing",
            within=1,
        )
        .paragraph("It may have been the storm. A report did not say “how long” it takes.")
        .attribution("", "", "It may have been the storm", source_type="unattributed")
        .attribution(
            "A report",
            "did not say",
            "“how long” it takes",
            kind="mixed",
            speaker=3,
            source_type="document",
            cue_class="neutral",
            negated=True,
        )
        .comment("The ferry leaks, Dora Finn says.", posted_text="2 weeks ago", posted="2024-03-05")
        .attribution(
            "Dora Finn",
            "says",
            "The ferry leaks",
            comment=0,
            speaker=4,
            source_type="named_person",
            cue_class="neutral",
        )
        .comment("It does.", 0, author=None)
        .comment("It does not.", 1, author="Emil", posted="2024-03-06")
        .comment("All is well.", None, author="Cleo")
        .page(
            site="Ravenholm Post",
            byline=("Gil Hart", "Ida Jung"),
            published="2024-03-05",
            url="https://post.example/orla",
            warnings=(Warning(code="encoding-guessed", message="read as cp1251"),),
        )
    )


def bare(page: Page) -> Page:
    """The same page where nobody has looked for speakers."""
    attributions = tuple(
        msgspec.structs.replace(one, speaker=None, source_type=None) for one in page.attributions
    )
    return msgspec.structs.replace(page, attributions=attributions, speakers=())


def saying(content: str) -> Page:
    """A page in which Anna Bell says something."""
    text = f"Anna Bell said {content}."
    return Writer().paragraph(text).attribution("Anna Bell", "said", content).page()


def show(page: Page, width: int = 100, *, full: bool = False) -> str:
    """A page's ledger without colour."""
    console = Console(width=width, highlight=False, color_system=None)
    with console.capture() as capture:
        print_ledger(console, page, full=full)
    return capture.get()


def lines(page: Page, width: int = 100, *, full: bool = False) -> list[str]:
    """The lines of a page's ledger."""
    return [line.rstrip() for line in show(page, width, full=full).splitlines()]


def after(head: str, shown: list[str]) -> list[str]:
    """The lines from one that begins so up to the next empty one."""
    first = next(number for number, line in enumerate(shown) if line.startswith(head))
    return shown[first : shown.index("", first)]


def squeezed(text: str) -> str:
    """Without white space, so that it does not matter where lines were broken."""
    return "".join(text.split())

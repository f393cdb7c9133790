"""Pages made from short texts in which [[double brackets]] mark who speaks."""

from __future__ import annotations

import re

from onrecord.records import Attribution, Comment, Page, Paragraph, Span, Speaker
from onrecord.resolving import resolve

_MARK = re.compile(r"(\[\[.*?\]\])", re.DOTALL)


def page_of(marked: str, *, byline: tuple[str, ...] = ()) -> tuple[Page, list[Attribution]]:
    """A page of paragraphs, a line each, and an attribution for each [[source]] in it.

    A line that begins with "# " is a headline.
    """
    text, sources = "", []
    for part in _MARK.split(marked):
        words = part[2:-2] if _MARK.fullmatch(part) else part
        if words is not part:
            sources.append((len(text), len(text) + len(words)))
        text += words
    paragraphs = tuple(
        Paragraph(
            start=line.start() + 2 * line[0].startswith("# "),
            end=line.end(),
            kind="headline" if line[0].startswith("# ") else "body",
        )
        for line in re.finditer(r"[^\n]+", text)
    )
    page = Page(id="x", text=text, paragraphs=paragraphs, byline=byline)
    return page, [attribution(number, span) for number, span in enumerate(sources)]


def attribution(number: int, *source: Span, **fields: object) -> Attribution:
    """An attribution with that source; its content is the character behind it."""
    content = ((source[-1][1], source[-1][1] + 1),) if source else ((0, 1),)
    given: dict[str, object] = {
        "id": number,
        "source": source,
        "cue": (),
        "content": content,
        "kind": "indirect",
        "within": None,
        "speaker": None,
        "source_type": None,
        "cue_class": None,
        "negated": None,
        "confidence": 0.5,
        "comment": None,
        **fields,
    }
    return Attribution(**given)  # type: ignore[arg-type]


def comment_on(page: Page, start: int, *, author: str | None) -> Page:
    """The page with everything from a place on as a comment."""
    comment = Comment(
        id=0,
        parent=None,
        author=author,
        posted=None,
        posted_text=None,
        start=start,
        end=len(page.text),
    )
    article = tuple(one for one in page.paragraphs if one.end <= start)
    return Page(id=page.id, text=page.text, paragraphs=article, comments=(comment,))


def speakers_of(marked: str) -> tuple[Speaker, ...]:
    """The speakers of the marked sources, in the order in which they first speak."""
    return resolve(*page_of(marked)).speakers


def said_by(marked: str) -> list[str | None]:
    """The names of the speakers of the marked sources."""
    resolved = resolve(*page_of(marked))
    names = {speaker.id: speaker.name for speaker in resolved.speakers}
    return [None if a.speaker is None else names[a.speaker] for a in resolved.attributions]

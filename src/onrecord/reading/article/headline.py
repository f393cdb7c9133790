"""Which of the titles and headings of a page is its headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.reading.article.declared import LEVELS, Declared, Heading
from onrecord.reading.article.passages import Passages, key

LONG = 300
"""Characters of the longest headline."""

LINES = 400
"""Other lines that are looked at where no heading agrees with what is declared."""

SMALL = 0.25
"""A heading that is a smaller part of the title is the site's name, or a kicker."""

_MARKS = "-|–—:·•»«<>~/"
_SPLIT = re.compile(r"\s+[-|–—:·•»«<>~]+\s+")


def find_headline(
    found: Passages, declared: Declared, sites: Iterable[str]
) -> tuple[str | None, int | None]:
    """The heading that the page declares as its title, as it is shown, and its passage.

    What is declared can have the site's name behind it, or a kicker or the authors around it;
    a heading can have a kicker too. Without an agreeing heading the declared title counts.
    """
    known = {key(site) for site in sites} - {""}
    titles = [without for title in declared.titles if (without := _without_site(title, known))]
    last = _without_site(declared.title, known)
    headings = [
        heading
        for heading in declared.headings
        if key(heading.text) not in known and len(heading.text) <= LONG
    ]
    text = _agreeing(headings, [*titles, last])
    highest = [heading.text for heading in headings if heading.level == 3]
    if not text and not titles and len(highest) == 1:
        text = highest[0]
    if not text:
        lines = [Heading(p.text, 0) for p in found.items[:LINES] if len(p.text) <= LONG]
        text = _part(lines, [*titles, last])
    if not text:
        text = _shared([*titles, last]) or (titles[0] if titles else _head(last))
    return text or None, _shown(found, text)


def is_heading(found: Passages, number: int) -> bool:
    """Whether a passage is a heading."""
    return found.elements[found.items[number].at].tag in LEVELS


def _agreeing(headings: Sequence[Heading], titles: Sequence[str]) -> str:
    """The heading that agrees best with a title: the same, then not behind a mark, the highest."""
    best: tuple[tuple[bool, bool, int], str] = ((False, False, 0), "")
    for heading in headings:
        for title in titles:
            same, spelled = _agree(heading.text, title)
            if not same and len(spelled) < SMALL * len(title):
                continue
            rank = (same, not _is_behind(spelled, title), heading.level)
            if spelled and rank > best[0]:
                best = (rank, spelled)
    return best[1]


def _is_behind(part: str, title: str) -> bool:
    """Whether it stands where most titles have the name of the site."""
    before = title[: -len(part)].rstrip()
    return title.endswith(part) and before[-1:] in _MARKS.replace(":", "") and before != ""


def _part(lines: Sequence[Heading], titles: Sequence[str]) -> str:
    """The longest line that is a part of a title, or else a title."""
    parts = [
        (not same, len(spelled), spelled)
        for line in lines
        for title in titles
        for same, spelled in [_agree(line.text, title)]
        if len(spelled) >= SMALL * len(title) > 0 and len(spelled.split()) > 1
    ]
    return max(parts)[2] if parts else ""


def _shown(found: Passages, text: str) -> int | None:
    """The passage that shows the headline: a heading before any other."""
    wanted = key(text)
    shown = [number for number, passage in enumerate(found.items) if passage.key == wanted]
    tags = {number: str(found.elements[found.items[number].at].tag) for number in shown}
    return min(shown, key=lambda number: -LEVELS.get(tags[number], 0)) if wanted and shown else None


def _agree(heading: str, title: str) -> tuple[bool, str]:
    """Whether they are the same, and if one is a part of the other, that part as shown."""
    if not title:
        return False, ""
    if key(heading) == key(title):
        return True, heading
    long, short = (heading, title) if len(heading) > len(title) else (title, heading)
    if len(short) >= 8 and _is_edge(short.casefold(), long.casefold()):
        return False, short
    return False, ""


def _is_edge(part: str, whole: str) -> bool:
    """Whether a text begins or ends with another, and a mark stands between it and the rest."""
    rest = ""
    if whole.startswith(part):
        rest = whole[len(part) :].strip()[:1]
    elif whole.endswith(part):
        rest = whole[: -len(part)].strip()[-1:]
    return rest != "" and rest in _MARKS


def _without_site(title: str, sites: set[str]) -> str:
    """A title without the name of the site before or behind it; nothing if it is no more."""
    title = title[: 2 * LONG]
    if key(title) in sites:
        return ""
    parts = list(_SPLIT.finditer(title))
    if parts and key(title[parts[-1].end() :]) in sites:
        return title[: parts[-1].start()].strip()
    if parts and key(title[: parts[0].start()]) in sites:
        return title[parts[0].end() :].strip()
    return title.strip()


def _shared(titles: Sequence[str]) -> str:
    """With what two titles begin that go on with different marks and names of the site."""
    heads = {_head(title) for title in titles if _head(title) != title}
    return next((head for head in heads if sum(map(head.__eq__, map(_head, set(titles)))) > 1), "")


def _head(title: str) -> str:
    """A title up to its last mark: a site that is not declared has its name behind it."""
    parts = list(_SPLIT.finditer(title))
    if parts and len(title[parts[-1].end() :].split()) <= 5:
        return title[: parts[-1].start()].strip()
    return title

"""Who wrote a comment, as it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.reading.shown_moments import find_moment
from onrecord.reading.thread import hints
from onrecord.reading.thread.outline import Outline
from onrecord.reading.thread.shown import rows
from onrecord.reading.thread.slots import NAME, SMALL, Found, Own

SURE = 3
"""A hint from which even a name that is the same in most blocks ("Guest") is one."""

WEAK = 0.5
"""A score that a link or bold print alone has."""

SAID = 3
"""What "Posted by" and "wrote:" count for."""

_BY = (
    r"(?:(?:posted|written|comment|submitted|geschrieben|verfasst|publi[ée]|écrit|publicado|"
    r"escrito|napisał\w*)\s+)?(?:by|von|par|por|da|di|van|от|od)\b(?:[\s:]+|$)|posted[\s:]+"
)
_LABEL = r"(?:from|author|auteur|autor|name|user(?:name)?|benutzer|pseudo|автор|от)\s*:\s*"
_ONLY_LABEL = re.compile(rf"\s*(?:{_LABEL}|{_BY})\s*", re.I)
_BEFORE = re.compile(rf"^(?:{_LABEL}|{_BY}|on\s.{{0,40}}\d,?\s+)", re.I)
_RIGHT_BEFORE = re.compile(rf"(?:^|[\s,|(])(?:{_BY}|{_LABEL})$", re.I)
_SAYS = (
    r"(?:says|said|wrote|writes|schreibt|schrieb|sagte?|meint|a écrit|dit|dice|"
    r"escribió|ha scritto|scrive|pisze|napisał\w*|пишет|replied|commented)"
)
_AFTER = re.compile(
    rf"[\s,:|·•\-–—(]*(?:\b(?:{_SAYS}|am|on|le|el|у|в)\b[.…]*)?[\s,:|·•\-–—(]*$", re.I
)
_RIGHT_AFTER = re.compile(rf"\s*{_SAYS}\b", re.I)
_UNVERIFIED = re.compile(
    r"\s*\((?:not verified|nicht überprüft|non vérifié|no verificado|non verificato|"
    r"niet (?:gecontroleerd|geverifieerd)|не проверено|niezweryfikowany)\)$",
    re.I,
)
_COUNT = re.compile(r"[^\w]*\d[\d.,/\s]*(?:\s\w+)?[^\w]*|[^\w]+")
_NOT_AUTHOR = hints.NOT_AUTHOR | hints.FURNITURE
_NOT_AROUND = _NOT_AUTHOR - {"meta"}
_NAMING_TAGS = frozenset("cite b strong h3 h4 h5 address".split())


def find_authors(
    outline: Outline, own: Own, repeated: frozenset[str], time: Found | None
) -> Iterator[Found]:
    """What may be the author of a block's comment, whose time is known."""
    beside = _before(outline, own, time.at) if time else None
    for at in own.visible():
        if at == own.start or outline.end[at] - at > SMALL:
            continue
        labelled = _behind_label(outline, at)
        if labelled:
            yield Found(at, ("behind", *own.slots[at]), SAID, labelled, behind=True)
            continue
        words = outline.words[at]
        # Of equals the first: below a comment there may be who edited or liked it.
        score = _score(outline, at, own.start) - 0.001 * (at - own.start)
        score -= 4 * (not words.isdisjoint(_NOT_AUTHOR))
        score += at == beside
        said = _is_said(outline, at)
        if said:
            score = max(score, 0) + SAID
        if score <= WEAK or outline.amount(at) > 2 * NAME:
            continue
        found = _name_in(outline, at)
        if found is None or (found.casefold() in repeated and _hint(words) < SURE):
            continue
        score -= 4 * (_COUNT.fullmatch(found) is not None) + 0.5 * found.startswith("@")
        if score > WEAK and found.casefold() not in hints.REPLY_WORDS:
            yield Found(at, own.slots[at], score, found)


def _before(outline: Outline, own: Own, time_at: int) -> int | None:
    """The element with the last text before the time: often the author, whatever its name."""
    before = (
        at
        for at in range(time_at - 1, max(own.start, time_at - SMALL), -1)
        if at in own.slots and (outline.elements[at].text or "").strip()
    )
    return next(before, None)


def _name_in(outline: Outline, at: int) -> str | None:
    """The name in an element, without the time that stands beside it."""
    text = next(iter(rows(outline, at)), "")
    if outline.end[at] - at > 1:  # The line, not what a break parts.
        text = " ".join((text, *rows(outline, at)[1:])) if _BEFORE.match(text) else text
    moment = find_moment(text)
    if moment and not _BEFORE.match(text):
        return None
    return clean_name(text.replace(moment, "") if moment else text) or None


def _behind_label(outline: Outline, at: int) -> str:
    """The name in the text behind a label: "<b>From:</b> Ana"."""
    element = outline.elements[at]
    if outline.end[at] - at > 1 or not _ONLY_LABEL.fullmatch(element.text or ""):
        return ""
    return clean_name(element.tail or "")


def _is_said(outline: Outline, at: int) -> bool:
    """Whether words say that it is the author: "Posted by X", "X wrote:"."""
    element = outline.elements[at]
    own = " ".join((element.text or "").split())
    if (
        _BEFORE.match(own) and clean_name(own.replace(find_moment(own) or " ", ""))
    ) or _RIGHT_AFTER.match(element.tail or ""):
        return True
    before, above = element.getprevious(), element.getparent()
    text = above.text if before is None and above is not None else None
    if before is not None:
        text = before.tail if (before.tail or "").strip() else before.text
    return bool(_RIGHT_BEFORE.search((text or "")[-NAME:]))


def clean_name(text: str) -> str:
    """A name without the words around it ("Posted by: … says:"); "" where it is none."""
    text = " ".join(text.split())
    text = _AFTER.sub("", _BEFORE.sub("", _UNVERIFIED.sub("", text), count=1), count=1)
    return text if len(text) <= NAME and any(map(str.isalnum, text)) else ""


def _score(outline: Outline, at: int, start: int) -> float:
    """How likely an element is the author's: by its names, those around it, its link."""
    element = outline.elements[at]
    score, reach = float(_hint(outline.words[at])), 0.7
    for above in outline.around(at):
        if above <= start or reach < 0.2:
            break
        if not outline.words[above].isdisjoint(_NOT_AROUND):
            score -= 1
        score = max(score, reach * _hint(outline.words[above]))
        reach -= 0.15
    if element.tag == "a":
        score += 1 + 2 * bool(hints.USER_LINK.search(element.get("href") or ""))
    return score + (element.tag in _NAMING_TAGS)


def _hint(words: frozenset[str]) -> int:
    return max((hints.AUTHOR[word] for word in words if word in hints.AUTHOR), default=0)

"""Lines that head a comment: a name with a time, or with another mark of a comment.

::

    one line      "Ana am 3. Mai 2024 - 13:11", "Ana 4 hours ago | link", "1. Ana • 2 weeks ago"
    two lines     "Ana says:", then "May 3, 2024 at 5:01 pm"
    no time       "Ana says:", "Ana am Permalink", where a tool has lost the time

A head alone says little: dates and names stand in every article. See `choice`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import NamedTuple

from onrecord.reading.shown_moments import find_moment
from onrecord.reading.text_thread import labels, words
from onrecord.reading.text_thread.lines import NUMBER, Line

HEAD = 120
"""Characters of the longest line that can be a head: a name of `NAME`, a time, some words."""

NAME = 60
"""Characters that a commenter's name has at the most."""

NAME_WORDS = 7
"""Words that it has at the most: "Willi Müller alias Jupp Schmitz" has 5."""

BEHIND = 40
"""Characters that can stand behind the time: the name of the one who is answered."""

_ABBREVIATED = re.compile(r"(?:^|[\s.])\w{1,3}\.$")
_ADDRESS = re.compile(r"://|www\.|@\w+\.\w")
_GLUED = re.compile(
    r"(?<=[^\W_])(?=(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
    r" \d{1,2}, \d{4})"
)
_NUMBERED = re.compile(r"(?:[+–−-]?\d+ )?#\d+(?:\.\d+)* |[+–−-]\d+ |\[[+–−-]\] ?")
_SCORE = re.compile(rf"(?: \d+ ?(?:{words.SCORES}))+$", re.I)
_LAST = (
    words.CONNECT | {"link", "permalink", "permanent", "permanente", "permanentlink"} | words.LINK
)
_PARENTHESES = re.compile(r" ?\(([^()]*)\)$")
_PUNCTUATION = " \t|•·,;:–—-(@/~»›#*_["
_SENTENCE = tuple('.…"”“»')
_CALL = tuple("!?")


class Head(NamedTuple):
    """The head of a comment."""

    first: int
    """Its first line."""
    last: int
    """Its last line; the one before ``first`` where a comment has no head at all."""
    author: str | None = None
    posted: str | None = None
    """The time as it is shown."""
    form: str = ""
    """What heads of one thread have in common."""
    linked: bool = False
    """It has a link to the comment."""
    said: bool = False
    """"Ana says"."""
    addressed: bool = False
    """It names the one who is answered."""


class _Parts(NamedTuple):
    """What a line holds besides a time."""

    name: str
    posted: str | None
    connector: str
    linked: bool
    said: bool
    addressed: bool


def find_heads(text: str, lines: Sequence[Line]) -> list[Head]:
    """Every line, or pair of lines, that can be the head of a comment, in order."""
    heads: list[Head] = []
    for at, line in enumerate(lines):
        parts = _parts(text, line)
        if parts is None:
            continue
        mark = "" if not line.mark else "•"
        if parts.name:
            form = f"one {mark} {parts.connector} {'link' if parts.linked else ''}"
            if parts.posted is None:
                form = f"untimed {mark} {parts.connector}"
            heads.append(Head(at, at, parts.name, parts.posted, form, *parts[3:]))
        elif parts.posted:
            head = _two_lines(text, lines, at, parts, heads)
            if head:
                heads.append(head)
    return heads


def is_time(text: str) -> bool:
    """Whether a text is a time."""
    return len(text) <= HEAD and _moment(text) == text


def is_name(text: str) -> bool:
    """Whether a text can be the name of a commenter."""
    if not 0 < len(text) <= NAME or len(text.split()) > NAME_WORDS:
        return False
    if not any(map(str.isalpha, text)) or _ADDRESS.search(text):
        return False
    if text.endswith(_SENTENCE) and not _ABBREVIATED.search(text):
        return False
    if text.endswith(_CALL) and len(text.split()) > 2:  # "Save-the-Orla!" is a nickname.
        return False
    return not (
        labels.is_furniture(text) or labels.is_form(text) or labels.heading(text) is not None
    )


def name_of(shown: str) -> str:
    """The name in a line that holds nothing else."""
    return shown.strip(_PUNCTUATION)


def addresses(said: str, names: Set[str]) -> bool:
    """Whether a comment begins with the name of a commenter: "@Ana Bell Yes"."""
    if not said.startswith("@"):
        return False
    tokens = said[1 : NAME + 1].replace(":", " ").replace(",", " ").split()[:NAME_WORDS]
    return any(" ".join(tokens[: end + 1]) in names for end in range(len(tokens)))


def plain(text: str, line: Line) -> str:
    """A line without its bullet, with single spaces."""
    return " ".join(text[line.body : line.end].split())


def _two_lines(
    text: str, lines: Sequence[Line], at: int, time: _Parts, heads: list[Head]
) -> Head | None:
    """The head that ends in a line with a time, and begins in one with a name."""
    below = plain(text, lines[at + 1]) if at + 1 < len(lines) else ""
    if time.name == "" and words.FROM.match(below) and len(below) <= HEAD:
        name, _, addressed = _name(below)
        if is_name(name):
            return Head(at, at + 1, name, time.posted, "from", time.linked, False, addressed)
    above = at - 1
    if above > 0 and words.letters(plain(text, lines[above])) in words.BADGES:
        above -= 1
    if above < 0 or lines[above].end - lines[above].body > HEAD:
        return None
    shown = plain(text, lines[above])
    name, connector, addressed = _name(shown)
    said = _said(connector) or time.said
    if heads and heads[-1].last >= above:
        if heads[-1].last > above or heads[-1].posted:
            return None
        heads.pop()  # "Ana says:" has its time here.
    if not is_name(name) or (connector and not said) or _moment(shown):
        return None
    mark = "" if not lines[above].mark else "•"
    form = f"two {mark} {'says' if said else ''}"
    return Head(above, at, name, time.posted, form, time.linked, said, addressed or time.addressed)


def _parts(text: str, line: Line) -> _Parts | None:
    if line.end - line.body > HEAD:
        return None
    shown = _parted(plain(text, line))
    posted = _moment(shown)
    if line.mark == NUMBER:
        whole = " ".join(text[line.start : line.end].split())
        dated = _moment(whole)
        if dated and whole.startswith(dated):  # "3. Mai 2024" is no third item.
            shown, posted = whole, dated
    if posted is None:
        return _untimed(shown)
    before, _, behind = shown.partition(posted)
    if words.BYLINE.match(before):
        return None
    name, connector, answers = _name(before)
    said = _said(connector)
    if connector.startswith(":") and not said:  # "Last post: 3 May 2024"
        return None
    behind = behind.strip(_PUNCTUATION + ")].")
    linked, addressed = False, answers
    if behind:
        if labels.heading(behind) is not None:  # An article, with the number of its comments.
            return None
        label = labels.is_furniture(behind)
        linked = label and labels.has_link(behind)
        addressed |= bool(words.ADDRESSED.match(behind)) or not (name or label)
        said = said or words.letters(behind) in words.SAYS
        if len(behind) > BEHIND or not (label or addressed or said):
            return None
    if name and not is_name(name):
        return None
    return _Parts(name, posted, "says" if said else connector, linked, said, addressed)


def _parted(shown: str) -> str:
    """A name and a month that a tool has glued to it: "Ana BellMay 3, 2024"."""
    return _GLUED.sub(" ", shown)


def _moment(shown: str) -> str | None:
    found = find_moment(shown)
    if found is None:
        now = words.NOW.search(shown)
        return now[0] if now else None
    at = shown.find(found)
    if at > 0 and shown[at - 1].isalnum():
        # "ana77 May 31, 2024" has no 77th of May, but "Ana2 weeks ago" is glued together.
        return find_moment(shown[at:].partition(" ")[2]) or found
    return found


def _untimed(shown: str) -> _Parts | None:
    """A line that holds a name, and words that stand between a name and a time."""
    final = shown.rpartition(" ")[2]
    if final == shown or words.letters(final) not in _LAST:
        return None  # Most lines go this way.
    name, connector, addressed = _name(shown)
    linked = False
    for tail in (2, 1):
        rest = shown.rsplit(maxsplit=tail)
        if len(rest) == tail + 1 and words.letters("".join(rest[1:])) in words.LINK:
            linked = True
            name, connector, addressed = _name(rest[0])
            break
    said = _said(connector) and shown.endswith(":")
    # Of the other words, "at", "on" and the like are left behind where a time was lost.
    if not (linked or said or connector.isalpha()) or not is_name(name):
        return None
    return _Parts(name, None, f"{connector}{'link' if linked else ''}", linked, said, addressed)


def _name(before: str) -> tuple[str, str, bool]:
    """The name before a time, what joins the two, and whether someone is answered."""
    before = (
        _NUMBERED.sub("", before.strip(), count=1) if before[:1] in "+–−-#[0123456789" else before
    )
    by = words.POSTED_BY.match(before)
    if by:
        before = before[by.end() :]
    before, *answered = words.ADDRESSED_BEHIND.split(before, maxsplit=1)
    tokens = before.split()
    end = len(tokens)
    while end and _joins(tokens[end - 1]):
        end -= 1
    name = _SCORE.sub("", " ".join(tokens[:end]))
    bare = name.rstrip(_PUNCTUATION).lstrip("*_#@[ ")
    joint = name[len(name.rstrip(_PUNCTUATION)) :] + " ".join(tokens[end:])
    badge = _PARENTHESES.search(bare)
    if badge and labels.is_badge(badge[1]):
        bare = bare[: badge.start()]
    if not any(map(str.isalpha, bare)):  # "#1.1 — 3 May 2024"
        return "", "", bool(answered)
    return bare, joint.casefold(), bool(answered)


def _joins(token: str) -> bool:
    return not any(map(str.isalnum, token)) or words.letters(token) in words.CONNECT


def _said(connector: str) -> bool:
    return any(word in words.SAYS for word in re.findall(r"[^\W\d_]+", connector))

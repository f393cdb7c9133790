"""The people that a byline names, as the page writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.reading.article.passages import key
from onrecord.reading.shown_moments import find_moment

LONG = 200
"""Characters of the longest byline."""

NAMES = 20
"""People of one byline at the most."""

_WORDS = 5
"""Words of the longest name."""

BY = re.compile(
    r"^\W*(?:(?:(?:\w+ed|article|artikel|story|report|texte?)\s+)?(?:by|von|par|por|от)\b|"
    r"(?:da|di|door|av|af|przez)\b(?=\s+\S+\s+\S)|"
    r"(?:автор\w*|authors?|autor(?:in|en|es|a)?|auteurs?|autore|texte?|words)\s*(?::|(?:by|von)\b))"
    r"\s*:?\s*",
    re.I,
)
"""What stands before the names where a byline is shown."""

_NOISE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\S*@\S*|\b(?:https?:|www\.)\S*", re.I)
_PARTS = re.compile(
    r"\s+(?:and|und|et|with|mit|avec|con|и|och|og|on)\s+|\s+[ye]\s+(?=\S+\s+\S)|"
    r"\s*[;&/|•·]\s*|,\s+|\s+[–—-]\s+|\s+(?=\d)|\n",
    re.I,
)
_HONOUR = re.compile(r"^(?:(?:professor|prof|dr|sir|dame|rev|lord|lady)\b\.?\s*)+", re.I)
_NOT_PEOPLE = frozenset(
    """
    staff redaktion redaction rédaction redazione redacción redacao redactie редакция editor
    editors editorial desk team news newsroom agency agencies agentur agenturen press presse
    reporter reporters correspondent correspondents writer writers contributor contributors
    contributing guest admin administrator webmaster author authors online magazine wire service
    services media group inc ltd llc gmbh ag foundation institute center centre university
    department office bureau reuters afp ap dpa apa upi bloomberg tass xinhua ansa efe kna
    epd sid unknown anonymous user posts bio profile more articles article all view follow share
    twitter facebook instagram linkedin email e-mail mail print comment comments subscribe updated
    published posted senior chief deputy executive director manager analyst president
    associate assistant special political national international column columnist technologist
    autor autorin redakteur redakteurin korrespondent korrespondentin gastautor gastbeitrag
    autoren auteur journaliste the our your this my on at in for to am um about
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    """.split()
) - {"may", "april", "june", "august"}
"""Words that no name has; the months among them are those that no person is called."""

_PARTICLES = frozenset(
    """
    von van de der den del della di da dos das du la le el al bin ibn ben zu zur zum ter ten te y
    e st af av
    """.split()
)


def people_in(value: str, sites: Iterable[str], *, strict: bool = False) -> list[str]:
    """The names in a byline; nothing for agencies, the site itself, its staff, links.

    ``strict`` is for text that only looks like a byline: names of two words or more, each
    with a capital letter.
    """
    if len(value) > LONG:
        return []
    known = {key(site) for site in sites}
    moment = find_moment(value) if any(map(str.isdigit, value)) else None
    before, _, behind = value.partition(moment) if moment else (value, "", "")
    text = before if any(map(str.isalpha, BY.sub("", before))) else behind
    text = BY.sub("", _NOISE.sub(" ", text), count=1)
    inverted = _inverted(text)
    names = []
    for part in [inverted] if inverted else _PARTS.split(text):
        part = BY.sub("", part, count=1).strip(" \t.:*|-–—")
        if _is_person(part, known, strict=strict):
            names.append(" ".join(part.split()))
        elif names and part:
            break  # What follows the first thing that is no name is a role, a date.
    return names[:NAMES]


def once_each(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in its fullest form."""
    kept: list[tuple[str, set[str]]] = []
    for name in names:
        words = set(_words(name))
        if not any(words <= other for _, other in kept):
            kept = [(one, other) for one, other in kept if not other < words]
            kept.append((name, words))
        if len(kept) == NAMES:
            break
    return tuple(name for name, _ in kept)


def _is_person(name: str, sites: set[str], *, strict: bool) -> bool:
    words = _HONOUR.sub("", name).split()
    if not 0 < len(words) <= _WORDS or not 2 <= len(name) <= 60 or key(name) in sites:
        return False
    if any(c.isdigit() for c in name) or not any(c.isalpha() for c in name):
        return False
    if any(word in _NOT_PEOPLE for word in _words(name)) or re.search(r"\w{2}\.[a-z]{2,}$", name):
        return False
    if len(words) == 1:
        # AP, AFP: an agency. A single name is a person's only where the page says so.
        return not strict and not (name.isupper() and len(name) <= 5)
    capital = [w[0].isupper() or not w[0].isalpha() or w.lower() in _PARTICLES for w in words]
    return all(capital) or not (strict or any(capital) or len(words) > 3)


def _inverted(text: str) -> str:
    """ "Bell, Anna" the other way round."""
    match = re.fullmatch(r"\s*([\w'’-]{2,}),\s+(\w[\w'’-]+(?: \w\.?)?)\s*", text)
    if not match or any(word in _NOT_PEOPLE for word in _words(text)):
        return ""
    return f"{match[2]} {match[1]}"


def _words(name: str) -> Iterator[str]:
    yield from re.findall(r"[^\W\d_]+", name.casefold())

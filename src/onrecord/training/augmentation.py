"""The same attributions as other pages set them.

A campaign's news shows few of the ways in which pages mark a quotation. Each epoch an
article may come in another style of quotation marks, and a quotation that is a paragraph
with its source may stand on its own paragraph, led in by the source ("Ann Lee said:") or
signed with it ("— Ann Lee"), as pull quotes and readers' voices are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import NamedTuple

from onrecord.encoder.quotation import quoted_stretches
from onrecord.evaluation.corpus import ROLES, Article, Roles
from onrecord.records import Span

RESTYLED = 0.25
"""Share of articles that get other quotation marks."""

RESET = 0.4
"""Share of the quotations that could stand alone, and then do."""

MARKS = (("“", "”"), ('"', '"'), ("''", "''"), ("‘", "’"), ("«", "»"), ("„", "“"))

DASHES = ("—", "–", "―", "-")

GAPS = ("\n\n", "\n\n", "\n", " ")
"""What stands between a quotation that is set apart and its source."""

LEFT_OUT = 4
"""Words ("on Tuesday", "in a call") that a quotation may lose when it is set apart."""

_PARAGRAPH = re.compile(r"\S(?:.*\S)?")

_MARKED = re.compile(
    r"(?P<opens>(?P<wide>''|``)|(?P<double>[\"“„«»‟＂″])|['‘](?!'))"
    r"(?P<words>.+)"
    r"(?P<closes>(?(wide)''|(?(double)[\"”»«“＂″]|['’])))",
    re.DOTALL,
)
"""A quotation that its marks open and close."""

_WORD = re.compile(r"\w+")

_NAME = re.compile(r"(?!(?:He|She|It|I|We|They|You|Who|That|One)\b)[A-Z]")


class Edit(NamedTuple):
    """The text from ``start`` to ``end`` becomes ``new``."""

    start: int
    end: int
    new: str


def vary(article: Article, random: Random) -> Article:
    """An article in another of its guises, or the very same one where nothing changes."""
    if random.random() < RESTYLED:
        article = restyle(article, *random.choice(MARKS))
    return reset(article, random)


def restyle(article: Article, opening: str, closing: str) -> Article:
    """The article with these marks around its quotations."""
    edits = []
    for paragraph in _PARAGRAPH.finditer(article.text):
        for start, end in quoted_stretches(paragraph[0]):
            parts = _MARKED.fullmatch(paragraph[0], start, end)
            # A mark within the quotation would be taken for one of its edges.
            if parts and not _holds(parts["words"], opening, closing):
                a, b = paragraph.start() + start, paragraph.start() + end
                edits += [
                    Edit(a, a + len(parts["opens"]), opening),
                    Edit(b - len(parts["closes"]), b, closing),
                ]
    return _edited(article, edits)


def _holds(words: str, opening: str, closing: str) -> bool:
    return opening in words or (closing != "’" and closing in words)


def reset(article: Article, random: Random) -> Article:
    """The article with some quotations on a paragraph of their own."""
    for paragraph in reversed(list(_PARAGRAPH.finditer(article.text))):
        alone = _alone(article, paragraph.span())
        if alone is not None and random.random() < RESET:
            article = _set_apart(article, paragraph.span(), alone, random)
    return article


def _alone(article: Article, paragraph: Span) -> int | None:
    """The number of the attribution that is a whole paragraph: a quotation and who says it."""
    start, end = paragraph
    here = [
        number
        for number, one in enumerate(article.attributions)
        if any(a < end and b > start for role in ROLES for a, b in getattr(one, role))
    ]
    if len(here) != 1:
        return None
    one = article.attributions[here[0]]
    spans = sorted((*one.source, *one.cue, *one.content))
    if not (len(one.source) == len(one.cue) == 1 and one.content):
        return None
    if spans[0][0] < start or spans[-1][1] > end or any(a[1] > b[0] for a, b in pairwise(spans)):
        return None
    if not all(_is_quotation(article.text[a:b]) for a, b in one.content):
        return None
    if not _NAME.match(article.text, *one.source[0]):
        return None
    edges = [start, *(edge for span in spans for edge in span), end]
    rest = " ".join(article.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    return here[0] if len(_WORD.findall(rest)) <= LEFT_OUT else None


def _is_quotation(text: str) -> bool:
    return quoted_stretches(text) == [(0, len(text))] and _MARKED.fullmatch(text) is not None


def _set_apart(article: Article, paragraph: Span, number: int, random: Random) -> Article:
    start, end = paragraph
    one = article.attributions[number]
    quotation = _joined([article.text[a:b] for a, b in sorted(one.content)])
    name = article.text[slice(*one.source[0])].rstrip(" ,")
    gap = random.choice(GAPS)
    if random.random() < 0.5:
        dash, space = random.choice(DASHES), random.choice(("", " "))
        parts = [("content", quotation), ("", gap), ("cue", dash), ("", space), ("source", name)]
    else:
        cue = article.text[slice(*one.cue[0])].rstrip(" ,:") + ":"
        space = " "
        if random.random() < 0.2:
            cue, space = ":", ""
        parts = [("source", name), ("", space), ("cue", cue), ("", gap), ("content", quotation)]
    spans: dict[str, Span] = {}
    new = ""
    for role, part in parts:
        spans[role] = (start + len(new), start + len(new) + len(part))
        new += part
    moved = _edited(article, [Edit(start, end, new)])
    attributions = list(moved.attributions)
    attributions[number] = Roles(*((spans[role],) for role in ROLES))
    return replace(moved, attributions=tuple(attributions))


def _joined(quotations: Sequence[str]) -> str:
    """A quotation that its source parted, in one: “Go,” “Now.” becomes “Go. Now.”"""
    parts = [found for one in quotations if (found := _MARKED.fullmatch(one))]
    words = parts[0]["words"]
    for part in parts[1:]:
        if part["words"][0].isupper():
            words = words.rstrip(",")
            words += "" if words[-1:] in ".!?…" else "."
        words += " " + part["words"]
    return parts[0]["opens"] + words + parts[-1]["closes"]


def _edited(article: Article, edits: Sequence[Edit]) -> Article:
    """The article with edits that do not overlap, in order; its spans moved along."""
    edits = [edit for edit in edits if article.text[edit.start : edit.end] != edit.new]
    if not edits:
        return article  # The very same: whoever varies articles can tell that nothing changed.
    parts, at = [], 0
    starts, shifts = [], []
    shift = 0
    for edit in edits:
        parts += [article.text[at : edit.start], edit.new]
        at = edit.end
        shift += len(edit.new) - (edit.end - edit.start)
        starts.append(edit.end)
        shifts.append(shift)
    text = "".join(parts) + article.text[at:]

    def moved(position: int) -> int:
        done = bisect_right(starts, position)
        return position + (shifts[done - 1] if done else 0)

    def all_moved(spans: Iterable[Span]) -> tuple[Span, ...]:
        return tuple((moved(a), moved(b)) for a, b in spans)

    attributions = tuple(
        Roles(*(all_moved(getattr(one, role)) for role in ROLES)) for one in article.attributions
    )
    return replace(article, text=text, attributions=attributions)

"""How well pages were read: their comments, headline, day, byline, and the article's edges.

found    Comments of the gold that were found, one to one: the text begins or ends alike.
text     … begins and ends alike.
author   … found, and of the same author.
parent   … found, and an answer to the same comment, or to none.
time     … found, and of the same moment, or shown as the same words where the gold has no
         moment. Comments to which the gold gives no time are left out.

The rest is counted once a page, where the gold has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from onrecord.errors import CorpusError
from onrecord.evaluation.gold_pages import (
    GoldComment,
    GoldPage,
    begins,
    ends,
    key,
    people,
    read_gold,
    same,
)
from onrecord.evaluation.scores import Scores, matched
from onrecord.options import ReadingOptions
from onrecord.reading import read_page
from onrecord.records import Comment, Page

COMMENT_FIGURES = ("found", "text", "author", "parent", "time")
"""The figures that are counted a comment, not a page."""


@dataclass(frozen=True, slots=True)
class PageExample:
    """One page as it was read, and what is there."""

    name: str
    predicted: Page
    gold: GoldPage


def read_examples(
    folder: Path, *, gold: Path | None = None, form: str | None = None
) -> Iterator[PageExample]:
    """The pages of a folder that have gold, read now.

    A folder holds ``html/NAME.html`` and ``gold/NAME.json``, or the gold is in a folder of
    its own. With ``form`` the plain texts ``text/NAME.FORM.txt`` are read instead; pages
    that have none are left out. Raises `CorpusError`, or `InputError` for a page that
    cannot be read.
    """
    examples = 0
    for name, page in read_gold(gold or folder / "gold"):
        path = folder / "html" / f"{name}.html"
        if form:
            path = folder / "text" / f"{name}.{form}.txt"
            if not path.exists():
                continue
        if not path.exists():
            raise CorpusError(f"there is no {path} to the gold of {name!r}.")
        examples += 1
        predicted = read_page(path.read_bytes(), str(path), ReadingOptions())
        yield PageExample(name=name, predicted=predicted, gold=page)
    if not examples:
        raise CorpusError(f"{folder / 'text'} holds no page as NAME.{form}.txt.")


def score_page(example: PageExample) -> Scores:
    """The scores of one page."""
    page, gold = example.predicted, example.gold
    pairs = pair_comments(page, gold.comments)
    sizes = len(page.comments), len(gold.comments)
    parents = {one.id: (pairs[one.id].id if one.id in pairs else -1) for one in gold.comments}
    found = [(one, pairs[one.id]) for one in gold.comments if one.id in pairs]
    timed = [(one, other) for one, other in found if one.time or one.time_text]
    counts = {
        "found": matched(len(found), *sizes),
        "text": matched(sum(_alike(a, _text(page, b)) == 2 for a, b in found), *sizes),
        "author": matched(sum(same(a.author, b.author) for a, b in found), *sizes),
        "parent": matched(
            sum((a.parent and parents.get(a.parent, -1)) == b.parent for a, b in found), *sizes
        ),
        "time": matched(
            sum(_same_time(*pair) for pair in timed),
            len(timed),
            sum(bool(one.time or one.time_text) for one in gold.comments),
        ),
    }
    return Scores(counts) + Scores(
        {name: matched(right, 1, 1) for name, right in _article(page, gold)}
    )


def _article(page: Page, gold: GoldPage) -> Iterator[tuple[str, bool]]:
    """Which of the article's figures the gold has, and whether each is right."""
    bodies = [p for p in page.paragraphs if p.kind not in ("headline", "standfirst")]
    first = page.text[bodies[0].start : bodies[0].end] if bodies else ""
    last = page.text[bodies[-1].start : bodies[-1].end] if bodies else ""
    if gold.headline:
        titles = (gold.headline, gold.headline_alt or gold.headline)
        yield "headline", any(same(title, page.headline) for title in titles)
    if gold.date:
        yield "date", (page.published or "")[:10] == gold.date
    if gold.byline:
        names = people(gold.byline)
        right = sum(any(same(gold, name) for gold in names) for name in page.byline)
        yield "byline", right == len(page.byline) == len(names)
    if gold.first_paragraph_start:
        yield "body begins", begins(key(first), gold.first_paragraph_start)
    if gold.last_paragraph_end:
        yield "body ends", ends(key(last), gold.last_paragraph_end)
    if gold.lede_start:
        ledes = [page.text[p.start : p.end] for p in page.paragraphs if p.kind == "standfirst"]
        yield "standfirst", bool(ledes) and begins(key(ledes[0]), gold.lede_start)


def pair_comments(page: Page, gold: Sequence[GoldComment]) -> dict[int, Comment]:
    """Which comment of the page each of the gold's is, by the gold's id.

    Those that begin and end alike come first, of the same author before others, then those
    that only begin or end alike.
    """
    pairs: dict[int, Comment] = {}
    free = {comment.id: (comment, _text(page, comment)) for comment in page.comments}
    for alike, same_author in ((2, True), (2, False), (1, True), (1, False)):
        for one in gold:
            if one.id in pairs:
                continue
            for comment, text in free.values():
                if same_author and not same(one.author, comment.author):
                    continue
                if _alike(one, text) >= alike:
                    pairs[one.id] = free.pop(comment.id)[0]
                    break
    return pairs


def _text(page: Page, comment: Comment) -> str:
    return key(page.text[comment.start : comment.end])


def _alike(one: GoldComment, text: str) -> int:
    """At how many of its two edges a comment's text is the gold's."""
    if not one.text_start:
        return 0 if text else 2
    return begins(text, one.text_start) + ends(text, one.text_end)


def _same_time(one: GoldComment, comment: Comment) -> bool:
    shown = key(comment.posted_text or "")
    if shown and shown in key(one.time_text or one.time or "") and not _moment(one.time):
        return True
    moment, posted = _moment(one.time), _moment(comment.posted)
    return moment is not None and moment == posted


def _moment(value: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(value or "")
    except ValueError:
        return None

"""Names in lines in title case, where capitals tell none: those that the page knows."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.records import Span
from onrecord.resolving.first_names import first_names
from onrecord.resolving.names import Name, Word, cut_words, fold, in_capitals


def find_in_headlines(text: str, paragraphs: Sequence[Span], names: Sequence[Name]) -> list[Name]:
    """The names in lines in title case that stand elsewhere too.

    A first name before a surname that stands elsewhere makes a name as well ("Ida Vale" in
    the headline of a page that calls her Vale).
    """
    keys = {name.key for name in names}
    surnames = {key[-1] for key in keys}
    longest = max(map(len, keys), default=0)
    found = []
    for start, end in paragraphs:
        if not in_capitals(text[start:end]):
            continue
        words = list(cut_words(text, start, end))
        folded = [fold(word.text) for word in words]
        at = 0
        while at < len(words):
            size = next((n for n in range(longest, 0, -1) if tuple(folded[at : at + n]) in keys), 0)
            if size < 2 and _whole_name(text, words[at : at + 2], folded[at : at + 2], surnames):
                size = 2
            if size and words[at].text[0].isupper():
                found.append(_name(words[at : at + size]))
            at += max(size, 1)
    return found


def _whole_name(
    text: str, words: Sequence[Word], folded: Sequence[str], surnames: set[str]
) -> bool:
    return (
        len(words) == 2
        and folded[0] in first_names()
        and folded[1] in surnames
        and text[words[0].end : words[1].start] == " "
    )


def _name(words: Sequence[Word]) -> Name:
    return Name(
        start=words[0].start,
        end=words[-1].end,
        words=tuple(word.text for word in words),
        possessive=words[-1].possessive,
        sure=False,
    )

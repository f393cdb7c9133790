"""Where the text of each comment begins and ends, between its head and the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from onrecord.reading.text_thread import labels, words
from onrecord.reading.text_thread.heads import Head, is_name
from onrecord.reading.text_thread.sheet import Sheet


def cut(sheet: Sheet, heads: Sequence[Head]) -> Iterator[tuple[int, int]]:
    """The first line of each comment's text, and the one behind its last."""
    repeated = sheet.repeated(heads)
    stretches = list(sheet.stretches(heads))
    if stretches:
        start, _ = stretches[-1]
        stretches[-1] = start, _end(sheet, heads, stretches)
    for start, end in stretches:
        foot = sheet.foot(start, end)
        yield _stripped(sheet, start, end if foot is None else foot, repeated)


def _end(sheet: Sheet, heads: Sequence[Head], stretches: Sequence[tuple[int, int]]) -> int:
    """Where the last comment ends, and what follows is the page's.

    That is at its link to answer, at a form, or where lines stand further left than those
    of any comment before.
    """
    start, end = stretches[-1]
    feet = sum(sheet.foot(*stretch) is not None for stretch in stretches[:-1])
    foot = sheet.foot(start, end) if 2 * feet >= len(heads) - 1 else None
    margin = min(
        (
            sheet.lines[at].column - sheet.lines[head.first].column
            for head, stretch in zip(heads[:-1], stretches, strict=False)
            for at in range(*stretch)
        ),
        default=0,
    )
    margin += sheet.lines[heads[-1].first].column
    for at in range(start, end):
        if at == foot or sheet.lines[at].column < margin:
            return at
        if sheet.is_short(at) and labels.is_form(sheet.shown(at)):
            return at
    return end


def _stripped(sheet: Sheet, start: int, end: int, repeated: frozenset[str]) -> tuple[int, int]:
    """Without the page's own lines at both ends."""

    whole = _without(range(start, end), lambda at: sheet.key(at) in repeated)
    kept = _without(whole, lambda at: sheet.key(at) in repeated or _is_furniture(sheet, at))
    if len(kept) > 1 and (sheet.key(kept[0]) in words.BADGES or _answers(sheet, kept[0])):
        kept = kept[1:]
    # A comment may consist of a word that is a label elsewhere.
    kept = kept or whole
    return kept.start, kept.stop


def _is_furniture(sheet: Sheet, at: int) -> bool:
    return sheet.is_short(at) and labels.is_furniture(sheet.shown(at))


def _without(lines: range, owned: Callable[[int], bool]) -> range:
    while lines and owned(lines[0]):
        lines = lines[1:]
    while lines and owned(lines[-1]):
        lines = lines[:-1]
    return lines


def _answers(sheet: Sheet, at: int) -> bool:
    """Whether a line names the one who is answered: "In reply to Ana"."""
    shown = sheet.shown(at)
    found = words.ADDRESSED.match(shown)
    return bool(found and found[0][0].isalpha() and is_name(shown[found.end() :]))

"""Who a person found that each attribution belongs to: one JSON file an article.

A file is a list with one object for each attribution of the article's first annotator. ``n``
is the attribution's place in that annotator's file, counted from 0.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from onrecord.errors import CorpusError
from onrecord.evaluation.attributions import ALIKE
from onrecord.evaluation.corpus import Article
from onrecord.records import CueClass, Offset, SourceType

DESCRIBED: frozenset[SourceType] = frozenset(
    ("unnamed_person", "unnamed_group", "document", "poll", "author")
)
"""Whose speaker has no name to be right to the letter, but a description."""

_LEADING = re.compile(
    r"^(?:the|a|an|mr|mrs|ms|dr|sen|rep|gov|president|senator|representative|governor|former|gen"
    r"|lt|col|judge|justice|rev|prof|sir)\.? "
)
_SPACE = re.compile(r"\s+")
_POSSESSIVE = re.compile(r"'s\b")
_WORD = re.compile(r"\w+")


class GoldSpeaker(msgspec.Struct, frozen=True, kw_only=True):
    """Who an attribution belongs to, and how its source and its cue are to be taken."""

    n: Offset
    speaker: str | None
    """The fullest name in the article, or the best description; "; " joins several."""
    entity: str | None
    """The same speaker has the same one within an article."""
    source_type: SourceType
    cue_class: CueClass
    negated: bool


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with whom each of its attributions belongs to, in their order."""

    article: Article
    speakers: tuple[GoldSpeaker, ...]


def read_gold(folder: Path, articles: Iterable[Article]) -> list[GoldArticle]:
    """The articles that have gold in a folder, with it.

    Raises `CorpusError` where there is none, or a file of it is broken.
    """
    files = sorted(folder.glob("*.json"))
    if not files:
        raise CorpusError(f"{folder} holds no gold (NAME.json). Give a folder that does.")
    by_name = {article.name: article for article in articles}
    return [_read(file, by_name.get(file.stem)) for file in files]


def same(gold: str | None, predicted: str | None, source_type: SourceType) -> bool:
    """Whether a predicted speaker is the gold's, whose source type is given."""
    if gold is None or predicted is None:
        return gold is predicted
    if source_type in DESCRIBED:
        there, said = set(words(gold)), set(words(predicted))
        return bool(there and said) and 2 * len(there & said) >= ALIKE * (len(there) + len(said))
    return _names(gold) == _names(predicted)


def words(name: str | None) -> list[str]:
    """What of a name counts: its words, folded, without leading articles and titles."""
    folded = unicodedata.normalize("NFKD", name or "").replace("’", "'")
    folded = "".join(c for c in folded if not unicodedata.combining(c)).casefold()
    folded = _POSSESSIVE.sub("", _SPACE.sub(" ", folded)).strip()
    while found := _LEADING.match(folded):
        folded = folded[found.end() :]
    return _WORD.findall(folded)


def _read(file: Path, article: Article | None) -> GoldArticle:
    if article is None:
        raise CorpusError(f"{file}: the corpus has no article {file.stem!r}.")
    try:
        speakers = msgspec.json.decode(file.read_bytes(), type=tuple[GoldSpeaker, ...])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise CorpusError(f"{file} is no gold of speakers: {error}") from error
    if fault := _fault(speakers, len(article.attributions)):
        raise CorpusError(f"{file}: {fault}.")
    return GoldArticle(article, tuple(sorted(speakers, key=lambda one: one.n)))


def _fault(speakers: tuple[GoldSpeaker, ...], number: int) -> str | None:
    """What hinders that each of a number of attributions has its one object."""
    times = Counter(one.n for one in speakers)
    for n, count in times.items():
        if n >= number:
            return f"n is {n}, and the article has {number} attributions, counted from 0"
        if count > 1:
            return f"n is {n} in {count} objects"
    for n in range(number):
        if n not in times:
            return f"no object has the n {n}, and the article has {number} attributions"
    for one in speakers:
        if (one.speaker is None) != (one.entity is None):
            return f"the object of n {one.n} has a speaker or an entity, and not both"
    return None


def _names(speakers: str) -> set[tuple[str, ...]]:
    return {tuple(words(one)) for one in speakers.split(";")}

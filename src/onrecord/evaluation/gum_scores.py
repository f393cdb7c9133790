"""How well mentions are found and put together, on GUM.

Gold is cut down as in `onrecord.evaluation.gum_mentions`: names without titles, short
descriptions. Coreference counts those of persons and groups, and pronouns of the third
person; a mention that is found has the same edges.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from onrecord.encoder.base import Encoder, Encoding
from onrecord.encoder.mentions import MENTION_TAGS
from onrecord.evaluation.coreference import CoreferenceScores, score_clusters
from onrecord.evaluation.gum import GumDocument
from onrecord.evaluation.gum_mentions import SPOKEN_OF, short_mentions
from onrecord.evaluation.heads import PRONOUNS, clusters, find_pronouns
from onrecord.evaluation.scores import Scores, matched
from onrecord.records import Span
from onrecord.resolving.mentions import Mention, find_mentions

Cluster = Callable[[Encoding, str, Sequence[Mention]], list[list[int]]]
"""Puts mentions together, by their places."""


class GumScores(NamedTuple):
    """All figures; those of documents are summed by `score_gum`."""

    mentions: Scores
    """Names and descriptions by form and kind, with the same edges."""
    given: CoreferenceScores
    """Clusters of gold's own mentions."""
    found: CoreferenceScores
    """Clusters of the mentions that were found."""


def score_gum(
    documents: Sequence[GumDocument], encoder: Encoder, cluster: Cluster = clusters
) -> GumScores:
    """Read documents and score what is found in them."""
    mentions, given, found = Scores(), CoreferenceScores(), CoreferenceScores()
    for document in documents:
        one = score_document(document, encoder, cluster)
        mentions, given, found = mentions + one.mentions, given + one.given, found + one.found
    return GumScores(mentions, given, found)


def score_document(document: GumDocument, encoder: Encoder, cluster: Cluster) -> GumScores:
    """The scores of one document."""
    text = document.text
    encoding = encoder.encode(text, [document.paragraphs])
    gold = gold_mentions(document, encoding)
    found = find_mentions(encoding)
    spoken_of = [one for one in found if one.kind in SPOKEN_OF]
    predicted = _ordered([*spoken_of, *find_pronouns(encoding, text)])
    keep = [at for at, (one, _) in enumerate(gold) if _counts(text, one)]
    given = [gold[at][0] for at in keep]
    entities: dict[str, set[Span]] = {}
    for at in keep:
        entities.setdefault(gold[at][1], set()).add(gold[at][0].span)
    return GumScores(
        _mention_scores([one for one, _ in gold], found),
        score_clusters(entities.values(), _spans(given, cluster(encoding, text, given))),
        score_clusters(entities.values(), _spans(predicted, cluster(encoding, text, predicted))),
    )


def gold_mentions(document: GumDocument, encoding: Encoding) -> list[tuple[Mention, str]]:
    """Gold's mentions that have a kind, each with its entity; no two in one place."""
    pieces, words = encoding.pieces, document.words
    out: dict[Span, tuple[Mention, str]] = {}
    for short in short_mentions(document):
        if short.kind is None:
            continue
        start, end = words[short.first].start, words[short.end - 1].end
        first = int(pieces.ends.searchsorted(start, "right"))
        last = max(int(pieces.starts.searchsorted(end)), first + 1)
        mention = Mention(start, end, (first, last), short.form, short.kind, 1.0)
        out.setdefault((start, end), (mention, short.entity))
    return list(out.values())


def _counts(text: str, mention: Mention) -> bool:
    if mention.form == "pronoun" and text[mention.start : mention.end].lower() not in PRONOUNS:
        return False
    return mention.kind in SPOKEN_OF


def _ordered(mentions: Sequence[Mention]) -> list[Mention]:
    unique = {mention.span: mention for mention in mentions}
    return sorted(unique.values(), key=lambda one: one.span)


def _spans(mentions: Sequence[Mention], together: Sequence[Sequence[int]]) -> list[set[Span]]:
    return [{mentions[at].span for at in cluster} for cluster in together]


def _mention_scores(gold: Sequence[Mention], found: Sequence[Mention]) -> Scores:
    counts = {}
    for form, kind in MENTION_TAGS:
        key, response = (
            {one.span for one in mentions if (one.form, one.kind) == (form, kind)}
            for mentions in (gold, found)
        )
        counts[f"{form}/{kind}"] = matched(len(key & response), len(response), len(key))
    return Scores(counts)

"""What the heads alone say of mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from onrecord.encoder.base import Encoding
from onrecord.encoder.fake import FakeEncoder
from onrecord.encoder.mentions import MentionSpan, no_links
from onrecord.evaluation.heads import antecedents, clusters, find_pronouns
from onrecord.resolving.mentions import find_mentions

TEXT = "Anna Bell met Ben.\n\nBell told him that she left. Ben's it fell."
PARAGRAPHS = [(0, 18), (20, len(TEXT))]


def _read(text: str = TEXT) -> Encoding:
    return FakeEncoder().encode(text, [PARAGRAPHS if text is TEXT else [(0, len(text))]])


def _linked(text: str, wanted: dict[str, str]) -> Encoding:
    """An encoding that links words to words."""
    encoding = _read(text)

    def word(span: MentionSpan) -> str:
        return text[encoding.pieces.starts[span[0]] : encoding.pieces.ends[span[1] - 1]]

    def scores(
        anaphors: Sequence[MentionSpan], antecedents: Sequence[Sequence[MentionSpan]]
    ) -> list[np.ndarray[tuple[int], np.dtype[np.float32]]]:
        return [
            np.asarray(
                [1.0 if wanted.get(word(one)) == word(other) else -1.0 for other in some],
                dtype=np.float32,
            )
            for one, some in zip(anaphors, antecedents, strict=True)
        ]

    return replace(encoding, link_scores=scores)


def test_pronouns_are_found_by_their_word() -> None:
    found = find_pronouns(_read(), TEXT)
    assert [(TEXT[one.start : one.end], one.kind) for one in found] == [
        ("him", "person"),
        ("she", "person"),
        ("it", "other"),
    ]
    assert find_pronouns(_read("He"), "He")[0].pieces == (0, 1)
    assert find_pronouns(_read("hero, the"), "hero, the") == []


def test_candidates_before_a_pronoun_are_weighed_the_likeliest_first() -> None:
    encoding = _linked(TEXT, {"him": "Ben", "she": "Anna Bell"})
    names, (him, she, it) = find_mentions(encoding), find_pronouns(encoding, TEXT)
    links = antecedents(encoding, [him, she, it], names)
    assert [[link.candidate for link in some] for some in links] == [
        [1, 2, 0],
        [0, 2, 1],
        [3, 2, 1, 0],
    ]
    assert [some[0].score for some in links] == [1.0, 1.0, -1.0]
    (near,) = antecedents(encoding, [him], names, reach=1)
    assert [link.candidate for link in near] == [2]
    (ahead,) = antecedents(encoding, [him], names, reach=0, ahead=1)
    assert [link.candidate for link in ahead] == [3]


def test_nothing_stands_for_itself() -> None:
    encoding = _read()
    names = find_mentions(encoding)
    links = antecedents(encoding, names, names, ahead=4)
    assert all(at != link.candidate for at, some in enumerate(links) for link in some)


def test_names_go_together_by_their_words_and_pronouns_by_their_links() -> None:
    encoding = _linked(TEXT, {"him": "Ben", "she": "Anna Bell"})
    mentions = sorted(
        [*find_mentions(encoding), *find_pronouns(encoding, TEXT)], key=lambda one: one.start
    )
    together = clusters(encoding, TEXT, mentions)
    words = [[TEXT[mentions[at].start : mentions[at].end] for at in one] for one in together]
    assert words == [["Anna Bell", "Bell", "she"], ["Ben", "him", "Ben"], ["it"]]


def test_scores_that_say_nothing() -> None:
    first, second = no_links([(0, 1), (3, 4)], [[], [(0, 1), (1, 2)]])
    assert (first.tolist(), second.tolist()) == ([], [0.0, 0.0])

"""The stage that finds attributions in a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord import Page, Reader
from onrecord.attributing import attribute
from onrecord.encoder.base import CueReading, Encoding
from onrecord.encoder.fake import FakeEncoder
from onrecord.encoder.pieces import cut_pieces
from onrecord.encoder.weights import PACKAGED
from onrecord.options import AttributingOptions
from onrecord.records import Attribution, Comment, Paragraph, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

THREAD = """Council Shuts the Mill

Anna Bell said the mill was unsafe. “It may fall,” a neighbour wrote. Then it rained.

Ben Cole added: “Nobody asked us.”

  • rower

    Dora Finn says it leaks.

    - miller

      It never did. Ida Vale said “leave it”.
"""


@cache
def vocabulary() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(PACKAGED / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


class FakeWithVocabulary(FakeEncoder):
    """Knows what the fake knows, in the pieces of the shipped vocabulary."""

    def __init__(self) -> None:
        super().__init__()
        self._tokenizer = vocabulary()


class RandomEncoder:
    """Any scores, the same for the same seed; a cue is read in its own group alone."""

    def __init__(self, seed: int, scale: float = 3.0) -> None:
        self._seed = seed
        self._scale = scale

    def encode(self, text: str, groups: Sequence[Sequence[Span]]) -> Encoding:
        pieces = cut_pieces(vocabulary(), text, groups)
        paragraphs = np.cumsum([0, *map(len, groups)])
        bounds = pieces.bounds[paragraphs].tolist()
        rng = np.random.default_rng(self._seed)
        tags = self._scores(rng, len(pieces.ids), 7)
        inner = self._scores(rng, len(pieces.ids), 7)
        return Encoding(pieces, tags, inner, partial(self._read_cues, rng, bounds))

    def _read_cues(
        self, rng: np.random.Generator, bounds: list[int], cues: Sequence[tuple[int, int]]
    ) -> list[CueReading]:
        readings = []
        for cue, _ in cues:
            start, end = next((a, b) for a, b in pairwise(bounds) if a <= cue < b)
            readings.append(CueReading(start, self._scores(rng, end - start, 5)))
        return readings

    def _scores(self, rng: np.random.Generator, length: int, tags: int) -> Floats:
        raw = rng.normal(scale=self._scale, size=(length, tags))
        scores: Floats = (raw - np.log(np.exp(raw).sum(1, keepdims=True))).astype(np.float32)
        return scores


def page_of(paragraphs: Sequence[str], comments: Sequence[str] = ()) -> Page:
    """A page with a blank line between its parts."""
    text = ""
    spans = []
    for part in (*paragraphs, *comments):
        spans.append((len(text), len(text) + len(part)))
        text += part + "\n\n"
    article, thread = spans[: len(paragraphs)], spans[len(paragraphs) :]
    return Page(
        id="0" * 64,
        text=text,
        paragraphs=tuple(Paragraph(start=a, end=b, kind="body") for a, b in article),
        comments=tuple(
            Comment(
                id=number,
                parent=None,
                author=None,
                posted=None,
                posted_text=None,
                start=start,
                end=end,
            )
            for number, (start, end) in enumerate(thread)
        ),
    )


def shown(page: Page, attributions: Sequence[Attribution]) -> list[tuple[str, str, str]]:
    return [(page.quote(a.source), page.quote(a.cue), page.quote(a.content)) for a in attributions]


def test_spans_are_verbatim(reader: Reader) -> None:
    page = reader.read(THREAD.encode())
    assert shown(page, page.attributions) == [
        ("Anna Bell", "said", "the mill was unsafe"),
        ("Ben Cole", "added", "“Nobody asked us.”"),
        ("Dora Finn", "says", "it leaks"),
        ("Ida Vale", "said", "“leave it”"),
    ]
    assert [a.id for a in page.attributions] == [0, 1, 2, 3]
    assert [a.kind for a in page.attributions] == ["indirect", "direct", "indirect", "direct"]


def test_an_attribution_knows_its_comment(reader: Reader) -> None:
    page = reader.read(THREAD.encode())
    assert [a.comment for a in page.attributions] == [None, None, 0, 1]
    for attribution in page.attributions:
        if attribution.comment is not None:
            comment = page.comments[attribution.comment]
            for start, end in attribution.source + attribution.cue + attribution.content:
                assert comment.start <= start < end <= comment.end


def test_what_later_stages_find_is_not_known_yet() -> None:
    page = page_of(["Anna Bell said it rained."])
    (found,) = attribute(page, FakeEncoder())
    assert (found.within, found.speaker, found.source_type) == (None, None, None)
    assert (found.cue_class, found.negated) == (None, None)
    assert 0.5 < found.confidence < 1
    assert found.confidence == round(found.confidence, 3)


def test_a_page_without_words() -> None:
    assert attribute(Page(id="0" * 64, text=""), FakeEncoder()) == ()
    assert attribute(page_of(["…"], ["—"]), FakeEncoder()) == ()


def test_the_ids_of_comments_are_those_of_the_page() -> None:
    page = page_of([], ["Fine.", "Anna Bell said\n\nno.", "Ben Cole said no."])
    assert [a.comment for a in attribute(page, FakeEncoder())] == [2]


def test_lines_of_a_comment_are_one_paragraph_up_to_a_blank_one() -> None:
    comment = "I heard\nAnna Bell said it rained\n  \nhard. Ben Cole said so."
    page = page_of(["Fine."], [comment])
    found = attribute(page, FakeEncoder())
    assert [content for _, _, content in shown(page, found)] == ["it rained", "so"]


@pytest.mark.parametrize("last", ["cafe\u0301", "a\u0323\u0308", "\u2764\ufe0f", "नमस्ते"])
def test_a_span_does_not_cut_the_marks_off_its_last_letter(last: str) -> None:
    page = page_of([f"Anna Bell said it was {last}. Ben left."])
    (found,) = attribute(page, FakeWithVocabulary())
    assert page.quote(found.content) == f"it was {last}"


def test_marks_at_the_very_end_of_the_text() -> None:
    text = "Anna Bell said so e\u0301"
    page = Page(
        id="0" * 64,
        text=text,
        paragraphs=(Paragraph(start=0, end=len(text), kind="body"),),
    )
    (found,) = attribute(page, FakeWithVocabulary())
    assert page.quote(found.content) == "so e\u0301"


class RunningEncoder(FakeEncoder):
    """Takes a quotation that runs on in a second paragraph for one cue's two contents."""

    def encode(self, text: str, groups: Sequence[Sequence[Span]]) -> Encoding:
        encoding = super().encode(text, groups)
        pieces = encoding.pieces
        second = range(int(pieces.bounds[1]), int(pieces.bounds[2]) - 1)
        for at in second:
            encoding.tags[at] = np.log(0.01)
            encoding.tags[at, 5 if at == second[0] else 6] = np.log(0.9)
        return replace(encoding, read_cues=partial(self._read, encoding, second))

    @staticmethod
    def _read(
        encoding: Encoding, second: Sequence[int], cues: Sequence[tuple[int, int]]
    ) -> list[CueReading]:
        readings = encoding.read_cues(cues)
        for _, scores in readings:
            scores[second] = np.log(0.01)
            scores[second, 4] = np.log(0.9)
        return readings


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("“It rained.", "“It froze too.”", "direct"),
        ("“It rained", "It froze too, she thought.", "mixed"),
    ],
)
def test_marks_are_matched_in_each_paragraph_of_a_content(
    first: str, second: str, kind: str
) -> None:
    """A quotation that runs on is taken whole, up to its marks; what the tags show, else."""
    page = page_of(["Anna Bell said: “It rained.", second])
    (found,) = attribute(page, RunningEncoder())
    assert [page.text[a:b] for a, b in found.content] == [first, second]
    assert found.kind == kind


TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            ["Anna", "said", "Bell.", "“it", "rained”", "e\u0301", "שלום", "😀", "👩\u200d🚒"]
        ),
        st.text(max_size=8),
    ),
    min_size=1,
    max_size=12,
).map(" ".join)
PARAGRAPHS = st.lists(TEXTS.map(lambda s: " ".join(s.split())).filter(bool), max_size=5)
COMMENTS = st.lists(
    st.lists(TEXTS, min_size=1, max_size=4)
    .map(lambda lines: "\n".join(lines).strip())
    .filter(bool),
    max_size=4,
)
SEEDS = st.integers(0, 2**32 - 1)


@pytest.mark.parametrize("role", ["source", "cue", "content"])
@given(paragraphs=PARAGRAPHS, comments=COMMENTS, seed=SEEDS)
@settings(derandomize=True, max_examples=120, deadline=None)
def test_spans_hold_whatever_the_scores(
    role: str, paragraphs: list[str], comments: list[str], seed: int
) -> None:
    page = page_of(paragraphs, comments)
    for attribution in attribute(page, RandomEncoder(seed)):
        spans: tuple[Span, ...] = getattr(attribution, role)
        for start, end in spans:
            assert 0 <= start < end <= len(page.text)
            assert page.text[start:end] == page.text[start:end].strip()
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
        if role == "content":
            assert spans


@given(paragraphs=PARAGRAPHS, comments=COMMENTS, seed=SEEDS)
@settings(derandomize=True, max_examples=120, deadline=None)
def test_attributions_hold_whatever_the_scores(
    paragraphs: list[str], comments: list[str], seed: int
) -> None:
    page = page_of(paragraphs, comments)
    found = attribute(page, RandomEncoder(seed))
    assert [a.id for a in found] == list(range(len(found)))
    edges = [(0, page.comments[0].start if page.comments else len(page.text))]
    edges += [(comment.start, comment.end) for comment in page.comments]
    firsts = []
    for attribution in found:
        assert 0 <= attribution.confidence <= 1
        start, end = edges[0 if attribution.comment is None else attribution.comment + 1]
        spans = attribution.source + attribution.cue + attribution.content
        firsts.append(min(a for a, _ in spans))
        assert all(start <= a and b <= end for a, b in spans)
    assert firsts == sorted(firsts)


@given(paragraphs=PARAGRAPHS, comments=COMMENTS, seed=SEEDS)
@settings(derandomize=True, max_examples=30, deadline=None)
def test_contents_of_two_attributions_are_apart(
    paragraphs: list[str], comments: list[str], seed: int
) -> None:
    page = page_of(paragraphs, comments)
    outer = [a for a in attribute(page, RandomEncoder(seed)) if a.within is None]
    contents = sorted(span for a in outer for span in a.content)
    assert all(one[1] <= other[0] for one, other in pairwise(contents))


QUOTED = st.lists(
    st.lists(st.sampled_from(["Anna", "said", "“it", "rained”", '"so', 'then"', "LEE:", "no."]))
    .map(" ".join)
    .filter(bool),
    max_size=6,
)


@given(paragraphs=st.one_of(PARAGRAPHS, QUOTED), comments=COMMENTS, seed=SEEDS)
@settings(derandomize=True, max_examples=150, deadline=None)
def test_what_is_nested_lies_in_a_content_of_one_before_it(
    paragraphs: list[str], comments: list[str], seed: int
) -> None:
    page = page_of(paragraphs, comments)
    found = attribute(page, RandomEncoder(seed))
    for one in found:
        if one.within is not None:
            assert one.within < one.id
            spans = one.source + one.cue + one.content
            first, last = min(a for a, _ in spans), max(b for _, b in spans)
            around = found[one.within]
            assert any(start <= first and last <= end for start, end in around.content)
            assert around.within is None
            assert around.comment == one.comment


MARKED = st.lists(
    st.lists(
        st.sampled_from(
            "Anna said “it rained” \"so then\" LEE: no. “ ” 'a b' ‘c d’ «e f» ''".split()
        ),
        min_size=1,
        max_size=7,
    ).map(" ".join),
    min_size=1,
    max_size=5,
)


@given(
    paragraphs=MARKED, comment=MARKED.map("\n\n".join), seed=SEEDS, scale=st.sampled_from([1, 3])
)
@settings(derandomize=True, max_examples=400, deadline=None)
def test_what_the_record_promises_holds_whatever_the_marks(
    paragraphs: list[str], comment: str, seed: int, scale: float
) -> None:
    page = page_of(paragraphs, [comment])
    found = attribute(page, RandomEncoder(seed, scale))
    for one in found:
        for spans in (one.source, one.cue, one.content):
            assert all(before[1] <= after[0] for before, after in pairwise(spans))
        if one.within is not None:
            edges = [edge for span in one.source + one.cue + one.content for edge in span]
            around = found[one.within].content
            assert any(start <= min(edges) and max(edges) <= end for start, end in around)
    contents = sorted(span for one in found if one.within is None for span in one.content)
    assert all(before[1] <= after[0] for before, after in pairwise(contents))


def test_the_random_encoder_finds_nested_ones() -> None:
    page = page_of(["Anna Bell said it rained and that Ben Cole denied it all."] * 30)
    assert any(one.within is not None for one in attribute(page, RandomEncoder(5)))


def test_the_unsure_and_what_is_nested_in_it_is_left_out() -> None:
    page = page_of(["Anna Bell said it rained and that Ben Cole denied it all."] * 30)
    everything = attribute(page, RandomEncoder(5))
    least = sorted(one.confidence for one in everything)[len(everything) // 2]
    kept = attribute(page, RandomEncoder(5), AttributingOptions(min_confidence=least))
    expected = [
        one
        for one in everything
        if one.confidence >= least
        and (one.within is None or everything[one.within].confidence >= least)
    ]
    assert 0 < len(kept) < len(everything)
    assert shown(page, kept) == shown(page, expected)
    assert [one.id for one in kept] == list(range(len(kept)))
    for one, before in zip(kept, expected, strict=True):
        assert (one.within is None) == (before.within is None)
        if one.within is not None and before.within is not None:
            assert kept[one.within].content == everything[before.within].content


def test_a_paragraph_longer_than_a_section_is_cut_at_white_space(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = page_of(["Anna Bell said it rained. " * 9 + "x" * 150 + " Ben Cole said no."])
    seen: list[Span] = []

    class Spy(FakeEncoder):
        def encode(self, text: str, groups: Sequence[Sequence[Span]]) -> Encoding:
            seen.extend(span for group in groups for span in group)
            return super().encode(text, groups)

    monkeypatch.setattr("onrecord.attributing.stage.SECTION", 60)
    found = attribute(page, Spy())
    assert max(end - start for start, end in seen) <= 60
    words = [word for start, end in seen for word in page.text[start:end].split()]
    assert "".join(words) == "".join(page.text.split())
    assert page.quote(found[-1].content) == "no"


def test_the_random_encoder_finds_attributions_of_all_sorts() -> None:
    page = page_of(["Anna Bell said it rained."] * 30, ["Ben Cole says no."] * 5)
    found = attribute(page, RandomEncoder(5))
    assert any(a.source and a.cue for a in found)
    assert any(not a.source for a in found)
    assert any(len(a.content) > 1 for a in found)
    assert {a.comment is None for a in found} == {True, False}


def test_the_article_and_each_comment_are_read_as_groups_of_their_own() -> None:
    page = page_of(["Anna said so."], ["One.\n\nTwo."])
    seen: list[tuple[str, list[list[Span]]]] = []

    class Spy(FakeEncoder):
        def encode(self, text: str, groups: Sequence[Sequence[Span]]) -> Encoding:
            seen.append((text, [list(group) for group in groups]))
            return super().encode(text, groups)

    attribute(page, Spy())
    assert seen == [(page.text, [[(0, 13)], [(15, 19), (21, 25)]])]


def test_a_long_page_is_read_in_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(["Anna Bell said it rained."] * 9, ["Ben Cole says no.\n\nHe left."] * 4)
    whole = attribute(page, FakeEncoder())
    seen: list[int] = []

    class Spy(FakeEncoder):
        def encode(self, text: str, groups: Sequence[Sequence[Span]]) -> Encoding:
            seen.append(sum(len(group) for group in groups))
            return super().encode(text, groups)

    monkeypatch.setattr("onrecord.attributing.stage.SECTION", 60)
    assert attribute(page, Spy()) == whole
    assert sum(seen) == 9 + 8
    assert max(seen) <= 8

"""Texts that break readers: right offsets and no crash, whatever stands between the words."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord import Options, Page, Reader
from onrecord.attributing import attribute
from onrecord.encoder.base import Encoder
from onrecord.encoder.fake import FakeEncoder
from onrecord.encoder.onnx import OnnxEncoder
from onrecord.encoder.pieces import open_tokenizer
from onrecord.encoder.weights import PACKAGED
from onrecord.options import ReadingOptions
from onrecord.records import Attribution, Paragraph

NOISE = {
    "emoji": "🌉",
    "emoji joined by ZWJ": "👨\u200d👩\u200d👧\u200d👦",
    "emoji with a skin tone and ZWJ": "👩🏽\u200d🚒",
    "emoji with a variation selector": "❤\ufe0f",
    "flags": "🇫🇷🇩🇪",
    "a flag of tags": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "half of a flag": "🇫",
    "a keycap": "1\ufe0f\u20e3",
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "zero-width non-joiner": "\u200c",
    "word joiner": "\u2060",
    "byte-order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "Hebrew": "“הגשר ייסגר באביב”",
    "Hebrew with points": "שָׁלוֹם",
    "Arabic": "«الجسر قديم»",
    "bidi isolates": "\u2067הגשר\u2069",
    "bidi overrides": "\u202eegdirb\u202c",
    "bidi marks": "\u200e\u200f\u061c",
    "an accent": "e\u0301",
    "a lone accent": "\u0301",
    "many accents": "e" + "\u0301\u0323\u0308" * 60,
    "Devanagari": "नमस्ते",
    "Thai": "สวัสดี",
    "Hangul in parts": "\u1112\u1161\u11ab",
    "a ligature": "ﬁﬀ",
    "letters that grow in lower case": "İẞ",
    "an ellipsis": "…",
    "letters beyond the first plane": "𝔅𝕣𝒾𝒹𝑔𝑒",
    "NUL": "\x00",
    "controls": "\x01\x07\x08\x1b[31m\x7f",
    "odd spaces": "\u00a0\u3000\u2009\t",
    "line separators": "\x0b\x0c\x1c\x85\u2028\u2029",
    "replacement character": "\ufffd",
    "no characters": "\ufffe\U0010ffff",
    "private use": "\ue000\U000f0000",
    "names of pieces": "[SEP][CLS][UNK][PAD]<s></s><mask>",
    "closing marks": "”’»“",
}


@cache
def shipped() -> OnnxEncoder:
    return OnnxEncoder(threads=1)


@cache
def vocabulary() -> Tokenizer:
    return open_tokenizer((PACKAGED / "tokenizer.json").read_bytes())


class FakeWithVocabulary(FakeEncoder):
    """Knows what the fake knows, in the pieces of the shipped vocabulary."""

    def __init__(self) -> None:
        super().__init__()
        self._tokenizer = vocabulary()


FAKES = pytest.mark.parametrize("encoder", [FakeEncoder, FakeWithVocabulary])


def page_of(*paragraphs: str) -> Page:
    text = ""
    spans = []
    for one in paragraphs:
        spans.append(Paragraph(start=len(text), end=len(text) + len(one), kind="body"))
        text += one + "\n\n"
    return Page(id="0" * 64, text=text, paragraphs=tuple(spans))


def shown(page: Page, found: tuple[Attribution, ...]) -> list[tuple[str, str, str]]:
    """Source, cue and content of each; fails where a span is not what a span must be."""
    for attribution in found:
        for spans in (attribution.source, attribution.cue, attribution.content):
            for start, end in spans:
                assert 0 <= start < end <= len(page.text)
                assert not page.text[start].isspace()
                assert not page.text[end - 1].isspace()
                assert not unicodedata.category(page.text[end : end + 1] or " ").startswith("M")
            assert all(one[1] <= other[0] for one, other in pairwise(spans))
    return [(page.quote(a.source), page.quote(a.cue), page.quote(a.content)) for a in found]


def check(encoder: Encoder, contents: list[str], *, between: str = "") -> None:
    """Sentences with these contents are found to the letter, and no others."""
    sentences = [f"Anna Bell said {content}." for content in contents]
    page = page_of(f" {between} It rained. ".join(["It rained.", *sentences, ""]))
    expected = [("Anna Bell", "said", content) for content in contents]
    assert shown(page, attribute(page, encoder)) == expected


@FAKES
@pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE.keys())
def test_noise_between_words_within_them_and_at_their_edges(
    encoder: type[FakeEncoder], noise: str
) -> None:
    between = f"the {noise} fell {noise}{noise} in May"
    within = f"the br{noise}idge fe{noise}ll in May"
    edges = f"the{noise} bridge {noise}fell in May"
    check(encoder(), [between, within, edges], between=noise)


@FAKES
@pytest.mark.parametrize(
    "last",
    [
        *(
            "🌉",
            "👨\u200d👩\u200d👧\u200d👦",
            "👩🏽\u200d🚒",
            "👍🏽",
            "❤\ufe0f",
            "🇫🇷",
            "1\ufe0f\u20e3",
        ),
        *("e\u0301", "שָׁלוֹם", "नमस्ते", "สวัสดี", "\u1112\u1161\u11ab"),
        NOISE["a flag of tags"],
    ],
)
def test_a_content_that_ends_with_a_sequence_keeps_it_whole(
    encoder: type[FakeEncoder], last: str
) -> None:
    check(encoder(), [last, f"no to {last}", f"never{last}"])


ENGLISH = Options(reading=ReadingOptions(kind="text", language="en"))


@pytest.mark.parametrize(
    "noise",
    # Bytes with a NUL among so few are no text.
    [pytest.param(noise, id=name) for name, noise in NOISE.items() if name != "NUL"],
)
def test_offsets_count_characters_of_the_page(noise: str) -> None:
    text = f"It rained {noise} there.\n\nNo {noise}. Anna Bell said the {noise} fell."
    page = Reader(ENGLISH, encoder=FakeEncoder()).read(text.encode())
    assert shown(page, page.attributions) == [("Anna Bell", "said", f"the {noise} fell")]


@FAKES
@given(
    parts=st.lists(
        st.lists(
            st.one_of(
                st.sampled_from([*NOISE.values(), " ", "it", "“", "”", '"', "‘", "’", "«", "»"]),
                st.text(st.characters(exclude_characters=".\n", exclude_categories=["Cs"])),
            ),
            max_size=8,
        ).map("".join),
        min_size=1,
        max_size=5,
    )
)
@settings(derandomize=True, max_examples=150, deadline=None)
def test_any_mixture(encoder: type[FakeEncoder], parts: list[str]) -> None:
    check(encoder(), [f"the br{part}idge fell" for part in parts])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("„es regnet“", "direct"),
        ("„es regnet”", "direct"),
        ("»es regnet«", "direct"),
        ("dass es „regnet“", "mixed"),
        ("« il pleut »", "direct"),
        ("«\u202fil pleut\u202f»", "direct"),
        ("« elle dit « va » puis rien »", "direct"),
        ("‘it rained’", "direct"),
        ("'it rained'", "direct"),
        ("that it ‘rained a lot’ there", "mixed"),
        ("“the ‘old’ mill burns”", "direct"),
        ("‘the “old” mill burns’", "direct"),
        ("‘it’s the miller’s own fault’", "direct"),
        ("it's the millers' own fault", "indirect"),
        ("the '90s were dry", "indirect"),
        ("“it rained", "direct"),
        ("‘it rained", "indirect"),
        ("it rained”", "indirect"),
        ("that “it rained", "mixed"),
        ("„es regnet »und schneit“ dort«", "mixed"),
        ("“הגשר ייסגר”", "direct"),
        ("\u2067“הגשר ייסגר”\u2069", "direct"),
        ("“🌉👩🏽\u200d🚒 fell”", "direct"),
        ("“\u200bit rained\u200b”", "direct"),
    ],
)
def test_kinds_by_all_sorts_of_marks(content: str, kind: str) -> None:
    page = page_of(f"It froze. Anna Bell said {content}.")
    (found,) = attribute(page, FakeEncoder())
    assert shown(page, (found,))[0][2] in (content, content.strip("\u2067\u2069"))
    assert found.kind == kind


MANY = 10_000


@FAKES
@pytest.mark.parametrize(
    "marks",
    [
        '"' * MANY,
        '"' * (MANY + 1),
        "“”" * (MANY // 2),
        "“" * MANY,
        "”" * MANY,
        "«" * (MANY // 2) + "»" * (MANY // 2),
        "« " * (MANY // 2) + "» " * (MANY // 2 - 1),
        "„“" * (MANY // 2),
        "'" * MANY,
        "‘a " * MANY,
        "‘a’ " * (MANY // 2),
        "“‘" * (MANY // 2),
        "„«»“”\"'‘’" * (MANY // 10),
    ],
)
def test_ten_thousand_marks(encoder: type[FakeEncoder], marks: str) -> None:
    """Marks around the whole of an attribution are not its own, however many."""
    page = page_of(f"{marks} a. Anna Bell said it rained. And so on.")
    (found,) = attribute(page, encoder())
    assert shown(page, (found,)) == [("Anna Bell", "said", "it rained")]
    assert found.kind == "indirect"


def test_ten_thousand_marks_within_a_content() -> None:
    content = "that " + "“rain” or " * (MANY // 2) + "snow"
    check(FakeEncoder(), [content, content])


def test_one_paragraph_of_two_megabytes() -> None:
    word = "unforeseeableness" * 3  # Time goes by words.
    filler = f"{word} " * (500_000 // len(word))
    check(FakeEncoder(), ["it rained", "it froze", "it 🌉 fell"], between=filler + ".")


def test_one_word_of_two_megabytes() -> None:
    """It is longer than a section, so that it is cut; what comes after it is read."""
    page = page_of("a" * 2_000_000 + ". Anna Bell said it rained.")
    (found,) = attribute(page, FakeWithVocabulary())
    assert page.quote(found.content) == "it rained"


SIZE = 20_000
SAYS = "Anna Bell said {}the old bridge would close in May{}. "
TEXTS = {
    "sentences": SAYS.format("", ""),
    "straight marks": SAYS.format('"', '"'),
    "curly marks": SAYS.format("“", "”"),
    "single marks": SAYS.format("‘", "’"),
    "German marks": SAYS.format("„", "“"),
    "French marks": SAYS.format("« ", " »"),
    "nested marks": "“It is ‘not “so” bad’ at all,” Anna Bell told the council. ",
    "marks never closed": SAYS.format("“", "“"),
    "marks never opened": SAYS.format("”", "”"),
    "emoji": "Anna 👩🏽\u200d🚒 Bell s😀aid the 🌉 would 🇫🇷 close ❤\ufe0f in May👍🏽. ",
    "zero-width": "An\u200bna B\u200dell s\ufeffaid t\u00adhe old bri\u200bdge fell. ",
    "right to left": "Anna Bell said \u2067“הגשר ייסגר באביב”\u2069 and «الجسر قديم». ",
    "marks on letters": "Anna Be\u0301ll\u0323\u0308 said a\u0301\u0302\u0303ll fell. ",
    "controls": "An\x00na Bell\x07 said\x1b[31m the br\x08idge \x7ffell. ",
    "marks alone": "“",
    "one word": "a",
    "cues alone": "said ",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_the_shipped_model_on_many(text: str) -> None:
    page = page_of(text * (SIZE // len(text.encode())), "Ben Cole said that it had rained.")
    found = attribute(page, shipped())
    shown(page, found)
    assert all(0 <= a.confidence <= 1 for a in found)


@pytest.mark.parametrize(
    "name", [name for name in TEXTS if "marks" in name and "alone" not in name]
)
def test_the_shipped_model_finds_what_marks_of_any_sort_hold(name: str) -> None:
    page = page_of(TEXTS[name] * 20)
    assert len(attribute(page, shipped())) >= 10


def test_the_shipped_model_reads_on_after_noise() -> None:
    plain = "“We have no money left,” the mayor of Hartwick told reporters on Monday."
    text = "\n\n".join([*NOISE.values(), plain])
    page = Reader(ENGLISH, encoder=shipped()).read(text.encode())
    assert ("the mayor of Hartwick", "told", "“We have no money left,”") in shown(
        page, page.attributions
    )


@given(st.lists(st.sampled_from([*NOISE.values(), *TEXTS.values(), " ", "“", "”"]), max_size=20))
@settings(derandomize=True, max_examples=25, deadline=None)
def test_the_shipped_model_on_any_mixture(parts: list[str]) -> None:
    page = page_of("".join(parts).strip() or "a")
    shown(page, attribute(page, shipped()))

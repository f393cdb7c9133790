"""The packaged lexicon, and a newsroom's file over it."""

from __future__ import annotations

import re
import time
from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.errors import OptionsError
from onrecord.weighing import Lexicon, read_lexicon, weigh
from onrecord.weighing.inflection import base_forms
from onrecord.weighing.lexicon import FILE, packaged_lexicon
from weighing.marked import CLASSES, marked


def lexicon(path: Path, content: str | bytes) -> Lexicon:
    path = path / "house.tsv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_lexicon(path)


def weighed(sentence: str, words: Lexicon) -> tuple[str | None, bool | None]:
    text, one = marked(sentence)
    done = weigh(text, (one,), None, words)[0]
    return done.cue_class, done.negated


def test_the_packaged_file() -> None:
    text = files("onrecord.weighing").joinpath(FILE).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    phrases = [row[0] for row in rows]
    assert len(phrases) > 3000
    assert len(set(phrases)) == len(phrases)
    assert {row[1].removesuffix("?") for row in rows} == set(CLASSES)
    assert phrases == [row[0] for name in CLASSES for row in rows if row[1].rstrip("?") == name]


def test_the_packaged_lexicon_is_read_once() -> None:
    assert packaged_lexicon() is packaged_lexicon()


def test_rows_of_a_file_go_before_the_packaged_ones(tmp_path: Path) -> None:
    house = lexicon(
        tmp_path,
        "# Our house\n\nsay\tassertive\nmeow\tsupportive\t\tas cats do\nmeow back\tcritical\n"
        "go * overboard\tdirective\nshut up\tneutral\tnegated\n",
    )
    assert weighed("[Lund] <says> {it}.", house) == ("assertive", False)
    assert weighed("[Lund] <says> {it}.", packaged_lexicon()) == ("neutral", False)
    assert weighed("[Lund] <meowed> {it}.", house) == ("supportive", False)
    assert weighed("[Lund] <meowed> {back at us}.", house) == ("critical", False)
    assert weighed("[Lund] <went all the way overboard> {it}.", house) == ("directive", False)
    assert weighed("[Lund] <shut up> about {it}.", house) == ("neutral", True)
    assert weighed("[Lund] <denies> {it}.", house) == ("negative", False)


def test_a_weak_row_gives_way(tmp_path: Path) -> None:
    house = lexicon(tmp_path, "meow\tsupportive?\nhiss\tcritical\n")
    assert weighed("[Lund] <meowed and hissed at> {it}.", house) == ("critical", False)
    assert weighed("[Lund] <meowed at> {it}.", house) == ("supportive", False)


def test_a_form_goes_before_its_base(tmp_path: Path) -> None:
    house = lexicon(tmp_path, "meow\tsupportive\nmeowing\tcritical\n")
    assert weighed("[Lund] <is meowing> {it}.", house) == ("critical", False)
    assert weighed("[Lund] <meowed> {it}.", house) == ("supportive", False)


def test_a_question_mark_ends_a_phrase_for_questions(tmp_path: Path) -> None:
    house = lexicon(tmp_path, "meow\tsupportive\nmeow ?\tinterrogative\n")
    assert weighed("[Lund] <meowed>: {“Is it late?”}", house) == ("interrogative", False)
    assert weighed("[Lund] <meowed>: {“It is late.”}", house) == ("supportive", False)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfmeow\tsupportive\n",
        b"meow\tsupportive\r\n",
        b"  Meow \t SUPPORTIVE  ",
        b"meow\tsupportive\nmeow\tsupportive\n",
        "meow\tsupportive\t\tmiaou, né\n".encode(),
    ],
)
def test_forms_of_file(tmp_path: Path, content: bytes) -> None:
    assert weighed("[Lund] <meowed> {it}.", lexicon(tmp_path, content)) == ("supportive", False)


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert lexicon(tmp_path, "") == packaged_lexicon()


@pytest.mark.parametrize(
    ("content", "line", "telling"),
    [
        ("say\tneutral\nmeow\tnice\n", 2, "the class of 'meow' is 'nice'. Give one of neutral, "),
        ("meow\t\n", 1, "the class of 'meow' is ''"),
        ("\n# x\nmeow\n", 3, "'meow' has no class. Give a phrase, a tab, and one of neutral, "),
        ("meow,neutral\n", 1, "has no class"),
        ("\tneutral\n", 1, "the phrase is ''"),
        ("...\tneutral\n", 1, "the phrase is '...'"),
        ("* meow\tneutral\n", 1, "Give it a word to begin with"),
        ("meow *\tneutral\n", 1, "stands between words"),
        ("meow ? meow\tneutral\n", 1, "at the end"),
        ("a b c d e f g h i j k\tneutral\n", 1, "has 11 words. Give up to 10."),
        ("meow\tneutral\nMEOW\tcritical\n", 2, "is critical here and neutral in line 1"),
        ("meow\tneutral\nmeow\tneutral\tnegated\n", 2, "neutral, negated here and neutral"),
        ("meow\tneutral\tno\n", 1, "the third column of 'meow' is 'no'. Give 'negated'"),
        (b"say\tneutral\nmiaou\xe9\tneutral\n", 2, "the byte 0xe9 is no UTF-8. Save it as"),
        (b"\xef\xbb\xbf\xff\tneutral\n", 1, "the byte 0xff is no UTF-8"),
        ("meow\tneutral\n".encode("utf-16"), 1, "the file is in UTF-16"),
        ("meow" * 100 + "\tnice\n", 1, "…"),
    ],
)
def test_bad_files(tmp_path: Path, content: str | bytes, line: int, telling: str) -> None:
    with pytest.raises(OptionsError) as caught:
        lexicon(tmp_path, content)
    assert str(caught.value).startswith(f"{tmp_path / 'house.tsv'}:{line}: ")
    assert telling in str(caught.value)
    assert len(str(caught.value)) < 500


def test_no_file_to_read(tmp_path: Path) -> None:
    with pytest.raises(OptionsError, match="no such file"):
        read_lexicon(tmp_path / "none.tsv")
    with pytest.raises(OptionsError, match="a folder"):
        read_lexicon(tmp_path)
    with pytest.raises(OptionsError, match="no path"):
        read_lexicon(Path("a\0b"))


def test_many_rows(tmp_path: Path) -> None:
    rows = "".join(f"word{n} of{n % 7} many{n % 1000}\tneutral\n" for n in range(100_000))
    began = time.perf_counter()
    lexicon(tmp_path, rows)
    assert time.perf_counter() - began < 5  # 0.9 s on two slow cores


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("said", "say"),
        ("tried", "try"),
        ("tries", "try"),
        ("dismisses", "dismiss"),
        ("blames", "blame"),
        ("blamed", "blame"),
        ("blasted", "blast"),
        ("slamming", "slam"),
        ("urging", "urge"),
        ("calling", "call"),
        ("lying", "lie"),
        ("labelled", "label"),
        ("labelling", "label"),
        ("panicked", "panic"),
        ("was", "be"),
        ("analyses", "analysis"),
        ("say", "say"),
    ],
)
def test_base_forms(form: str, base: str) -> None:
    assert base in base_forms(form)


def test_base_forms_of_short_words() -> None:
    assert all(
        re.fullmatch(r"\w+", one) for word in ("s", "es", "d", "ing") for one in base_forms(word)
    )

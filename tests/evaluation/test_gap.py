"""Files in GAP's form, and how answers to them are scored."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.encoder.base import Encoding
from onrecord.encoder.fake import FakeEncoder
from onrecord.errors import CorpusError
from onrecord.evaluation.gap import GapExample, read_gap
from onrecord.evaluation.gap_scores import judge_gap, score_gap
from onrecord.records import Span

HEAD = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n"
TEXT = 'Anna met "Ben" and he left.'
ROW = f"one-1\t{TEXT}\the\t19\tAnna\t0\tFALSE\tBen\t10\tTRUE\thttp://example.org\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "gap.tsv"
    path.write_text(HEAD + ROW, encoding="utf-8")
    return path


def test_an_example_is_read(file: Path) -> None:
    (one,) = read_gap(file)
    assert one == GapExample("one-1", TEXT, (19, 21), ((0, 4), (10, 13)), (False, True))
    assert [TEXT[slice(*span)] for span in (one.pronoun, *one.names)] == ["he", "Anna", "Ben"]
    assert not one.feminine


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be read"):
        read_gap(tmp_path / "none.tsv")
    (tmp_path / "other.tsv").write_text("a\tb\n1\t2\n")
    with pytest.raises(CorpusError, match="needs the columns ID, Text"):
        read_gap(tmp_path / "other.tsv")


def test_a_line_at_fault_is_named(file: Path) -> None:
    file.write_text(HEAD + ROW + ROW.replace("\t19\t", "\tx\t"), encoding="utf-8")
    with pytest.raises(CorpusError, match="line 3"):
        read_gap(file)


def test_answers_are_counted_by_gender(file: Path) -> None:
    (he,) = read_gap(file)
    she = he._replace(text=TEXT.replace(" he ", " she "), pronoun=(19, 22), right=(True, False))

    def last_name(encoding: Encoding, text: str, pronoun: Span) -> list[Span]:
        return [(10, 13)]

    scores = score_gap(judge_gap([he, she], FakeEncoder(), last_name))
    assert (scores["masculine"].f1, scores["feminine"].f1) == (1.0, 0.0)
    assert (scores["overall"].right, scores["overall"].predicted, scores["overall"].gold) == (
        1,
        2,
        2,
    )


def test_without_links_no_name_is_chosen(file: Path) -> None:
    (judged,) = judge_gap(read_gap(file), FakeEncoder())
    assert judged.answers == (False, False)

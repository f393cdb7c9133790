"""Documents in GUM's form, and their mentions cut down."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import CorpusError
from onrecord.evaluation.gum import GumDocument, read_document, read_gum
from onrecord.evaluation.gum_mentions import short_mentions

HEAD = """# newdoc id = GUM_news_boat
# global.Entity = GRP-etype-infstat-salience-centering-minspan-link-identity
# newpar
# newpar_block = p (1 s)
"""

ROWS = [
    "1 Former _ ADJ _ _ 2 amod _ Entity=(1-person-new-sssss-cf1-3,4-coref-Ida_Vale",
    "2 Mayor _ PROPN _ _ 3 nmod:desc _ _",
    "3 Ida _ PROPN _ _ 5 nsubj _ _",
    "4 Vale _ PROPN _ _ 3 flat _ Entity=1)",
    "5 met _ VERB _ _ 0 root _ _",
    "6 the _ DET _ _ 10 det _ Entity=(2-organization-new-sssss-cf2-5-sgl",
    "7 Tide _ PROPN _ _ 8 compound _ Entity=(3-organization-new-sssss-cf2-1,2-sgl",
    "8 List _ PROPN _ _ 10 nmod:poss _ SpaceAfter=No",
    "9 's _ PART _ _ 8 case _ Entity=3)",
    "10 board _ NOUN _ _ 5 obj _ Entity=2)",
    "11-12 didn't _ _ _ _ _ _ _ SpaceAfter=No",
    "11 did _ AUX _ _ 5 aux _ _",
    "12 n't _ PART _ _ 5 advmod _ _",
    "12.1 left _ VERB _ _ _ _ _ _",
    "13 . _ PUNCT _ _ 5 punct _ _",
]
NEXT = """
# newpar
# newpar_block = p (1 s)
1 She _ PRON _ _ 2 nsubj _ Entity=(1-person-giv:act-sssss-cf1-1-ana)
2 praised _ VERB _ _ 0 root _ _
3 Ben _ PROPN _ _ 2 obj _ Entity=(4-person-new-sssss-cf1-1-sgl(5-person-new-sssss-cf1-1-sgl)
4 and _ CCONJ _ _ 5 cc _ _
5 Dora _ PROPN _ _ 3 conj _ Entity=(6-person-new-sssss-cf1-1-sgl)4)
"""


def _lines(text: str) -> str:
    lines = []
    for line in text.split("\n"):
        plain = line.startswith("#") or not line
        lines.append(line if plain else "\t".join(line.split(" ")))
    return "\n".join(lines)


@pytest.fixture
def document(tmp_path: Path) -> GumDocument:
    path = tmp_path / "GUM_news_boat.conllu"
    path.write_text(_lines(HEAD + "\n".join(ROWS) + "\n" + NEXT), encoding="utf-8")
    (only,) = read_gum(tmp_path)
    return only


def _words(document: GumDocument, first: int, end: int) -> str:
    return document.text[document.words[first].start : document.words[end - 1].end]


def test_the_text_is_put_together(document: GumDocument) -> None:
    first = "Former Mayor Ida Vale met the Tide List's board didn't."
    assert document.text == f"{first}\n\nShe praised Ben and Dora\n\n"
    assert document.paragraphs == ((0, len(first)), (len(first) + 2, len(document.text) - 2))
    assert document.words[3].head == 2
    assert document.words[4].head is None


def test_mentions_have_their_entities(document: GumDocument) -> None:
    found = [(_words(document, m.first, m.end), m.entity, m.kind) for m in document.mentions]
    assert found == [
        ("Former Mayor Ida Vale", "1", "person"),
        ("the Tide List's board", "2", "organization"),
        ("Tide List's", "3", "organization"),
        ("She", "1", "person"),
        ("Ben and Dora", "4", "person"),
        ("Ben", "5", "person"),
        ("Dora", "6", "person"),
    ]


def test_short_mentions_have_no_titles_and_no_names_inside(document: GumDocument) -> None:
    found = [(_words(document, m.first, m.end), m.form, m.kind) for m in short_mentions(document)]
    assert found == [
        ("Ida Vale", "name", "person"),
        ("Tide List", "name", "group"),
        ("board", "description", "group"),
        ("She", "pronoun", "person"),
        ("Ben", "name", "person"),
        ("Dora", "name", "person"),
    ]


def test_a_folder_without_documents(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no documents of GUM"):
        read_gum(tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        "1\tShe",
        "one\tShe\t_\tPRON\t_\t_\t0\troot\t_\t_",
        "1\tShe\t_\tPRON\t_\t_\t0\troot\t_\tEntity=1)",
        "1\tShe\t_\tPRON\t_\t_\t0\troot\t_\tEntity=(1)",
    ],
)
def test_a_line_that_is_none_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.conllu"
    path.write_text(HEAD + line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="line 5"):
        read_document(path)


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "bad.conllu").write_bytes(b"\xff")
    with pytest.raises(CorpusError, match="UTF-8"):
        read_gum(tmp_path)

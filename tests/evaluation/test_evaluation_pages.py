"""Scores of pages."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from onrecord.errors import CorpusError
from onrecord.evaluation.gold_pages import GoldComment, GoldPage
from onrecord.evaluation.pages import PageExample, pair_comments, read_examples, score_page
from onrecord.records import Comment, Page, Paragraph

SAID = ("It leaked before it was opened.", "Agreed.", "Agreed.", "Mine has been dry since March.")
AUTHORS = ("Ana", "Ben", "Cleo", "Dov")
PARENTS = (None, 0, 0, None)
DAY = "2024-05-03T10:0{}:00+02:00"


def page(said: tuple[str, ...] = SAID, parents: tuple[int | None, ...] = PARENTS) -> Page:
    article = "The barrier\n\nIt rains.\n\nIt was opened in May.\n\nThe end."
    text = "\n\n".join((article, *said))
    comments, start = [], len(article) + 2
    for number, one in enumerate(said):
        comments.append(
            Comment(
                id=number,
                parent=parents[number],
                author=AUTHORS[number],
                posted=DAY.format(number),
                posted_text=f"{number} hours ago",
                start=start,
                end=start + len(one),
            )
        )
        start += len(one) + 2
    return Page(
        id="0",
        headline="The barrier",
        byline=("Ana Rower", "Ben Kerr"),
        published="2024-05-03T09:00:00",
        text=text,
        paragraphs=(
            Paragraph(start=0, end=11, kind="headline"),
            Paragraph(start=13, end=22, kind="standfirst"),
            Paragraph(start=24, end=45, kind="body"),
            Paragraph(start=47, end=55, kind="body"),
        ),
        comments=tuple(comments),
    )


def gold(**changes: object) -> GoldPage:
    comments = tuple(
        GoldComment(
            id=number + 1,
            parent=None if parent is None else parent + 1,
            author=AUTHORS[number],
            time=DAY.format(number),
            text_start=said[:60],
            text_end=said[-40:],
        )
        for number, (said, parent) in enumerate(zip(SAID, PARENTS, strict=True))
    )
    whole = GoldPage(
        headline="The Barrier",
        byline="Ana Rower and Ben Kerr",
        date="2024-05-03",
        first_paragraph_start="It was opened",
        last_paragraph_end="The end.",
        lede_start="It rains.",
        comments=comments,
    )
    return msgspec.structs.replace(whole, **changes)


def score(predicted: Page, reference: GoldPage) -> dict[str, tuple[int, int, int]]:
    counts = score_page(PageExample("one", predicted, reference)).counts
    return {name: (one.right, one.predicted, one.gold) for name, one in counts.items()}


def test_all_right() -> None:
    found = score(page(), gold())
    assert {name: found[name] for name in ("found", "text", "author", "parent", "time")} == {
        **dict.fromkeys(("found", "text", "author", "parent", "time"), (4, 4, 4))
    }
    article = ("headline", "date", "byline", "body begins", "body ends", "standfirst")
    assert {name: found[name] for name in article} == dict.fromkeys(article, (1, 1, 1))


def test_of_the_same_text_the_same_author_comes_first() -> None:
    pairs = pair_comments(page(), gold().comments)
    assert {number: one.author for number, one in pairs.items()} == dict(
        enumerate(AUTHORS, start=1)
    )


def test_a_comment_that_is_missed_and_one_that_is_none() -> None:
    found = score(page(said=(*SAID[:3], "Share this story")), gold())
    assert found["found"] == (3, 4, 4)


def test_half_a_text_is_found_but_not_whole() -> None:
    found = score(page(said=(*SAID[:3], "Mine has been dry since March. Reply")), gold())
    assert found["found"] == (4, 4, 4)
    assert found["text"] == (3, 4, 4)


def test_an_answer_to_another_comment() -> None:
    assert score(page(parents=(None, 0, 1, None)), gold())["parent"] == (3, 4, 4)
    assert score(page(parents=(None, None, 0, None)), gold())["parent"] == (3, 4, 4)


def test_an_answer_to_a_comment_that_was_not_found() -> None:
    found = score(page(said=("Something else.", *SAID[1:])), gold())
    assert found["parent"] == (1, 4, 4)


def test_times() -> None:
    late = tuple(msgspec.structs.replace(one, time=DAY.format(9)) for one in gold().comments)
    assert score(page(), gold(comments=late))["time"] == (0, 4, 4)
    shown = tuple(
        msgspec.structs.replace(one, time=None, time_text=f"{number} hours ago")
        for number, one in enumerate(gold().comments)
    )
    assert score(page(), gold(comments=shown))["time"] == (4, 4, 4)
    none = tuple(msgspec.structs.replace(one, time=None) for one in gold().comments)
    assert score(page(), gold(comments=none))["time"] == (0, 0, 0)


@pytest.mark.parametrize(
    ("figure", "changes"),
    [
        ("headline", {"headline": "Another"}),
        ("date", {"date": "2024-05-04"}),
        ("byline", {"byline": "Ana Rower"}),
        ("byline", {"byline": ("Ana Rower", "Dov Ash")}),
        ("body begins", {"first_paragraph_start": "It rains."}),
        ("body ends", {"last_paragraph_end": "opened in May."}),
        ("standfirst", {"lede_start": "It was opened"}),
    ],
)
def test_what_is_wrong_in_the_article(figure: str, changes: dict[str, object]) -> None:
    assert score(page(), gold(**changes))[figure] == (0, 1, 1)


def test_what_the_gold_does_not_have_is_not_scored() -> None:
    bare = GoldPage(comments=gold().comments)
    assert set(score(page(), bare)) == {"found", "text", "author", "parent", "time"}


def test_pages_are_read(tmp_path: Path) -> None:
    for folder in ("html", "gold", "text"):
        (tmp_path / folder).mkdir()
    markup = "<html><body><article><h1>The barrier</h1>{}</article></body></html>"
    paragraphs = "<p>It was opened in May, and it rained all day on the crowd.</p>" * 5
    (tmp_path / "html/one.html").write_text(markup.format(paragraphs))
    (tmp_path / "gold/one.json").write_bytes(msgspec.json.encode(gold(comments=())))
    (tmp_path / "text/one.plain.txt").write_text("The barrier\n\nIt was opened.\n\nThe end.\n")
    (example,) = read_examples(tmp_path)
    assert example.predicted.headline == "The barrier"
    (example,) = read_examples(tmp_path, form="plain")
    assert example.predicted.text.startswith("The barrier")
    with pytest.raises(CorpusError, match=r"NAME\.other\.txt"):
        list(read_examples(tmp_path, form="other"))
    (tmp_path / "gold/two.json").write_bytes(msgspec.json.encode(gold()))
    with pytest.raises(CorpusError, match="to the gold of 'two'"):
        list(read_examples(tmp_path))

"""The comments below the ledger."""

from __future__ import annotations

from onrecord.report.thread import COMMENT, DEEPEST
from writer import Writer, lines, show


def test_comments_are_shortened_unless_all_is_asked_for() -> None:
    text = "The ferry leaks " + "and leaks " * 20 + "and sinks"
    page = Writer().paragraph("Title").comment(text).page()
    (line,) = [line for line in lines(page, 400) if line.startswith("c 1")]
    assert line.startswith("c 1  rower  The ferry leaks")
    assert line.endswith("and sinks")
    assert len(line) <= len("c 1  rower  ") + COMMENT
    assert text in show(page, 400, full=True)


def test_thread_is_indented_up_to_a_depth() -> None:
    writer = Writer().paragraph("Title")
    for number in range(DEEPEST + 4):
        writer.comment("Yes.", number - 1 if number else None)
    writer.comment("No.", 1)
    shown = [line for line in lines(writer.page()) if line.lstrip().startswith("c ")]
    depths = [(len(line) - len(line.lstrip())) / 2 for line in shown]
    assert depths == [*range(DEEPEST), *[DEEPEST] * 4, 2]


def test_a_wrapped_comment_keeps_its_indentation() -> None:
    page = Writer().paragraph("T").comment("Yes.").comment("word " * 12 + "end", 0).page()
    shown = lines(page, 40)
    begin = shown.index(next(line for line in shown if line.startswith("  c 2")))
    assert shown[begin + 1].startswith("  word")

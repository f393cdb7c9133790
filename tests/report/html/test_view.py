"""What a page's HTML shows, before any template."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings

from arbitrary import pages
from onrecord.records import Page
from onrecord.report.html.view import DEEPEST, Node, view
from writer import Writer, story


def _nodes(thread: tuple[Node, ...]) -> list[Node]:
    return [found for one in thread for found in (one, *_nodes(one.replies))]


@settings(max_examples=60)
@given(pages())
def test_every_attribution_has_one_entry_in_the_order_of_the_text(page: Page) -> None:
    shown = view(page)
    entries = [*shown.entries, *(said for one in _nodes(shown.thread) for said in one.entries)]
    assert sorted(one.id for one in entries) == sorted(one.id for one in page.attributions)
    assert sorted(one.number for one in entries) == list(range(1, len(entries) + 1))
    starts = {one.id: one.content[0][0] for one in page.attributions}
    for some in (shown.entries, *(one.entries for one in _nodes(shown.thread))):
        assert [one.number for one in some] == sorted(one.number for one in some)
        assert [starts[one.id] for one in some] == sorted(starts[one.id] for one in some)


def test_entries_keep_their_words_when_the_record_is_out_of_order() -> None:
    page = story()
    turned = msgspec.structs.replace(page, attributions=tuple(reversed(page.attributions)))
    assert [(one.id, one.cells.content) for one in view(turned).entries] == [
        (one.id, one.cells.content) for one in view(page).entries
    ]


def test_statements_that_nobody_named_answers_for_those_of_nobody_first() -> None:
    shown = view(story())
    assert [one.cells.content for one in shown.sourceless] == [
        "It may have been the storm",
        "it sways",
    ]


def test_choices_are_what_there_is() -> None:
    shown = view(story())
    assert [name for _, name in shown.speaker_choices] == [
        "Anna Bell",
        "Dora Finn",
        "report",
        "two engineers",
    ]
    assert [name for name, _ in shown.source_choices] == [
        "named_person",
        "unnamed_group",
        "document",
        "unattributed",
    ]
    assert [name for name, _ in shown.cue_choices] == ["neutral", "distancing"]
    assert [name for name, _ in shown.kind_choices] == ["direct", "mixed", "indirect"]


def test_a_deep_reply_says_what_it_answers() -> None:
    written = Writer().paragraph("Piers")
    for number in range(DEEPEST + 2):
        written.comment(f"reply {number}", parent=number - 1 if number else None)
    nodes = _nodes(view(written.page()).thread)
    assert [one.answers for one in nodes] == [None] * DEEPEST + [DEEPEST - 1, DEEPEST]
    assert nodes[0].below == DEEPEST + 1

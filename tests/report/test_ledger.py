"""The ledger: who, by which words, says what, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from onrecord.records import (
    Attribution,
    AttributionKind,
    Comment,
    Page,
    Paragraph,
    ParagraphKind,
    Span,
    Speaker,
    Warning,
)
from onrecord.report.ledger import (
    COMMENT,
    CONTENT,
    DEEPEST,
    NARROW,
    NESTED,
    NOBODY,
    closing_line,
    print_ledger,
)
from onrecord.report.printable import ELLIPSIS

WIDTHS = [20, 40, NARROW - 1, NARROW, 100, 200]


@dataclass
class Writer:
    """Writes a page piece by piece, so that a test needs no offsets."""

    text: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)

    def paragraph(self, text: str) -> Writer:
        start, end = self._add(text)
        kind: ParagraphKind = "body" if self.paragraphs else "headline"
        self.paragraphs.append(Paragraph(start=start, end=end, kind=kind))
        return self

    def comment(
        self,
        text: str,
        parent: int | None = None,
        *,
        author: str | None = "rower",
        posted: str | None = None,
        posted_text: str | None = None,
    ) -> Writer:
        start, end = self._add(text)
        self.comments.append(
            Comment(
                id=len(self.comments),
                parent=parent,
                author=author,
                posted=posted,
                posted_text=posted_text,
                start=start,
                end=end,
            )
        )
        return self

    def attribution(
        self,
        source: str,
        cue: str,
        *content: str,
        kind: AttributionKind = "indirect",
        comment: int | None = None,
        within: int | None = None,
    ) -> Writer:
        """Attribute the last stretches that read so."""
        self.attributions.append(
            Attribution(
                id=len(self.attributions),
                source=self._spans(source),
                cue=self._spans(cue),
                content=self._spans(*content),
                kind=kind,
                within=within,
                speaker=None,
                source_type=None,
                cue_class=None,
                negated=None,
                confidence=0.9,
                comment=comment,
            )
        )
        return self

    def page(self) -> Page:
        return Page(
            id="0" * 64,
            headline=self.text[slice(0, self.paragraphs[0].end)] if self.paragraphs else None,
            text=self.text,
            paragraphs=tuple(self.paragraphs),
            comments=tuple(self.comments),
            attributions=tuple(self.attributions),
        )

    def _add(self, text: str) -> Span:
        self.text += "\n\n" if self.text else ""
        start = len(self.text)
        self.text += text
        return start, len(self.text)

    def _spans(self, *stretches: str) -> tuple[Span, ...]:
        starts = [(self.text.rindex(one), one) for one in stretches if one]
        return tuple((start, start + len(one)) for start, one in starts)


def story() -> Page:
    page = (
        Writer()
        .paragraph("Bridge Opens Late")
        .paragraph("Anna Bell said the bridge was safe.")
        .attribution("Anna Bell", "said", "the bridge was safe")
        .paragraph("“No,” Ben Cole added, “it is not.”")
        .attribution("Ben Cole", "added", "“No,”", "“it is not.”", kind="direct")
        .paragraph("It may have been the storm.")
        .attribution("", "", "It may have been the storm")
        .comment("The ferry leaks, Dora Finn says.", posted_text="2 weeks ago", posted="2024-03-05")
        .attribution("Dora Finn", "says", "The ferry leaks", comment=0)
        .comment("It does.", 0, author=None)
        .comment("It does not.", 1, author="Emil", posted="2024-03-06")
        .comment("All is well.", None, author="Cleo")
    ).page()
    return msgspec.structs.replace(
        page,
        site="Ravenholm Post",
        byline=("Gil Hart", "Ida Jung"),
        published="2024-03-05",
        url="https://post.example/orla",
        speakers=(Speaker(id=0, name="Anna Bell", kind=None, roles=(), aliases=(), mentions=()),),
        warnings=(Warning(code="encoding-guessed", message="read as cp1251"),),
    )


def show(page: Page, width: int = 100, *, full: bool = False) -> str:
    console = Console(width=width, highlight=False, color_system=None)
    with console.capture() as capture:
        print_ledger(console, page, full=full)
    return capture.get()


def lines(page: Page, width: int = 100, *, full: bool = False) -> list[str]:
    return [line.rstrip() for line in show(page, width, full=full).splitlines()]


def squeezed(text: str) -> str:
    """Without white space, so that it does not matter where lines were broken."""
    return "".join(text.split())


def saying(content: str) -> Page:
    text = f"Anna Bell said {content}."
    return Writer().paragraph(text).attribution("Anna Bell", "said", content).page()


def test_wide() -> None:
    assert lines(story()) == [
        "Bridge Opens Late",
        "Ravenholm Post · Gil Hart, Ida Jung · 2024-03-05 · https://post.example/orla",
        "",
        "where  who        by the words  says                        kind",
        "",
        "  ¶ 2  Anna Bell  said          the bridge was safe         indirect",
        "",
        "  ¶ 3  Ben Cole   added         “No,” … “it is not.”        direct",
        "",
        "  ¶ 4  —          —             It may have been the storm  indirect",
        "",
        "  c 1  Dora Finn  says          The ferry leaks             indirect",
        "",
        "Comments",
        "c 1  rower  2 weeks ago  The ferry leaks, Dora Finn says.",
        "  c 2  (no name)  It does.",
        "    c 3  Emil  2024-03-06  It does not.",
        "c 4  Cleo  All is well.",
        "",
        "4 attributions (1 direct, 0 mixed, 3 indirect) · 1 source wording · 4 paragraphs · "
        "4 comments (1",
        "attribution in them)",
        "note: read as cp1251 [encoding-guessed]",
        "",
    ]


def test_narrow() -> None:
    assert lines(story(), 40) == [
        "Bridge Opens Late",
        "Ravenholm Post · Gil Hart, Ida Jung ·",
        "2024-03-05 · https://post.example/orla",
        "",
        "¶ 2  Anna Bell  said  (indirect)",
        "  the bridge was safe",
        "",
        "¶ 3  Ben Cole  added  (direct)",
        "  “No,” … “it is not.”",
        "",
        "¶ 4  —  —  (indirect)",
        "  It may have been the storm",
        "",
        "c 1  Dora Finn  says  (indirect)",
        "  The ferry leaks",
        "",
        "",
        "Comments",
        "c 1  rower  2 weeks ago  The ferry",
        "leaks, Dora Finn says.",
        "  c 2  (no name)  It does.",
        "    c 3  Emil  2024-03-06  It does not.",
        "c 4  Cleo  All is well.",
        "",
        "4 attributions (1 direct, 0 mixed, 3",
        "indirect) · 1 source wording · 4",
        "paragraphs · 4 comments (1 attribution",
        "in them)",
        "note: read as cp1251 [encoding-guessed]",
        "",
    ]


def test_stanzas_below_the_narrow_width_and_a_table_from_it_on() -> None:
    assert "by the words" not in show(story(), NARROW - 1)
    assert "by the words" in show(story(), NARROW)


def test_a_page_that_says_nothing() -> None:
    page = Page(id="0" * 64, text="")
    assert lines(page) == [
        "(no headline)",
        "",
        "0 attributions (0 direct, 0 mixed, 0 indirect) · 0 source wordings · 0 paragraphs · "
        "0 comments",
        "",
    ]


def test_an_attribution_is_placed_where_its_content_stands() -> None:
    page = (
        Writer()
        .paragraph("Bridge Opens Late")
        .paragraph("Anna Bell said the following; Ben Cole added that it was late.")
        .attribution("Anna Bell", "said", "the following")
        .attribution("Ben Cole", "added", "that it was late")
        .paragraph("“The bridge is safe.”")
        .page()
    )
    first, second = page.attributions
    quotation = page.paragraphs[2]
    moved = msgspec.structs.replace(first, content=((quotation.start, quotation.end),))
    page = msgspec.structs.replace(page, attributions=(moved, second))
    rows = [line.split()[:4] for line in lines(page) if line.startswith("  ¶")]
    assert rows == [["¶", "3", "Anna", "Bell"], ["¶", "2", "Ben", "Cole"]]


def test_where_counts_comments_from_one() -> None:
    writer = Writer().paragraph("Bridge Opens Late")
    for number in range(12):
        writer.comment(f"Reader {number} says so.")
        writer.attribution(f"Reader {number}", "says", "so", comment=number)
    for width in (40, 100):
        shown = show(writer.page(), width)
        for number in range(12):
            assert re.search(rf"^ *c {number + 1}  Reader {number}  ", shown, re.M)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("full", [False, True])
def test_no_line_is_longer_than_the_terminal(width: int, full: bool) -> None:
    writer = Writer().paragraph("橋" * 90).paragraph("A" * 300 + " said " + "橋" * 400 + ".")
    writer.attribution("A" * 300, "said", "橋" * 400)
    for number in range(12):
        writer.comment("word " * 50, number - 1 if number else None, author="B" * 60)
    for page in (story(), writer.page()):
        assert max(map(cell_len, lines(page, width, full=full))) <= width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(" ".join(f"w{number}" for number in range(300)), id="many words"),
        pytest.param("https://post.example/" + "abcdefghij" * 30, id="a long address"),
        pytest.param("".join(map(chr, range(0x6A4B, 0x6A4B + 200))), id="no spaces"),
    ],
)
def test_nothing_is_lost_in_full(content: str, width: int) -> None:
    shown = show(saying(content), width, full=True)
    if width >= NARROW:  # The other columns stand between the lines of this one.
        start = next(line for line in shown.splitlines() if "says" in line).index("says")
        rows = shown.split("kind", 1)[1].splitlines()[: -shown.count("attribution") - 1]
        pieces = re.findall(r"\S+", "\n".join(row[start - 1 :] for row in rows))
        told = "".join(piece for piece in pieces if piece != "indirect")
        assert squeezed(content) in told
    else:
        assert squeezed(content) in squeezed(shown)
    assert ELLIPSIS.strip() not in shown


@pytest.mark.parametrize("width", WIDTHS)
def test_names_and_cues_are_never_cut(width: int) -> None:
    source = "the " + "z" * 150
    page = Writer().paragraph(f"{source} said so.").attribution(source, "said", "so").page()
    assert show(page, width).count("z") == 150 * 2  # The headline has it too.


@pytest.mark.parametrize("width", WIDTHS)
def test_long_contents_are_shortened_in_the_middle(width: int) -> None:
    words = [f"w{number}" for number in range(300)]
    shown = squeezed(show(saying(" ".join(words)), width).split("said", 2)[-1])
    assert ELLIPSIS.strip() in shown
    for word in (*words[:5], *words[-5:]):
        assert word in shown
    assert "w150" not in shown


def test_a_content_is_shortened_to_its_limit() -> None:
    content = "c" * CONTENT
    page = Writer().paragraph("Title").comment(content).attribution("", "", content, comment=0)
    assert show(page.page(), 400).count("c" * CONTENT) == 1
    content += "c"
    page = Writer().paragraph("Title").comment(content).attribution("", "", content, comment=0)
    assert ELLIPSIS.strip() in show(page.page(), 400).split("Comments")[0]


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


def test_closing_line_counts() -> None:
    page = (
        Writer()
        .paragraph("Anna said one, two, three.")
        .attribution("Anna", "said", "one")
        .attribution("Anna", "said", "two", kind="mixed")
        .attribution("Anna", "said", "three", kind="direct")
        .page()
    )
    assert closing_line(page) == (
        "3 attributions (1 direct, 1 mixed, 1 indirect) · 0 source wordings · 1 paragraph · "
        "0 comments"
    )
    one = msgspec.structs.replace(page, attributions=page.attributions[:1])
    assert closing_line(one).startswith("1 attribution (0 direct, 0 mixed, 1 indirect) · ")
    assert closing_line(story()).endswith(
        " · 1 source wording · 4 paragraphs · 4 comments (1 attribution in them)"
    )


@pytest.mark.parametrize("width", [60, 100])
def test_an_arrow_marks_what_is_nested(width: int) -> None:
    page = (
        Writer()
        .paragraph("Anna said Ben denied it.")
        .attribution("Anna", "said", "Ben denied it")
        .attribution("Ben", "denied", "it", within=0)
        .page()
    )
    lines = show(page, width).splitlines()
    (marked,) = [line for line in lines if NESTED in line]
    assert f"{NESTED} Ben" in marked
    assert closing_line(page).startswith("2 attributions (0 direct, 0 mixed, 2 indirect; 1 nested)")


def test_large_counts_are_grouped() -> None:
    writer = Writer()
    for number in range(1200):
        writer.comment("So.").attribution("", "", "So", comment=number)
    assert closing_line(writer.page()) == (
        "1,200 attributions (0 direct, 0 mixed, 1,200 indirect) · 0 source wordings · "
        "0 paragraphs · 1,200 comments (1,200 attributions in them)"
    )


def test_words_that_look_like_markup_are_shown_to_the_letter() -> None:
    said = "[bold]it[/bold] was [link=x]safe[/] :smile: [/nonsense]"
    page = saying(said)
    page = msgspec.structs.replace(page, site="[red]Post[/red]", byline=("[i]Gil[/i]",))
    shown = show(page, 200)
    assert said in shown
    assert "[red]Post[/red] · [i]Gil[/i]" in shown


EVIL = "\x1b[2J\x1b]0;title\x07\x9b31m\x08\u202egnp\u202c\u2066x\u2069\r\x00\x7f"


@pytest.mark.parametrize("width", [40, 100])
@pytest.mark.parametrize("full", [False, True])
def test_nothing_of_the_page_steers_the_terminal(width: int, full: bool) -> None:
    page = (
        Writer()
        .paragraph(f"Bridge {EVIL}")
        .paragraph(f"Anna{EVIL}Bell said{EVIL} it was{EVIL}safe.")
        .attribution(f"Anna{EVIL}Bell", f"said{EVIL}", f"it was{EVIL}safe")
        .comment(f"Yes{EVIL}.", author=f"Ana{EVIL}", posted_text=f"now{EVIL}")
        .comment(f"No{EVIL}.", posted=f"2024{EVIL}")
        .page()
    )
    page = msgspec.structs.replace(
        page,
        site=f"Post{EVIL}",
        byline=(f"Gil{EVIL}",),
        published=f"2024{EVIL}",
        url=f"https://post.example/{EVIL}",
        warnings=(Warning(code="encoding-guessed", message=f"read{EVIL}"),),
    )
    shown = show(page, width, full=full)
    for word in ("Bridge", "Anna", "Ana", "now", "Post", "Gil", "post.example", "read"):
        assert word in shown
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_colour_is_the_console_s_own() -> None:
    console = Console(width=100, force_terminal=True, color_system="standard")
    with console.capture() as capture:
        print_ledger(console, story())
    shown = capture.get()
    assert shown.startswith("\x1b[1mBridge Opens Late\x1b[0m")
    assert re.sub(r"\x1b\[[\d;]*m", "", shown) == show(story())


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60), st.integers(20, 120))
def test_any_words_fit_any_width(words: str, width: int) -> None:
    page = Writer().comment(words, author=words).attribution("", "", words, comment=0).page()
    shown = show(page, width, full=True)
    assert NOBODY in shown
    assert max(map(cell_len, shown.splitlines())) <= width

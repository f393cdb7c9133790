"""Errors as tables and as examples to look at."""

from __future__ import annotations

import re
from pathlib import Path

from rich.console import Console, RenderableType

from onrecord.evaluation.attributions import Example
from onrecord.evaluation.corpus import Article, Roles
from onrecord.evaluation.errors import judge, pick_errors
from onrecord.evaluation.gold_speakers import GoldArticle, GoldSpeaker
from onrecord.evaluation.speakers import Answer, SpeakerExample
from onrecord.records import Attribution, Page, Paragraph, Span
from onrecord.report.errors import error_examples, error_json, error_tables, speaker_examples

TEXT = "Fog Rises\nAnna Bell [bold]said[/bold] it rained.\x1b[31m “It froze,” Ben Cole\nadded."


def spot(words: str) -> Span:
    return TEXT.index(words), TEXT.index(words) + len(words)


RAIN = Roles((spot("Anna Bell"),), (spot("said"),), (spot("it rained"),))
FROST = Roles((spot("Ben Cole"),), (spot("added"),), (spot("“It froze,”"),))
OTHER = Roles((spot("Anna Bell"),), (spot("added"),), (spot("“It froze,”"),))


def shown(what: RenderableType) -> list[str]:
    console = Console(width=80, color_system=None, highlight=False)
    with console.capture() as capture:
        console.print(what)
    lines = capture.get().splitlines()
    assert all(len(line) <= 80 for line in lines)
    return [line.rstrip() for line in lines]


def example(predicted: tuple[Roles, ...], gold: tuple[Roles, ...]) -> Example:
    lines = re.finditer(".+", TEXT)
    paragraphs = tuple(line.span() for line in lines)
    return Example(TEXT, predicted, gold, name="fog", paragraphs=paragraphs)


def test_tables() -> None:
    judgement = judge(example((OTHER,), (RAIN, FROST)))
    rows = [line.split() for line in shown(error_tables([judgement, judgement]))]
    assert ["missed", "2", "0", "2", "0", "0", "2", "0", "0"] in rows
    assert rows.count(["wrong", "source", "2", "2", "0", "0", "0", "2", "0", "0"]) == 2
    assert ["together", "4", "2", "2", "0", "0", "4", "0", "0"] in rows
    assert ["together", "2", "2", "0", "0", "0", "2", "0", "0"] in rows
    numbers = error_json([judgement])
    assert numbers["gold"]["missed"]["indirect"] == 1
    assert numbers["predicted"]["wrong source"]["direct"] == 1
    assert "invented" not in numbers["gold"]
    assert "missed" not in numbers["predicted"]


def test_wide_numbers_fit() -> None:
    judgement = judge(example((OTHER,), (RAIN, FROST)))
    assert len(shown(error_tables([judgement] * 30_000))) == 19


def test_examples_side_by_side() -> None:
    judgement = judge(example((OTHER,), (RAIN, FROST)))
    lines = shown(error_examples(pick_errors(judgement.errors, 1)))
    assert lines == [
        "missed 1: fog",
        f"  gold {RAIN.source[0][0]}-{RAIN.content[0][1]}, indirect",
        # Markup and escapes are shown, not obeyed.
        "    [source Anna Bell] [bold][cue said][/bold] [content it rained].�[31m “It",
        "    froze,” Ben Cole",
        "  predicted —",
        "",
        "wrong source 1: fog",
        f"  gold {FROST.content[0][0]}-{FROST.cue[0][1]}, direct",
        "    Anna Bell [bold]said[/bold] it rained.�[31m [content “It froze,”] [source",
        "    Ben Cole] ¶ [cue added].",
        f"  predicted {OTHER.source[0][0]}-{OTHER.cue[0][1]}, direct",
        "    [source Anna Bell] [bold]said[/bold] it rained.�[31m [content “It froze,”]",
        "    Ben Cole ¶ [cue added].",
    ]


def test_a_part_of_another_class_says_so() -> None:
    text = "Ida said one two three four five six, then seven eight nine."
    gold = (Roles(((0, 3),), ((4, 8),), ((9, 60),)),)
    predicted = (
        Roles(((0, 3),), ((4, 8),), ((9, 37),)),
        Roles(((0, 3),), ((38, 42),), ((43, 60),)),
    )
    judgement = judge(Example(text, predicted, gold))
    lines = shown(error_examples(pick_errors(judgement.errors, 1)))
    assert [line for line in lines if line.startswith("  ") and line[2] != " "] == [
        "  gold 0-60, indirect, right",
        "  predicted 0-37, indirect, right",
        "  predicted 0-60, indirect",
    ]


def test_what_is_long_is_shortened_in_the_middle() -> None:
    words = " ".join(f"word{number}" for number in range(200))
    text = f"{words} END Ida said {words}. AND {words}"
    start = text.index("Ida")
    content = (start + 9, start + 9 + len(words))
    gold = (Roles(((start, start + 3),), ((start + 4, start + 8),), (content,)),)
    judgement = judge(Example(text, (), gold))
    whole = " ".join(" ".join(shown(error_examples(pick_errors(judgement.errors, 1)))).split())
    assert "[…] word191 " in whole
    assert "END [source Ida] [cue said] [content word0 word1 " in whole
    assert " […] word19" in whole
    assert "word199]. AND word0 " in whole
    assert whole.count("[…]") == 3
    assert len(whole) < 500


def test_no_errors() -> None:
    judgement = judge(example((RAIN,), (RAIN,)))
    assert not judgement.errors
    assert shown(error_examples(pick_errors(judgement.errors, 3))) == []


def answer() -> Answer:
    who = GoldSpeaker(
        n=0,
        speaker="Anna [b]Bell[/b]",
        entity="e1",
        source_type="named_person",
        cue_class="neutral",
        negated=True,
    )
    predicted = Attribution(
        id=0,
        source=(),
        cue=(),
        content=RAIN.content,
        kind="indirect",
        within=None,
        speaker=1,
        source_type=None,
        cue_class="assertive",
        negated=None,
        confidence=1.0,
        comment=None,
    )
    paragraphs = tuple(
        Paragraph(start=line.start(), end=line.end(), kind="body")
        for line in re.finditer(".+", TEXT)
    )
    page = Page(id="0", text=TEXT, paragraphs=paragraphs)
    gold = GoldArticle(Article("fog\x1b[2J", Path("fog.txt"), TEXT, (RAIN,)), (who,))
    return Answer(SpeakerExample(gold, page), who, RAIN, predicted, "Ben\u202e Cole")


def test_examples_of_wrong_speakers() -> None:
    lines = shown(speaker_examples({"wrong speaker": [answer()], "wrong negation": []}))
    assert lines == [
        "wrong speaker 1: fog\ufffd[2J",
        "  source  Anna Bell",
        "  gold    Anna [b]Bell[/b]",
        "  given   Ben\ufffd Cole",
        "  at      10-47",
        "    [source Anna Bell] [bold][cue said][/bold] [content it rained].\ufffd[31m “It",
        "    froze,” Ben Cole",
    ]


def test_examples_of_wrong_classes() -> None:
    one = answer()
    lines = shown(
        speaker_examples(
            {
                "wrong source type": [one],
                "wrong cue class": [one, one],
                "wrong negation": [one],
            }
        )
    )
    heads = [line for line in lines if ": fog" in line]
    assert [head.split(":")[0] for head in heads] == [
        "wrong source type 1",
        "wrong cue class 1",
        "wrong cue class 2",
        "wrong negation 1",
    ]
    at = lines.index(heads[0])
    assert lines[at + 2 : at + 5] == [
        "  speaker Anna [b]Bell[/b]",
        "  gold    named_person",
        "  given   —",
    ]
    at = lines.index(heads[1])
    assert lines[at + 2 : at + 4] == ["  gold    neutral", "  given   assertive"]
    at = lines.index(heads[3])
    assert lines[at + 2 : at + 4] == ["  gold    negated", "  given   not negated"]


def test_long_names_are_shortened() -> None:
    one = answer()
    long = Answer(one.example, one.gold, one.roles, one.predicted, "Nell Frost " * 500)
    assert len(shown(speaker_examples({"wrong speaker": [long]}))) < 12

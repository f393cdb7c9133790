"""``onrecord speakers``: the list, one of them, several, and nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.ask import ask, header, rows
from onrecord.cli.asking import fields
from onrecord.errors import NotInStoreError, OptionsError
from onrecord.store import Profile, SpeakerCount
from store.handmade import Said, made_page, write


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = made_page(
        Said("the bridge is safe", "Elda Marrow", "direct"),
        Said("Osric Marrow knew", "Elda Marrow", cue_class="mental"),
        Said("no", "Osric Marrow"),
        Said("yes", "Pia Lund", comment=True),
        site="Aar Post",
        published="2026-03-04",
        roles={"Elda Marrow": ("Harbour Minister",)},
        mentioned=["Osric Marrow"],
    )
    return write(tmp_path_factory.mktemp("speakers") / "c.db", [page]).path


def test_the_list(path: Path) -> None:
    found = rows("speakers", path)
    assert [row["name"] for row in found] == ["Elda Marrow", "Osric Marrow", "Pia Lund"]
    assert list(found[0]) == fields(SpeakerCount)
    assert "Elda Marrow   person  Harbour Minister" in ask("speakers", path, width=120)
    assert len(rows("speakers", path, "--limit", "1")) == 1


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["--source-type", "poll"], []),
        (["--cue-class", "mental"], ["Elda Marrow"]),
        (["--kind", "direct"], ["Elda Marrow"]),
        (["--site", "Aar Post", "--in", "comments"], ["Pia Lund"]),
        (["--since", "2027"], []),
        (["--until", "2026", "--limit", "1"], ["Elda Marrow"]),
    ],
)
def test_filters_narrow_the_list(path: Path, arguments: list[str], names: list[str]) -> None:
    assert [row["name"] for row in rows("speakers", path, *arguments)] == names


def test_one_speaker(path: Path) -> None:
    (row,) = rows("speakers", path, "elda")
    assert list(row) == fields(Profile)
    assert (row["name"], row["months"]) == ("Elda Marrow", [["2026-03", 2]])
    text = ask("speakers", path, "1")
    assert text.startswith("Elda Marrow\nperson · 2 attributions · 1 page · 7 words · 2026-03-04\n")
    assert "speaks about" in text


def test_several_who_are_called_so(path: Path) -> None:
    text = ask("speakers", path, "Marrow")
    assert text.startswith("2 speakers are called so; give one's number to see all of it\n\nno. ")
    assert len(rows("speakers", path, "Marrow")) == 2
    text = ask("speakers", path, "Marrow", "--limit", "1")
    assert text.startswith("more than 1 speakers are called so")
    assert "Osric" not in text


def test_nobody_is_found(path: Path) -> None:
    with pytest.raises(NotInStoreError, match="no speaker 'Emil' says anything"):
        ask("speakers", path, "Emil")
    assert ask("speakers", path, "--since", "2027").startswith("no speaker with a name")
    assert header("speakers", path, "--since", "2027") == fields(SpeakerCount)


def test_filters_are_the_lists(path: Path) -> None:
    with pytest.raises(OptionsError, match="no use with a name"):
        ask("speakers", path, "Elda", "--in", "article")


def test_a_people_file_merges(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,aliases,party\nElda Marrow,Pia Lund,Quay\n", "utf-8")
    first, *_ = rows("speakers", path, "--people", file)
    assert (first["name"], first["attributions"]) == ("Elda Marrow", 3)
    text = ask("speakers", path, "lund", "--people", file)
    assert text.startswith("Elda Marrow\nperson · 3 attributions")
    assert "people file: name: Elda Marrow · party: Quay" in text

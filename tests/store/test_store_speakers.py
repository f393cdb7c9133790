"""Speakers over all pages: how they are found, and what is known of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import Corpus, Filter
from onrecord.errors import NotInStoreError
from onrecord.store.speakers import _Mentions
from store.handmade import Said, made_page, write

MINISTER = {"Anna Bell": ("Bridge Minister", "mother of two")}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return write(
        tmp_path_factory.mktemp("speakers") / "c.db",
        [
            made_page(
                Said("it rained", "Anna Bell", "direct"),
                Said("Ben Cole left", "Anna Bell", cue_class="mental"),
                Said("Anna Bell and Dora Finn stayed", "Anna Bell"),
                Said("no", "Ben Cole"),
                site="Aar Post",
                published="2026-01-05",
                roles=MINISTER,
                mentioned=["Anna Bell", "Ben Cole", "Dora Finn"],
            ),
            made_page(
                Said("we met Ben Cole and Ben Cole met us", "Anna Bell", comment=True),
                Said("300 is enough", "300"),
                site="Bode Bugle",
                published="2026-03-01",
                roles={"Anna Bell": ("bridge minister",)},
                aliases={"Anna Bell": ("Annie",)},
                kinds={"300": "group"},
                mentioned=["Ben Cole"],
            ),
            made_page(
                Said("so", "Zoë Müller-Bell"),
                Said("so it is", "a sailor"),
                Said("well", "Anna Bell"),
                site="Bode Bugle",
                roles={"Anna Bell": ("Bridge Minister",)},
            ),
        ],
    )


def _names(corpus: Corpus, name: str) -> list[str]:
    return [one.name for one in corpus.find_speakers(name)]


def test_the_list_has_those_with_a_name_who_say_most_first(corpus: Corpus) -> None:
    found = corpus.speakers()
    assert [(one.name, one.attributions) for one in found] == [
        ("Anna Bell", 5),
        ("Ben Cole", 1),
        ("300", 1),
        ("Zoë Müller-Bell", 1),
    ]
    bell = found[0]
    assert (bell.pages, bell.direct, bell.first, bell.last) == (3, 1, "2026-01-05", "2026-03-01")
    assert bell.words == 2 + 3 + 6 + 9 + 1
    assert bell.roles == ("Bridge Minister", "mother of two")
    assert [one.name for one in corpus.speakers(limit=2)] == ["Anna Bell", "Ben Cole"]
    narrow = corpus.speakers(Filter(place="comments"))
    assert [(one.name, one.attributions) for one in narrow] == [("Anna Bell", 1)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Anna Bell", ["Anna Bell"]),
        ("anna", ["Anna Bell"]),
        ("BELL", ["Anna Bell", "Zoë Müller-Bell"]),
        ("zoe muller", ["Zoë Müller-Bell"]),
        ("Zoë Müller Bell", ["Zoë Müller-Bell"]),
        ("annie", ["Anna Bell"]),
        ("300", ["300"]),
    ],
)
def test_a_name_is_found_by_its_words(corpus: Corpus, asked: str, found: list[str]) -> None:
    assert _names(corpus, asked) == found


def test_all_that_a_speaker_says_counts_whatever_finds_them(corpus: Corpus) -> None:
    """Only one page calls her Annie."""
    (found,) = corpus.find_speakers("annie")
    assert (found.attributions, found.pages) == (5, 3)


def test_a_number_is_that_of_the_list(corpus: Corpus) -> None:
    for one in corpus.speakers():
        assert corpus.find_speakers(str(one.identity)) == [one]


@pytest.mark.parametrize(
    "name", ["Emil", "Bell Anna", "sailor", "0", "9" * 40, "9" * 5000, "", "?!", '"', "Dora Finn"]
)
def test_who_says_nothing_is_not_found(corpus: Corpus, name: str) -> None:
    with pytest.raises(NotInStoreError, match="says anything in the corpus"):
        corpus.find_speakers(name)


def test_the_very_name_comes_before_all_that_hold_it(tmp_path: Path) -> None:
    said = [Said("yes", f"Ben {number} Cole") for number in "ABCDEF" for _ in "xy"]
    corpus = write(tmp_path / "c.db", [made_page(*said, Said("no", "Ben Cole"))])
    assert [one.name for one in corpus.find_speakers("ben cole", limit=1)] == ["Ben Cole"]
    assert len(corpus.find_speakers("cole", limit=3)) == 3


def test_a_profile_has_roles_over_time(corpus: Corpus) -> None:
    roles = [(one.role, one.pages, one.first, one.last) for one in corpus.speaker("Anna").roles]
    assert roles == [
        ("Bridge Minister", 3, "2026-01-05", "2026-03-01"),
        ("mother of two", 1, "2026-01-05", "2026-01-05"),
    ]


def test_a_profile_has_months_sites_and_kinds(corpus: Corpus) -> None:
    bell = corpus.speaker("Anna")
    assert bell.months == (("2026-01", 3), ("2026-03", 1), (None, 1))
    assert bell.sites == (("Aar Post", 3), ("Bode Bugle", 2))
    assert bell.kinds == (("indirect", 4), ("direct", 1))
    assert bell.cue_classes == (("neutral", 4), ("mental", 1))
    assert (bell.pages, bell.attributions, bell.words) == (3, 5, 21)
    assert bell.aliases == (("Annie", 1),)


def test_whom_a_speaker_speaks_about_stands_within_what_is_said(corpus: Corpus) -> None:
    """Once for each attribution, and never the speaker; "Ben Cole said no" is about nobody."""
    assert corpus.speaker("Anna").about == (("Ben Cole", 2), ("Dora Finn", 1))
    assert corpus.speaker("Ben").about == ()


def test_a_role_that_two_wordings_of_one_page_have_is_of_one_page(tmp_path: Path) -> None:
    roles = {"Anna Bell": ("Minister", "minister")}
    corpus = write(tmp_path / "c.db", [made_page(Said("so", "Anna Bell"), roles=roles)])
    assert [(one.role, one.pages) for one in corpus.speaker("Anna").roles] == [("Minister", 1)]


def test_older_versions_say_nothing(tmp_path: Path) -> None:
    pages = [
        made_page(Said(word, name), url="https://a.example/", roles={name: (word,)})
        for word, name in (("one", "Anna Bell"), ("two", "Anna Bell"), ("six", "Ben Cole"))
    ]
    corpus = write(tmp_path / "c.db", pages[:2])
    bell = corpus.speaker("Anna Bell")
    assert (bell.attributions, [one.role for one in bell.roles]) == (1, ["two"])
    write(corpus.path, pages[2:])
    with pytest.raises(NotInStoreError):
        corpus.speaker("Anna Bell")


def test_a_mention_stands_within_what_is_said_whole() -> None:
    mentions = _Mentions([(5, 9, 1), (0, 4, 2), (8, 12, 3), (10, 14, 4)])
    assert list(mentions.within(0, 10)) == [2, 1]
    assert list(mentions.within(5, 14)) == [1, 3, 4]
    assert list(mentions.within(6, 9)) == []

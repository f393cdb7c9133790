"""Counts, held against the same counts made in plain Python over the records."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Corpus, Filter
from onrecord.errors import OptionsError, QueryError
from onrecord.records import Attribution, AttributionKind, CueClass, Page, SourceType
from onrecord.store import DIMENSIONS, Group
from onrecord.store.identities import Identity, identity
from store.handmade import Said, made_page, write

SITES = (None, "Aar Post", "Bode Bugle")
DAYS = (None, "2025-12-31", "2026-01-01", "2026-01-02T10:00:00Z", "2026-03")
NAMES = (None, "Anna Bell", "Ben Cole", "Cole", "two engineers")
ADDRESSES = (None, "https://aar.example/1", "https://aar.example/2")

_said = st.builds(
    Said,
    content=st.sampled_from(["rain", "it rained", "the old bridge is safe", "snow and rain fell"]),
    by=st.sampled_from(NAMES),
    kind=st.sampled_from(get_args(AttributionKind)),
    source_type=st.sampled_from(["named_person", "unattributed", "unnamed_group", "author", None]),
    cue_class=st.sampled_from(["neutral", "mental", None]),
    comment=st.booleans(),
)
_pages = st.lists(
    st.builds(
        lambda said, site, published, url, language: made_page(
            *said, site=site, published=published, url=url, language=language
        ),
        st.lists(_said, max_size=4),
        st.sampled_from(SITES),
        st.sampled_from(DAYS),
        st.sampled_from(ADDRESSES),
        st.sampled_from(["en", None]),
    ),
    max_size=6,
    unique_by=lambda page: page.id,
)
_by = st.lists(st.sampled_from(sorted(DIMENSIONS)), max_size=2, unique=True)
_filters = st.builds(
    Filter,
    words=st.sampled_from([None, None, "rain"]),
    speaker=st.sampled_from([None, None, "cole"]),
    kind=st.sampled_from([None, None, "direct"]),
    source_type=st.sampled_from([None, None, "named_person"]),
    since=st.sampled_from([None, None, "2026"]),
    place=st.sampled_from([None, None, "comments"]),
)


def _current(pages: list[Page]) -> list[Page]:
    """Without older versions: they were added in this order."""
    newest = {page.url or page.id: page for page in pages}
    return [page for page in pages if newest[page.url or page.id] is page]


def _taken(page: Page, one: Attribution, asked: Filter) -> bool:
    name = next((who.name for who in page.speakers if who.id == one.speaker), "")
    day = page.published if page.published and len(page.published) >= 10 else ""
    return (
        (asked.words is None or asked.words in page.quote(one.content).split())
        and (asked.speaker is None or asked.speaker in name.casefold().split())
        and asked.kind in (None, one.kind)
        and asked.source_type in (None, one.source_type)
        and (asked.since is None or day >= asked.since)
        and (asked.place is None or one.comment is not None)
    )


def _who(page: Page, one: Attribution) -> Identity | None:
    speaker = next((who for who in page.speakers if who.id == one.speaker), None)
    return None if speaker is None else identity(page, speaker)


def _day(page: Page) -> str | None:
    return page.published[:10] if page.published and len(page.published) >= 10 else None


VALUES: dict[str, Callable[[Page, Attribution], object]] = {
    "site": lambda page, one: page.site,
    "day": lambda page, one: _day(page),
    "month": lambda page, one: (_day(page) or "")[:7] or None,
    "year": lambda page, one: (_day(page) or "")[:4] or None,
    "language": lambda page, one: page.language,
    "page": lambda page, one: page.id,
    "place": lambda page, one: "article" if one.comment is None else "comments",
    "speaker": lambda page, one: (who := _who(page, one)) and who.key,
    "speaker_kind": lambda page, one: None if one.speaker is None else "person",
    "source_type": lambda page, one: one.source_type,
    "cue_class": lambda page, one: one.cue_class,
    "kind": lambda page, one: one.kind,
}

Counts = tuple[object, ...]


def _counts(found: Iterable[tuple[Page, Attribution]]) -> Counts:
    found = list(found)

    def having(column: str, values: Iterable[str]) -> dict[str, int]:
        return {v: sum(getattr(one, column) == v for _, one in found) for v in values}

    return (
        len(found),
        len({page.id for page, _ in found}),
        len({who.key for page, one in found if (who := _who(page, one))}),
        sum(len(page.quote(one.content).split()) for page, one in found),
        sum(one.comment is not None for _, one in found),
        having("kind", get_args(AttributionKind)),
        having("source_type", get_args(SourceType)),
        having("cue_class", get_args(CueClass)),
    )


def _of(group: Group) -> Counts:
    return (
        group.attributions,
        group.pages,
        group.speakers,
        group.words,
        group.in_comments,
        group.kinds,
        group.source_types,
        group.cue_classes,
    )


def test_every_dimension_is_counted() -> None:
    assert VALUES.keys() == DIMENSIONS.keys()


@settings(max_examples=120, deadline=None)
@given(_pages, _by, _filters)
def test_counts_are_those_of_the_records(pages: list[Page], by: list[str], asked: Filter) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stats = write(Path(folder) / "c.db", pages).stats(by, asked)
    groups: dict[tuple[object, ...], list[tuple[Page, Attribution]]] = defaultdict(list)
    everything = []
    for page in _current(pages):
        for one in page.attributions:
            if _taken(page, one, asked):
                everything.append((page, one))
                groups[tuple(VALUES[name](page, one) for name in by)].append((page, one))
    assert _of(stats.total) == _counts(everything)
    if by:
        # Groups have the rows' numbers for keys where records have ids, so what is in them tells.
        expected = sorted(map(repr, map(_counts, groups.values())))
        assert sorted(repr(_of(group)) for group in stats.groups) == expected
        plain = [n for n, name in enumerate(by) if name not in ("page", "speaker")]
        labels = sorted(repr([group.labels[n] for n in plain]) for group in stats.groups)
        assert labels == sorted(repr([key[n] for n in plain]) for key in groups)
    else:
        assert stats.groups == (stats.total,)


def _corpus(path: Path) -> Corpus:
    mental: CueClass = "mental"
    return write(
        path / "c.db",
        [
            made_page(
                Said("it rained", "Anna Bell"),
                Said("it will snow", "Ben Cole", cue_class=mental),
                site="Aar Post",
                published="2026-02-01",
            ),
            made_page(
                Said("nothing", "Ben Cole", "direct"),
                Said("none of it", source_type="unattributed"),
                Said("a lot", "two engineers", source_type="unnamed_group"),
                site="Bode Bugle",
                published="2026-01-31",
            ),
            made_page(Said("well", "Anna Bell"), site="Aar Post"),
        ],
    )


def test_times_stand_in_order_and_all_else_by_size(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path)
    months = corpus.stats(["month", "site"]).groups
    assert [group.labels for group in months] == [
        ("2026-01", "Bode Bugle"),
        ("2026-02", "Aar Post"),
        (None, "Aar Post"),
    ]
    speakers = corpus.stats(["speaker"]).groups
    assert [(group.labels[0], group.attributions) for group in speakers] == [
        ("Anna Bell", 2),
        ("Ben Cole", 2),
        (None, 2),
    ]


def test_shares_are_of_who_answers_for_it(tmp_path: Path) -> None:
    total = _corpus(tmp_path).stats().total
    assert (total.named, total.unnamed, total.unattributed) == (4, 1, 1)


def test_an_older_version_is_not_counted(tmp_path: Path) -> None:
    address = "https://aar.example/1"
    corpus = write(tmp_path / "c.db", [made_page(Said("it rained", "Anna Bell"), url=address)])
    write(corpus.path, [made_page(Said("it snowed", "Ben Cole"), url=address)])
    stats = corpus.stats(["speaker"])
    assert [group.labels for group in stats.groups] == [("Ben Cole",)]
    assert (stats.total.attributions, stats.total.pages) == (1, 1)


def test_namesakes_are_apart_and_stand_together(tmp_path: Path) -> None:
    """One name alone means somebody in a page, and not the same one in the next."""
    days = ("2026-01-02", "2026-01-01")
    pages = [
        made_page(Said("so", "Cole"), Said("no", "Cole"), site=day, published=day) for day in days
    ]
    corpus = write(tmp_path / "c.db", pages)
    groups = corpus.stats(["speaker", "kind", "day"]).groups
    assert [(group.labels[0], group.attributions) for group in groups] == [("Cole", 2)] * 2
    assert len({group.key[0] for group in groups}) == 2
    said = Said("so", "Cole")
    more = [made_page(said, Said("is", "Cole", "direct"), headline=str(n)) for n in range(3)]
    groups = write(tmp_path / "d.db", more).stats(["speaker", "kind"]).groups
    keys = [str(group.key[0]) for group in groups]
    assert keys == sorted(keys)


def test_several_who_speak_at_once_are_a_speaker_of_their_own(tmp_path: Path) -> None:
    page = made_page(
        Said("it rained", "Anna Bell"),
        Said("it snowed", "Anna Bell; Ben Cole"),
        kinds={"Anna Bell; Ben Cole": "group"},
    )
    groups = write(tmp_path / "c.db", [page]).stats(["speaker"]).groups
    assert [group.labels[0] for group in groups] == ["Anna Bell", "Anna Bell; Ben Cole"]
    assert [group.attributions for group in groups] == [1, 1]


def test_what_cannot_be_counted_by_lists_what_can(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path)
    with pytest.raises(OptionsError, match=r"'party'; give one of site, day, .*--people FILE"):
        corpus.stats(["party"])
    with pytest.raises(OptionsError, match="each dimension once"):
        corpus.stats(["site", "site"])
    with pytest.raises(OptionsError, match="no page of the site 'Cher'"):
        corpus.stats([], Filter(site="Cher"))
    with pytest.raises(QueryError):
        corpus.stats([], Filter(words='"open'))


def test_nothing_is_nothing(tmp_path: Path) -> None:
    corpus = write(tmp_path / "c.db", [])
    assert corpus.stats(["site"]).groups == ()
    assert _of(corpus.stats(["site"]).total) == _counts([])
    assert corpus.stats(unique=True).total.once == 0

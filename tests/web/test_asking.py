"""A filter and the address that asks for it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from onrecord import Filter
from onrecord.web.asking import asked_for, fields_of, query

TEXTS = st.one_of(st.none(), st.text(min_size=1).filter(lambda text: text == text.strip()))


@given(TEXTS, TEXTS, st.one_of(st.none(), st.integers(1, 10**6)))
def test_a_filter_survives_its_address(
    words: str | None, site: str | None, identity: int | None
) -> None:
    asked = Filter(words=words, site=site, identity=identity, cue_class="factive", since="2026")
    found = parse_qs(urlsplit(query(asked)).query, strict_parsing=True)
    given = {name: values[0] for name, values in found.items()}
    number = given.pop("identity", None)
    assert asked_for(**given, identity=None if number is None else int(number)) == asked  # type: ignore[arg-type]


def test_what_a_form_leaves_empty_lets_all_through() -> None:
    assert asked_for(q=" ", speaker="", source_type="", cue_class="", kind="", site="") == Filter()


def test_parameters_are_changed_added_and_left_out() -> None:
    asked = Filter(words="a b", site="x&y")
    assert query(asked) == "?q=a+b&site=x%26y"
    assert query(asked, page=2) == "?q=a+b&site=x%26y&page=2"
    assert query(asked, q=None) == "?site=x%26y"
    assert query() == ""
    assert fields_of(asked) == {"q": "a b", "site": "x&y"}

"""Records as W3C Web Annotations: a JSON-LD library reads them, and selectors find their text.

``anno-context.json`` was written by hand from the Web Annotation Vocabulary's appendix on its
JSON-LD context (https://www.w3.org/TR/annotation-vocab/). It has the terms that are used here,
with the standard's meaning, and no others: a term that it lacks is lost, and a test fails.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyld import FrozenDocumentLoader, jsonld

from arbitrary import pages
from onrecord import Reader
from onrecord.exporting.webannotation import (
    CONTEXT,
    FAR,
    NEAR,
    annotation_iri,
    page_iri,
)
from onrecord.exporting.webannotation import annotations as web_annotations
from onrecord.records import Page
from writer import Writer, saying, story

OA = "http://www.w3.org/ns/oa#"
VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
CLASSES = {
    f"{OA}Annotation",
    f"{OA}TextualBody",
    f"{OA}SpecificResource",
    f"{OA}TextQuoteSelector",
    f"{OA}TextPositionSelector",
    f"{OA}CssStyle",
    "http://www.w3.org/ns/activitystreams#Application",
}
LOCAL = FrozenDocumentLoader({CONTEXT: Path(__file__).with_name("anno-context.json")})

Resource = dict[str, Any]


def _written(page: Page) -> list[Resource]:
    return [json.loads(line) for line in web_annotations([page])]


def _expanded(annotation: Resource) -> tuple[Resource, list[str]]:
    """The annotation with every term as its IRI, and the terms that mean nothing."""
    lost: list[str] = []
    options = {"documentLoader": LOCAL}
    found = jsonld.expand(annotation, options, on_property_dropped=lost.append)
    assert len(found) == 1
    return dict(found[0]), lost


def _all(resource: Resource, term: str) -> list[Resource]:
    return list(resource.get(f"{OA}{term}", []))


def _one(resource: Resource, term: str) -> Any:
    (value,) = _all(resource, term)
    return value.get("@value", value.get("@id"))


def _types(value: object) -> Iterator[str]:
    """The types of a resource and of all within it."""
    if isinstance(value, dict):
        if "@value" not in value:
            yield from value.get("@type", [])
        for inner in value.values():
            yield from _types(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _types(inner)


def _stretches(annotation: Resource, role: str) -> list[Resource]:
    """The targets and bodies of a role."""
    both = _all(annotation, "hasTarget") + _all(annotation, "hasBody")
    return [one for one in both if f"{OA}styleClass" in one and _one(one, "styleClass") == role]


def _selector(stretch: Resource, kind: str) -> Resource:
    (found,) = [one for one in _all(stretch, "hasSelector") if one["@type"] == [f"{OA}{kind}"]]
    return found


def _position(stretch: Resource) -> tuple[int, int]:
    selector = _selector(stretch, "TextPositionSelector")
    return _one(selector, "start"), _one(selector, "end")


def _quoted(stretch: Resource, text: str) -> list[tuple[int, int]]:
    """Every place that the quotation fits, as the standard says to look for it."""
    selector = _selector(stretch, "TextQuoteSelector")
    prefix, exact = _one(selector, "prefix"), _one(selector, "exact")
    whole = prefix + exact + _one(selector, "suffix")
    starts = [found.start() for found in re.finditer(f"(?={re.escape(whole)})", text)]
    return [(at + len(prefix), at + len(prefix) + len(exact)) for at in starts]


def _values(annotation: Resource, purpose: str) -> list[str]:
    """The texts that are there for a purpose."""
    bodies = [one for one in _all(annotation, "hasBody") if VALUE in one]
    return [one[VALUE][0]["@value"] for one in bodies if _one(one, "hasPurpose") == OA + purpose]


def _check(page: Page) -> None:
    """Every annotation means what the standard says, and leads back to what it is made of."""
    written = _written(page)
    assert len(written) == len(page.attributions)
    for one, annotation in zip(page.attributions, written, strict=True):
        expanded, lost = _expanded(annotation)
        assert lost == []
        assert set(_types(expanded)) <= CLASSES
        assert expanded["@id"] == annotation_iri(page, one.id)
        for role, spans in [("source", one.source), ("cue", one.cue), ("content", one.content)]:
            stretches = _stretches(expanded, role)
            assert tuple(_position(stretch) for stretch in stretches) == spans
            for stretch in stretches:
                assert _one(stretch, "hasSource") == page_iri(page)
                assert _position(stretch) in _quoted(stretch, page.text)


def test_every_term_is_the_standards_and_every_selector_finds_its_text() -> None:
    _check(story())


@settings(max_examples=40, deadline=None)
@given(page=pages())
def test_any_record_is_annotations(page: Page) -> None:
    assume(page.attributions)
    _check(page)


def test_a_term_that_is_not_the_standards_is_noticed() -> None:
    annotation = _written(story())[0] | {"speaker": "Anna Bell"}
    assert _expanded(annotation)[1] == ["speaker"]


def test_as_quads_nothing_is_lost() -> None:
    page = story()
    options = {"documentLoader": LOCAL, "format": "application/n-quads"}
    for one, annotation in zip(page.attributions, _written(page), strict=True):
        quads = jsonld.to_rdf(annotation, options)
        spans = len(one.source + one.cue + one.content)
        assert quads.count(f"<{OA}TextPositionSelector>") == spans
        assert quads.count(f"<{OA}exact>") == spans
        assert f"<{annotation['id']}> <{OA}hasTarget>" in quads


def test_content_is_the_target_and_the_rest_are_bodies() -> None:
    page = story()
    nested = _expanded(_written(page)[2])[0]
    assert [_one(_selector(one, "TextQuoteSelector"), "exact") for one in _all(nested, "hasTarget")]
    for role, purpose, words in [
        ("source", "identifying", "Two engineers"),
        ("cue", "describing", "claimed"),
    ]:
        (stretch,) = _stretches(nested, role)
        assert stretch in _all(nested, "hasBody")
        assert _one(stretch, "hasPurpose") == OA + purpose
        assert _one(_selector(stretch, "TextQuoteSelector"), "exact") == words
    assert _values(nested, "identifying") == ["two engineers"]
    assert _values(nested, "classifying") == [
        "kind: indirect",
        "source_type: unnamed_group",
        "cue_class: distancing",
    ]
    assert _values(nested, "assessing") == ["confidence: 0.9"]
    (link,) = [one for one in _all(nested, "hasBody") if _one(one, "hasPurpose") == f"{OA}linking"]
    assert _one(link, "hasSource") == annotation_iri(page, 1)


def test_negation_and_comments_are_told_where_they_are_known() -> None:
    told = [_values(_expanded(one)[0], "classifying") for one in _written(story())]
    assert "negated: true" in told[4]
    assert "comment: 0" in told[5]
    assert sum(value.startswith(("negated", "comment")) for values in told for value in values) == 2


def test_what_is_not_known_has_no_body() -> None:
    text = "It may rain."
    page = Writer().paragraph(text).attribution("", "", "It may rain").page()
    expanded = _expanded(_written(page)[0])[0]
    assert [_one(one, "hasPurpose") for one in _all(expanded, "hasBody")] == [
        f"{OA}classifying",
        f"{OA}assessing",
    ]


def test_who_wrote_it() -> None:
    annotation = _written(story())[0]
    assert annotation["@context"] == CONTEXT
    assert annotation["creator"] == {"type": "Software", "name": "Onrecord"}
    assert re.fullmatch(r"Onrecord \d+\.\d+\.\d+", annotation["generator"]["name"])


def test_context_grows_until_a_quotation_has_one_place() -> None:
    writer = Writer()
    for day in ("Monday", "Tuesday"):
        writer.paragraph(f"On {day} the ferry sailed, and then it came back to the same old quay.")
        writer.paragraph("Anna Bell said the bridge was safe.")
        writer.attribution("Anna Bell", "said", "the bridge was safe")
        writer.paragraph("After that the ferry did not sail any more, and all of them went home.")
    page = writer.page()
    places = [
        _quoted(stretch, page.text)
        for one in _written(page)
        for role in ("source", "cue", "content")
        for stretch in _stretches(_expanded(one)[0], role)
    ]
    assert [len(found) for found in places] == [1] * 6
    prefix = _written(page)[0]["target"][0]["selector"][0]["prefix"]
    assert NEAR < len(prefix) <= FAR


def test_context_ends_somewhere() -> None:
    page = Writer().paragraph("x" * 4 * FAR).page()
    middle = msgspec.structs.replace(
        saying("it rains").attributions[0], source=(), cue=(), content=((2 * FAR, 2 * FAR + 5),)
    )
    page = msgspec.structs.replace(page, attributions=(middle,))
    (annotation,) = _written(page)
    selector = annotation["target"][0]["selector"][0]
    assert (len(selector["prefix"]), len(selector["suffix"])) == (FAR, FAR)
    _check(page)


def test_positions_count_code_points() -> None:
    page = Writer().paragraph("🌧🌧 Anna Bell said 🌧.").attribution("Anna Bell", "said", "🌧").page()
    _check(page)
    assert _written(page)[0]["target"][0]["selector"][1] == {
        "type": "TextPositionSelector",
        "start": 18,
        "end": 19,
    }


@pytest.mark.parametrize(
    ("url", "iri"),
    [
        ("https://post.example/a?b=c#d", "https://post.example/a?b=c#d"),
        ("https://post.example/ä b|c", "https://post.example/ä%20b%7Cc"),
        (None, f"urn:sha256:{'0' * 64}"),
        ("", f"urn:sha256:{'0' * 64}"),
        ("/news/today", f"urn:sha256:{'0' * 64}"),
        ("javascript:alert(1)", f"urn:sha256:{'0' * 64}"),
        ("https:///nowhere", f"urn:sha256:{'0' * 64}"),
    ],
)
def test_a_page_is_called_by_its_web_address(url: str | None, iri: str) -> None:
    page = msgspec.structs.replace(saying("it rained"), url=url)
    assert page_iri(page) == iri
    _check(page)


def test_ids_are_the_same_each_time_and_no_two_alike() -> None:
    page = story()
    other = msgspec.structs.replace(page, id="1" * 64)
    assert list(web_annotations([page])) == list(web_annotations([page]))
    ids = [json.loads(line)["id"] for line in web_annotations([page, other])]
    assert len(set(ids)) == 2 * len(page.attributions)
    odd = msgspec.structs.replace(page, id="a b:1")
    assert annotation_iri(odd, 2) == "urn:onrecord:attribution:a%20b%3A1:2"


def test_lines_are_written_as_pages_come() -> None:
    taken: list[str] = []

    def one_by_one() -> Iterable[Page]:
        for page in [story(), Page(id="bare", text=""), story()]:
            taken.append(page.id)
            yield page

    lines = web_annotations(one_by_one())
    assert next(lines).endswith(b"}\n")
    assert len(taken) == 1
    rest = list(lines)
    assert len(rest) == 2 * len(story().attributions) - 1
    assert all(line.count(b"\n") == 1 for line in rest)


def test_json_cannot_steer_a_terminal() -> None:
    (line,) = web_annotations([saying("a\x9b31m\u202eb")])
    assert not re.search("[\x7f-\x9f\u202e]", line.decode())
    assert json.loads(line)["target"][0]["selector"][0]["exact"] == "a\x9b31m\u202eb"


@settings(max_examples=20, deadline=None)
@given(end=st.text("ab .\n", max_size=40))
def test_a_page_as_it_is_read(end: str) -> None:
    from onrecord.encoder.fake import FakeEncoder

    text = f"Bridge Opens Late\n\nAnna Bell said the bridge was safe.\n\n{end}"
    page = Reader(encoder=FakeEncoder()).read(text.encode())
    assert page.attributions
    _check(page)

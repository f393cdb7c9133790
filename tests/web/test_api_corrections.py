"""Corrections through the API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from onrecord import Corpus
from store import made_corpus
from web.asked import client

Asking = TestClient[Litestar]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return made_corpus.corpus(tmp_path / "c.db")


@pytest.fixture
def asking(corpus: Corpus) -> Iterator[Asking]:
    with client(corpus) as it:
        yield it


def stated(one: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What a record's attribution says, as somebody states it, but for changes."""
    names = ("source", "cue", "content", "kind", "source_type", "cue_class", "negated")
    return {**{name: one[name] for name in names}, "speaker": "Elda Marrow", **changes}


def test_an_attribution_is_corrected_undone_and_corrected_again(
    asking: Asking, corpus: Corpus
) -> None:
    first = asking.get("/api/pages/1").json()["attributions"][0]
    sent = {
        "page": 1,
        "attribution": first["id"],
        "before": stated(first),
        "after": stated(first, speaker="Orla Quist"),
        "who": "Ada",
    }
    answer = asking.post("/api/corrections", json=sent)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["who"], made["before"]["speaker"], made["after"]["speaker"]) == (
        "Ada",
        "Elda Marrow",
        "Orla Quist",
    )
    assert asking.get("/api/search?speaker=Orla+Quist").json()["total"] == 1
    assert asking.get("/api/corrections").json() == [made]
    assert asking.get("/api/corrections?number=2").json() == []
    (speaker, *_) = asking.get("/api/pages/1/answer").json()["speakers"]
    assert speaker["name"] == "Elda Marrow"
    undone = asking.post(f"/api/corrections/{made['id']}/undo", json={"who": "Ben"})
    assert (undone.status_code, undone.json()["undone_by"]) == (200, "Ben")
    assert asking.get("/api/search?speaker=Orla+Quist").json()["total"] == 0
    redone = asking.post(f"/api/corrections/{made['id']}/redo")
    assert (redone.status_code, redone.json()["undone"]) == (200, None)
    assert asking.get("/api/search?speaker=Orla+Quist").json()["total"] == 1


def test_an_attribution_is_taken_away_and_another_added(asking: Asking) -> None:
    sent = {"page": 2, "attribution": 0, "who": "Ada"}
    assert asking.post("/api/corrections", json=sent).json()["after"] is None
    assert asking.get("/api/search?q=bread").json()["total"] == 0
    text = asking.get("/api/pages/2").json()["text"]
    start = text.index("Convoy Waits")
    after = {"content": [[start, start + 12]], "kind": "indirect", "speaker": "Orla Quist"}
    added = asking.post("/api/corrections", json={"page": 2, "after": after, "who": "Ada"})
    assert added.json()["before"] is None
    assert asking.get("/api/search?speaker=Orla+Quist").json()["hits"][0]["content"] == (
        "Convoy Waits"
    )


@pytest.mark.parametrize(
    ("sent", "status", "detail"),
    [
        ({"page": 1, "who": "Ada"}, 400, "neither attribution nor after"),
        ({"page": 1, "attribution": 0, "who": " "}, 400, "who is empty"),
        ({"page": 1, "attribution": 99, "who": "Ada"}, 404, "no attribution 99"),
        ({"page": 77, "attribution": 0, "who": "Ada"}, 404, "no page 77"),
        ({"page": 0, "who": "Ada"}, 400, "page: give a whole number, 1 or more"),
        ({"page": 1}, 400, "who"),
        ({"page": 1, "who": "Ada", "attribtion": 0}, 400, "attribtion"),
        (
            {"page": 1, "who": "Ada", "after": {"content": [[0, 9999]], "kind": "direct"}},
            400,
            "from 0 to 9999",
        ),
        ({"page": 1, "who": "Ada", "after": {"content": [], "kind": "direct"}}, 400, "is empty"),
        ({"page": 1, "who": "Ada", "after": {"content": [[0, 9]], "kind": "loud"}}, 400, "kind"),
        (
            {
                "page": 1,
                "attribution": 0,
                "before": {"content": [[0, 6]], "kind": "direct"},
                "who": "Ada",
            },
            409,
            "not what before says",
        ),
    ],
)
def test_what_cannot_be_corrected_is_told(
    asking: Asking, corpus: Corpus, sent: Any, status: int, detail: str
) -> None:
    answer = asking.post("/api/corrections", json=sent)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert detail in answer.json()["detail"]
    assert corpus.corrections() == []


@pytest.mark.parametrize(
    "sent",
    [b"", b"{", b"[" * 100_000, b'{"page":' * 5_000, b"\xff", b'"\\ud800"', b"null", b"[]"],
    ids=["nothing", "cut", "deep", "deep-objects", "bytes", "surrogate", "null", "array"],
)
def test_what_is_no_correction_is_told(asking: Asking, sent: bytes) -> None:
    headers = {"content-type": "application/json"}
    answer = asking.post("/api/corrections", content=sent, headers=headers)
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_a_correction_that_is_not_there(asking: Asking) -> None:
    assert asking.post("/api/corrections/7/undo", json={"who": "Ada"}).status_code == 404
    assert asking.post("/api/corrections/7/redo").status_code == 404


def test_another_site_corrects_nothing(asking: Asking, corpus: Corpus) -> None:
    sent = {"page": 2, "attribution": 0, "who": "Ada"}
    for headers in (
        {"origin": "http://elsewhere.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null"},
    ):
        assert asking.post("/api/corrections", json=sent, headers=headers).status_code == 403
    assert corpus.corrections() == []

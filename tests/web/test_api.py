"""The JSON API: what it gives, and how it says no."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from onrecord import Corpus
from onrecord.records import from_json
from onrecord.web.api import streaming
from store import made_corpus
from store.handmade import Said, made_page, write
from web.asked import client
from web.described import described_api
from web.serving import serving

Asking = TestClient[Litestar]

DOCUMENT = described_api()

THREAD = """Rain comes

Anna Bell said it rained.

Comments

  • Orla

    Pia Lund said it snowed.

    • Osric

      It did not.
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = made_corpus.corpus(tmp_path / "c.db")
    made_corpus.add(made, [("rain.txt", THREAD)])
    return made


@pytest.fixture
def asking(corpus: Corpus) -> Iterator[Asking]:
    with client(corpus) as it:
        yield it


def told(asking: Asking, path: str) -> Any:
    """The JSON at an address, which is as the document says."""
    answer = asking.get(f"/api{path}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    found = answer.json()
    jsonschema.Draft202012Validator(schema_of(path)).validate(found)
    return found


def schema_of(path: str) -> Any:
    """The schema that the document has for a GET of an address."""
    asked = path.partition("?")[0].strip("/").split("/")
    for template, item in DOCUMENT["paths"].items():
        parts = template.removeprefix("/api/").split("/")
        if len(parts) == len(asked) and all(
            part == one or part.startswith("{") for part, one in zip(parts, asked, strict=True)
        ):
            content = item["get"]["responses"]["200"]["content"]["application/json"]
            return {**content["schema"], "components": DOCUMENT["components"]}
    raise AssertionError(path)


def test_the_document_is_what_the_app_gives(asking: Asking) -> None:
    answer = asking.get("/api/openapi.json")
    assert answer.headers["content-type"] == "application/vnd.oai.openapi+json"
    assert answer.json() == json.loads(msgspec.json.encode(DOCUMENT))
    assert answer.json()["info"]["title"] == "Onrecord"


def test_all_of_the_document_is_described() -> None:
    operations = [
        one for item in DOCUMENT["paths"].values() for one in item.values() if isinstance(one, dict)
    ]
    ids = [one["operationId"] for one in operations]
    assert len(set(ids)) == len(ids) >= 18
    for one in operations:
        assert one["summary"][0].isupper(), one["operationId"]
        assert one["tags"]
        for parameter in one.get("parameters", []):
            assert parameter["description"], (one["operationId"], parameter["name"])
        for status, response in one["responses"].items():
            media = "application/problem+json"
            assert (media in response["content"]) == (int(status) >= 400)
    assert DOCUMENT["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_overview_and_failures(asking: Asking, corpus: Corpus) -> None:
    made_corpus.add(corpus, [("a.pdf", "%PDF-1.7\n\0")])
    assert told(asking, "/overview")["pages"] == 3
    (failure,) = told(asking, "/failures")
    assert failure["name"] == "a.pdf"


def test_search(asking: Asking) -> None:
    found = told(asking, "/search?speaker=Marrow&limit=2")
    assert (found["total"], found["pages"]) == (3, 2)
    assert [one["speaker"] for one in found["hits"]] == ["Elda Marrow", "Osric Marrow"]
    rest = told(asking, "/search?speaker=Marrow&limit=2&page=2")
    assert [one["content"] for one in rest["hits"]] == ["the road was open"]


def test_pages(asking: Asking, corpus: Corpus) -> None:
    listed = told(asking, "/pages")
    assert [one["number"] for one in listed["pages"]] == [1, 3, 2]
    assert listed["pages"][0]["headline"] == "Council Argues Over The Harbour Piers"
    assert listed["pages"][0]["attributions"] == 3
    second = told(asking, "/pages?limit=1&page=2")
    assert (second["total"], [one["number"] for one in second["pages"]]) == (3, [3])
    some = told(asking, "/pages?q=road")
    assert (some["total"], [one["number"] for one in some["pages"]]) == (1, [2])
    record = asking.get("/api/pages/1").content
    assert from_json(record) == corpus.page(1)
    told(asking, "/pages/1")


def test_a_number_is_no_beginning_of_an_id(asking: Asking, corpus: Corpus) -> None:
    """`Corpus.page` takes either, and a page must not be found under another's number."""
    pages = (
        (f"{number}.txt", f"Page {number}\n\nAnna Bell said it rained.") for number in range(300)
    )
    made_corpus.add(corpus, pages)
    digits = next(
        page.id[:5]
        for page in corpus.pages()
        if page.id[:5].isdigit() and not page.id.startswith("0")
    )
    assert corpus.page(digits).id.startswith(digits)
    assert asking.get(f"/api/pages/{digits}").status_code == 404


def test_threads_of_a_page(asking: Asking) -> None:
    (thread,) = told(asking, "/pages/3/threads")
    assert (thread["comments"], thread["threads"], thread["depth"]) == (2, 1, 2)
    assert told(asking, "/pages/1/threads") == []
    assert [one["page"] for one in told(asking, "/comments/threads")] == [3]
    (reply,) = told(asking, "/comments/replies")
    assert (reply["author"], reply["to"], reply["replies"]) == ("Osric", "Orla", 1)


def test_speakers(asking: Asking) -> None:
    names = [one["name"] for one in told(asking, "/speakers")]
    assert names[0] == "Elda Marrow"
    assert {one["name"] for one in told(asking, "/speakers?name=marrow")} == {
        "Elda Marrow",
        "Osric Marrow",
    }
    assert [one["name"] for one in told(asking, "/speakers?q=bread")] == ["Aldo Reyk"]
    assert told(asking, "/speakers/1")["name"] == "Elda Marrow"


def test_stats(asking: Asking) -> None:
    found = told(asking, "/stats?by=place&by=kind&unique=true")
    assert found["by"] == ["place", "kind"]
    assert found["total"]["attributions"] == 7
    assert {tuple(one["key"]) for one in found["groups"]} == {
        ("article", "indirect"),
        ("comments", "indirect"),
    }
    part = told(asking, "/stats?by=speaker&limit=2&page=2")
    assert (part["group_count"], len(part["groups"])) == (5, 2)
    outlets = told(asking, "/outlets")
    assert [one["labels"] for one in outlets["groups"]] == [[None], ["The Sarrow Lantern"]]


def test_export_is_the_records_one_a_line(asking: Asking, corpus: Corpus) -> None:
    answer = asking.get("/api/export")
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert [from_json(line) for line in answer.content.splitlines()] == list(corpus.pages())
    some = asking.get("/api/export?q=bread")
    (page,) = map(from_json, some.content.splitlines())
    assert [page.quote(one.content) for one in page.attributions] == [
        "the drivers would wait for bread"
    ]
    assert asking.get("/api/export?q=nothing").content == b""


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/search?page=0", 400, "page: give a whole number, 1 or more"),
        ("/search?limit=201", 400, "limit: give a whole number, 200 or less"),
        ("/search?limit=many", 400, "limit: give a whole number"),
        ("/search?kind=loud", 400, "kind: give one of direct, indirect, mixed"),
        (f"/search?q={'x' * 1001}", 400, "q: give 1000 characters at the most"),
        ('/search?q="', 400, "A quotation mark is not closed"),
        ("/search?site=nowhere", 400, "the largest sites here: The Sarrow Lantern"),
        ('/export?q="', 400, "A quotation mark is not closed"),
        ("/stats?unique=perhaps", 400, "unique: give true or false"),
        ("/stats?by=a&by=b&by=c&by=d&by=e", 400, "by: give 4 at the most"),
        ("/stats?by=shoes", 400, "cannot count by 'shoes'"),
        ("/pages/0", 400, "number: give a whole number, 1 or more"),
        ("/pages/77", 404, "no page 77"),
        ("/pages/77/threads", 404, "no page 77"),
        ("/pages/one", 404, "Nothing is at this address."),
        ("/speakers/77", 404, "no speaker"),
        ("/speakers?name=Nobody", 404, "no speaker 'Nobody'"),
        ("/readings/none", 404, "no such reading"),
        ("/nowhere", 404, "Nothing is at this address."),
        ("", 404, "Nothing is at this address."),
    ],
)
def test_problems_are_told_readably(asking: Asking, path: str, status: int, detail: str) -> None:
    answer = asking.get(f"/api{path}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert detail in answer.json()["detail"]


def test_another_way_of_asking_is_refused(asking: Asking) -> None:
    answer = asking.post("/api/pages")
    assert answer.status_code == 405
    assert answer.json()["title"] == "Not possible here"
    assert "GET" in answer.headers["allow"]


def test_too_much_is_refused(corpus: Corpus) -> None:
    with client(corpus, max_body=1000) as asking:
        answer = asking.post("/api/readings", content=b"x" * 1001)
        assert answer.status_code == 413
        assert answer.json()["title"] == "Too large"
        assert asking.post("/readings", files={"file": ("a", b"x" * 1001)}).status_code == 413


def test_too_many_requests_are_told_when_to_come_back(corpus: Corpus) -> None:
    with client(corpus, rate=2) as asking:
        for _ in range(2):
            assert asking.get("/api/overview").status_code == 200
        answer = asking.get("/api/overview")
        assert answer.status_code == 429
        assert 0 <= int(answer.headers["retry-after"]) <= 60
        assert answer.json()["title"] == "Too many requests"
        page = asking.get("/")
        assert page.status_code == 429
        assert page.headers["content-type"].startswith("text/html")
        assert "wait a little" in page.text
        assert "retry-after" in page.headers
        assert asking.get("/static/app.css").status_code == 200


def test_the_token_is_asked_for(corpus: Corpus) -> None:
    with client(corpus, token="a token of length") as asking:  # noqa: S106
        answer = asking.get("/api/overview")
        assert answer.status_code == 401
        assert answer.json()["title"] == "Sign in"
        assert asking.get("/api/openapi.json").status_code == 401
        headers = {"authorization": "Bearer a token of length"}
        assert asking.get("/api/overview", headers=headers).status_code == 200
        document = asking.get("/api/openapi.json", headers=headers).json()
        assert document["security"] == [{"token": []}]


def test_another_site_begins_no_reading(asking: Asking) -> None:
    answer = asking.post(
        "/api/readings", content=b"x", headers={"origin": "http://elsewhere.example"}
    )
    assert answer.status_code == 403
    assert asking.get("/api/readings").json() == []


def test_exports_let_go_of_the_corpus_where_nobody_listens(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is broken off gives its place to the next one."""
    monkeypatch.setattr(streaming, "_free", threading.BoundedSemaphore(1))
    said = Said("r" * 500_000, "Anna Bell")
    write(corpus.path, (made_page(said, headline=str(one)) for one in range(60)))
    with serving(corpus) as home, httpx.Client(base_url=home, timeout=30) as asking:
        with begun(home, "/api/export"):
            refused = asking.get("/api/export")
            assert refused.status_code == 429
            assert refused.headers["retry-after"] == "10"
        end = time.monotonic() + 30
        while (again := asking.get("/api/export")).status_code == 429:
            assert time.monotonic() < end
        assert len(again.content.splitlines()) == 63


@contextmanager
def begun(home: str, path: str) -> Iterator[None]:
    """An answer of which the beginning is read, over a connection that holds little more."""
    host, _, port = home.removeprefix("http://").partition(":")
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        line.connect((host, int(port)))
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        assert line.recv(1000).startswith(b"HTTP/1.1 200")
        yield

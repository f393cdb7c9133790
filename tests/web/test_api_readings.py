"""Readings through the API, and through the form without a browser."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from onrecord import Corpus
from onrecord.records import from_json
from store import made_corpus
from web.serving import serving
from web.slow import endless_reader

STORY = b"Rain comes\n\nAnna Bell said it rained.\n"
PATIENCE = 60


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return made_corpus.corpus(tmp_path_factory.mktemp("readings") / "c.db")


@pytest.fixture(scope="module")
def asking(corpus: Corpus) -> Iterator[httpx.Client]:
    with (
        serving(corpus, make_reader=endless_reader) as home,
        httpx.Client(base_url=home, timeout=PATIENCE) as client,
    ):
        yield client


def over(asking: httpx.Client, id: str) -> Any:
    """A reading once it is over."""
    end = time.monotonic() + PATIENCE
    while (one := asking.get(f"/api/readings/{id}").json())["state"] in ("waiting", "reading"):
        assert time.monotonic() < end, one
        time.sleep(0.02)
    return one


def test_a_page_is_read_and_asked_for(asking: httpx.Client) -> None:
    begun = asking.post("/api/readings", params={"name": "rain.txt"}, content=STORY)
    assert begun.status_code == 202
    id = begun.json()["id"]
    assert over(asking, id)["state"] == "done"
    page = from_json(asking.get(f"/api/readings/{id}/page").content)
    assert page.text == STORY.decode()
    (newest, *_) = asking.get("/api/readings").json()
    assert newest["id"] == id


def test_gzip_is_undone(asking: httpx.Client) -> None:
    begun = asking.post("/api/readings", content=gzip.compress(STORY, mtime=0))
    id = begun.json()["id"]
    assert over(asking, id)["state"] == "done"
    assert from_json(asking.get(f"/api/readings/{id}/page").content).headline == "Rain comes"


def test_a_page_is_added_and_found(asking: httpx.Client) -> None:
    page = b"Snow comes\n\nOrla Quist said it snowed.\n"
    begun = asking.post("/api/readings", params={"add": "true"}, content=page)
    number = over(asking, begun.json()["id"])["page"]
    assert asking.get(f"/api/pages/{number}").json()["headline"] == "Snow comes"
    assert asking.get("/api/search?speaker=Orla+Quist").json()["total"] == 1
    nothing = asking.get(f"/api/readings/{begun.json()['id']}/page")
    assert nothing.status_code == 404
    assert "no page was kept" in nothing.json()["detail"]


def test_a_reading_is_cancelled(asking: httpx.Client) -> None:
    page = b"Endless\n\nAnna Bell said it rained.\n"
    id = asking.post("/api/readings", content=page).json()["id"]
    answer = asking.delete(f"/api/readings/{id}")
    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
    assert asking.get(f"/api/readings/{id}").json()["state"] == "cancelled"
    next_one = asking.post("/api/readings", content=STORY).json()["id"]
    assert over(asking, next_one)["state"] == "done"


def test_no_page_at_all_is_refused(asking: httpx.Client) -> None:
    answer = asking.post("/api/readings")
    assert answer.status_code == 400
    assert "send its bytes" in answer.json()["detail"]


def test_the_form_reads_text_with_the_lines_that_it_had(asking: httpx.Client) -> None:
    sent = {"text": "Rain comes\r\n\r\nAnna Bell said it rained.", "do": "look"}
    answer = asking.post("/readings", data=sent, files={"file": ("", b"")})
    assert answer.status_code == 303
    where = answer.headers["location"]
    id = where.rpartition("/")[2]
    assert over(asking, id)["state"] == "done"
    record = from_json(asking.get(f"/api/readings/{id}/page").content)
    assert record.text == "Rain comes\n\nAnna Bell said it rained."
    shown = asking.get(where)
    assert shown.status_code == 200
    assert "Only looked at" in shown.text


def test_a_file_is_taken_before_text(asking: httpx.Client) -> None:
    files = {"file": ("folder/rain.md", b"# Rain\n\nAnna Bell said *it rained*.\n")}
    answer = asking.post("/readings", data={"text": "other", "do": "add"}, files=files)
    one = over(asking, answer.headers["location"].rpartition("/")[2])
    assert (one["name"], one["added"]) == ("rain.md", 1)
    there = asking.get(answer.headers["location"])
    assert there.status_code == 303
    assert there.headers["location"] == f"/pages/{one['page']}"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"data": {"text": " "}, "files": {"file": ("", b"")}}, "nothing to read"),
        ({"data": {"text": "x", "do": "eat"}, "files": {"file": ("", b"")}}, "do: "),
        ({"data": {"text": "x"}}, "multipart"),
        ({"content": b"x", "headers": {"content-type": "multipart/form-data"}}, "multipart"),
        (
            {"content": b"--a", "headers": {"content-type": "multipart/form-data; boundary=a"}},
            "multipart",
        ),
    ],
    ids=["nothing", "do", "not-multipart", "no-boundary", "cut-off"],
)
def test_what_the_form_cannot_send_is_told(
    asking: httpx.Client, sent: dict[str, Any], told: str
) -> None:
    answer = asking.post("/readings", **sent)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")
    assert told in answer.text


def test_another_site_begins_and_cancels_nothing(asking: httpx.Client) -> None:
    headers = {"origin": "http://elsewhere.example"}
    before = len(asking.get("/api/readings").json())
    files = {"file": ("", b"")}
    sent = asking.post("/readings", data={"text": "x"}, files=files, headers=headers)
    assert sent.status_code == 403
    page = b"Endless\n\nAnna Bell said it rained.\n"
    id = asking.post("/api/readings", content=page).json()["id"]
    assert asking.post(f"/readings/{id}/cancel", headers=headers).status_code == 403
    assert asking.delete(f"/api/readings/{id}", headers=headers).status_code == 403
    assert asking.post(f"/readings/{id}/cancel").status_code == 303
    assert asking.get(f"/api/readings/{id}").json()["state"] == "cancelled"
    assert len(asking.get("/api/readings").json()) == before + 1

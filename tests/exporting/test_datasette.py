"""A corpus opens in Datasette: a real server shows labels, facets and the search."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import msgspec
import pytest

from onrecord.exporting.datasette import datasette_metadata
from onrecord.options import Options
from onrecord.records import Page
from onrecord.store.database import transaction, writing
from onrecord.store.readings import reading_of, write_reading
from onrecord.store.writing import write_page
from writer import Writer

Get = Callable[[str], str]


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Get]:
    """Fetches a page of a server that shows a corpus of two pages."""
    folder = tmp_path_factory.mktemp("datasette")
    path = folder / "harbour.db"
    with writing(path, create=True) as connection, transaction(connection):
        reading = write_reading(connection, reading_of(Options(), None))
        for number in range(2):
            write_page(connection, _page(number), name=f"{number}.html", reading=reading)
    metadata = folder / "metadata.json"
    metadata.write_bytes(msgspec.json.encode(datasette_metadata("harbour")))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", str(path)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--metadata", str(metadata), "--port", str(port)], stdout=log, stderr=log
        )
        try:
            yield lambda place: _fetched(f"http://127.0.0.1:{port}/harbour{place}", server)
        finally:
            server.terminate()
            server.wait()


def _page(number: int) -> Page:
    said = f"pier {number} stands"
    written = Writer().paragraph("Piers").paragraph(f"Elda Marrow said {said}.")
    written.speaker("Elda Marrow").attribution(
        "Elda Marrow", "said", said, speaker=1, source_type="named_person", cue_class="neutral"
    )
    return written.page(
        id=f"{number:064}",
        headline="The piers" if number else "Piers <script>alert(1)</script>",
        site="The Sarrow Lantern",
        published="2026-03-04",
    )


def _fetched(address: str, server: subprocess.Popen[bytes]) -> str:
    for _ in range(200):
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server
                return str(answer.read().decode())
        except urllib.error.URLError as error:
            if isinstance(error, urllib.error.HTTPError) or server.poll() is not None:
                raise
            time.sleep(0.1)
    raise TimeoutError(address)


def test_attributions_have_labels_and_facets(get: Get) -> None:
    found = json.loads(get("/attributions.json?_labels=on"))
    row = found["rows"][0]
    labels = {name: row[name]["label"] for name in ("page", "speaker", "identity")}
    assert labels == {
        "page": "Piers <script>alert(1)</script>",
        "speaker": "Elda Marrow",
        "identity": "Elda Marrow",
    }
    facets = found["facet_results"]
    assert set(facets) == {"source_type", "cue_class", "kind"}
    assert facets["kind"]["results"][0] == {
        **facets["kind"]["results"][0],
        "value": "indirect",
        "count": 2,
    }


def test_what_is_said_can_be_searched(get: Get) -> None:
    words = {
        word: json.loads(get(f"/attributions.json?_search={word}")) for word in ("pier", "owl")
    }
    assert {word: found["filtered_table_rows_count"] for word, found in words.items()} == {
        "pier": 2,
        "owl": 0,
    }


def test_pages_and_speakers_have_facets_that_make_sense(get: Get) -> None:
    pages = json.loads(get("/pages.json"))
    assert pages["facet_results"]["site"]["results"][0]["value"] == "The Sarrow Lantern"
    identities = json.loads(get("/identities.json"))
    assert [one["value"] for one in identities["facet_results"]["kind"]["results"]] == ["person"]


def test_each_named_table_and_column_is_there(get: Get) -> None:
    tables = datasette_metadata("harbour")["databases"]["harbour"]["tables"]
    shown = {one["name"]: one for one in json.loads(get(".json"))["tables"]}
    for name, told in tables.items():
        assert name in shown
        assert shown[name]["hidden"] is told.get("hidden", False)
        assert set(told.get("columns", ())) <= set(shown[name]["columns"])
        assert {told.get("label_column")} - {None} <= set(shown[name]["columns"])


def test_the_ready_made_question_has_an_answer(get: Get) -> None:
    rows = json.loads(get("/sourcing_by_site.json?_shape=array"))
    assert rows == [
        {
            "site": "The Sarrow Lantern",
            "attributions": 2,
            "named": 2,
            "unnamed": 0,
            "unattributed": 0,
        }
    ]


def test_html_of_a_page_is_shown_as_text(get: Get) -> None:
    shown = get("/pages")
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown

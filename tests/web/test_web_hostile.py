"""Every view and every answer of the API over a corpus of hostile pages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient
from lxml import html
from playwright.sync_api import Route

from browsing import Visit
from hostile import html_page, wordless
from onrecord import Corpus
from onrecord.report.printable import in_place
from onrecord.web.security import POLICY
from payloads import FIRING, FOREIGN, PAYLOADS
from soundness import unsound
from web.asked import client
from web.hostile_corpus import addresses, filled, hostile_corpus, paths
from web.serving import serving

NUMBERS = range(1, len(PAYLOADS) + 1)
ALL = range(1, len(PAYLOADS) + len(PAYLOADS[::5]) + 1)
"""With those that were read."""
TEXTS = [one.text for one in PAYLOADS]
KINDS = ("text/html", "application/json", "application/problem+json", "application/x-ndjson")
FORMATS = (*KINDS, "text/csv", "application/vnd.oai.openapi+json", "text/css", "text/javascript")
QUERIES = ("q", "speaker", "site", "since", "source_type", "by", "name", "page", "part")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return hostile_corpus(tmp_path_factory.mktemp("hostile") / "c.db")


@pytest.fixture(scope="module")
def asking(corpus: Corpus) -> Iterator[TestClient[Litestar]]:
    with client(corpus, rate=0) as one:
        yield one


def hardened(answer: Response) -> list[str]:
    """What an answer lacks of the headers that every one has."""
    headers = answer.headers
    policy = headers.get("content-security-policy", "")
    wanted = {
        "content-security-policy": POLICY,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    lacking = [name for name, value in wanted.items() if headers.get(name) != value]
    lacking += [word for word in ("unsafe-inline", "unsafe-eval", "*", "http") if word in policy]
    lacking += [one for one in headers if one.startswith("access-control-")]
    return lacking


def harmless(answer: Response) -> list[str]:
    """What is wrong with an answer, whatever it tells."""
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if answer.status_code >= 500:
        return [f"status {answer.status_code}"]
    wrong = hardened(answer)
    if kind == "text/html":
        assert answer.headers["content-type"].endswith("charset=utf-8")
        # A part of a page, which its script puts in place, or a whole one.
        return wrong + unsound(answer.text if "<html" in answer.text else f"<p>{answer.text}")
    if answer.content and kind not in FORMATS:
        wrong.append(f"a kind that a browser may guess about: {kind!r}")
    return wrong


def test_no_view_of_anything_holds_markup_of_a_stranger(asking: TestClient[Litestar]) -> None:
    """All routes, so that a new one cannot be forgotten."""
    answered = set()
    for address in addresses(asking.app, ALL[::9]):
        answer = asking.get(address, follow_redirects=False)
        assert harmless(answer) == [], address
        assert answer.status_code in (200, 400, 404), address
        if answer.status_code == 200:
            answered.add(answer.request.url.path)
    for path in ("/", "/speakers", "/outlets", "/outlets/one", "/audit", "/compare", "/comments"):
        assert path in answered


def test_no_page_holds_markup_of_a_stranger(asking: TestClient[Litestar]) -> None:
    shown = 0
    for number in ALL:
        for more in ("", "/missing", "/attributions/0")[: 1 if number % 5 else 3]:
            answer = asking.get(f"/pages/{number}{more}")
            assert harmless(answer) == [], number
            shown += answer.status_code == 200
    assert shown >= len(PAYLOADS) * 7 // 5 + 50  # Not all could be read.


@pytest.mark.parametrize("number", NUMBERS[::9])
def test_what_a_page_says_is_told_to_the_letter(asking: TestClient[Litestar], number: int) -> None:
    text = TEXTS[number - 1]
    wanted = wordless(in_place(text))
    tree: Any = html.document_fromstring(asking.get(f"/pages/{number}").text)
    for path in ("//h1", "//p[@class='said']", "//bdi[@class='author']", "//blockquote"):
        assert wanted in wordless(tree.xpath(path)[0].text_content()), path
    told = json.loads(asking.get(f"/api/pages/{number}").content)
    assert text in told["headline"]
    assert told["site"] == text
    assert told["comments"][0]["author"] == text


@pytest.mark.parametrize("name", QUERIES)
def test_no_view_repeats_a_hostile_question(asking: TestClient[Litestar], name: str) -> None:
    """What is asked for stands in forms, links to further pages, and complaints."""
    for path in paths(asking.app):
        if "{" in path or path.startswith("/api/openapi"):
            continue
        for text in [*FIRING[:3], *TEXTS[30::67]]:
            answer = asking.get(path, params={name: text}, follow_redirects=False)
            assert harmless(answer) == [], (path, text)


@pytest.mark.parametrize("text", TEXTS[::40])
def test_columns_of_a_people_file_are_words(asking: TestClient[Litestar], text: str) -> None:
    for path in ("/audit", "/audit.csv", "/api/stats"):
        for column in (f"party {text}", text):
            answer = asking.get(path, params={"by": column})
            assert harmless(answer) == [], column
            assert answer.status_code in (200, 400)


def test_errors_repeat_nothing_that_runs(asking: TestClient[Litestar]) -> None:
    for text in TEXTS[::7]:
        for path in ("/", "/pages/", "/api/", "/api/pages/", "/static/", "/readings/"):
            safe = "".join(f"%{byte:02X}" for byte in text.encode()[:300])
            assert harmless(asking.get(f"{path}{safe}", follow_redirects=False)) == [], text


def test_only_web_addresses_become_links(asking: TestClient[Litestar]) -> None:
    schemes = [one for one in PAYLOADS if one.family == "scheme"]
    linked = 0
    for one in schemes:
        number = PAYLOADS.index(one) + 1
        tree: Any = html.document_fromstring(asking.get(f"/pages/{number}").text)
        for link in tree.xpath("//a[starts-with(@rel, 'noreferrer')]/@href"):
            linked += 1
            assert link.startswith(("http://", "https://")), link
    assert linked  # Some are addresses of the web.


def test_json_cannot_be_taken_for_a_page(asking: TestClient[Litestar]) -> None:
    for path in paths(asking.app):
        # Litestar's own words for what is not there, below the document, are a page.
        if not path.startswith("/api") or path.startswith("/api/openapi.json/{"):
            continue
        for address in filled(path, [1, 7, 133]):
            answer = asking.get(address)
            assert answer.headers["content-type"].startswith("application/"), address
            assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_sheet_has_no_formulas(asking: TestClient[Litestar]) -> None:
    all_cells = []
    for path in paths(asking.app):
        if not path.endswith(".csv"):
            continue
        answer = asking.get(path)
        assert answer.headers["content-disposition"].startswith("attachment; filename=")
        rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
        cells = [cell for row in rows for cell in row]
        assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r"))] == [], path
        all_cells += cells
    assert any("=HYPERLINK" in cell for cell in all_cells)


@pytest.fixture(scope="module")
def home(corpus: Corpus) -> Iterator[str]:
    with serving(corpus) as address:
        yield address


def ran(there: Visit) -> bool:
    """Whether a payload ran, or could put something where all objects see it."""
    return bool(there.page.evaluate("window.__ran !== undefined || ({}).polluted !== undefined"))


def _is_harmless(there: Visit, home: str, path: str) -> None:
    there.complaints.clear()
    there.page.goto(home + path)
    assert not ran(there), path
    # Chromium says so of itself where the app's answer is an error.
    told = [one for one in there.complaints if "the server responded with a status of 4" not in one]
    assert told == there.dialogs == [], path


def _asked_nobody_else(there: Visit, home: str) -> bool:
    return all(one.startswith((f"{home}/", "data:,")) for one in there.asked)


# Handlers of events differ in a word.
OPENED = [
    number for number, one in enumerate(PAYLOADS, 1) if one.family != "event" or number % 6 == 0
]


@pytest.mark.parametrize("first", range(8))
def test_no_page_runs_or_asks_for_anything(
    visit: Callable[..., Visit], home: str, first: int
) -> None:
    """A browser opens the page of each payload."""
    there = visit()
    assert len(OPENED) >= 300
    for number in OPENED[first::8]:
        _is_harmless(there, home, f"/pages/{number}")
    assert _asked_nobody_else(there, home)


def test_no_view_runs_or_asks_for_anything(
    visit: Callable[..., Visit], home: str, asking: TestClient[Litestar]
) -> None:
    there = visit(accept_downloads=False)
    for address in addresses(asking.app, NUMBERS[::60]):
        if not address.startswith(("/api", "/static")) and ".csv" not in address:
            _is_harmless(there, home, address)
    assert _asked_nobody_else(there, home)


def _with(payload: str, route: Route) -> None:
    """The server's own answer with a payload as markup in it."""
    answer = route.fetch()
    body = answer.text().replace("<h1", f"{payload}<h1", 1)
    assert payload in body
    route.fulfill(response=answer, body=body)


def test_the_policy_holds_where_escaping_would_fail(visit: Callable[..., Visit], home: str) -> None:
    """A second wall: what would fire by itself is stopped by the answer's headers."""
    there = visit()
    for payload in FIRING:
        there.page.route(f"{home}/speakers", partial(_with, payload))
        there.page.goto(f"{home}/speakers")
        there.page.evaluate("new Promise(done => requestAnimationFrame(() => done()))")
        assert not ran(there), payload
        there.page.unroute(f"{home}/speakers")
    assert there.dialogs == []
    assert [one for one in there.complaints if "Content Security Policy" in one]
    assert not [one for one in there.asked if one.startswith(FOREIGN)]


def test_a_search_as_one_types_runs_nothing(visit: Callable[..., Visit], home: str) -> None:
    """The script puts the server's words in place."""
    there = visit()
    there.page.goto(home)
    for words in ("rained", '"', "<img src=x onerror=window.__ran=1>", "script", "snow* OR hail*"):
        with there.page.expect_response(lambda one: "part=results" in one.url):
            there.page.get_by_label("Words of what is said").fill(words)
        assert not ran(there)
    assert there.dialogs == []
    assert _asked_nobody_else(there, home)


@pytest.mark.parametrize("text", [FIRING[2], *TEXTS[40::90]])
def test_a_page_that_is_pasted_runs_nothing(
    visit: Callable[..., Visit], home: str, text: str, tmp_path: Path
) -> None:
    there = visit()
    there.page.goto(f"{home}/read")
    there.page.get_by_label("Paste a page").fill(html_page(text).decode())
    there.page.get_by_role("button", name="Read", exact=True).click()
    there.page.wait_for_url("**/readings/*")
    there.page.locator("main.page, .problem").first.wait_for()
    assert not ran(there)
    assert there.dialogs == []
    assert _asked_nobody_else(there, home)

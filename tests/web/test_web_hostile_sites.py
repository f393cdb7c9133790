"""What a foreign page can do with a browser that can reach the app: nothing.

Not change anything (CSRF), not read anything, not get an answer by a name of its own (DNS
rebinding).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from playwright.sync_api import Page as Tab

from browsing import Visit
from onrecord import Corpus
from onrecord.web.security import SAFE
from onrecord.web.settings import Settings
from soundness import unsound
from store.made_corpus import corpus
from web.asked import HOME, client
from web.hostile_corpus import filled, paths
from web.rawly import raw
from web.serving import serving

TOKEN = "a token of some length"  # noqa: S105

FOREIGN_HEADERS: list[dict[str, str]] = [
    {"Origin": "http://foreign.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "file://"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "http://127.0.0.1:8611"},
    {"Origin": "http://localhost:8610"},
    {"Origin": f"{HOME}.foreign.example"},
    {"Origin": f"{HOME}@foreign.example"},
    {"Origin": f"{HOME} http://foreign.example"},
    {"Origin": f"{HOME}/"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "anything"},
    {"Sec-Fetch-Site": "cross-site", "Origin": HOME, "Referer": f"{HOME}/"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Origin": "null"},
    {"Origin": "null", "Referer": f"{HOME}/"},
    {"Referer": "http://foreign.example/"},
    {"Referer": f"{HOME}.foreign.example/"},
    {"Referer": f"http://foreign.example/{HOME}/"},
]

FOREIGN_HOSTS = [
    "foreign.example",
    "foreign.example:8610",
    "127.0.0.1.foreign.example:8610",
    "127x0x0x1:8610",
    "127.0.0.1:8611",
    "127.0.0.1",
    "127.0.0.1:8610.",
    "127.0.0.1:8610:8610",
    "127.0.0.1:8610@foreign.example",
    "foreign.example@127.0.0.1:8610",
    "127.0.0.1:8610,foreign.example",
    "127.0.0.1:8610, foreign.example",
    "127.0.0.1:8610/",
    "http://127.0.0.1:8610",
    "localhost.:8610",
    "localhost.localdomain:8610",
    "foreign.localhost:8610",
    "2130706433:8610",
    "0x7f.1:8610",
    "0.0.0.0:8610",
    "[::]:8610",
    "[::1",
    "[::ffff:127.0.0.1]:8610",
    "*",
    "*:8610",
    ":8610",
    " ",
    "",
    "127.0.0.1:notaport",
    "127.0.0.1:99999999",
    "a" * 5000,
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus(tmp_path_factory.mktemp("sites") / "c.db")


@pytest.fixture(scope="module")
def asking(made: Corpus) -> Iterator[TestClient[Litestar]]:
    with client(made, rate=0) as one:
        one.app.debug = False
        yield one


def state(made: Corpus) -> tuple[object, ...]:
    """All that a person can change."""
    return tuple(made.corrections()), made.overview(), tuple(made.pages())


def changing(app: Litestar) -> list[tuple[str, str]]:
    """Every method and address by which something can be changed."""
    methods = sorted({one for route in app.routes for one in getattr(route, "methods", ())})
    return [
        (method, address)
        for method in methods
        if method not in SAFE
        for path in paths(app, method)
        for address in filled(path)
    ]


def test_all_that_changes_something_is_known(asking: TestClient[Litestar]) -> None:
    found = changing(asking.app)
    assert ("POST", "/readings") in found
    assert ("POST", "/api/corrections") in found
    assert ("DELETE", "/api/readings/x") in found


@pytest.mark.parametrize("headers", FOREIGN_HEADERS, ids=str)
def test_no_other_site_changes_anything(
    asking: TestClient[Litestar], made: Corpus, headers: dict[str, str]
) -> None:
    before = state(made)
    for method, address in changing(asking.app):
        for kind in ("application/x-www-form-urlencoded", "text/plain", "application/json"):
            answer = asking.request(
                method,
                address,
                headers={**headers, "Content-Type": kind},
                content=b'{"page": 1, "attribution": 0, "who": "x"}',
                follow_redirects=False,
            )
            assert answer.status_code == 403, (method, address)
            assert "access-control-allow-origin" not in answer.headers
    assert state(made) == before
    assert asking.get("/api/readings").json() == []


def test_asking_changes_nothing(asking: TestClient[Litestar], made: Corpus) -> None:
    before = state(made)
    for path in paths(asking.app):
        for address in filled(path, [1, 2]):
            for method in SAFE:
                asking.request(method, address, params={"do": "wrong", "action": "undo", "add": 1})
    assert state(made) == before
    assert asking.get("/api/readings").json() == []


def test_nothing_is_shared_with_other_origins(asking: TestClient[Litestar]) -> None:
    """Neither an answer nor a preflight allows a foreign page to read or to send."""
    headers = {
        "Origin": "http://foreign.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type, authorization",
        "Access-Control-Request-Private-Network": "true",
    }
    for path in paths(asking.app, "OPTIONS"):
        for address in filled(path):
            for method in ("OPTIONS", "GET"):
                answer = asking.request(method, address, headers=headers)
                allowed = [one for one in answer.headers if one.startswith("access-control-")]
                assert allowed == [], (method, address)


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_no_other_name_gets_an_answer(asking: TestClient[Litestar], host: str) -> None:
    """Not for a page, the API, its document or a file, and not by another header's word."""
    others = {"X-Forwarded-Host": "127.0.0.1:8610", "Forwarded": "host=127.0.0.1:8610"}
    for path in paths(asking.app):
        for address in filled(path):
            answer = asking.get(address, headers={"Host": host, **others}, follow_redirects=False)
            assert answer.status_code in (400, 404), address
            assert "Marrow" not in answer.text
            assert "content-security-policy" in answer.headers
            if answer.headers["content-type"].startswith("text/html"):
                assert unsound(answer.text) == []


def test_a_foreign_name_changes_nothing(asking: TestClient[Litestar], made: Corpus) -> None:
    """To its own page the browser calls it the same origin, which it is by that name."""
    before = state(made)
    for method, address in changing(asking.app):
        headers = {"Host": "foreign.example", "Origin": "http://foreign.example"}
        answer = asking.request(
            method,
            address,
            headers={**headers, "Sec-Fetch-Site": "same-origin"},
            follow_redirects=False,
        )
        assert answer.status_code == 400, address
    assert state(made) == before


@pytest.mark.parametrize("host", ["127.0.0.1:8610", "localhost:8610", "[::1]:8610"])
def test_our_own_names_get_answers(asking: TestClient[Litestar], host: str) -> None:
    assert "Marrow" in asking.get("/speakers", headers={"Host": host}).text


@pytest.fixture(scope="module")
def home(made: Corpus) -> Iterator[str]:
    with serving(made) as address:
        yield address


@pytest.mark.parametrize(
    "lines",
    [
        ["GET /speakers HTTP/1.1"],
        ["GET /speakers HTTP/1.0"],
        ["GET /speakers HTTP/1.1", "Host:"],
        ["GET /speakers HTTP/1.1", "Host: {own}", "Host: foreign.example"],
        ["GET /speakers HTTP/1.1", "Host: foreign.example", "Host: {own}"],
        ["GET /speakers HTTP/1.1", "Host: {own}", "Host: {own}"],
        ["GET /speakers HTTP/1.1", "Host : {own}"],
        ["GET /speakers HTTP/1.1", "Host: foreign.example", "X-Forwarded-Host: {own}"],
        ["GET http://{own}/speakers HTTP/1.1", "Host: foreign.example"],
        ["GET http://foreign.example/speakers HTTP/1.1", "Host: foreign.example"],
        ["GET /speakers HTTP/1.1", "Host: {own}\tx"],
        ["GET /speakers HTTP/1.1", "Host: foreign.example", " {own}"],
    ],
    ids=str,
)
def test_hosts_that_no_client_would_send(home: str, lines: list[str]) -> None:
    own = urlsplit(home).netloc
    request = "\r\n".join([*(one.format(own=own) for one in lines), "Connection: close", "", ""])
    answer = raw(home, request.encode())
    assert answer.split(b" ", 2)[1] in (b"400", b"404")
    assert b"Marrow" not in answer


def test_bytes_that_are_no_requests(home: str) -> None:
    host = b"Host: " + urlsplit(home).netloc.encode() + b"\r\n"
    body = b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    for request in (
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET / HTTP/1.1\r\n" + host + b"X: " + b"a" * 200_000,
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n" + host + b"\r\n",
        b"POST /readings HTTP/1.1\r\n" + host + b"Content-Length: -1\r\n\r\n",
        b"POST /readings HTTP/1.1\r\n" + host + body + b"GET / HTTP/1.1\r\n\r\n",
    ):
        answer = raw(home, request)
        assert b" 200 " not in answer[:20]
        assert b"Marrow" not in answer
    asked = b"GET / HTTP/1.1\r\n" + host + b"Connection: close\r\n\r\n"
    assert b" 200 " in raw(home, asked)[:20]


class _Foreign(BaseHTTPRequestHandler):
    """A site that has one page."""

    page: ClassVar[bytes] = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.page)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def foreign_site(page: str) -> Iterator[int]:
    """A foreign site; the port of it."""
    handler = type("_Site", (_Foreign,), {"page": page.encode()})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.05))
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


# What a page tries: it sends in each way that needs no permission, and looks at what comes back.
ATTACK = """async ({ home, changing, asking }) => {
    const read = [];
    const bodies = [
        ["text/plain", '{"page": 1, "attribution": 0, "who": "x"}'],
        ["application/x-www-form-urlencoded", "do=wrong&who=x&seen=&token=x"],
        ["multipart/form-data; boundary=x", [
            "--x", 'Content-Disposition: form-data; name="text"', "", "Anna Bell said so.", "--x--",
        ].join("\\r\\n")],
        ["application/json", '{"page": 1, "attribution": 0, "who": "x"}'],
    ];
    const look = async (address, options) => {
        try {
            const answer = await fetch(home + address, { credentials: "include", ...options });
            if (answer.type !== "opaque") read.push([address, answer.type, await answer.text()]);
            else if (await answer.text()) read.push([address, "opaque text"]);
        } catch { /* Refused by the browser, as it should be. */ }
    };
    for (const [method, address] of changing) {
        for (const [type, body] of bodies) {
            for (const mode of ["no-cors", "cors"]) {
                await look(address, { method, mode, headers: { "Content-Type": type }, body });
            }
        }
        navigator.sendBeacon(home + address, "do=wrong&who=x");
    }
    for (const address of asking) {
        await look(address, { mode: "cors" });
        await look(address, { mode: "no-cors" });
    }
    const loaded = (tag, name, address) => new Promise((done) => {
        const one = document.createElement(tag);
        one.onload = () => done(`${tag} ${address}`);
        one.onerror = () => done(null);
        if (tag === "link") one.rel = "stylesheet";
        one[name] = home + address;
        document.body.append(one);
    });
    const got = [];
    for (const address of ["/static/app.js", "/static/app.css", "/api/pages", "/"]) {
        for (const [tag, name] of [["script", "src"], ["link", "href"], ["img", "src"]]) {
            got.push(await loaded(tag, name, address));
        }
    }
    return { read, got: got.filter(Boolean) };
}"""

FORMS = """async ({ home, changing }) => {
    for (const [method, address] of changing) {
        if (method !== "POST") continue;
        const kinds = ["text/plain", "multipart/form-data", "application/x-www-form-urlencoded"];
        for (const kind of kinds) {
            const frame = document.createElement("iframe");
            frame.name = `f${Math.random()}`;
            document.body.append(frame);
            const form = document.createElement("form");
            Object.assign(form, { method, action: home + address, enctype: kind });
            form.target = frame.name;
            for (const [name, value] of Object.entries(
                { do: "save", who: "x", content: "0-7", text: "Anna Bell said so.", token: "x" })) {
                const field = document.createElement("input");
                Object.assign(field, { name, value });
                form.append(field);
            }
            document.body.append(form);
            const done = new Promise((resolve) => { frame.onload = resolve; });
            form.submit();
            await done;
        }
    }
}"""


def _attacked(tab: Tab, home: str, app: Litestar) -> Any:
    given = {
        "home": home,
        "changing": changing(app),
        "asking": [one for path in paths(app) for one in filled(path)],
    }
    tab.evaluate(FORMS, given)
    return tab.evaluate(ATTACK, given)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_foreign_page_in_a_browser_reads_and_changes_nothing(
    visit: Callable[..., Visit],
    home: str,
    made: Corpus,
    asking: TestClient[Litestar],
    name: str,
) -> None:
    """By the same name at another port, which is the same site, and by another name."""
    before = state(made)
    there = visit()
    with foreign_site("<!doctype html><title>x</title><body>") as port:
        there.page.goto(f"http://{name}:{port}/")
        found = _attacked(there.page, home, asking.app)
    assert found == {"read": [], "got": []}
    assert state(made) == before
    own = visit()
    own.page.goto(f"{home}/read")
    assert own.page.evaluate("fetch('/api/readings').then(one => one.json())") == []


def test_a_foreign_page_cannot_frame_or_hold_the_app(
    visit: Callable[..., Visit], home: str
) -> None:
    there = visit()
    frame = f'<!doctype html><iframe id=x src="{home}/"></iframe>'
    with foreign_site(frame) as port:
        there.page.goto(f"http://localhost:{port}/")
        (shown,) = there.page.frames[1:]
        assert shown.locator("main").count() == 0
        with there.page.expect_popup() as opened:
            there.page.evaluate("home => { window.held = open(home) }", home)
        opened.value.wait_for_load_state()
        assert opened.value.evaluate("window.opener") is None
        assert there.page.evaluate("window.held.closed")


def test_a_signed_in_browser_is_not_used_by_others(
    visit: Callable[..., Visit], made: Corpus, asking: TestClient[Litestar]
) -> None:
    before = state(made)
    with serving(made, Settings(token=TOKEN, rate=0)) as home:
        there = visit()
        there.page.goto(f"{home}/speakers")
        there.page.get_by_label("Token").fill(TOKEN)
        there.page.get_by_role("button", name="Sign in").click()
        there.page.get_by_text("Elda Marrow").first.wait_for()
        with foreign_site("<!doctype html><title>x</title><body>") as port:
            there.page.goto(f"http://localhost:{port}/")
            found = _attacked(there.page, home, asking.app)
        assert found == {"read": [], "got": []}
        assert there.page.evaluate("document.cookie") == ""
    assert state(made) == before


def test_the_attack_would_be_seen(
    visit: Callable[..., Visit], tmp_path: Path, asking: TestClient[Litestar]
) -> None:
    """The same from the app's own page reads all, and changes things."""
    own = corpus(tmp_path / "c.db")
    with serving(own) as home:
        there = visit()
        there.page.goto(f"{home}/read")
        there.page.evaluate(
            """home => {
                const body = new FormData();
                body.append("text", "Anna Bell said it rained.");
                return fetch(`${home}/readings`, { method: "POST", body });
            }""",
            home,
        )
        found = there.page.evaluate(ATTACK, {"home": home, "changing": [], "asking": ["/speakers"]})
        assert "Elda Marrow" in found["read"][0][2]
        assert len(there.page.evaluate("fetch('/api/readings').then(one => one.json())")) == 1

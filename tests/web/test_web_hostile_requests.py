"""Requests that leave their path, are too much, forge headers, or guess the token."""

from __future__ import annotations

import gzip
import hmac
import json
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from hostile import html_page
from onrecord import Corpus
from onrecord.web import security
from onrecord.web.readings import clean_name
from payloads import PAYLOADS
from soundness import unsound
from store.made_corpus import corpus
from web.asked import client
from web.hostile_corpus import paths
from web.rawly import raw_get
from web.serving import serving
from web.test_web_hostile import hardened

TOKEN = "a token of some length"  # noqa: S105
MOST = 100_000
"""Bytes of the largest request here."""

OUT = [
    "../app.py",
    "../../app.py",
    "..%2fapp.py",
    "..%2Fapp.py",
    "%2e%2e/app.py",
    "%2e%2e%2fapp.py",
    "..%252fapp.py",
    "..%c0%afapp.py",
    "..\\app.py",
    "..%5capp.py",
    "....//app.py",
    "..;/app.py",
    "./../app.py",
    "x/../../app.py",
    "app.css/../../app.py",
    "app.css%00.py",
    "%00",
    "app.css%00",
    "app.css/",
    "app.css%20",
    "app.css.",
    "app.css::$DATA",
    "APP.CSS",
    "/etc/passwd",
    "//etc/passwd",
    "%2fetc%2fpasswd",
    "/../../../../../../../../etc/passwd",
    "..%2f" * 20 + "etc%2fpasswd",
    "file:///etc/passwd",
    "C:%5cwindows%5cwin.ini",
    "~/.ssh/id_rsa",
    "__init__.py",
    ".",
    "..",
    "%2e",
    "%",
    "%zz",
    "%ff%fe",
    "%u002e%u002e",
    "a" * 300,
    "a" * 5000,
    "a/" * 2000,
    "😀",
    "a%0d%0aX-Injected:%201",
    "a%0aX-Injected:1",
    "\u202egpj.ssc",
]

SIGNS = "".join(chr(code) for code in range(0x21, 0x7F))
"""What can stand in a request as it is."""

PLACES = ["/static/", "/pages/", "/api/pages/", "/readings/", "/api/readings/", "/speakers/", "/"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus(tmp_path_factory.mktemp("requests") / "c.db")


@pytest.fixture(scope="module")
def asking(made: Corpus) -> Iterator[TestClient[Litestar]]:
    with client(made, rate=0, max_body=MOST) as one:
        yield one


@pytest.fixture(scope="module")
def with_token(made: Corpus) -> Iterator[TestClient[Litestar]]:
    with client(made, rate=0, token=TOKEN) as one:
        yield one


@pytest.fixture
def guarded(with_token: TestClient[Litestar]) -> TestClient[Litestar]:
    """A client that has not signed in."""
    with_token.cookies.clear()
    return with_token


@pytest.fixture(scope="module")
def home(made: Corpus) -> Iterator[str]:
    with serving(made) as address:
        yield address


@pytest.mark.parametrize("place", PLACES)
def test_no_path_leads_out(home: str, place: str) -> None:
    for name in OUT:
        status, head, body = raw_get(home, place + quote(name, safe=SIGNS))
        assert status in (200, 400, 404, 405), name
        assert "make_app" not in body
        assert "root:" not in body
        assert "\nx-injected" not in head
        if status != 400:  # What is no request at all never came to the app.
            assert "content-security-policy: default-src 'none'" in head
        if "text/html" in head:
            assert unsound(body) == [], name
        else:
            assert status == 400 or "nosniff" in head


def test_only_the_apps_own_files_are_served(home: str) -> None:
    assert raw_get(home, "/static/app.css")[0] == 200
    for name in ("../templates/base.html", "app.py", "base.html", "settings.py", "../c.db", "c.db"):
        for prefix in ("", "/", "./", "x/../", "%2e/", "%2f"):
            assert raw_get(home, f"/static/{prefix}{name}")[0] == 404, name


def test_a_sheets_name_is_the_apps_own(asking: TestClient[Litestar]) -> None:
    for path in paths(asking.app):
        if path.endswith(".csv"):
            answer = asking.get(path, params={"q": 'x"; filename="b.exe', "name": "../../x"})
            said = answer.headers.get("content-disposition", "")
            assert answer.status_code == 400 or re.fullmatch(
                r'attachment; filename="[a-z-]+\.csv"', said
            )


LINES = [
    "\r\nX-Injected: 1",
    "\nX-Injected: 1",
    "\r\n\r\n<script>",
    "%0d%0aX-Injected: 1",
    "\u560a",
]
ELSEWHERE = [
    "//foreign.example",
    "///foreign.example",
    "/\\foreign.example",
    "\\\\foreign.example",
    "/\t/foreign.example",
    "/\n/foreign.example",
    "/\r\\foreign.example",
    "\t//foreign.example",
    " //foreign.example",
    "http://foreign.example",
    "https:foreign.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "foreign.example",
    "@foreign.example",
    ".foreign.example",
    "/%09/foreign.example",
    "/./\\foreign.example",
    "/\x00/foreign.example",
    "",
]


@pytest.mark.parametrize("place", [*ELSEWHERE, *(f"/speakers{one}" for one in LINES), *LINES])
def test_signing_in_leads_nowhere_else(guarded: TestClient[Litestar], place: str) -> None:
    answer = guarded.post("/sign-in", data={"token": TOKEN, "next": place}, follow_redirects=False)
    assert answer.status_code == 303
    lead = answer.headers["location"]
    assert re.match(r"/(?![/\\])[\x21-\x7e]*$", lead), lead
    assert "x-injected" not in answer.headers
    # A browser leaves tabs and ends of lines out of an address (url.spec.whatwg.org).
    assert not re.sub(r"[\t\r\n]", "", lead).startswith(("//", "/\\"))


@pytest.mark.parametrize("text", [one.text for one in PAYLOADS[::23]] + LINES)
def test_where_one_wanted_to_go_is_only_a_word(guarded: TestClient[Litestar], text: str) -> None:
    answer = guarded.get("/speakers", params={"speaker": text})
    assert answer.status_code == 401
    assert unsound(answer.text) == []
    assert hardened(answer) == []


def test_a_header_holds_nothing_of_a_form(asking: TestClient[Litestar]) -> None:
    """A name is kept in a cookie: without what would end it."""
    form = asking.get("/pages/1/attributions/0").text
    seen = re.search(r'name="seen" value="(\w+)"', form)
    assert seen
    for who in (
        "x\r\nSet-Cookie: a=b",
        "x; Domain=foreign.example",
        'x"',
        "\x00é\u202e",
        "a" * 9000,
    ):
        answer = asking.post(
            "/pages/1/missing",
            data={"who": who, "content": "0-7", "kind": "indirect"},
            follow_redirects=False,
        )
        assert answer.status_code in (303, 400, 409, 422)
        for header in answer.headers.get_list("set-cookie"):
            assert "\n" not in header
            (name,) = SimpleCookie(header)
            assert name == "onrecord-who"
            assert "foreign.example;" not in header
            assert "HttpOnly" in header
            assert "SameSite=strict" in header


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/readings", "multipart/form-data; boundary=x"),
        ("/api/readings", "application/octet-stream"),
        ("/api/corrections", "application/json"),
        ("/sign-in", "application/x-www-form-urlencoded"),
        ("/pages/1/missing", "application/x-www-form-urlencoded"),
    ],
)
@pytest.mark.parametrize("chunked", [False, True])
def test_what_is_too_large_is_refused(
    asking: TestClient[Litestar], path: str, kind: str, chunked: bool
) -> None:
    start = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
    body = (start if "multipart" in kind else b"") + b"a" * (MOST + 1)
    sent: Any = iter([body[:50_000], body[50_000:]]) if chunked else body
    answer = asking.post(path, content=sent, headers={"Content-Type": kind})
    assert answer.status_code == 413
    assert hardened(answer) == []
    assert "more bytes than the app takes" in answer.text


BROKEN: list[tuple[str, bytes]] = [
    ("application/json", b"[" * 100_000),
    ("application/json", b'{"a":' * 15_000),
    ("application/json", b'{"page": 1' + b"0" * 50_000 + b"}"),
    ("application/json", b'{"page": 1e999, "who": "x"}'),
    ("application/json", b'{"__proto__": {"x": 1}, "page": 1, "who": "x"}'),
    ("application/json", b"\xff\xfe{"),
    ("application/json", b"null"),
    ("application/json", b""),
    ("text/plain", b'{"page": 1, "who": "x"}'),
    ("application/xml", b"<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>"),
    ("application/x-www-form-urlencoded", b"page=1&" * 10_000),
    ("application/x-www-form-urlencoded", b"%ff=%00&=&&&;"),
    ("application/x-yaml", b"!!python/object/apply:os.system ['id']"),
    ("application/x-msgpack", b"\xdf\xff\xff\xff\xff"),
    ("multipart/form-data", b"--x--"),
    ("multipart/form-data; boundary=", b"----"),
    ("multipart/form-data; boundary=x", b"--x\r\n" * 20_000),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 1_500 + b"--x--\r\n",
    ),
    (
        "multipart/form-data; boundary=x",
        b"--x\r\n" + b"A: b\r\n" * 10_000 + b"\r\n1\r\n--x--",
    ),
    ("multipart/form-data; boundary=" + "x" * 5_000, b"--x"),
    ("application/json; charset=utf-7", b"+AHs-"),
    ("nonsense", b"x"),
    ("", b"x"),
]


@pytest.mark.parametrize(("kind", "body"), BROKEN, ids=[f"{k[:40]} {b[:20]!r}" for k, b in BROKEN])
def test_what_is_broken_is_refused_in_words(
    asking: TestClient[Litestar], made: Corpus, kind: str, body: bytes
) -> None:
    before = made.corrections()
    for path in ("/readings", "/api/corrections", "/sign-in", "/pages/1/missing"):
        answer = asking.post(
            path, content=body, headers={"Content-Type": kind}, follow_redirects=False
        )
        assert 400 <= answer.status_code < 500, path
        assert hardened(answer) == []
        assert "Traceback" not in answer.text
    assert made.corrections() == before


@pytest.mark.parametrize("text", [one.text for one in PAYLOADS if one.family == "file"] + LINES)
def test_a_files_name_is_only_a_word(text: str) -> None:
    name = clean_name(text)
    assert re.fullmatch(r"[\w .()-]{1,80}", name)
    assert not name.startswith(".")
    assert "/" not in name
    assert "\\" not in name


def read(asking: TestClient[Litestar], body: bytes, name: str = "") -> dict[str, Any]:
    """What becomes of a page that is sent."""
    begun = asking.post("/api/readings", params={"name": name}, content=body)
    assert begun.status_code == 202
    while True:
        told: dict[str, Any] = asking.get(f"/api/readings/{begun.json()['id']}").json()
        if told["state"] not in ("waiting", "reading"):
            return told


def test_bombs_and_names_of_files(made: Corpus, tmp_path: Path) -> None:
    """What unpacks to far more is refused, whatever it is called, and the app goes on."""
    from onrecord.web.app import make_app
    from onrecord.web.settings import Settings
    from web.asked import HOME
    from web.serving import fake_reader

    bomb = gzip.compress(bytes(200_000_000), 9)
    layers = gzip.compress(bomb)
    app = make_app(made, Settings(rate=0), make_reader=fake_reader)
    before = sorted(tmp_path.rglob("*"))
    with TestClient(app, base_url=HOME) as asking:
        for body, name in ((bomb, "a.html.gz"), (bomb, "../../a.html"), (layers, "a.gz.gz")):
            told = read(asking, body, name)
            assert told["state"] == "failed", name
            assert told["problem"]
            assert "/" not in told["name"]
        told = read(asking, html_page("word"), "../../../tmp/x.html")
        assert told["state"] == "done"
        assert told["name"] == "x.html"
    assert sorted(tmp_path.rglob("*")) == before


WRONG = ["", "x", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "\x00", "é" * 20, "a" * 50_000]


@pytest.mark.parametrize("token", WRONG)
def test_a_wrong_token_is_refused_everywhere(guarded: TestClient[Litestar], token: str) -> None:
    answer = guarded.post("/sign-in", data={"token": token}, follow_redirects=False)
    assert answer.status_code in (400, 401)
    assert "set-cookie" not in answer.headers
    if token.isascii() and token.isprintable():
        for form in (f"Bearer {token}", f"Basic {token}", token, f"Bearer{token}"):
            answer = guarded.get("/api/pages", headers={"Authorization": form})
            assert answer.status_code == 401, form


def test_every_route_asks_for_the_token(guarded: TestClient[Litestar]) -> None:
    """But those that are open: where it is given, and files without a word of the corpus."""
    from web.hostile_corpus import filled

    opened = set()
    for path in paths(guarded.app):
        for address in filled(path):
            answer = guarded.get(address, follow_redirects=False)
            if answer.status_code != 401:
                opened.add(path)
            assert "Marrow" not in answer.text
    # Litestar's own "not there", below the document.
    assert opened <= {"/sign-in", "/static/{file_path:path}", "/api/openapi.json/{path:str}"}


@pytest.mark.parametrize(
    "cookie", ["", "x", TOKEN, "0" * 64, "\u00e9", "onrecord=; onrecord=x", "a" * 5_000]
)
def test_a_forged_cookie_lets_nobody_in(guarded: TestClient[Litestar], cookie: str) -> None:
    answer = guarded.get(
        "/speakers", headers={b"Cookie": f"{security.COOKIE}={cookie}".encode("latin-1")}
    )
    assert answer.status_code == 401


def test_tokens_are_compared_in_a_time_that_tells_nothing(
    monkeypatch: pytest.MonkeyPatch, guarded: TestClient[Litestar]
) -> None:
    compared = []

    def noted(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return hmac_compare(one, other)

    hmac_compare = hmac.compare_digest
    monkeypatch.setattr(hmac, "compare_digest", noted)
    guarded.post("/sign-in", data={"token": "wrong"})
    guarded.get("/speakers", headers={"Authorization": "Bearer wrong"})
    guarded.get("/speakers", headers={"Cookie": f"{security.COOKIE}=wrong"})
    assert [given for given, _ in compared].count(b"wrong") == 3


def test_the_cookie_is_for_the_server_alone(guarded: TestClient[Litestar]) -> None:
    answer = guarded.post("/sign-in", data={"token": TOKEN}, follow_redirects=False)
    (cookie,) = SimpleCookie(answer.headers["set-cookie"]).values()
    assert cookie["httponly"]
    assert cookie["samesite"] == "strict"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert TOKEN not in json.dumps(cookie.value)


def test_the_cookie_of_a_safe_connection_stays_on_safe_ones() -> None:
    assert security.signed_in(TOKEN, secure=True).secure
    assert security.signed_in("another token", secure=True).value != (
        security.signed_in(TOKEN, secure=True).value
    )


def test_guessing_is_slowed_down(made: Corpus) -> None:
    with client(made, token=TOKEN, rate=5) as asking:
        statuses = [
            asking.post(
                "/sign-in",
                data={"token": "x"},
                headers={"X-Forwarded-For": f"10.0.0.{number}", "X-Real-IP": f"10.0.0.{number}"},
            ).status_code
            for number in range(8)
        ]
    assert statuses == [401] * 5 + [429] * 3

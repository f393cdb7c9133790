"""Who may ask, who may change, and the headers that hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.made_corpus import corpus
from web.asked import HOME, client

TOKEN = "a token of some length"  # noqa: S105


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://foreign.example"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": HOME},
    ],
)
def test_another_site_changes_nothing(tmp_path: Path, headers: dict[str, str]) -> None:
    with client(corpus(tmp_path / "c.db")) as asking:
        answer = asking.post("/sign-in", data={"token": TOKEN}, headers=headers)
        assert answer.status_code == 403
        assert "another site" in answer.text


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": HOME}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}]
)
def test_our_pages_and_programs_may_change_things(tmp_path: Path, headers: dict[str, str]) -> None:
    with client(corpus(tmp_path / "c.db"), token=TOKEN) as asking:
        answer = asking.post(
            "/sign-in", data={"token": TOKEN}, headers=headers, follow_redirects=False
        )
        assert answer.status_code == 303


def test_a_token_is_asked_for(tmp_path: Path) -> None:
    with client(corpus(tmp_path / "c.db"), token=TOKEN) as asking:
        refused = asking.get("/speakers?speaker=Marrow")
        assert refused.status_code == 401
        assert 'value="/speakers?speaker=Marrow"' in refused.text
        assert "Elda" not in refused.text
        assert asking.get("/static/app.css").status_code == 200
        wrong = asking.get("/speakers", headers={"Authorization": "Bearer another one"})
        assert wrong.status_code == 401
        right = asking.get("/speakers", headers={"Authorization": f"Bearer {TOKEN}"})
        assert "Elda Marrow" in right.text


def test_signing_in_keeps_the_browser_in(tmp_path: Path) -> None:
    with client(corpus(tmp_path / "c.db"), token=TOKEN) as asking:
        wrong = asking.post("/sign-in", data={"token": "another one", "next": "/speakers"})
        assert wrong.status_code == 401
        assert "This is not the token." in wrong.text
        assert 'value="/speakers"' in wrong.text
        assert asking.get("/speakers").status_code == 401
        given = asking.post(
            "/sign-in", data={"token": TOKEN, "next": "/speakers"}, follow_redirects=False
        )
        assert given.headers["location"] == "/speakers"
        cookie = given.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert TOKEN not in cookie
        assert "Elda Marrow" in asking.get("/speakers").text


@pytest.mark.parametrize(
    "place", ["//foreign.example", "/\\foreign.example", "http://foreign.example", "", "x"]
)
def test_signing_in_leads_nowhere_else(tmp_path: Path, place: str) -> None:
    with client(corpus(tmp_path / "c.db"), token=TOKEN) as asking:
        given = asking.post(
            "/sign-in", data={"token": TOKEN, "next": place}, follow_redirects=False
        )
        assert given.headers["location"] == "/"


@pytest.mark.parametrize("host", ["foreign.example", "127.0.0.1.foreign.example:8610", "a", ""])
def test_a_foreign_name_for_this_address_gets_nothing(tmp_path: Path, host: str) -> None:
    with client(corpus(tmp_path / "c.db")) as asking:
        answer = asking.get("/speakers", headers={"Host": host})
        assert answer.status_code == 400
        assert "Elda" not in answer.text


@pytest.mark.parametrize("path", ["/", "/pages/1", "/nowhere", "/pages/999", "/static/app.css"])
def test_every_answer_has_the_headers(tmp_path: Path, path: str) -> None:
    with client(corpus(tmp_path / "c.db")) as asking:
        headers = asking.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in policy


def test_too_many_requests(tmp_path: Path) -> None:
    with client(corpus(tmp_path / "c.db"), rate=3) as asking:
        statuses = [asking.get("/comments").status_code for _ in range(5)]
        assert statuses == [200, 200, 200, 429, 429]
        assert asking.get("/static/app.css").status_code == 200

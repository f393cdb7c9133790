"""What the app can be told, and what it refuses."""

from __future__ import annotations

import pytest

from onrecord.errors import OptionsError
from onrecord.web.settings import Settings

TOKEN = "a token of some length"  # noqa: S105


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.9.1"])
def test_this_machine_needs_no_token(host: str) -> None:
    assert Settings(host=host).local


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "lantern.example", "127.0.0.1.nip"])
def test_other_machines_need_a_token(host: str) -> None:
    with pytest.raises(OptionsError, match="ONRECORD_TOKEN"):
        Settings(host=host)
    assert not Settings(host=host, token=TOKEN).local


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"port": -1}, "port is -1"),
        ({"port": 65_536}, "port is 65536"),
        ({"rate": -1}, "rate is -1"),
        ({"max_body": 0}, "max_body is 0"),
        ({"names": ("*.example",)}, "is a pattern"),
        ({"token": "short"}, "the token has 5 characters"),
    ],
)
def test_values_that_cannot_be(given: dict[str, object], told: str) -> None:
    with pytest.raises(OptionsError, match=told):
        Settings(**given)  # type: ignore[arg-type]


def test_the_names_that_are_answered_to() -> None:
    assert Settings(port=99).allowed_hosts == ["127.0.0.1:99", "[::1]:99", "localhost:99"]
    away = Settings(host="192.0.2.7", port=99, token=TOKEN, names=("desk.example",))
    assert away.allowed_hosts == [
        "192.0.2.7:99", "desk.example:99", "192.0.2.7", "desk.example",
    ]  # fmt: skip


def test_a_wildcard_answers_to_this_machines_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.web.settings.machine_names", lambda: {"desk", "192.0.2.7"})
    every = Settings(host="0.0.0.0", port=99, token=TOKEN)
    assert set(every.allowed_hosts) >= {"desk:99", "192.0.2.7:99", "localhost:99"}
    assert not any("*" in name for name in every.allowed_hosts)


def test_the_address_to_type() -> None:
    assert Settings(port=99).address == "http://127.0.0.1:99/"
    assert Settings(host="::1", port=99).address == "http://[::1]:99/"

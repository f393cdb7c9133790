"""What the app can be told."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from pathlib import Path

import msgspec

from onrecord.errors import OptionsError
from onrecord.options import MEGABYTE, Options

LOOPBACK = "127.0.0.1"
PORT = 8610
WILDCARDS = frozenset(["0.0.0.0", "::"])  # noqa: S104 - only with a token
"""Hosts that stand for every address of this machine."""
SHORTEST_TOKEN = 12
"""Characters. A shorter one can be guessed over a network."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How a corpus is served."""

    host: str = LOOPBACK
    """The address, or its name, that is listened at."""
    port: int = PORT
    names: tuple[str, ...] = ()
    """Further host names by which browsers may ask, as a proxy in front of the app has them."""
    token: str | None = None
    """What must be known to see or change anything. Needed unless ``host`` is this machine's."""
    reading: Options = Options()
    """How pages are read that are pasted or dropped."""
    weights: Path | None = None
    key: Path | None = None
    """The key of commenters' pseudonyms, for pages that are added; ``None``: the usual one."""
    max_body: int = 16 * MEGABYTE
    """Bytes of the largest request."""
    rate: int = 3000
    """Requests a minute from one address; 0 is without limit."""

    def __post_init__(self) -> None:
        """Raises `OptionsError`."""
        if not 0 <= self.port <= 65535:
            raise OptionsError(f"port is {self.port}; give 0 (any that is free) to 65535")
        if starred := [name for name in self.names if "*" in name]:
            raise OptionsError(
                f"{starred[0]!r} is a pattern; give each host name by which browsers ask"
            )
        if self.rate < 0:
            raise OptionsError(f"rate is {self.rate}; give requests a minute, or 0 for no limit")
        if self.max_body < 1:
            raise OptionsError(f"max_body is {self.max_body}; give at least 1")
        if self.token is not None and len(self.token) < SHORTEST_TOKEN:
            raise OptionsError(
                f"the token has {len(self.token)} characters; give at least {SHORTEST_TOKEN}"
            )
        if not self.local and self.token is None:
            raise OptionsError(
                f"host is {self.host!r}, which other machines can reach; give a token that they "
                "must know: set ONRECORD_TOKEN, or name a file that holds it with --token-file"
            )

    @property
    def local(self) -> bool:
        """Whether this machine alone can reach the app."""
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def address(self) -> str:
        """What to type into a browser."""
        return f"http://{_bracketed(self.host)}:{self.port}/"

    @property
    def allowed_hosts(self) -> list[str]:
        """What a request's Host may be. Anything else is a foreign name for this address."""
        names = {self.host, *self.names}
        if self.host in WILDCARDS:
            names |= machine_names()
        if self.local or self.host in WILDCARDS:
            names |= {"localhost", LOOPBACK, "::1"}
        bracketed = sorted(map(_bracketed, names))
        return [f"{name}:{self.port}" for name in bracketed] + (
            bracketed if self.port == 80 or self.names else []
        )


def machine_names() -> set[str]:
    """What this machine is called, and its addresses as far as it knows them."""
    name = socket.gethostname()
    try:
        found = socket.getaddrinfo(name, None)
    except OSError:
        return {name}
    return {name, socket.getfqdn(name), *(str(one[4][0]).partition("%")[0] for one in found)}


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host

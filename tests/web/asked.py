"""The app asked without a network, over a small corpus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from litestar import Litestar
from litestar.testing import TestClient
from lxml import html

from onrecord import Corpus
from onrecord.web.app import make_app
from onrecord.web.settings import Settings

HOME = "http://127.0.0.1:8610"


@contextmanager
def client(corpus: Corpus, **settings: Any) -> Iterator[TestClient[Litestar]]:
    """A client of the app, by its own address."""
    with TestClient(make_app(corpus, Settings(**settings)), base_url=HOME) as asking:
        yield asking


def words(page: str) -> str:
    """All that a page shows, on one line."""
    tree: Any = html.fromstring(page)
    for hidden in tree.xpath("//script|//style|//title"):
        hidden.drop_tree()
    return " ".join(tree.text_content().split())


def found(page: str, path: str) -> list[Any]:
    """What an XPath finds in a page."""
    tree: Any = html.fromstring(page)
    return list(tree.xpath(path))

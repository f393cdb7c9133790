"""The app on a real port, for browsers and for programs."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import msgspec
import uvicorn

from onrecord import Corpus, Reader
from onrecord.encoder.fake import FakeEncoder
from onrecord.web.app import make_app
from onrecord.web.settings import LOOPBACK, Settings

PATIENCE = 30
"""Seconds after which a server that does not start, or end, is a failure."""


def fake_reader() -> Reader:
    """A reader that knows sentences like "Anna Bell said it rained."."""
    return Reader(encoder=FakeEncoder())


@contextmanager
def serving(
    corpus: Corpus,
    settings: Settings = Settings(rate=0),  # noqa: B008 - frozen
    *,
    make_reader: Callable[[], Reader] = fake_reader,
) -> Iterator[str]:
    """Serve a corpus at a free port of this machine; its address, without a stroke at the end."""
    with socket.create_server((LOOPBACK, 0)) as listening:
        port = listening.getsockname()[1]
        settings = msgspec.structs.replace(settings, host=LOOPBACK, port=port)
        app = make_app(corpus, settings, make_reader=make_reader)
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=partial(server.run, sockets=[listening]), daemon=True)
        thread.start()
        try:
            # The socket listens already, so a browser waits for the first answer by itself.
            yield f"http://{LOOPBACK}:{port}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            assert not thread.is_alive(), "the server does not end"

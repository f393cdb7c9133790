"""Serving the app: a server, its address, a browser."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable

import msgspec
import uvicorn

from onrecord.errors import ServingError
from onrecord.store import Corpus
from onrecord.web.app import make_app
from onrecord.web.settings import Settings

PATIENCE = 3
"""Seconds that requests under way have to end, once the server is told to stop."""

CONNECTIONS = 200
"""Connections at once. What is more is told to come back."""


def serve(
    corpus: Corpus, settings: Settings, *, told: Callable[[Settings], None], browser: bool
) -> None:
    """Serve a corpus until Ctrl-C. ``told`` hears the settings, with the port that was taken.

    Raises `StoreError` where the corpus cannot be used, and `ServingError` where the address
    cannot be listened at.
    """
    listening = _listen(settings)
    with listening:
        settings = msgspec.structs.replace(settings, port=listening.getsockname()[1])
        server = uvicorn.Server(
            uvicorn.Config(
                make_app(corpus, settings),
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                limit_concurrency=CONNECTIONS,
                timeout_graceful_shutdown=PATIENCE,
                h11_max_incomplete_event_size=65_536,
            )
        )
        told(settings)
        if browser:
            # The socket listens already, so the browser waits for the first answer.
            threading.Thread(target=webbrowser.open, args=[settings.address], daemon=True).start()
        server.run(sockets=[listening])


def _listen(settings: Settings) -> socket.socket:
    try:
        found = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        family, kind, protocol, _, address = found[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen()
        except OSError:
            listening.close()
            raise
    except OSError as error:
        raise ServingError(
            f"{settings.host}, port {settings.port}: {error.strerror}. Give another --port "
            "(0 takes any that is free) or --host"
        ) from error
    return listening

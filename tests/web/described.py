"""The API's OpenAPI document, without an app over a corpus."""

from __future__ import annotations

from typing import Any

from litestar import Litestar, Router
from litestar.di import Provide

from onrecord.web.api import API, document
from onrecord.web.api.document import described
from onrecord.web.asking import asked_for
from onrecord.web.settings import Settings


def described_api() -> dict[str, Any]:
    """The document that `/api/openapi.json` gives; a test holds the two against each other."""
    given = {name: Provide(lambda: None, sync_to_thread=False) for name in ("answers", "readings")}
    app = Litestar(
        route_handlers=[Router("/api", route_handlers=API)],
        dependencies={**given, "asked": Provide(asked_for, sync_to_thread=False)},
        openapi_config=document(Settings()),
    )
    return described(app.openapi_schema.to_schema())

"""The OpenAPI document, at ``/api/openapi.json``."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, License, SecurityScheme, Server, Tag

from onrecord import __version__
from onrecord.correcting import Correction
from onrecord.records import Page
from onrecord.store import (
    Failure,
    Found,
    Listed,
    Overview,
    PageThreads,
    Profile,
    Replies,
    SpeakerCount,
)
from onrecord.web.api.corrections import By, Correcting
from onrecord.web.api.stats import Counts
from onrecord.web.errors import Problem
from onrecord.web.readings import Reading
from onrecord.web.settings import Settings

DESCRIPTION = """\
Pages, who says what in them, and all that can be asked of a corpus. Offsets count Unicode code
points of a page's text, end exclusive. What is not known is null.

An error is `application/problem+json` (RFC 9457), and its `detail` says what to do. More requests
a minute than are allowed give 429 and `Retry-After`.\
"""

REFERENCE = "#/components/schemas/{name}"
TYPES = (
    By,
    Correcting,
    Correction,
    Counts,
    Failure,
    Found,
    Listed,
    Overview,
    Page,
    PageThreads,
    Problem,
    Profile,
    Reading,
    Replies,
    SpeakerCount,
)
"""What operations take and give."""

TAGS = {
    "corpus": "The corpus as a whole",
    "pages": "Pages and their records",
    "speakers": "Who speaks",
    "comments": "The discussion below articles",
    "corrections": "What people corrected",
    "readings": "Pages that are read at once",
}


def document(settings: Settings) -> OpenAPIConfig:
    """What makes the document. There is no page with it: those load scripts of others."""
    token = SecurityScheme(
        type="http", scheme="bearer", description="The token that the corpus is served with."
    )
    return OpenAPIConfig(
        title="Onrecord",
        version=__version__,
        description=DESCRIPTION,
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        servers=[Server(url="/")],
        tags=[Tag(name=name, description=told) for name, told in TAGS.items()],
        security=[{"token": []}] if settings.token else None,
        components=Components(security_schemes={"token": token}),
        use_handler_docstrings=True,
        # The router has an answer in HTML for whatever is below it and not there.
        path="/api/openapi.json",
        render_plugins=[_Document(path=["/"])],
    )


class _Document(JsonRenderPlugin):
    """The document as it is sent."""

    def render(
        self,
        request: Request[Any, Any, Any],  # noqa: ARG002
        openapi_schema: dict[str, Any],
    ) -> bytes:
        return msgspec.json.encode(described(openapi_schema))


def described(made: dict[str, Any]) -> dict[str, Any]:
    """Litestar's document, with msgspec's own schemas of its types, as `onrecord schema` has them.

    Litestar's lose the bounds of numbers, and tuples in what is annotated with more than that.
    """
    components = made["components"]
    _, schemas = msgspec.json.schema_components(TYPES, ref_template=REFERENCE)
    lacking = components["schemas"].keys() - schemas.keys()
    assert not lacking, lacking  # noqa: S101 - a test asks for the document
    return {**made, "components": {**components, "schemas": schemas}}

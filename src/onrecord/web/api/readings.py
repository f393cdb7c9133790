"""``/api/readings``: pages that are read at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from litestar.exceptions import ClientException
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import PathParameter, QueryParameter, RawBody

from onrecord.records import Page
from onrecord.web.api.asking import ask, drop, tell
from onrecord.web.given import TheReadings
from onrecord.web.readings import Reading

BYTES = "application/octet-stream"

Id = Annotated[str, PathParameter(max_length=100, description="The reading's id.")]


@dataclass
class _TakesBytes(Operation):
    """An operation whose request is a file's bytes as they are."""

    def __post_init__(self) -> None:
        self.request_body = RequestBody(
            content={BYTES: OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING))},
            description="The page's own bytes: HTML, text or Markdown, in any encoding, also "
            "gzip. An archive (WARC, JSONL) can be added, not looked at.",
            required=True,
        )


@tell(
    "/readings",
    operation_id="beginReading",
    tags=["readings"],
    operation_class=_TakesBytes,
    status_code=202,
)
def begin_reading(
    body: RawBody,
    readings: TheReadings,
    name: Annotated[
        str,
        QueryParameter(
            max_length=1000,
            description="A file's name, which tells what it is where its bytes do not: page.md.",
        ),
    ] = "",
    add: Annotated[
        bool,
        QueryParameter(description="Add it to the corpus. Else it is held in memory for an hour."),
    ] = False,
) -> Reading:
    """Read a page. It is put in a queue; ask for the reading until its state says `done`."""
    if not body:
        raise ClientException("there is no page: send its bytes as the request's body")
    return readings.begin(body, name=name, add=add)


@ask("/readings", operation_id="listReadings", tags=["readings"])
def list_readings(readings: TheReadings) -> list[Reading]:
    """The readings that are known, the newest first."""
    return readings.all()


@ask("/readings/{id:str}", operation_id="getReading", tags=["readings"])
def get_reading(id: Id, readings: TheReadings) -> Reading:
    """What became of a reading so far."""
    return readings.get(id)


@ask("/readings/{id:str}/page", operation_id="getReadingPage", tags=["readings"])
def get_reading_page(id: Id, readings: TheReadings) -> Page:
    """The record of a page that was only looked at."""
    return readings.record(id)


@drop("/readings/{id:str}", operation_id="cancelReading", tags=["readings"])
def cancel_reading(id: Id, readings: TheReadings) -> Reading:
    """Stop a reading, unless it is over. Pages that it added stay."""
    return readings.cancel(id)

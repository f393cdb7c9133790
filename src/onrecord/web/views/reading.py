"""``/read`` and ``/readings/ID``: a page is pasted or dropped, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.params import Body, PathParameter
from litestar.response import Redirect, Response, Template

from onrecord.report.html.view import view
from onrecord.web.given import TheReadings, TheSettings

SOON = 1
"""Seconds after which a page without scripts looks again."""

Id = Annotated[str, PathParameter(max_length=100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What the form sends: a file, or else text."""

    text: str = ""
    file: UploadFile | None = None
    do: Literal["look", "add"] = "look"


@get("/read", name="read", sync_to_thread=True)
def read_page(readings: TheReadings, settings: TheSettings) -> Template:
    """The form, and what was read in the last hour."""
    return Template(
        "read.html", context={"readings": readings.all(), "max_body": settings.max_body}
    )


@post("/readings")
async def begin_reading(
    data: Annotated[Sent, Body(media_type=RequestEncodingType.MULTI_PART)], readings: TheReadings
) -> Redirect:
    """Begin to read what was sent."""
    # A form's lines end as those of HTTP's headers do, whatever was pasted.
    page, name = data.text.replace("\r\n", "\n").encode("utf-8", "replace"), ""
    if data.file is not None and data.file.filename:
        page, name = await data.file.read(), data.file.filename
        await data.file.close()
    if not page.strip():
        raise ClientException("nothing to read: paste a page, or choose a file")
    begun = readings.begin(page, name=name, add=data.do == "add")
    return Redirect(f"/readings/{begun.id}", status_code=303)


@get("/readings/{id:str}", name="reading", sync_to_thread=True)
def reading_page(id: Id, readings: TheReadings) -> Template | Response[Any]:
    """How far it is; at its end, the page."""
    one = readings.get(id)
    if one.state == "done" and one.add and one.page is not None:
        return Redirect(f"/pages/{one.page}", status_code=303)
    if one.state == "done" and not one.add:
        return Template("read_page.html", context={"one": one, "view": view(readings.record(id))})
    return Template("reading.html", context={"one": one, "soon": SOON})


@post("/readings/{id:str}/cancel", sync_to_thread=True)
def cancel_reading(id: Id, readings: TheReadings) -> Redirect:
    """Stop it."""
    readings.cancel(id)
    return Redirect(f"/readings/{id}", status_code=303)

"""``/pages/N``: a page, as the report shows it, and what people corrected in it."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from litestar import get
from litestar.params import PathParameter
from litestar.response import Template

from onrecord.report.corrections import told
from onrecord.report.html.view import view
from onrecord.web.given import TheAnswers

Number = Annotated[int, PathParameter(ge=1, le=2**62)]

CORRECTIONS = 200
"""Of a page, those that are shown."""


@get("/pages/{number:int}", name="page", sync_to_thread=True)
def page_page(number: Number, answers: TheAnswers) -> Template:
    """The page's text, ledger and thread, then its corrections."""
    page = answers.corpus.page(number)
    corrections = answers.corpus.corrections(number, limit=CORRECTIONS)
    return Template(
        "one_page.html",
        context={
            "number": number,
            "view": view(page),
            "correct_url": lambda own: f"/pages/{number}/attributions/{own}",
            "corrections": [told(one, page) for one in corrections],
            "link": link(page.url),
        },
    )


def link(url: str | None) -> str | None:
    """An address that may be followed: a page says what it likes of its own."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None

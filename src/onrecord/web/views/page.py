"""``/pages/N``: a page, as the report shows it."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.params import Parameter
from litestar.response import Template

from onrecord.report.html.view import view
from onrecord.web.answers import Answers

Number = Annotated[int, Parameter(ge=1, le=2**62)]


@get("/pages/{number:int}", name="page", sync_to_thread=True)
def page_page(number: Number, answers: Answers) -> Template:
    """The page's text, ledger and thread."""
    page = answers.corpus.page(number)
    return Template("one_page.html", context={"number": number, "view": view(page)})

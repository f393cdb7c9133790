"""``/pages/N``: a page, as the report shows it."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.params import PathParameter
from litestar.response import Template

from onrecord.report.html.view import view
from onrecord.web.given import TheAnswers

Number = Annotated[int, PathParameter(ge=1, le=2**62)]


@get("/pages/{number:int}", name="page", sync_to_thread=True)
def page_page(number: Number, answers: TheAnswers) -> Template:
    """The page's text, ledger and thread."""
    page = answers.corpus.page(number)
    return Template("one_page.html", context={"number": number, "view": view(page)})

"""``/comments``: the discussion below articles, and who replies to whom in it."""

from __future__ import annotations

from litestar import get
from litestar.response import Template

from onrecord.web.given import Asked, TheAnswers

LISTED = 50


@get("/comments", name="comments", sync_to_thread=True)
def comments_page(asked: Asked, answers: TheAnswers) -> Template:
    """Threads by page, and the pairs who reply to one another most."""
    corpus, site = answers.corpus, asked.site
    return Template(
        "comments.html",
        context={
            "asked": asked,
            "most": LISTED,
            "threads": answers.get(
                ("threads", site), lambda: corpus.threads(site=site, limit=LISTED)
            ),
            "replies": answers.get(
                ("replies", site), lambda: corpus.replies(site=site, limit=LISTED)
            ),
        },
    )

"""``/comments``: the discussion below articles, and who replies to whom in it."""

from __future__ import annotations

from litestar import get
from litestar.response import Template

from onrecord.store import PageThreads, Replies
from onrecord.web.answers import Answers
from onrecord.web.given import Asked, TheAnswers

LISTED = 50


@get("/comments", name="comments", sync_to_thread=True)
def comments_page(asked: Asked, answers: TheAnswers) -> Template:
    """Threads by page, and the pairs who reply to one another most."""
    threads, replies = discussions(asked.site, answers)
    return Template(
        "comments.html",
        context={"asked": asked, "most": LISTED, "threads": threads, "replies": replies},
    )


def discussions(site: str | None, answers: Answers) -> tuple[list[PageThreads], list[Replies]]:
    """The largest threads, and who replies to whom most. Raises `OptionsError`."""

    def ask() -> tuple[list[PageThreads], list[Replies]]:
        corpus = answers.corpus
        return corpus.threads(site=site, limit=LISTED), corpus.replies(site=site, limit=LISTED)

    return answers.get(("discussions", site), ask)

"""``/api/comments``: the discussion below articles."""

from __future__ import annotations

from onrecord.store import PageThreads, Replies
from onrecord.web.api.asking import Limit, Outlet, ask
from onrecord.web.given import TheAnswers


@ask("/comments/threads", operation_id="listThreads", tags=["comments"])
def list_threads(answers: TheAnswers, site: Outlet = None, limit: Limit = 50) -> list[PageThreads]:
    """Pages with comments, those with the most first: threads, depth, commenters."""
    site = site or None
    return answers.get(
        ("threads", site, limit), lambda: answers.corpus.threads(site=site, limit=limit)
    )


@ask("/comments/replies", operation_id="listReplies", tags=["comments"])
def list_replies(answers: TheAnswers, site: Outlet = None, limit: Limit = 50) -> list[Replies]:
    """Which commenter replies to which, the most frequent pairs first."""
    site = site or None
    return answers.get(
        ("replies", site, limit), lambda: answers.corpus.replies(site=site, limit=limit)
    )

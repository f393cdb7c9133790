"""``/sign-in``: where a person gives the token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from litestar import Request, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from onrecord.web.given import TheSettings
from onrecord.web.security import OPEN, is_token, signed_in


@dataclass(frozen=True, slots=True)
class Given:
    """What the form sends."""

    token: str
    next: str = "/"


@get("/sign-in", name="sign-in", opt={OPEN: True}, sync_to_thread=False)
def sign_in_page() -> Template:
    """The form."""
    return Template("login.html", context={"next": "/", "problem": ""})


@post("/sign-in", opt={OPEN: True}, sync_to_thread=False)
def sign_in(
    request: Request[Any, Any, Any],
    settings: TheSettings,
    data: Annotated[Given, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect | Template:
    """Let the browser in, and go where it wanted to."""
    if settings.token is None or not is_token(data.token, settings.token):
        context = {"next": data.next, "problem": "This is not the token."}
        return Template("login.html", context=context, status_code=401)
    # Two strokes or a backslash would begin another host's address.
    own = data.next.startswith("/") and data.next[1:2] not in ("/", "\\")
    cookie = signed_in(settings.token, secure=request.url.scheme == "https")
    return Redirect(data.next if own else "/", status_code=303, cookies=[cookie])

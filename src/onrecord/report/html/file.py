"""A page as one HTML file that opens from disk and asks nothing of the network."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onrecord.records import Page
from onrecord.report.html.bars import article_bar, sources_bar, speakers_bar
from onrecord.report.html.view import view


@cache
def environment() -> Environment:
    """The templates. All that they are given is escaped."""
    made = Environment(
        loader=PackageLoader("onrecord.report.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(article_bar=article_bar, sources_bar=sources_bar, speakers_bar=speakers_bar)
    return made


@cache
def asset(name: str) -> str:
    """A packaged style sheet or script."""
    return (files("onrecord.report.html") / "static" / name).read_text("utf-8")


def report_html(page: Page) -> str:
    """One file with the page, its ledger and its thread.

    A Content-Security-Policy lets only the file's own style and script run, by their hashes, and
    nothing be loaded.
    """
    style, script = asset("page.css"), asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        environment()
        .get_template("report.html")
        .render(
            view=view(page),
            style=Markup(style),  # noqa: S704 - packaged, and no word of the page
            script=Markup(script),  # noqa: S704
            policy=policy,
        )
    )


def _hash(content: str) -> str:
    """A source expression of CSP (w3.org/TR/CSP3, section 2.3.1)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"

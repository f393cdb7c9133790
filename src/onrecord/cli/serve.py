"""``onrecord serve``: a corpus in the browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.asking import CorpusPath
from onrecord.cli.reading import Confidence, CueFile, PeopleFile, Weights
from onrecord.errors import ExtraMissingError, OptionsError
from onrecord.options import AttributingOptions, Options, ResolvingOptions, WeighingOptions
from onrecord.store import Corpus

TOKEN = "ONRECORD_TOKEN"  # noqa: S105 - the variable's name


def command(
    corpus: CorpusPath,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Listen here. Other machines need a token.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="Listen at this port; 0 takes any that is free.")
    ] = 8610,
    open_browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the browser.")
    ] = True,
    token_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=f"Ask for the token in this file, or in the variable {TOKEN}."
        ),
    ] = None,
    name: Annotated[
        list[str],
        typer.Option(metavar="HOST", help="Answer to this host name too. Repeatable."),
    ] = [],  # noqa: B006 - Typer copies it
    rate: Annotated[
        int, typer.Option(metavar="N", help="Requests a minute from one address; 0: no limit.")
    ] = 3000,
    key: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The key of the pseudonyms, for pages that are added."),
    ] = None,
    min_confidence: Confidence = 0.0,
    people: PeopleFile = None,
    cues: CueFile = None,
    weights: Weights = None,
) -> None:
    """Show a corpus in the browser: search, pages, speakers, the audit, corrections."""
    try:
        from onrecord.web.server import serve
        from onrecord.web.settings import Settings
    except ImportError as error:
        raise ExtraMissingError("web", "litestar") from error
    settings = Settings(
        host=host,
        port=port,
        token=_token(token_file),
        names=tuple(name),
        rate=rate,
        reading=Options(
            attributing=AttributingOptions(min_confidence=min_confidence),
            resolving=ResolvingOptions(people=people),
            weighing=WeighingOptions(cues=cues),
        ),
        weights=weights,
        key=key,
    )

    def tell(taken: Settings) -> None:
        typer.echo(f"Serving {corpus} at {taken.address} (Ctrl-C ends it)", err=True)
        if not taken.local:
            typer.echo(
                f"Whoever reaches {taken.host} and knows the token can read and correct this "
                "corpus. The connection is not encrypted.",
                err=True,
            )

    serve(Corpus(corpus), settings, told=tell, browser=open_browser)


def _token(file: Path | None) -> str | None:
    if file is None:
        return os.environ.get(TOKEN) or None
    try:
        token = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise OptionsError(f"{file}: the token cannot be read: {error}") from error
    if not token:
        raise OptionsError(f"{file}: there is no token in it; write one of at least 12 characters")
    return token

"""The one file that knows the order of the stages and what each requires.

::

    bytes → reading → page → attributing → attributions → resolving → speakers → page
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord.attributing import attribute
from onrecord.encoder.base import Encoder
from onrecord.encoder.weights import PACKAGED
from onrecord.errors import InputError
from onrecord.options import Options
from onrecord.reading import Input, read_page
from onrecord.records import Page, Warning
from onrecord.resolving import resolve

LANGUAGE = "en"
"""The language that attributions are looked for in."""

BYTES = "<bytes>"


class Outcome(NamedTuple):
    """What became of one input: a page, or the error that kept it from being one."""

    name: str
    page: Page | None
    error: InputError | None


class Reader:
    """Reads pages: bytes in, records out.

    The model is loaded with the first page that needs it. A reader holds no state between
    pages, and may be shared by threads.
    """

    def __init__(
        self,
        options: Options = Options(),  # noqa: B008 - frozen
        *,
        weights: Path | None = None,
        encoder: Encoder | None = None,
        threads: int | None = None,
    ) -> None:
        """Make a reader.

        ``weights`` is a model's folder, the shipped one by default; ``encoder`` takes the
        place of any. ``threads`` run side by side in the model, all cores by default; the
        record does not hang on their number.
        """
        self._options = options
        self._weights = weights
        self._encoder = encoder
        self._threads = threads or os.cpu_count() or 1

    def read(self, source: str | os.PathLike[str] | bytes) -> Page:
        """Read one page from a path or from its bytes.

        Raises `InputError` where the input cannot become a page and `WeightsError` where
        the model cannot be used.
        """
        if isinstance(source, bytes):
            return self._read(source, BYTES)
        path = Path(source)
        return self._read(Input(str(path), path).read(), str(path))

    def read_each(self, inputs: Iterable[Input | InputError]) -> Iterator[Outcome]:
        """Read inputs one after the other; one that fails does not stop the rest."""
        for one in inputs:
            if isinstance(one, InputError):
                yield Outcome(one.input, None, one)
                continue
            try:
                yield Outcome(one.name, self._read(one.read(), one.name), None)
            except InputError as error:
                yield Outcome(one.name, None, error)

    def _read(self, data: bytes, name: str) -> Page:
        page = read_page(data, name, self._options.reading)
        if page.language not in (LANGUAGE, None):
            message = (
                f"the page's language is {page.language!r} and attributions are found in "
                f"{LANGUAGE!r} alone; --language {LANGUAGE} looks for them all the same"
            )
            warning = Warning(code="language-not-supported", message=message)
            return msgspec.structs.replace(page, warnings=(*page.warnings, warning))
        attributions, speakers = resolve(page.text, attribute(page, self._model()))
        return msgspec.structs.replace(page, attributions=attributions, speakers=speakers)

    def _model(self) -> Encoder:
        if self._encoder is None:
            # The model takes half a second, and a page that is not in English needs none.
            from onrecord.encoder.onnx import OnnxEncoder

            self._encoder = OnnxEncoder(self._weights or PACKAGED, threads=self._threads)
        return self._encoder

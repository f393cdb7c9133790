"""Readers that take long, or end badly, for pages with a certain headline."""

from __future__ import annotations

import os
import threading

from onrecord import Page, Reader
from onrecord.encoder.fake import FakeEncoder


class _Endless(Reader):
    def attribute(self, page: Page) -> Page:
        if page.text.startswith("Endless"):
            threading.Event().wait()
        return super().attribute(page)


class _Fatal(Reader):
    def attribute(self, page: Page) -> Page:
        if page.text.startswith("Fatal"):
            os._exit(1)
        return super().attribute(page)


def endless_reader() -> Reader:
    """A reader that never ends with a page which begins with "Endless"."""
    return _Endless(encoder=FakeEncoder())


def fatal_reader() -> Reader:
    """A reader whose process ends with a page which begins with "Fatal"."""
    return _Fatal(encoder=FakeEncoder())

"""A reader whose processes can find it, and which does what a page's text asks for."""

from __future__ import annotations

import os
import signal
import time

from onrecord import Page, Reader
from onrecord.encoder.fake import FakeEncoder
from onrecord.reading import Document


class Moody(Reader):
    """A reader that does what a page's text asks for."""

    def parse(self, document: Document) -> Page:
        if b"KILL" in document.data:
            os.kill(os.getpid(), signal.SIGKILL)
        if b"FAULT" in document.data:
            raise ZeroDivisionError("a fault of ours")
        if b"SLOW" in document.data:
            time.sleep(0.3)
        return super().parse(document)


def moody() -> Reader:
    return Moody(encoder=FakeEncoder())

"""``onrecord`` as it is, with real processes, and a reader without a model that takes its time.

It takes the seconds of ``SECONDS_A_PAGE`` for each page that says so.
"""

from __future__ import annotations

import os
import time
from functools import partialmethod

from onrecord import Corpus, Reader
from onrecord.cli import main
from onrecord.encoder.fake import FakeEncoder


class SlowReader(Reader):
    def attribute(self, page):  # type: ignore[no-untyped-def]
        if "slow" in page.text:
            time.sleep(float(os.environ["SECONDS_A_PAGE"]))
        return super().attribute(page)


def slow_reader() -> Reader:
    return SlowReader(encoder=FakeEncoder())


if __name__ == "__main__":
    Corpus.add = partialmethod(Corpus.add, make_reader=slow_reader)  # type: ignore[assignment]
    main()

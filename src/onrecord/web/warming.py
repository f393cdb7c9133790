"""What everybody looks at first, asked before anybody does.

Counting a million attributions takes seconds, so the pages without a filter are worked out as
soon as the app is served, and kept as all answers are.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from onrecord.errors import OnrecordError
from onrecord.store import Filter
from onrecord.web.answers import Answers
from onrecord.web.counts import counted
from onrecord.web.views.audit import WITHOUT, of_outlet
from onrecord.web.views.comments import discussions
from onrecord.web.views.search import held
from onrecord.web.views.speakers import most, one_speaker

SPEAKERS, OUTLETS = 10, 10
"""Those with most have the pages that take longest to work out."""


class Warming:
    """A thread that asks. It ends with the last question, or when it is told to."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._ask, name="warming", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the question in hand."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _ask(self) -> None:
        # A corpus that cannot be asked tells so on the page that asks it.
        with suppress(OnrecordError):
            for question in self._questions():
                if self._stopped.is_set():
                    return
                with suppress(OnrecordError):
                    question()

    def _questions(self) -> Iterator[Callable[[], object]]:
        answers, everything = self._answers, Filter()
        yield partial(held, answers)
        for name in WITHOUT:
            yield partial(counted, answers, [name], everything, unique=False)
        yield partial(discussions, None, answers)
        for speaker in most(everything, answers)[:SPEAKERS]:
            yield partial(one_speaker, speaker.identity, answers)
        for site, _ in held(answers).sites[:OUTLETS]:
            if site is not None:
                yield partial(of_outlet, site, answers)

"""A corpus's answers, kept until the corpus changes.

Counting a million attributions takes a second, and people look at the same counts again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from onrecord.store import Corpus, Watch

KEPT = 512
"""Answers. What is kept should be what is shown, not all that was counted."""

Answer = TypeVar("Answer")


class Answers:
    """Keeps answers by their questions. May be shared by threads."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._watch = Watch(corpus.path)
        self._lock = threading.Lock()
        self._state: object = None
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()

    def get(self, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        """The answer to a question: the one that is kept, or what ``ask`` gives.

        Of several that ask the same at once one works, and the others wait for it. Errors are
        not kept.
        """
        with self._lock:
            if (state := self._watch.state()) != self._state:
                self._kept.clear()
                self._state = state
            kept = self._kept.setdefault(question, _Kept())
            self._kept.move_to_end(question)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        with kept.lock:
            if not kept.known:
                kept.answer = ask()
                kept.known = True
        return cast("Answer", kept.answer)

    def close(self) -> None:
        """Let go of the file."""
        self._watch.close()


class _Kept:
    """An answer, or the place where it will be."""

    __slots__ = ("answer", "known", "lock")

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.known = False
        self.answer: Any = None

"""Where the time of a reading goes, seen from outside: the product is not instrumented."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import Any

from onrecord.encoder import onnx
from onrecord.encoder.onnx import OnnxEncoder
from onrecord.pipeline import Reader

ENCODER, CUES, TOKENS = "encoder", "cues", "tokenisation"
MENTIONS, SPEAKERS = "mentions", "speakers and weighing"


class Clock:
    """Adds up the time inside the functions that it watches, and counts their calls.

    It counts the processor's time of the whole process, which another program's load changes
    little. So nothing else may run beside what it watches: one thread.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.calls: dict[str, int] = defaultdict(int)

    def clear(self) -> None:
        """Begin again from nothing."""
        self.seconds.clear()
        self.calls.clear()

    def watch(self, owner: object, name: str, label: str) -> None:
        """Wrap a function where it is looked up."""
        inner = getattr(owner, name)

        def watched(*args: Any, **named: Any) -> Any:
            start = time.process_time()
            try:
                return inner(*args, **named)
            finally:
                self.seconds[label] += time.process_time() - start
                self.calls[label] += 1

        setattr(owner, name, watched)


def watched_encoder() -> tuple[OnnxEncoder, Clock]:
    """The shipped model on one thread, and the clock that watches its parts."""
    encoder, clock = OnnxEncoder(threads=1), Clock()
    clock.watch(encoder._encoder, "run", ENCODER)
    clock.watch(encoder._cues, "run", CUES)
    clock.watch(encoder._mentions, "run", MENTIONS)
    clock.watch(onnx, "cut_pieces", TOKENS)
    clock.watch(Reader, "_resolve", SPEAKERS)
    return encoder, clock

"""Whether a corpus changed, whoever wrote to it."""

from __future__ import annotations

from pathlib import Path

from onrecord.store.database import open_to_read


class Watch:
    """Tells states of a file apart. Not to be used by several threads at once."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises a subclass of `StoreError`."""
        self._path = path
        self._connection = open_to_read(path)

    def state(self) -> int:
        """A number that is another one after every change by another connection.

        Raises a subclass of `StoreError`.
        """
        # The connection has to stay open: the number says only what changed since it was opened
        # (sqlite.org/pragma.html#pragma_data_version).
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

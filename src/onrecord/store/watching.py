"""Whether a corpus changed, whoever wrote to it."""

from __future__ import annotations

from pathlib import Path

from onrecord.store.database import Connection, mapped, open_to_read

State = tuple[int, ...]


class Watch:
    """Tells states of a file apart. Not to be used by several threads at once."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises a subclass of `StoreError`."""
        self._path = path
        self._connection: Connection = open_to_read(path)
        self._file = self._which()

    def state(self) -> State:
        """What is another one after every change by another connection, or another file.

        Raises a subclass of `StoreError`.
        """
        if self._which() != self._file:  # Somebody put a copy in its place.
            self._connection.close()
            self._connection = open_to_read(self._path)
            self._file = self._which()
        # The connection has to stay open: the number says only what changed since it was opened
        # (sqlite.org/pragma.html#pragma_data_version).
        with mapped(self._path):
            version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return (*self._file, int(version))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _which(self) -> State:
        try:
            found = self._path.stat()
        except OSError:
            return ()
        return (found.st_dev, found.st_ino)

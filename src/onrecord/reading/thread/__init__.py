"""Reader comments in HTML: one reader of repeated blocks for every platform.

::

    tree → outline → blocks → fields → replies → comments
"""

from onrecord.reading.thread.stage import Thread, take_thread

__all__ = ["Thread", "take_thread"]

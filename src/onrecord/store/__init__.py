"""A corpus: pages and their records in one SQLite file. The only importer of sqlite3."""

from onrecord.store.adding import Step
from onrecord.store.corpus import Corpus
from onrecord.store.filters import Filter
from onrecord.store.listing import Listed, PageCount
from onrecord.store.overview import Failure, Overview
from onrecord.store.search import Found, Hit
from onrecord.store.speakers import Profile, Role, SpeakerCount
from onrecord.store.stats import DIMENSIONS, Group, Stats
from onrecord.store.threads import PageThreads, Replies
from onrecord.store.watching import Watch

__all__ = [
    "DIMENSIONS",
    "Corpus",
    "Failure",
    "Filter",
    "Found",
    "Group",
    "Hit",
    "Listed",
    "Overview",
    "PageCount",
    "PageThreads",
    "Profile",
    "Replies",
    "Role",
    "SpeakerCount",
    "Stats",
    "Step",
    "Watch",
]

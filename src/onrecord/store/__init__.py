"""A corpus: pages and their records in one SQLite file. The only importer of sqlite3."""

from onrecord.store.adding import Step
from onrecord.store.corpus import Corpus
from onrecord.store.filters import Filter
from onrecord.store.search import Found, Hit

__all__ = ["Corpus", "Filter", "Found", "Hit", "Step"]

"""Reads a page when it is imported, so that what processes are forked from has read its lists."""

from store.made_corpus import PIERS, fake_reader

fake_reader().read(PIERS.encode())

"""Who speaks: names, roles, pronouns and descriptions of a page, and its attributions' speakers."""

from onrecord.resolving.nouns import read_nouns
from onrecord.resolving.opinion import Opinion
from onrecord.resolving.people import read_people
from onrecord.resolving.stage import resolve

__all__ = ["Opinion", "read_nouns", "read_people", "resolve"]

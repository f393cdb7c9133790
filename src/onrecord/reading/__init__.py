"""Bytes to a page: article, metadata, comment thread."""

from onrecord.reading.document import Document, Notice
from onrecord.reading.inputs import Input, find_inputs
from onrecord.reading.opening import open_documents
from onrecord.reading.stage import read_document, read_page

__all__ = [
    "Document",
    "Input",
    "Notice",
    "find_inputs",
    "open_documents",
    "read_document",
    "read_page",
]

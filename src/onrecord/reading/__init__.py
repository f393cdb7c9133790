"""Bytes to a page: article, metadata, comment thread."""

from onrecord.reading.inputs import Input, find_inputs
from onrecord.reading.stage import read_page

__all__ = ["Input", "find_inputs", "read_page"]

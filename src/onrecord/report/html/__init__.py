"""A page as HTML: what is said marked in its text, the ledger beside it, the thread below."""

from onrecord.report.html.file import report_html

__all__ = ["report_html"]

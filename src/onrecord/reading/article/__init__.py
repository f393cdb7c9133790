"""The article of an HTML page: its paragraphs, headline, people and day.

::

    tree → declared, passages → headline → extraction → body, byline, published
"""

from onrecord.reading.article.declared import Declared, declared_by
from onrecord.reading.article.stage import Article, read_article

__all__ = ["Article", "Declared", "declared_by", "read_article"]

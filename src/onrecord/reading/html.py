"""HTML: comments by `thread`, everything else by `article`."""

from __future__ import annotations

from onrecord.errors import NoArticleError
from onrecord.reading.article import Article, declared_by, read_article
from onrecord.reading.draft import Draft, lay_out
from onrecord.reading.markup import parse
from onrecord.reading.thread import take_thread
from onrecord.records import ParagraphKind, Warning

_CUT = "elements are nested more than 2,048 deep, and what stands behind them is lost"


def read_html(markup: str, name: str) -> Draft:
    """Read a page's article, metadata and comments.

    The comments are taken out of the page before an article is looked for in it: one has been
    taken for the other. Raises `NoArticleError`.
    """
    tree, cut = parse(markup, name)
    language = tree.get("lang") or tree.get("xml:lang")
    declared = declared_by(tree)  # Scripts are read before they are taken out of the tree.
    found = take_thread(tree)
    article = read_article(tree, declared, comments=bool(found.comments))
    if not article.paragraphs and not found.comments:
        reasons = [*([_CUT] if cut else []), *(one.message for one in found.warnings)]
        why = f" ({'; '.join(reasons)})" if reasons else ""
        raise NoArticleError(
            name,
            f"no article was found in the HTML{why}. Save the page once it is fully loaded, "
            "or give its text as a .txt file.",
        )
    blocks: list[tuple[ParagraphKind, str]] = []
    if article.headline:
        blocks.append(("headline", article.headline))
    text, paragraphs, comments = lay_out([*blocks, *article.paragraphs], found.comments)
    return Draft(
        text=text,
        headline=article.headline,
        paragraphs=paragraphs,
        comments=comments,
        byline=article.byline,
        published=article.published,
        site=article.site,
        url=article.url,
        language=language,
        warnings=(*found.warnings, *_warnings(article, cut=cut)),
    )


def _warnings(article: Article, *, cut: bool) -> list[Warning]:
    warnings = []
    if not article.paragraphs:
        warnings.append(Warning(code="article-not-found", message="the page holds comments alone"))
    elif not article.headline:
        warnings.append(Warning(code="headline-not-found", message="the page names no headline"))
    if article.simplified:
        message = "the page is too large or too deep to look closely where its article ends"
        warnings.append(Warning(code="article-guessed", message=message))
    if cut:
        warnings.append(Warning(code="tree-cut", message=_CUT))
    return warnings

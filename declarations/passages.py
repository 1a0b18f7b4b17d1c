"""The texts of declarations and articles that a reader sees, for showing why one was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from declarations.models import Article, Declaration
from search.highlights import Passage
from sources.printed import PrintedTexts


def declaration_passages(declaration: Declaration) -> list[Passage]:
    """What its page says before and after the articles."""
    said = (declaration.digest, declaration.closing_digest, declaration.occasion, declaration.place)
    return [Passage(text) for text in said if text]


def article_passages(article: Article) -> list[Passage]:
    """What is said of it, and the declaration it stands in."""
    return [Passage(article.digest), Passage(article.declaration.title, _("Declaration"))]


def article_text(article: Article, printed: PrintedTexts) -> Callable[[], Iterator[Passage]]:
    """Gives its printed text, where readers may see it."""

    def full() -> Iterator[Passage]:
        lines = printed.passage(article.source, article.first_line, article.last_line)
        if lines:
            yield Passage("\n".join(lines), _("Printed text"))

    return full

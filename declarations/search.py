"""Declarations and their articles as search knows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from declarations.models import Article, Declaration
from search.corpus import Corpus, Document, Feed, register
from sources.printed import PrintedTexts


def _declarations(ids: Sequence[int]) -> Iterator[Document]:
    for each in Declaration.objects.public().filter(pk__in=ids).order_by():
        said = filter(None, (each.digest, each.closing_digest, each.place, each.occasion))
        yield Document(each.pk, each.slug, {"title": each.title, "body": "\n".join(said)})


def _articles(ids: Sequence[int]) -> Iterator[Document]:
    printed = PrintedTexts()
    rows = Article.objects.public().filter(pk__in=ids).select_related("declaration", "source").order_by()
    for each in rows:
        # Not among the names: these are of cities, whose districts find what stands there, and no declaration.
        texts = {"title": each.heading, "themes": each.declaration.title, "body": each.digest}
        texts["full"] = "\n".join(printed.passage(each.source, each.first_line, each.last_line))
        yield Document(each.pk, f"{each.declaration.slug}:{each.number}", texts)


def _of_declarations(ids: Sequence[int]) -> list[int]:
    return list(Article._base_manager.filter(declaration__in=ids).values_list("pk", flat=True))


def _of_sources(ids: Sequence[int]) -> list[int]:
    return list(Article._base_manager.filter(source__in=ids).values_list("pk", flat=True))


CORPORA = [
    Corpus(
        kind="declaration",
        ids=Declaration.objects.public_ids,
        load=_declarations,
        feeds=[Feed("declarations_declaration", "id")],
    ),
    Corpus(
        kind="article",
        ids=Article.objects.public_ids,
        load=_articles,
        feeds=[
            Feed("declarations_article", "id"),
            Feed("declarations_declaration", "id", _of_declarations),
            Feed("sources_source", "id", _of_sources),
            Feed("sources_sourcetext", "source_id", _of_sources),
        ],
    ),
]


def ready() -> None:
    """Makes them known to search."""
    for corpus in CORPORA:
        register(corpus)

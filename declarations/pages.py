"""What the page and the JSON of one declaration show."""

from django.http import HttpRequest

from cities.models import City
from declarations.models import Article, Declaration
from sources.models import Ruling
from sources.pages import notes_of_document, notes_part, rulings_part
from sources.remarks import add_remarks

# Of the cases that answer to an article, its page and its document give so many; the lists of cases have them all.
LISTED, IN_DOCUMENT = 10, 100


def declaration_context(declaration: Declaration, request: HttpRequest) -> dict:
    """Everything the page of a declaration shows besides the record itself."""
    rulings = Ruling.objects.public().filter(source=declaration.source)
    parts, found = _parts(declaration), {"rulings": rulings_part(rulings, request)}
    if declaration.source:
        found["notes"] = notes_part(notes_of_document(declaration.source), request)
        parts["counts"] = list(parts["counts"])
        add_remarks(parts["counts"], found["notes"])
    return parts | found


def _parts(declaration: Declaration, most: int = LISTED) -> dict:
    city = City.objects.public().filter(pk=declaration.city_id).first()
    articles = list(declaration.articles.public().select_related("source"))
    for article in articles:
        article.answers, article.answers_go_on = _answers(article, most)
    return {
        "articles": articles,
        "counts": declaration.counts.public().select_related("source"),
        "public_city": city,
    }


def _answers(article: Article, most: int) -> tuple[list, bool]:
    """At most so many of the cases that answer to an article, each as the link that says why; and whether there are
    more. Which ones are taken of very many does not matter: an index has them in the order of their numbers.
    """
    links = article.commitment_links.public().select_related("initiative__city", "source")
    first = list(links.order_by("pk")[: most + 1])
    shown = sorted(first[:most], key=lambda link: (link.initiative.title.casefold(), link.initiative.slug))
    return shown, len(first) > most


def declaration_document(declaration: Declaration) -> dict:
    """A declaration as JSON."""
    parts = _parts(declaration, IN_DOCUMENT)
    return {
        "id": declaration.slug,
        "title": declaration.title,
        "adopted": declaration.adopted,
        "held": declaration.held,
        "place": declaration.place,
        "city": parts["public_city"].name if parts["public_city"] else None,
        "city_id": parts["public_city"].slug if parts["public_city"] else None,
        "occasion": declaration.occasion,
        "digest": declaration.digest,
        "source": declaration.source.slug if declaration.source else None,
        "articles": [
            {
                "number": article.number,
                "number_as_printed": article.number_as_printed,
                "heading": article.heading,
                "digest": article.digest,
                "first_line": article.first_line,
                "last_line": article.last_line,
                "cases": [_answer_document(link) for link in article.answers],
                "more_cases": article.answers_go_on,
            }
            for article in parts["articles"]
        ],
        "closing": {"digest": declaration.closing_digest, "lines": declaration.closing_lines},
        "counts": [
            {"what": c.what, "value": c.value, "unit": c.unit, "printed": c.printed, "lines": c.lines}
            for c in parts["counts"]
        ],
    }


def _answer_document(link) -> dict:
    """Why a case answers to an article."""
    return {
        "case": link.initiative.slug,
        "title": link.initiative.title,
        "city": link.initiative.city.name,
        "basis": link.basis,
        "reason": link.reason,
        "source": link.source.slug if link.source else None,
        "lines": link.lines,
        "editor": link.judged_by,
    }

"""What the page and the JSON of one declaration show."""

from django.http import HttpRequest

from cities.models import City
from declarations.models import Declaration
from sources.models import Ruling
from sources.pages import rulings_part


def declaration_context(declaration: Declaration, request: HttpRequest) -> dict:
    """Everything the page of a declaration shows besides the record itself."""
    rulings = Ruling.objects.public().filter(source=declaration.source)
    return _parts(declaration) | {"rulings": rulings_part(rulings, request)}


def _parts(declaration: Declaration) -> dict:
    city = City.objects.public().filter(pk=declaration.city_id).first()
    return {
        "articles": declaration.articles.public().select_related("source"),
        "counts": declaration.counts.public().select_related("source"),
        "public_city": city,
    }


def declaration_document(declaration: Declaration) -> dict:
    """A declaration as JSON."""
    parts = _parts(declaration)
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
            }
            for article in parts["articles"]
        ],
        "closing": {"digest": declaration.closing_digest, "lines": declaration.closing_lines},
        "counts": [
            {"what": c.what, "value": c.value, "unit": c.unit, "printed": c.printed, "lines": c.lines}
            for c in parts["counts"]
        ],
    }

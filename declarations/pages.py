"""What the page and the JSON of one declaration show."""

from cities.models import City
from declarations.models import Declaration
from sources.models import Ruling


def declaration_context(declaration: Declaration) -> dict:
    """Everything the page of a declaration shows besides the record itself."""
    city = City.objects.public().filter(pk=declaration.city_id).first()
    return {
        "articles": declaration.articles.public().select_related("source"),
        "counts": declaration.counts.public().select_related("source"),
        "rulings": Ruling.objects.public().filter(source=declaration.source),
        "public_city": city,
    }


def declaration_document(declaration: Declaration) -> dict:
    """A declaration as JSON."""
    parts = declaration_context(declaration)
    return {
        "id": declaration.slug,
        "title": declaration.title,
        "adopted": declaration.adopted,
        "held": declaration.held,
        "place": declaration.place,
        "city": parts["public_city"].slug if parts["public_city"] else None,
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

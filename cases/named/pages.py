"""The page and the document of one organisation, of one place: its spellings, and every case that names it."""

from django.db.models import QuerySet
from django.http import HttpRequest

from cases.models import Organisation, Partner, Place, PlaceMention
from listing.detail import DetailView
from listing.parts import Part
from listing.sorting import text
from listing.views import page_of_record
from sources import lines


class NamedPage(DetailView):
    """What organisations and places have in common; `rows` names what joins them to cases."""

    rows: str

    def get_queryset(self):
        return super().get_queryset().select_related("city")

    def get_context_data(self, **kwargs):
        part = Part(_in_order(self.appearances(self.object)), self.request)
        return super().get_context_data(appearances=part, **kwargs)

    def appearances(self, record: Organisation | Place) -> QuerySet:
        """The public rows that join it to cases."""
        return getattr(record, self.rows).public().for_lists()

    def document(self, record: Organisation | Place) -> dict:
        city = record.public_city
        return {
            "id": record.slug,
            "name": record.name,
            "kind": record.kind or None,
            "variants": record.spellings,
            "city": city.name if city else None,
            "city_id": city.slug if city else None,
            "cases": [_appearance(row, self.request) for row in _in_order(self.appearances(record))],
            "url": page_of_record(record, self.request),
        }


def _in_order(rows: QuerySet) -> QuerySet:
    return rows.order_by(text("initiative__title"), "initiative__slug", "first_line", "pk")


def _appearance(row: Partner | PlaceMention, request: HttpRequest) -> dict:
    return {
        "case": row.initiative.slug,
        "title": row.initiative.title,
        "city": row.initiative.city.name,
        "city_id": row.initiative.city.slug,
        **({"role": row.role} if isinstance(row, Partner) else {}),
        "as_printed": row.printed or None,
        "source": row.source.slug if row.source else None,
        "line": lines.write(row.first_line, row.last_line) or None,
        "url": page_of_record(row.initiative, request),
    }


class OrganisationPage(NamedPage):
    record_class = Organisation
    rows = "partnerships"
    template_name = "cases/organisation.html"

    def document(self, record: Organisation) -> dict:
        return super().document(record) | {"collective": record.collective}


class PlacePage(NamedPage):
    record_class = Place
    rows = "mentions"
    template_name = "cases/place.html"

"""The pages of one city, one plan, one alliance."""

from cities import linked, pages
from cities.models import Alliance, City, Plan
from listing.detail import DetailView
from listing.views import page_of_record, site_of


class CityPage(DetailView):
    record_class = City
    template_name = "cities/city.html"

    def get_queryset(self):
        return super().get_queryset().select_related("place_source", "divisions_source")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, **pages.city_context(self.object, self.request))

    def linked_data(self, context: dict) -> dict:
        return linked.city_linked(self.object, context["figure_sets"].rows, site_of(self.request))

    def document(self, record: City) -> dict:
        document = pages.city_document(record, site_of(self.request))
        return document | {"url": page_of_record(record, self.request)}


class PlanPage(DetailView):
    record_class = Plan
    template_name = "cities/plan.html"

    def get_queryset(self):
        return super().get_queryset().select_related("city", "source")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, **pages.plan_context(self.object, self.request))

    def document(self, record: Plan) -> dict:
        document = pages.plan_document(record, site_of(self.request))
        return document | {"url": page_of_record(record, self.request)}


class AlliancePage(DetailView):
    record_class = Alliance
    template_name = "cities/alliance.html"

    def get_queryset(self):
        return super().get_queryset().select_related("source")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, **pages.alliance_context(self.object, self.request))

    def document(self, record: Alliance) -> dict:
        return pages.alliance_document(record) | {"url": page_of_record(record, self.request)}

"""The page of one case; the list of themes and the page of one."""

from django.utils.translation import gettext_lazy as _

from cases import linked, pages, theme_pages
from cases.columns import CASES, THEMES
from cases.counts import with_case_counts
from cases.models import Initiative, Theme
from cases.thesaurus import with_order
from listing import citations
from listing.detail import DetailView
from listing.linked import dublin_core
from listing.sorting import Sort, Sorting, text
from listing.views import ListView, site_of


class CasePage(DetailView):
    record_class = Initiative
    table = CASES
    template_name = "cases/initiative.html"

    def get_queryset(self):
        return super().get_queryset().for_lists()

    def get_context_data(self, **kwargs):
        context = pages.case_context(self.object, self.request)
        return super().get_context_data(**kwargs, **context, citations=citations.styled(self.cited()))

    def linked_data(self, context: dict) -> dict:
        outcomes = [claim.outcome for group in context["outcome_groups"] for claim in group.claims]
        return linked.case_linked(self.object, context["theme_links"], outcomes, site_of(self.request))

    def elements(self, context: dict) -> list[tuple[str, str]]:
        return dublin_core(self.described() | linked.described(self.object, context["theme_links"]))

    def document(self, record: Initiative) -> dict:
        site = site_of(self.request)
        return CASES.document(record, site) | pages.case_document(record, site)


class ThemeList(ListView):
    record_class = Theme
    table = THEMES
    template_name = "cases/theme_list.html"
    sorting = Sorting({"title": Sort(text("name"), _("Name, A to Z"), _("Name, Z to A"))}, default="title")

    def get_queryset(self):
        return with_order(with_case_counts(super().get_queryset()))


class ThemePage(DetailView):
    record_class = Theme
    template_name = "cases/theme.html"

    def get_queryset(self):
        return with_order(super().get_queryset())

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, **theme_pages.theme_context(self.object, self.request))

    def linked_data(self, context: dict) -> dict:
        return linked.theme_linked(self.object, site_of(self.request))

    def document(self, record: Theme) -> dict:
        return theme_pages.theme_document(record, self.request)

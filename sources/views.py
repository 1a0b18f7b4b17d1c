"""The list of sources, and the page of one."""

from django.utils.translation import gettext_lazy as _

from listing import linked
from listing.detail import DetailView
from listing.sorting import Sort, Sorting, text
from listing.views import ListView, site_of
from sources import pages
from sources.columns import SOURCES, authors_of
from sources.linked import source_of
from sources.models import Source


class SourceList(ListView):
    record_class = Source
    table = SOURCES
    template_name = "sources/source_list.html"
    sorting = Sorting({"title": Sort(text("title"), _("Title, A to Z"), _("Title, Z to A"))}, default="title")

    def get_queryset(self):
        return super().get_queryset().prefetch_related("plans")


class SourcePage(DetailView):
    record_class = Source
    template_name = "sources/source.html"

    def linked_data(self, context: dict) -> dict:
        return {"@context": linked.CONTEXT, **source_of(self.object, site_of(self.request))}

    def described(self) -> dict:
        """The page speaks of a document by others: its elements are those of the document."""
        source = self.object
        told = {"publisher": source.publisher, "language": source.language, "rights": source.rights}
        return super().described() | {"creator": authors_of(source), "date": source.date, **told}

    def document(self, record: Source) -> dict:
        return SOURCES.document(record, site_of(self.request))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, **pages.source_context(self.object, self.request))

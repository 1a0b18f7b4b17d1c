"""The list of declarations, and the page of one."""

from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from declarations import linked, pages
from declarations.columns import DECLARATIONS
from declarations.models import Article, Declaration
from listing.detail import DetailView
from listing.sorting import Sort, Sorting, text
from listing.views import ListView, page_of_record, site_of


class DeclarationList(ListView):
    record_class = Declaration
    table = DECLARATIONS
    template_name = "declarations/declaration_list.html"
    sorting = Sorting(
        {
            "newest": Sort(F("adopted"), _("Newest first"), _("Oldest first"), downwards=True),
            "title": Sort(text("title"), _("Title, A to Z"), _("Title, Z to A")),
        },
        default="newest",
    )

    def get_queryset(self):
        articles = Count("articles", filter=Article.public_q("articles__"))
        return super().get_queryset().select_related("source").annotate(article_count=articles)


class DeclarationPage(DetailView):
    record_class = Declaration
    template_name = "declarations/declaration.html"

    def get_queryset(self):
        return super().get_queryset().select_related("source")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, **pages.declaration_context(self.object, self.request))

    def linked_data(self, context: dict) -> dict:
        return linked.declaration_linked(self.object, context["articles"], site_of(self.request))

    def document(self, record: Declaration) -> dict:
        return pages.declaration_document(record) | {"url": page_of_record(record, self.request)}

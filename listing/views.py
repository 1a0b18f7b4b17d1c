"""List pages, each also as data at the same address with an ending."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from listing import chips, exports, facets, nearby
from listing.addresses import address_of_list
from listing.columns import Table
from listing.export_links import export_links
from listing.filters import ListFilters
from listing.formats.base import Export
from listing.indexed import state_of_index
from listing.kept import keep, kept
from listing.methods import not_allowed, not_allowed_in_words
from listing.pages import offset_of, page_links, page_of
from listing.selection import Selection
from listing.sorting import Sorting
from listing.text import plain, shown
from listing.understood import understood
from records.models import Record
from search.engine import Snapshot
from search.highlights import Highlighter


def site_of(request: HttpRequest) -> str:
    """The scheme and host of a request: "https://catalogue.example.org"."""
    return request.build_absolute_uri("/").rstrip("/")


def page_of_record(record: Record, request: HttpRequest) -> str:
    """The address of the page of a record, host included, as `url` in every document names it."""
    return site_of(request) + record.get_absolute_url()


@lru_cache(maxsize=100)
def _public(record_class: type[Record]) -> QuerySet:
    """The public records of a class: a queryset takes longer to make than to copy."""
    return record_class.objects.public()


# Nothing is changed here, so there is nothing to forge: a POST gets its 405, not a word about a missing token.
@method_decorator(csrf_exempt, name="dispatch")
class DataView(TemplateResponseMixin, ContextMixin, View):
    """A page that is also data: `format` comes from the address, None for the page."""

    http_method_names = ["get", "head", "options"]
    record_class: type[Record]

    def get_queryset(self) -> QuerySet:
        """The public records this view may show, with all that it shows of them."""
        return _public(self.record_class).all()

    def http_method_not_allowed(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """405 in the form of the address: a page, or what a program is told."""
        form = exports.FORMATS.get(kwargs.get("format"))
        if form is None:
            return not_allowed(request)
        answer = exports.refusal(form, [not_allowed_in_words(request.method)], status=405)
        answer["Allow"] = ", ".join(self._allowed_methods())
        return answer


class ListView(DataView):
    """Filters, counts, order, pages and exports of one kind of row. A subclass declares the attributes."""

    filterset_class: type[ListFilters] = ListFilters
    sorting: Sorting | None = None
    # What a query asks of it; another class where more is asked than rows.
    selection_class: type[Selection] = Selection
    table: Table
    page_size = 20
    # The kind of its records in the search index; "" for a short list, which the database serves alone.
    kind = ""
    # For a long list that the database serves: the kind whose index is told of every change its pages show.
    kept_with = ""
    # What its rows are called, where that is not the name of their records.
    label: str | Promise = ""
    # Whether its rows are a collection of their own, or another look of rows that have a list: programs have those.
    is_of_its_own = True
    # The list that has the same rows as data, for one that has none of its own: the name of its address.
    rows_at = ""

    def select(
        self, params: QueryDict, path: str = "", too_long: bool = False, state: Snapshot | None = None
    ) -> Selection:
        """What the query asks for. Needs no request: the command line comes this way too.

        `state` is that of the index, where it has been looked up already.
        """
        return self.selection_class(
            self.get_queryset(),
            params,
            filterset_class=self.filterset_class,
            sorting=self.sorting,
            path=path,
            too_long=too_long,
            kind=self.kind,
            state=state,
        )

    def get(self, request: HttpRequest, format: str | None = None) -> HttpResponse:
        too_long = getattr(request, "query_too_long", False)
        told = self.kind or self.kept_with
        state = state_of_index(told) if told else None
        if format is None and (page := kept(state, request)):
            return page
        self.selection = self.select(request.GET, request.path, too_long, state)
        if format is not None:
            return self.export(request, format)
        page = self.render_to_response(self.get_context_data())
        return page if self.selection.problems else keep(state, request, page)

    def export(self, request: HttpRequest, format: str) -> HttpResponse:
        """The rows of the page, all pages of them; 400 with a message where the query is wrong."""
        form = exports.form_of(format, self.table)
        if form is None:
            raise Http404(_("This list has no form “.%(format)s”.") % {"format": shown(format)})
        if self.selection.problems:
            return exports.refused(form, self.selection.problems)
        rows = self.selection.rows
        rows.count()  # what the search cannot find is to be known before anything is sent
        near = self.selection.near if form.name == "json" else None
        query = urlencode(self.selection.address.pairs)
        return exports.answer(
            form, Export(self.table, rows, site_of(request), near=near, query=query), request
        )

    def get_context_data(self, **kwargs) -> dict:
        """Everything the partials in templates/listing/ show."""
        selection = self.selection
        # A wrong query has no rows; what is wrong with it matters more than which page was asked for.
        asked = "" if selection.problems else self.request.GET.get("page", "")
        rows = self.paged()
        ahead = self._read_ahead(rows, asked)
        shown = self.show(ahead) if ahead else ""
        page = page_of(rows, asked, self.page_size, selection.address)
        page.object_list = self.rows_for_page(page.object_list)
        is_ahead = list(map(id, ahead)) == list(map(id, page.object_list))
        sort_values = selection.sorting.options(set(selection.chosen), selection.sort) if self.sorting else []
        return super().get_context_data(
            **self.query_context(),
            page_obj=page,
            rows_shown=shown if is_ahead else "",
            count=page.paginator.count,
            pages=page_links(page, selection.address),
            sort_options=sort_values,
            sort_hidden=selection.address.without("sort").pairs,
            export_links=self._export_links(),
            **self._search_context(page),
            **kwargs,
        )

    def query_context(self) -> dict:
        """What the partials show of the query itself: the filters, what is chosen, what is wrong with it."""
        selection = self.selection
        return {
            "selection": selection,
            "errors": [problem for problem in selection.problems if not problem.is_passing],
            "passing": [problem for problem in selection.problems if problem.is_passing],
            "remarks": selection.remarks,
            "groups": facets.groups(selection),
            "searches": search_fields(selection.filters, self.request.GET),
            "chips": chips.chips(selection),
            "clear_url": chips.address_without_filters(selection),
            "understood_url": str(selection.address),
            "filter_hidden": self._kept_by_filters(),
            "how_counted": _how_counted(),
        }

    def _read_ahead(self, rows, asked: str) -> list:
        """Where words are searched for: the rows of the page, read and explained while the engine counts."""
        offset = offset_of(asked, self.page_size)
        if not self.selection.is_search or offset is None:
            return []
        ahead = rows.read_ahead(offset, self.page_size)
        self.explain(ahead, self.selection.highlighter)
        return ahead

    def _search_context(self, page: Page) -> dict:
        """How the words were understood, why each row matched, and after the last row what holds only some of them."""
        selection = self.selection
        if not selection.is_search:
            return {}
        found, limit = selection.index.found, selection.near_limit
        # One more than is shown tells whether there are more.
        near = [] if page.has_next() else selection.rows.near(limit + 1)
        more = nearby.more_than(limit) if len(near) > limit else None
        rows = [row for row in (*page.object_list, *near[:limit]) if row.match is None]
        self.explain(rows, selection.highlighter)
        return {
            "understood": understood(found, selection.address),
            "search_query": urlencode([("q", text) for text in found.wanted.texts]),
            "near": near[:limit],
            "near_more_url": str(selection.address.setting(nearby.NAME, str(more))) if more else "",
        }

    def paged(self) -> Any:
        """What pages are made of: the rows, unless a list shows other things than it exports."""
        return self.selection.rows

    def rows_for_page(self, rows: Iterable) -> list:
        """The rows of a page as its template takes them: while an index is being built, too, as plain values."""
        made, queryset = list(rows), self.selection.queryset
        if not made or not isinstance(made[0], queryset.model) or not hasattr(queryset, "page_reader"):
            return made
        by_number = queryset.page_reader()([record.pk for record in made])
        return [by_number[record.pk] for record in made if record.pk in by_number]

    def explain(self, rows: list, highlighter: Highlighter) -> None:
        """Gives each row a `match`, why it was found. A list that is searched by words says how."""

    def show(self, rows: list) -> str:
        """The explained rows of a page, ready for it (`rows_shown`); "" leaves them to the template."""
        return ""

    def _kept_by_filters(self) -> tuple:
        """What the filter form must carry along besides its own fields, filters that it does not show among it."""
        filters = self.selection.filters
        own = {*filters.facets, *filters.texts}
        return tuple(pair for pair in self.selection.address.pairs if pair[0] not in own)

    def _export_links(self) -> list[dict]:
        """Each form the list can be taken away in: label, url, format, kind."""
        path = address_of_list(self.rows_at) if self.rows_at else self.request.path
        return export_links(self.table, self.selection.address.at(path))


def search_fields(filters: ListFilters, params: QueryDict) -> list[dict]:
    """The fields a reader types into, with what was typed, so that a refused text can be put right."""
    fields = []
    for name, each in filters.texts.items():
        typed = [text for text in params.getlist(name) if text.strip()] or [""]
        values = [plain(text)[: each.longest] for text in typed[: each.most]]
        fields.append({"name": name, "label": each.label, "longest": each.longest, "values": values})
    return fields


def _how_counted() -> str:
    return _(
        "Values ticked in one group widen the list (one or the other); choices in different groups narrow it "
        "(all of them together). The number at a value says how many rows have it under the choices made "
        "in the other groups, whatever is ticked in its own."
    )

"""The page and the JSON of the site-wide search."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.found import FOUND, found_things
from catalogue.search import SiteSearch
from listing import chips, exports, facets, nearby
from listing.export_links import export_links
from listing.formats import json_text
from listing.formats.base import Export
from listing.pages import page_links, page_of
from listing.understood import Understood, understood
from listing.views import DataView, search_fields, site_of

PAGE_SIZE = 20
FORM = exports.FORMATS["json"]


def _understood(search: SiteSearch) -> Understood | None:
    return understood(search.found.whole, search.address) if search.found else None


class SearchView(DataView):
    """`/search/`, its JSON and its exports: cases, cities, declarations, articles, alliances and plans, 20 a page."""

    template_name = "catalogue/search.html"
    table = FOUND

    def get(self, request: HttpRequest, format: str | None = None) -> HttpResponse:
        if format is not None:
            with override(settings.LANGUAGE_CODE):
                return self._data(request) if format == FORM.name else self._rows(request, format)
        search = self._search(request)
        asked = request.GET.get("page", "") if search.found else ""
        page = page_of(search.rows, asked, PAGE_SIZE, search.address)
        return self.render_to_response(self.get_context_data(search=search, page=page))

    def _search(self, request: HttpRequest) -> SiteSearch:
        return SiteSearch(request.GET, request.path, getattr(request, "query_too_long", False))

    def _data(self, request: HttpRequest) -> HttpResponse:
        """The same as JSON; 400 where the query is wrong, the number of the page included."""
        search = self._search(request)
        if search.problems:
            return exports.refused(FORM, search.problems)
        try:
            page = page_of(search.rows, request.GET.get("page", ""), PAGE_SIZE)
        except Http404 as error:
            return exports.refusal(FORM, [str(error)])
        body = json_text.text(document(search, page, site_of(request))) + "\n"
        return HttpResponse(body, content_type=FORM.content_type)

    def _rows(self, request: HttpRequest, format: str) -> HttpResponse:
        """All results, in a form that lists are taken away in."""
        search, form = self._search(request), exports.FORMATS[format]
        if search.problems:
            return exports.refused(form, search.problems)
        query = urlencode(search.address.pairs)
        return exports.answer(
            form, Export(FOUND, found_things(search), site_of(request), query=query), request
        )

    def _export_links(self, search: SiteSearch) -> list[dict[str, str]]:
        """Where all results are taken away; the JSON, which has one page of them, is none of these."""
        links = export_links(FOUND, search.address) if search.found else []
        return [link for link in links if link["format"] != FORM.name]

    def get_context_data(self, search, page, **kwargs) -> dict:
        """Everything templates/catalogue/search.html and the partials of lists show."""
        # One more than is shown tells whether there are more.
        near = [] if page.has_next() else search.near(search.near_limit + 1)
        more = nearby.more_than(search.near_limit) if len(near) > search.near_limit else None
        return super().get_context_data(
            page_obj=page,
            count=page.paginator.count,
            selection=search if search.found else None,
            pages=page_links(page, search.address),
            errors=[problem for problem in search.problems if not problem.is_passing],
            passing=[problem for problem in search.problems if problem.is_passing],
            remarks=search.remarks,
            understood=_understood(search),
            is_asked=bool(search.texts),
            groups=facets.groups(search) if search.found else [],
            searches=search_fields(search.filters, self.request.GET),
            export_links=self._export_links(search),
            chips=chips.chips(search),
            clear_url=search.path,
            understood_url=str(search.address),
            submit_label=_("Search"),
            near=near[: search.near_limit],
            near_more_url=str(search.address.setting(nearby.NAME, str(more))) if more else "",
            search_query=urlencode([("q", text) for text in search.texts]),
            **kwargs,
        )


def document(search: SiteSearch, page: Page, site: str) -> dict:
    """A page of results as JSON; asked for in the default language."""
    meant = _understood(search) or Understood()
    return {
        "count": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "types": search.found.tally() if search.found else {},
        "understood": {
            "corrections": {each.typed: each.meant for each in meant.corrections},
            "all_words": not meant.is_partial,
            "unknown": list(meant.unknown),
            "left_out": sum(text.left_out for text in search.chosen.get("q", [])),
            **({"offers": {each.typed: each.meant for each in meant.offers}} if meant.offers else {}),
        },
        "results": [hit.document(site) for hit in page.object_list],
        "near": [hit.document(site) for hit in search.near(search.near_limit)],
    }

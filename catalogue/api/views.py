"""Answers of the API: lists page by page, one thing, the search. What they hold is made by the pages' own code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalogue.api import parameters
from catalogue.api.answers import Described
from catalogue.api.parameters import FORMAT, PAGE, PAGE_SIZE, Parameter
from catalogue.api.places import Place, places
from catalogue.api.problems import Elsewhere, Refused, answer, refuse
from catalogue.api.reading import InApi, asked_page, asked_size
from catalogue.api.reference import context_of
from catalogue.api.rendering import Body, Page, Written
from catalogue.search import SiteFilters, SiteSearch
from catalogue.search_views import document as search_document
from listing.addresses import Address, translated
from listing.formats import json_text
from listing.formats.base import Export
from listing.indexed import SomeRows
from listing.pages import number_of, page_of
from listing.views import site_of


@method_decorator(conditional_page, name="dispatch")
class Reading(APIView):
    """An address of the API: only read, by everybody, from everywhere."""

    http_method_names = ["get", "head", "options"]
    authentication_classes = ()
    permission_classes = ()
    parser_classes = ()
    renderer_classes = (Written, Page)
    schema = Described()
    place: Place | None = None

    def get_exception_handler(self):
        return answer

    def initial(self, request: Request, *args, **kwargs) -> None:
        if FORMAT not in request.query_params and (filled := self._without_blanks(request)):
            raise Elsewhere(filled)
        refuse(parameters.problems(request.query_params, self.parameters()))
        super().initial(request, *args, **kwargs)
        # Data has one address whatever the language; pages have one in each.
        if request.accepted_renderer.format == "json" and get_language() != settings.LANGUAGE_CODE:
            raise Elsewhere(translated(request.get_full_path(), settings.LANGUAGE_CODE))

    def _without_blanks(self, request: Request) -> str:
        """Where a browser is led that sends the form of a page with fields nobody filled; "" where there is none."""
        if "text/html" not in request.headers.get("Accept", ""):
            return ""
        pairs = [(name, value) for name, values in request.query_params.lists() for value in values]
        filled = [pair for pair in pairs if pair[1].strip()]
        return "" if filled == pairs else str(Address(request.path, filled))

    def options(self, request: Request, *args, **kwargs) -> Response:
        """Which methods there are."""
        return Response(status=204)

    def finalize_response(self, request: Request, response: HttpResponse, *args, **kwargs) -> HttpResponse:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.setdefault("Cache-Control", "no-cache")  # ask again, with the ETag
        links = {"service-desc": reverse("api_schema"), "service-doc": reverse("api:reference")}
        response["Link"] = ", ".join(f'<{url}>; rel="{relation}"' for relation, url in links.items())
        return response

    def parameters(self) -> Sequence[Parameter]:
        """What may be asked here."""
        return [parameters.form()]

    def address(self, pairs: Sequence[tuple[str, str]]) -> Address:
        """This address with such a query, and with what else was asked of the form of the answer."""
        own = [(name, self.request.query_params.get(name, "").strip()) for name in (PAGE_SIZE, FORMAT)]
        return Address(self.request.path, (*pairs, *((name, value) for name, value in own if value)))

    def neighbours(self, address: Address, number: int, last: int) -> dict[str, str | None]:
        """The addresses of the next page and of the one before, host included, None where there is none."""
        address = address.at(translated(address.path, settings.LANGUAGE_CODE))
        site = site_of(self.request)

        def of(each: int) -> str | None:
            return site + str(address.having(PAGE, str(each))) if 1 <= each <= last else None

        return {"next": of(number + 1), "previous": of(number - 1)}

    def page_context(self, document: Any) -> dict[str, Any]:
        """What the page of an answer shows besides the answer."""
        return context_of(self, document)


class Root(Reading):
    """What there is."""

    operation_id = "root"

    def get(self, request: Request) -> Response:
        site = site_of(request)
        with override(settings.LANGUAGE_CODE):
            return Response(self._document(site))

    def _document(self, site: str) -> dict[str, Any]:
        found = {
            place.name: {
                "title": str(place.label),
                "list": site + reverse(place.list_name),
                "one": f"{site}{reverse(place.list_name)}{{slug}}/" if place.page else None,
            }
            for place in places().values()
        }
        return {
            "title": "Urban Innovation Catalogue",
            "description": site + reverse("api_schema"),
            "documentation": site + reverse("api:reference"),
            "everything": site + reverse("download"),
            "licence": "https://creativecommons.org/licenses/by/4.0/",
            "search": site + reverse("api:search"),
            "collections": found,
        }


class ListOf(Reading):
    """A list, page by page: the rows of its exports under the filters and orders of its page."""

    @property
    def operation_id(self) -> str:
        return f"{self.place.name}_list"

    def parameters(self) -> Sequence[Parameter]:
        view = self.place.list
        return parameters.of_list(view.filterset_class, view.sorting, self.place.is_searched)

    def get(self, request: Request, **kwargs) -> Response:
        view = self.place.list()
        view.setup(request._request)
        too_long = getattr(request, "query_too_long", False)
        selection = view.select(request.query_params, request.path, too_long)
        size, problems = asked_size(request.query_params)
        asked, more = asked_page(request.query_params)
        refuse([*selection.problems, *problems, *more])
        rows = selection.rows
        count = rows.count()
        last = max(1, -(-count // size))
        number = number_of(asked, last)
        some = SomeRows(rows, (number - 1) * size, size)
        body = {
            "count": count,
            "page": number,
            "pages": last,
            "page_size": size,
            **self.neighbours(self.address(selection.address.pairs), number, last),
        }
        site = site_of(request)
        results = json_text.rows_text(Export(self.place.list.table, some, site))
        near = self._near(selection.near, site)
        return Response(Body(f'{json_text.text(body)[:-1]}, "results": {results}{near}}}\n'))

    def _near(self, rows: Sequence | None, site: str) -> str:
        if rows is None:
            return ""
        with override(settings.LANGUAGE_CODE):
            return f', "near": {json_text.text([self.place.list.table.document(row, site) for row in rows])}'


class Thing(Reading):
    """One thing by its slug: the document of its page."""

    @property
    def operation_id(self) -> str:
        return f"{self.place.name}_get"

    def get(self, request: Request, slug: str, **kwargs) -> Response:
        page = InApi.of(self.place)()
        page.setup(request._request, slug=slug)
        try:
            made = page.get(request._request, slug=slug, format="json")
        except Http404 as error:
            raise Refused(str(error), 404) from error
        if made.status_code == 301:
            raise Elsewhere(made["Location"], page.seconds)
        return Response(Body(made.content.decode()), status=made.status_code)


class Nothing(Reading):
    """Any other address below the API: what is not there is said in JSON, too."""

    operation_id = "nothing"
    schema = None

    def get(self, request: Request, place: str) -> Response:
        raise Refused(
            _("There is nothing at this address. What there is: %(url)s") % {"url": reverse("api:root")}, 404
        )


class Search(Reading):
    """The whole catalogue at once."""

    operation_id = "search"

    def parameters(self) -> Sequence[Parameter]:
        return parameters.of_list(SiteFilters, None, is_searched=True)

    def get(self, request: Request) -> Response:
        search = SiteSearch(request.query_params, request.path, getattr(request, "query_too_long", False))
        size, problems = asked_size(request.query_params)
        asked, more = asked_page(request.query_params)
        refuse([*search.problems, *problems, *more])
        with override(settings.LANGUAGE_CODE):
            page = page_of(search.rows, asked, size)
            found = search_document(search, page, site_of(request))
        address = self.address(search.address.pairs)
        neighbours = self.neighbours(address, page.number, page.paginator.num_pages)
        return Response({**found, "page_size": size, **neighbours})

"""`/collection/?case=a&case=b`: the list of these cases, and its exports. It needs no script and no account."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import override

from cases import finding
from cases.collection.citing import Citing
from cases.columns import CASES
from cases.lists import SORTING
from cases.models import Initiative
from listing import citations, exports, linked
from listing.addresses import Address
from listing.chosen import Chosen, chosen
from listing.formats.base import Export
from listing.problems import Problem
from listing.selection import Selection
from listing.sorting import Sorting
from listing.views import ListView, site_of
from search.engine import Snapshot

# Some ten thousand characters of an address: what browsers, servers and letters carry.
MOST = 200
COLLECTION = replace(CASES, name="collection")


class CollectedCases(Selection):
    """The cases that an address names, in an order of the list; `chosen_cases` says what of them is there."""

    def __init__(self, params: QueryDict, path: str, too_long: bool, sorting: Sorting):
        self.chosen_cases: Chosen = chosen(Initiative.objects.public(), params.getlist("case"), MOST)
        numbers = [case.pk for case in self.chosen_cases.found]
        rows = Initiative.objects.public().filter(pk__in=numbers)
        super().__init__(rows, params, sorting=sorting, path=path, too_long=too_long)

    @property
    def address(self) -> Address:
        pairs = [("case", slug) for slug in self.chosen_cases.slugs]
        return Address(self.path, [*pairs, *super().address.pairs])


class CollectionPage(ListView):
    """The list of the cases an address names."""

    record_class = Initiative
    table = COLLECTION
    sorting = Sorting({name: sort for name, sort in SORTING.sorts.items() if not sort.needs}, default="title")
    template_name = "cases/collection.html"
    is_of_its_own = False

    def select(
        self, params: QueryDict, path: str = "", too_long: bool = False, state: Snapshot | None = None
    ) -> CollectedCases:
        return CollectedCases(params, path, too_long, self.sorting)

    def get(self, request: HttpRequest, format: str | None = None) -> HttpResponse:
        if format is None and request.GET.get("without"):
            return HttpResponseRedirect(_address_without(request))
        answer = super().get(request, format)
        if format is None and self.chosen_cases.is_gone:
            answer.status_code = 410
        return answer

    @cached_property
    def chosen_cases(self) -> Chosen:
        """What of the cases that the address names is there."""
        return self.selection.chosen_cases

    def export(self, request: HttpRequest, format: str) -> HttpResponse:
        """The rows; 400 where one asked for is not there, 410 where it was withdrawn: none is left out in silence."""
        told = self.chosen_cases.messages(Initiative, MOST)
        form = exports.FORMATS["json"] if format == citations.CSL else exports.form_of(format, self.table)
        if form is not None and told:
            if self.chosen_cases.withdrawn:
                return exports.refusal(form, told, status=410)
            return exports.refused(form, [Problem("case", message) for message in told])
        if format == citations.CSL:
            return self._as_csl(request)
        return super().export(request, format)

    def _as_csl(self, request: HttpRequest) -> HttpResponse:
        """The citations in CSL-JSON: of so few cases as a collection has."""
        if self.selection.problems:
            return exports.refused(exports.FORMATS["json"], self.selection.problems)
        cited = Export(self.table, self.selection.rows, site_of(request))
        return citations.response(citations.CSL, cited, self.table.name)

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        address, found = self.selection.address, self.chosen_cases
        citing = Citing(self.request.GET.get("cite", ""), self.selection.rows, context["count"], address)
        return context | {
            "told": found.messages(Initiative, MOST),
            "slugs": found.slugs,
            "moved": [f"{former} {present}" for former, present in found.moved.items()],
            "gone": [*found.unknown, *(each.slug for each in found.withdrawn)],
            "sort": self.selection.asked_sort,
            "adding": [self._adding()],
            "citing": citing.read(site_of(self.request), self.table),
            "understood_url": str(self._lasting()),
            "csl_url": str(address.at(reverse("collection_citations"))),
            "linked_data": self._linked(context["page_obj"].object_list),
            "most": MOST,
        }

    def _lasting(self) -> Address:
        """One address whatever the order in which cases were marked."""
        return Address(self.selection.path, sorted(self.selection.address.pairs))

    def _adding(self) -> dict:
        """What the form to add another shows."""
        address = self.selection.address
        found = finding.cases_called(self.request.GET.get("find", ""), self.chosen_cases.slugs)
        rows = [row | {"url": str(address.having("case", row["slug"]))} for row in found.rows]
        return {"name": "case", "field": "find", "found": found, "rows": rows, "kept": address.pairs}

    def _linked(self, cards: list) -> dict | None:
        """The cases of the page as a list, as linked data."""
        if not cards:
            return None
        site = site_of(self.request)
        with override(settings.LANGUAGE_CODE):
            things = [
                linked.thing("ListItem", position=place, name=card.title, url=site + card.get_absolute_url())
                for place, card in enumerate(cards, 1)
            ]
        return linked.document("ItemList", site + str(self._lasting()), itemListElement=things)


def _address_without(request: HttpRequest) -> str:
    """The address of the same collection without the case that `without` names, and without that name."""
    query = request.GET.copy()
    left_out = query.pop("without")
    query.setlist("case", [slug for slug in query.getlist("case") if slug not in left_out])
    query = query.urlencode()
    return f"{request.path}?{query}" if query else request.path
